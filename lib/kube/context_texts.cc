#include "kube/context_texts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/codes.h"
#include "base/edit_distance.h"
#include "kube/codes.h"
#include "object/cluster.h"

namespace asmgw::kube {
namespace {

constexpr std::size_t kWhyWidth = 78;   // of 80 columns: why is indented by 2,
constexpr std::size_t kHintWidth = 72;  // hint by 8

/// Breaks `text` at blanks so that no line is longer than `width`, if its words allow; lines after
/// the first are indented by `indent`.
std::string wrap(std::string_view text, std::size_t width, std::size_t indent = 0) {
  std::string result;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (column > indent && column + 1 + word.size() > width) {
      result += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (!result.empty()) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result;
}

std::string looked(const std::string& places) {
  return wrap("looked in: " + places, kWhyWidth, std::string_view("looked in: ").size());
}

/// The flag that maps this ID; what follows names a context or a file.
std::string flag_of(const std::string& id) {
  return id == kControlPlane ? "--control-plane-context "
                             : fmt::format("--cluster-context {}=", id);
}

/// The rows of the ACK trap: file, entry, what it leads to.
std::string trap_rows(const Trap& trap) {
  const std::size_t file_width = std::max(trap.used_file.size(), trap.context_file.size());
  const std::size_t end_width = std::max(trap.used.size(), trap.meant.size());
  const std::string entry = fmt::format("{} \"{}\"", trap.kind, trap.name);
  const auto row = [&](const std::string& file, const std::string& end, std::string_view mark) {
    const std::string server = end_width == 0 ? "" : fmt::format("  {:<{}}", end, end_width);
    return fmt::format("  {:<{}}  {}{}   <- {}\n", file, file_width, entry, server, mark);
  };
  return row(trap.used_file, trap.used, "would be used") +
         row(trap.context_file, trap.meant, "was meant") +
         fmt::format("  {:<{}}  context \"{}\"\n", trap.context_file, file_width, trap.context);
}

std::string trap_consequence(const Trap& trap) {
  if (trap.kind == "user") {
    return fmt::format("So {} would be called with the credentials of {}.", trap.id,
                       trap.used_file);
  }
  const std::string where = trap.landing.empty()
                                ? (trap.used.empty() ? "another server" : trap.used)
                                : trap.landing + "'s server";
  return fmt::format("So changes meant for {} would land on {}.", trap.id, where);
}

}  // namespace

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

Finding no_context(const std::string& id, const std::vector<std::string>& looked_in,
                   const std::string& config_file) {
  const std::string place = config_file.empty() ? "the config file" : config_file;
  Finding result =
      finding(kNoContext, id + ": no context found",
              wrap(fmt::format("--cluster-context {}=CONTEXT, or under clusters: in {}", id, place),
                   kHintWidth) +
                  fmt::format("\n  {}: {{ context: CONTEXT }}", id));
  const std::string rules = fmt::format(
      "looked for: a context named {0} or ending in -{0}, or an exec user with --cluster-id {0}",
      id);
  result.why = (looked_in.empty() ? "" : looked(joined(looked_in, ", ")) + "\n") +
               wrap(rules, kWhyWidth, std::string_view("looked for: ").size());
  return result;
}

Finding no_such_context(const std::string& id, const std::string& name, const std::string& said_by,
                        const std::string& place, const std::vector<std::string_view>& names) {
  const std::string near = nearest(name, names);
  Finding result = finding(kNoContext,
                           name.empty() ? fmt::format("{}: the file names no current context", id)
                                        : fmt::format("{}: there is no context \"{}\"", id, name),
                           near.empty() ? "list them: kubectl config get-contexts"
                                        : fmt::format("did you mean {}?", near));
  result.why = wrap("said by: " + said_by, kWhyWidth, 9) + "\n" + looked(place);
  if (name.empty()) result.hint = fmt::format("name one: {}FILE#CONTEXT", flag_of(id));
  return result;
}

Finding ambiguous_context(const std::string& id, const std::vector<Fit>& fits) {
  std::size_t width = 0;
  for (const Fit& fit : fits) width = std::max(width, fit.value.size());
  Finding result = finding(
      kAmbiguousContext, fmt::format("{}: {} contexts fit; asmgw does not guess", id, fits.size()),
      fmt::format("--cluster-context {}={}  (or {})", id, fits.front().value,
                  fits.size() == 2 ? "the other" : "another"));
  for (const Fit& fit : fits) {
    result.why +=
        fmt::format("{}{:<{}}   {}", result.why.empty() ? "" : "\n", fit.value, width, fit.server);
  }
  return result;
}

Finding ack_merge(const Trap& trap) {
  const std::string dir = "--kubeconfig-dir DIR";
  const std::string alone = flag_of(trap.id) + trap.remedy;
  const std::size_t width = std::max(dir.size(), alone.size()) + 5;
  Finding result = finding(
      kAckMerge,
      fmt::format(
          "{}: its context would {}", trap.id,
          trap.kind == "user" ? "use another file's credentials" : "talk to another cluster"),
      trap.id == kControlPlane
          ? fmt::format("name its file alone:\n  {}", alone)
          : fmt::format("keep the files apart, either\n  {:<{}}one file per cluster\n  {:<{}}this "
                        "file alone",
                        dir, width, alone, width));
  const std::string both = trap.files.size() == 2
                               ? "both files"
                               : fmt::format("{} and {} both", trap.used_file, trap.context_file);
  const std::string merge =
      fmt::format("KUBECONFIG={}; {} name a {} \"{}\", and in a merge the first file wins:",
                  joined(trap.files, ":"), both, trap.kind, trap.name);
  result.why = "\n" + wrap(merge, kWhyWidth) + "\n" + trap_rows(trap) +
               wrap(trap_consequence(trap), kWhyWidth) + "\n";
  return result;
}

Finding same_server(const std::vector<std::string>& ids, const std::string& server, bool has_ca) {
  const std::vector<std::string> first(ids.begin(), ids.end() - 1);
  Finding result = finding(
      kSameServer, fmt::format("{} and {} are the same server", joined(first, ", "), ids.back()),
      fmt::format("one cluster would get {} configurations; correct one mapping",
                  ids.size() == 2 ? "both" : "all"));
  result.why =
      fmt::format("{}: {}{}", ids.size() == 2 ? "both" : "all", server, has_ca ? ", same CA" : "");
  return result;
}

Finding context_flag_misused(std::size_t clusters, const std::string& asked_by) {
  return finding(
      kUsage,
      asked_by.empty()
          ? fmt::format("--context names one context, but {} clusters are meant", clusters)
          : fmt::format("--context names one context, {} names {} clusters", asked_by, clusters),
      "--cluster-context ID=CONTEXT, or --cluster ID");
}

}  // namespace asmgw::kube
