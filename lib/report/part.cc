#include "report/part.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "diff/codes.h"
#include "diff/ownership.h"
#include "object/owners.h"
#include "report/created.h"
#include "report/findings.h"

namespace asmgw {
namespace {

constexpr std::array<std::string_view, 3> kMaps = {"annotations", "labels", "nodeSelector"};

bool is_map(const PathStep& step) {
  return step.kind == PathStep::Kind::Field &&
         std::find(kMaps.begin(), kMaps.end(), step.text) != kMaps.end();
}

/// How many steps of the path stand in the heading: through a container, a map of texts, a filter's
/// configuration, or the pod's spec; else the first one.
std::size_t heading_length(const Path& path) {
  const auto& steps = path.steps;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    const bool is_container =
        steps[i].kind == PathStep::Kind::Key && i > 0 && steps[i - 1].text.ends_with("ontainers");
    if (is_container || is_map(steps[i]) || steps[i].text == "typed_config") return i + 1;
  }
  static const Path kPodSpec = fields({"spec", "template", "spec"});
  if (path != kPodSpec && is_within(path, kPodSpec)) return kPodSpec.steps.size();
  return steps.size() > 1 ? 1 : 0;
}

/// In annotations, labels and variables any text may stand: there it is shown in quotes.
bool is_free_text(const Path& path) {
  return std::any_of(path.steps.begin(), path.steps.end(), [](const PathStep& step) {
    return is_map(step) || (step.kind == PathStep::Kind::Field && step.text == "env");
  });
}

std::string mark_of(FieldChange::Op op) {
  switch (op) {
    case FieldChange::Op::Add:
      return "+";
    case FieldChange::Op::Remove:
      return "-";
    case FieldChange::Op::Change:
    case FieldChange::Op::Reorder:
      return "~";
  }
  ASMGW_BUG("op out of range");
}

std::string change_text(const FieldChange& change) {
  const bool quoted = is_free_text(change.path);
  const auto text = [&](const std::optional<Json>& value) { return value_text(*value, quoted); };
  switch (change.op) {
    case FieldChange::Op::Add:
      return text(change.after);
    case FieldChange::Op::Remove:
      return text(change.before);
    case FieldChange::Op::Change:
      return text(change.before) + " → " + text(change.after);
    case FieldChange::Op::Reorder:
      return fmt::format("order {} → {}", value_text(*change.before, false),
                         value_text(*change.after, false));
  }
  ASMGW_BUG("op out of range");
}

/// Whose a field is in a conflict; where it is taken, whose value goes.
std::string owner_line(const FieldChange& change, bool forced) {
  if (!change.owner) return {};
  if (!forced) return "owner: " + text_of(*change.owner);
  const Claim& claim = *change.owner;
  return fmt::format("drift put back: {} changed it{}", claim.manager,
                     claim.since.empty() ? "" : " at " + claim.since);
}

Item item_of(const FieldChange& change, const Screen& screen, bool forced = false) {
  const std::size_t length = heading_length(change.path);
  Path heading, leaf;
  for (std::size_t i = 0; i < change.path.steps.size(); ++i) {
    (i < length ? heading : leaf).steps.push_back(change.path.steps[i]);
  }
  std::string leaf_text = to_string(leaf);
  if (leaf.steps.size() == 1 && leaf_text.starts_with('[')) {  // a map's key reads well as it is
    leaf_text = leaf_text.substr(1, leaf_text.size() - 2);
  }
  return {to_string(heading),
          mark_of(change.op),
          leaf_text,
          marks(harmless(change_text(change)), screen),
          origin_text(change.origin),
          harmless(owner_line(change, forced)),
          change.decided ? "" : "only a dry run knows what becomes of it"};
}

std::string because(const ObjectChange& change, const Screen& screen) {
  std::vector<std::pair<int, std::string>> lines;  // lines of the manifest first, in its order
  std::vector<std::string> causes;
  const auto add = [&](std::string cause) {
    if (std::find(causes.begin(), causes.end(), cause) == causes.end()) {
      causes.push_back(std::move(cause));
    }
  };
  for (const std::size_t index : change.restart.causes) {
    const FieldChange& field = change.fields[index];
    if (field.origin.at) {
      lines.emplace_back(field.origin.at->line, file_line(*field.origin.at));
      continue;
    }
    const std::string name = item_of(field, screen).leaf;
    switch (field.origin.kind) {
      case Origin::Kind::Gone:
        add(name + " gone from manifest");
        break;
      case Origin::Kind::Default:
        add("the default of " + field.origin.field);
        break;
      case Origin::Kind::BuiltIn:
        add(name + " of asmgw's own template");
        break;
      case Origin::Kind::Server:
        add(name + ", which the server or a webhook sets");
        break;
      case Origin::Kind::Manifest:
      case Origin::Kind::Config:
        add(name);
        break;
    }
  }
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    causes.insert(causes.begin() + static_cast<std::ptrdiff_t>(i), lines[i].second);
  }
  return causes.empty() ? "the server's answer differs from what is live" : join_and(causes);
}

/// `25% unavailable = 1.5 → 1, down`
std::string rounding(const RollingPart& part, std::string_view name, std::string_view direction) {
  if (!part.value.ends_with('%')) return fmt::format("{} {}", part.value, name);
  const std::int64_t hundredths = std::stoll(part.value) * part.of;
  const bool is_whole = hundredths % 100 == 0;
  const std::string digits = hundredths % 10 == 0 ? fmt::format("{}", hundredths % 100 / 10)
                                                  : fmt::format("{:02}", hundredths % 100);
  return fmt::format("{} {} = {}.{} → {}{}", part.value, name, hundredths / 100, digits, part.pods,
                     is_whole ? "" : fmt::format(", {}", direction));
}

Block restart_block(const ObjectChange& change, const Finding& risk, const Screen& screen) {
  const Arithmetic& numbers = *change.restart.arithmetic;
  const std::string head = indented_finding({risk.code, risk.severity, risk.message}, 6, screen);
  std::string text;
  const auto line = [&](std::string_view label, const std::string& words) {
    bool is_first = true;
    for (const std::string& piece : wrap(words, screen.width - 18)) {
      text += fmt::format("        {:<10}{}\n", is_first ? label : "", piece);
      is_first = false;
    }
  };
  line("because:", because(change, screen));
  const std::size_t rest = text.size();
  line("ready:", fmt::format("never under {} of {} ({})", numbers.floor, numbers.replicas,
                             rounding(numbers.unavailable, "unavailable", "down")));
  line("pods:",
       fmt::format("at most {} ({})", numbers.peak, rounding(numbers.surge, "surge", "up")));
  std::string_view label = "requests:";
  const auto amounts = [&](const std::optional<Requested>& amount, std::string_view name) {
    if (!amount) return;
    line(label, fmt::format("{} {} now, {} at peak, {} after", name, amount->now, amount->peak,
                            amount->after));
    label = "";
  };
  amounts(numbers.cpu, "cpu");
  amounts(numbers.memory, "memory");
  const std::size_t end = risk.hint.find('\n');  // what follows is a command on its own
  line("hint:", risk.hint.substr(0, end));
  if (end != std::string::npos) line("", risk.hint.substr(end + 1));
  return {marks(head + text, screen), marks(head + text.substr(rest), screen)};
}

/// `(overlay: image, built-ins stay with asm-operator)`: what we leave alone, and whose it is.
std::string overlay_remark(const ObservedObject& object) {
  static const Path kImage = fields({"spec", "template", "spec", "containers"}) /
                             PathStep{PathStep::Kind::Key, R"({"name":"istio-proxy"})"} / "image";
  const Json* before = live(object);
  const std::vector<std::string> managers =
      before != nullptr ? managers_of(*before, kImage) : std::vector<std::string>();
  return managers.empty()
             ? "(overlay: image, built-ins stay)"
             : fmt::format("(overlay: image, built-ins stay with {})", fmt::join(managers, ", "));
}

std::string mark_of(Action action) {
  switch (action) {
    case Action::Create:
      return "+";
    case Action::Update:
    case Action::Handover:
      return "~";
    case Action::Delete:
      return "-";
    case Action::Unchanged:
      return "=";
    case Action::Conflict:
    case Action::Refused:
      return "!";
    case Action::Unknown:
      return "?";
  }
  ASMGW_BUG("action out of range");
}

/// Is it an effect of the fields that conflict, or of the object's change as a whole?
bool is_effect_of_taking(const Finding& risk, const ObjectChange& change) {
  const Code* const about_owners[] = {&kConflict, &kRevertedBy, &kLeftOver, &kAdoptNeeded,
                                      &kBeingDeleted};
  if (std::find(std::begin(about_owners), std::end(about_owners), risk.code) !=
      std::end(about_owners))
    return false;
  return risk.paths.empty() ||
         std::any_of(change.fields.begin(), change.fields.end(), [&](const FieldChange& field) {
           return field.owner && risk.paths.contains(field.path);
         });
}

/// What a created object is, what a removed one was, and how spec.replicas passes.
std::vector<Item> summary_items(const ObjectChange& change, const Screen& screen) {
  std::vector<Item> items;
  const DesiredObject& desired = change.object.desired;
  const auto add = [&](std::string line, std::string origin = {}) {
    items.push_back({"", "", "", marks(line, screen), std::move(origin)});
  };
  if (change.action == Action::Create && desired.ref.kind == "HorizontalPodAutoscaler") {
    const auto most = desired.origins.find(fields({"spec", "maxReplicas"}));
    add(autoscaler_text(*foreseen(change.object)),
        most != desired.origins.end() ? origin_text(most->second) : "");
  } else if (change.action == Action::Create) {
    for (std::string& line : created_lines(change, screen)) add(std::move(line));
  } else if (change.action == Action::Delete && desired.ref.kind == "HorizontalPodAutoscaler") {
    add(autoscaler_text(*live(change.object)));
  }
  if (!desired.handover) return items;
  for (const std::string& line : wrap(handover_text(change), screen.width - 6)) add(line);
  return items;
}

}  // namespace

std::string origin_text(const Origin& origin) {
  if (origin.at) return file_line(*origin.at);
  switch (origin.kind) {
    case Origin::Kind::Manifest:
    case Origin::Kind::Config:
      return origin.field;
    case Origin::Kind::Default:
      return "default";
    case Origin::Kind::BuiltIn:
      return "built-in";
    case Origin::Kind::Server:
      return "server";
    case Origin::Kind::Gone:
      return "gone from manifest";
  }
  ASMGW_BUG("origin out of range");
}

std::string value_text(const Json& value, bool quoted) {
  if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    const bool must_quote = text.empty() || text.find(' ') != std::string::npos;
    return quoted || must_quote ? dump(value) : text;
  }
  if (value.is_object() && value.contains("name") && value.contains("value") && value.size() == 2) {
    return value_text(value["value"], true);  // a variable: its name is in the path
  }
  if (value.is_object()) {
    std::string text;
    for (const auto& [key, member] : value.items()) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key, value_text(member, quoted));
    }
    return text.empty() ? "{}" : text;
  }
  if (value.is_array() && !value.empty() && is_metric(value.front())) return metrics_text(value);
  if (value.is_array()) {
    std::string text;
    for (const Json& item : value) text += (text.empty() ? "" : ", ") + value_text(item, quoted);
    return "[" + text + "]";
  }
  return dump(value);
}

std::string message_of(const Finding& risk, const ObjectChange& change) {
  const bool is_blocked = change.action == Action::Conflict;
  return (is_blocked && is_effect_of_taking(risk, change) ? "if taken, " : "") + risk.message;
}

Part part_of(const ObjectChange& change, const Screen& screen) {
  Part part;
  part.title = to_string(change.object.desired.ref);
  part.mark = mark_of(change.action);
  part.paint = paint_of(change.action);
  part.action = change.action;
  part.restarts = change.restart.predicted == Restart::Predicted::Yes;
  for (Item& line : summary_items(change, screen)) part.items.push_back(std::move(line));
  for (const FieldChange& field : change.fields)
    part.items.push_back(item_of(field, screen, change.object.forced));
  for (const auto& [path, origin] : change.object.desired.origins) {
    const Json* value = origin.from_override && change.object.desired.body
                            ? value_at(*change.object.desired.body, path)
                            : nullptr;
    if (value == nullptr || value->is_object()) continue;
    FieldChange held{path, FieldChange::Op::Add, std::nullopt, *value, origin};
    part.overridden.push_back(item_of(held, screen));
    part.overridden.back().mark = "=";
  }
  std::stable_sort(part.items.begin(), part.items.end(),
                   [](const Item& a, const Item& b) { return a.heading < b.heading; });
  if (change.object.desired.style == Style::Overlay) part.remark = overlay_remark(change.object);
  if (change.action == Action::Refused && !change.fields.empty()) {
    part.remark = "ours against live, without the server's defaults";
  }
  for (Finding risk : change.risks) {
    risk.message = message_of(risk, change);
    if (risk.code->name == "rolling-restart" && change.restart.arithmetic) {
      part.blocks.push_back(restart_block(change, risk, screen));
      continue;
    }
    const std::string text = indented_finding(risk, 6, screen);
    part.blocks.push_back({text, text});
  }
  return part;
}

}  // namespace asmgw
