#include "report/clusters.h"

#include <fmt/format.h>

#include <algorithm>

#include "object/kinds.h"
#include "report/findings.h"
#include "report/json.h"

namespace asmgw {
namespace {

/// What may not be done, each once: `patch`, or with the resource `patch services`.
std::vector<std::string> missing(const ClusterLook& look, bool with_resource) {
  std::vector<std::string> all;
  for (const MayI& right : look.may_not) {
    std::string text = right.verb;
    if (with_resource) text.append(" ").append(kind_of(right.ref).resource);
    if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(std::move(text));
  }
  return all;
}

bool may(const ClusterLook& look, std::string_view verb) {
  return std::none_of(look.may_not.begin(), look.may_not.end(),
                      [&](const MayI& right) { return right.verb == verb; });
}

std::string answer_text(const ClusterLook& look) {
  if (look.error) return harmless(look.error->message);
  if (look.may_not.empty()) return fmt::format("{}, {} ms", look.version, look.took.count());
  return fmt::format("{}, may not {}", look.version, fmt::join(missing(look, false), ", "));
}

std::string sentence(const std::vector<ClusterLook>& looks, bool asked) {
  const bool has_control_plane = !looks.empty() && is_control_plane(looks.back().cluster);
  const auto count = [&](auto is_counted) {
    return std::count_if(looks.begin(), looks.end(), is_counted);
  };
  const auto answering = count([](const ClusterLook& look) { return !look.error; });
  const auto read_only = count([](const ClusterLook& look) {
    return !look.error && may(look, "get") && !may(look, "patch");
  });
  const auto closed =
      count([](const ClusterLook& look) { return !look.error && !may(look, "get"); });
  std::string text = fmt::format(
      "{}: {} resolved", places_text(looks.size() - (has_control_plane ? 1 : 0), has_control_plane),
      looks.size());
  if (asked) text += fmt::format(", {} answer{}", answering, answering == 1 ? "s" : "");
  if (asked && read_only > 0) text += fmt::format(", {} of them may only be read", read_only);
  if (asked && closed > 0) text += fmt::format(", {} of them may not be read", closed);
  return text + ".\n";
}

/// What to do where a cluster does not answer, each once, with the clusters that it is for.
std::string hints(const std::vector<ClusterLook>& looks, const std::vector<std::string>& ids,
                  const Screen& screen) {
  std::vector<std::pair<std::string, std::string>> all;  // hint, clusters
  for (const ClusterLook& look : looks) {
    if (!look.error || look.error->hint.empty()) continue;
    const std::string id = short_id(look.cluster.id, ids);
    const auto said = std::find_if(all.begin(), all.end(),
                                   [&](const auto& one) { return one.first == look.error->hint; });
    if (said == all.end())
      all.emplace_back(look.error->hint, id);
    else
      said->second += ", " + id;
  }
  std::string text;
  for (const auto& [hint, clusters] : all)
    text += hint_text(fmt::format("{}: {}", clusters, hint), 0, screen);
  return text;
}

}  // namespace

std::string clusters_text(const std::vector<ClusterLook>& looks, bool asked, bool wide,
                          const Screen& screen) {
  std::vector<std::string> ids;
  for (const ClusterLook& look : looks) ids.push_back(look.cluster.id);
  std::vector<std::vector<Cell>> rows = {{{"CLUSTER"}, {"CONTEXT"}, {"FOUND BY"}}};
  if (wide) rows[0].push_back({"SERVER"});
  if (wide && asked) rows[0].push_back({"UID"});
  if (asked) rows[0].push_back({"ANSWER"});
  for (const ClusterLook& look : looks) {
    const Cluster& cluster = look.cluster;
    rows.push_back({{short_id(cluster.id, ids)}, {cluster.context}, {cluster.found_by}});
    if (wide) rows.back().push_back({cluster.server});
    if (wide && asked) rows.back().push_back({look.uid.empty() ? "-" : look.uid});
    if (asked) rows.back().push_back({answer_text(look), look.error ? Paint::Bad : Paint::Plain});
  }
  return table(rows, {}, screen) + hints(looks, ids, screen) +
         marks(sentence(looks, asked), screen);
}

std::string clusters_json(const std::vector<ClusterLook>& looks, bool asked,
                          const std::string& tool, int exit_code) {
  Json record{{"apiVersion", kApiVersion},
              {"kind", "GatewayClusters"},
              {"tool", tool},
              {"clusters", Json::array()},
              {"exitCode", exit_code}};
  for (const ClusterLook& look : looks) {
    Json json{{"id", look.cluster.id},
              {"context", look.cluster.context},
              {"file", look.cluster.file},
              {"server", look.cluster.server},
              {"foundBy", look.cluster.found_by}};
    if (asked) json["state"] = look.error ? look.error->code->name : "answers";
    if (!look.uid.empty()) json["uid"] = look.uid;
    if (look.error) json["error"] = finding_json(*look.error);
    if (asked && !look.error) {
      json["version"] = look.version;
      json["mayPatch"] = may(look, "patch");
      if (!look.may_not.empty()) json["mayNot"] = missing(look, true);
    }
    record["clusters"].push_back(std::move(json));
  }
  return record_text(record);
}

}  // namespace asmgw
