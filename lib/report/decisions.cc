#include "report/decisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/part.h"

namespace asmgw {
namespace {

/// `gateway.yaml:19, :31`
class Places {
 public:
  void add(const Range& at) {
    auto& lines = lines_[at.source->name];
    if (std::find(lines.begin(), lines.end(), at.line) == lines.end()) lines.push_back(at.line);
  }

  std::string text() const {
    std::string text;
    for (const auto& [file, lines] : lines_) {
      std::vector<int> sorted(lines.begin(), lines.end());
      std::sort(sorted.begin(), sorted.end());
      for (std::size_t i = 0; i < sorted.size(); ++i) {
        text += fmt::format("{}{}:{}", text.empty() ? "" : ", ", i == 0 ? file : "", sorted[i]);
      }
    }
    return text;
  }

 private:
  std::map<std::string, std::vector<int>> lines_;
};

std::string place_of(const Finding& risk, const ObjectChange& change) {
  Places places;
  if (risk.at) places.add(*risk.at);
  for (std::size_t i = 0; i < change.fields.size(); ++i) {
    const auto& causes = change.restart.causes;
    const bool is_cause = risk.code->name == "rolling-restart" &&
                          std::find(causes.begin(), causes.end(), i) != causes.end();
    const bool is_meant = is_cause || risk.paths.contains(change.fields[i].path);
    if (is_meant && change.fields[i].origin.at) places.add(*change.fields[i].origin.at);
  }
  return places.text();
}

/// `1800m CPU, 2304Mi`
std::string peak_text(const Arithmetic& numbers) {
  std::string text;
  if (numbers.cpu) text = numbers.cpu->peak + " CPU";
  if (numbers.memory) text += (text.empty() ? "" : ", ") + numbers.memory->peak;
  return text.empty() ? fmt::format("{} pods", numbers.peak) : text;
}

std::string reason_text(const Finding& risk, const std::string& message) {
  std::string text = message;
  if (!risk.server.empty()) text += ": " + risk.server;
  if (!risk.why.empty()) text += ": " + risk.why;
  return text;
}

/// The room that each cluster's rollout needs, most clusters first named without an ID.
class Rooms {
 public:
  void add(const std::string& cluster, const Arithmetic& numbers) {
    const std::string peak = peak_text(numbers);
    const auto known = std::find_if(rooms_.begin(), rooms_.end(),
                                    [&](const Room& room) { return room.peak == peak; });
    (known != rooms_.end() ? *known : rooms_.emplace_back(Room{peak, cluster, 0})).count++;
  }

  std::string text() const {
    constexpr std::size_t kMost = 3;
    std::vector<Room> sorted = rooms_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Room& a, const Room& b) { return a.count > b.count; });
    std::string others;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      if (i > kMost) {
        others += fmt::format("; and {} more", sorted.size() - i);
        break;
      }
      others +=
          fmt::format("{}{}{}: {}", others.empty() ? "" : "; ", sorted[i].cluster,
                      sorted[i].count > 1 ? fmt::format(" and {} more", sorted[i].count - 1) : "",
                      sorted[i].peak);
    }
    return fmt::format("the nodes need room for the peak: {}{}", sorted.front().peak,
                       others.empty() ? "" : " (" + others + ")");
  }

 private:
  struct Room {
    std::string peak, cluster;  ///< the first that needs it
    std::size_t count;
  };
  std::vector<Room> rooms_;
};

/// Adds the cluster to the decision that is like this one.
void put(Decision decision, std::vector<Decision>& all) {
  const auto like = std::find_if(all.begin(), all.end(), [&](const Decision& other) {
    if (other.code != decision.code || other.is_unread != decision.is_unread) return false;
    return decision.is_unread || (other.what == decision.what && other.hint == decision.hint);
  });
  if (like == all.end()) return all.push_back(std::move(decision));
  for (std::string& cluster : decision.clusters) {
    if (like->clusters.empty() || like->clusters.back() != cluster) {
      like->clusters.push_back(std::move(cluster));
    }
  }
}

}  // namespace

std::vector<Decision> decisions_in(const Findings& findings,
                                   const std::vector<ClusterChanges>& clusters) {
  std::vector<Decision> all;
  Rooms rooms;
  for (const Finding& finding : findings.all()) {
    if (finding.severity < Severity::Warning) continue;
    Places places;
    if (finding.at) places.add(*finding.at);
    put({std::string(finding.code->name),
         finding.severity,
         places.text(),
         reason_text(finding, finding.message),
         finding.hint,
         {}},
        all);
  }
  for (const ClusterChanges& cluster : clusters) {
    const std::string& id = cluster.cluster.id;
    if (!is_read(cluster)) {
      put({std::string(cluster.error->code->name),
           cluster.error->severity,
           "",
           reason_text(*cluster.error, cluster.error->message),
           cluster.error->hint,
           {id},
           /*is_unread=*/true},
          all);
      continue;
    }
    for (const ObjectChange& change : cluster.objects) {
      for (const Finding& risk : change.risks) {
        if (risk.severity < Severity::Warning) continue;
        const bool is_restart = risk.code->name == "rolling-restart" && change.restart.arithmetic;
        if (is_restart) rooms.add(id, *change.restart.arithmetic);
        put({std::string(risk.code->name),
             risk.severity,
             place_of(risk, change),
             is_restart ? "" : reason_text(risk, message_of(risk, change)),
             is_restart ? "" : risk.hint,
             {id}},
            all);
      }
    }
  }
  for (Decision& decision : all) {
    if (decision.what.empty()) decision.what = rooms.text();
  }
  std::stable_partition(all.begin(), all.end(), [](const Decision& decision) {
    return decision.severity == Severity::Destructive;
  });
  return all;
}

}  // namespace asmgw
