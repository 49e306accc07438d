#include "report/object_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <dtl/dtl.hpp>
#include <set>
#include <tuple>

#include "object/kinds.h"
#include "report/yaml.h"

namespace asmgw {
namespace {

constexpr std::string_view kAllocated = "(allocated by the server)";

/// All values under that name, at any depth.
void collect(const Json& json, std::string_view name, std::set<Json>& values) {
  if (!json.is_structured()) return;
  for (const auto& [key, value] : json.items()) {
    if (json.is_object() && key == name) values.insert(value);
    collect(value, name, values);
  }
}

/// Each value under that name that nobody knows yet was invented by the dry run.
void mask(std::string_view name, const std::set<Json>& known, Json& json) {
  if (!json.is_structured()) return;
  for (auto& [key, value] : json.items()) {
    if (json.is_object() && key == name && !known.contains(value)) value = kAllocated;
    mask(name, known, value);
  }
}

/// Without members that are null, which is the same as absent.
void drop_nulls(Json& json) {
  if (json.is_object()) {
    for (auto member = json.begin(); member != json.end();) {
      member = member->is_null() ? json.erase(member) : std::next(member);
    }
  }
  if (!json.is_structured()) return;
  for (Json& value : json) drop_nulls(value);
}

std::string yaml_of(Json object) {
  object.erase("status");
  drop_nulls(object);
  Json& metadata = object["metadata"];
  for (const char* name :
       {"managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink"}) {
    metadata.erase(name);
  }
  return to_yaml(object);
}

/// The object after an apply, or nullptr when it goes or nobody can say.
const Json* shown_after(const ObjectChange& change) {
  return change.action == Action::Delete ? nullptr : foreseen(change.object);
}

std::string masked_yaml(const ObjectChange& change) {
  const Json* foreseen_object = shown_after(change);
  if (foreseen_object == nullptr) return {};
  Json after = *foreseen_object;
  for (const std::string_view name : kind_of(change.object.desired.ref).allocated) {
    std::set<Json> known;
    if (live(change.object) != nullptr) collect(*live(change.object), name, known);
    if (change.object.desired.body) collect(*change.object.desired.body, name, known);
    mask(name, known, after);
  }
  return yaml_of(std::move(after));
}

/// apps.v1.Deployment.istio-system.istio-web, as kubectl calls its files
std::string file_name(const ObjectRef& ref) {
  const Kind& kind = kind_of(ref);
  return fmt::format("{}{}{}.{}.{}.{}", kind.group, kind.group.empty() ? "" : ".", kind.version,
                     ref.kind, ref.ns, ref.name);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

struct Line {
  char mark;  ///< ' ', '-', '+'
  std::string text;
};

std::vector<Line> edit_script(const std::string& live, const std::string& after) {
  dtl::Diff<std::string> diff(lines_of(live), lines_of(after));
  diff.compose();
  std::vector<Line> script;
  for (const auto& [text, info] : diff.getSes().getSequence()) {
    const char mark = info.type == dtl::SES_ADD ? '+' : info.type == dtl::SES_DELETE ? '-' : ' ';
    script.push_back({mark, text});
  }
  // of lines that change together those that go stand first
  const auto is_same = [](const Line& line) { return line.mark == ' '; };
  for (auto begin = script.begin(); begin != script.end();) {
    begin = std::find_if_not(begin, script.end(), is_same);
    const auto end = std::find_if(begin, script.end(), is_same);
    std::stable_partition(begin, end, [](const Line& line) { return line.mark == '-'; });
    begin = end;
  }
  return script;
}

/// `27,7`; of one line `27`, of none the line before
std::string range_text(std::size_t begin, std::size_t count) {
  if (count == 0) return fmt::format("{},0", begin);
  return count == 1 ? fmt::format("{}", begin + 1) : fmt::format("{},{}", begin + 1, count);
}

/// Changes with their context; those whose contexts touch are one hunk.
std::string hunks(const std::vector<Line>& script) {
  constexpr std::size_t kContext = 3;
  std::vector<bool> shown(script.size());
  for (std::size_t i = 0; i < script.size(); ++i) {
    if (script[i].mark == ' ') continue;
    const std::size_t begin = i < kContext ? 0 : i - kContext;
    for (std::size_t j = begin; j <= std::min(i + kContext, script.size() - 1); ++j)
      shown[j] = true;
  }
  std::string text;
  std::size_t live_line = 0, after_line = 0;
  for (std::size_t i = 0; i < script.size();) {
    std::size_t of_live = 0, of_after = 0;
    std::string lines;
    const bool is_hunk = shown[i];
    for (; i < script.size() && shown[i] == is_hunk; ++i) {
      if (script[i].mark != '+') ++of_live;
      if (script[i].mark != '-') ++of_after;
      if (is_hunk) lines += script[i].mark + script[i].text + "\n";
    }
    if (is_hunk) {
      text += fmt::format("@@ -{} +{} @@\n", range_text(live_line, of_live),
                          range_text(after_line, of_after)) +
              lines;
    }
    live_line += of_live;
    after_line += of_after;
  }
  return text;
}

}  // namespace

std::vector<ObjectFiles> object_files(const std::vector<ClusterChanges>& clusters) {
  std::vector<ObjectFiles> files;
  for (const ClusterChanges& cluster : clusters) {
    if (!is_read(cluster)) continue;
    for (const ObjectChange& change : cluster.objects) {
      const Json* before = live(change.object);
      const bool can_be_shown = shown_after(change) != nullptr || change.action == Action::Delete;
      if (change.action == Action::Unchanged || !can_be_shown) continue;
      ObjectFiles file{cluster.cluster.id, file_name(change.object.desired.ref),
                       before != nullptr ? yaml_of(*before) : "", masked_yaml(change)};
      if (file.live != file.after) files.push_back(std::move(file));
    }
  }
  std::sort(files.begin(), files.end(), [](const ObjectFiles& a, const ObjectFiles& b) {
    return std::tie(a.cluster, a.name) < std::tie(b.cluster, b.name);
  });
  return files;
}

std::string unified_diff(const std::vector<ObjectFiles>& files) {
  std::string text;
  for (const ObjectFiles& file : files) {
    text += fmt::format("--- live/{0}/{1}\n+++ after/{0}/{1}\n", file.cluster, file.name) +
            hunks(edit_script(file.live, file.after));
  }
  return text;
}

}  // namespace asmgw
