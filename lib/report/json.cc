#include "report/json.h"

#include <algorithm>

#include "base/error.h"
#include "object/kinds.h"
#include "object/owners.h"
#include "report/groups.h"
#include "report/hidden.h"
#include "report/part.h"
#include "report/summary.h"

namespace asmgw {
namespace {

std::string_view op_word(FieldChange::Op op) {
  switch (op) {
    case FieldChange::Op::Add:
      return "add";
    case FieldChange::Op::Change:
      return "change";
    case FieldChange::Op::Remove:
      return "remove";
    case FieldChange::Op::Reorder:
      return "reorder";
  }
  ASMGW_BUG("op out of range");
}

std::string_view kind_word(Origin::Kind kind) {
  switch (kind) {
    case Origin::Kind::Manifest:
      return "manifest";
    case Origin::Kind::Config:
      return "config";
    case Origin::Kind::Default:
      return "default";
    case Origin::Kind::BuiltIn:
      return "built-in";
    case Origin::Kind::Server:
      return "server";
    case Origin::Kind::Gone:
      return "gone";
  }
  ASMGW_BUG("origin out of range");
}

Json origin_json(const Origin& origin) {
  Json json{{"kind", kind_word(origin.kind)}};
  if (!origin.field.empty()) json["field"] = origin.field;
  if (!origin.at) return json;
  json["layer"] = origin.from_override ? "override" : "base";
  json["file"] = origin.at->source->name;
  json["line"] = origin.at->line;
  json["column"] = origin.at->column;
  return json;
}

Json field_json(const FieldChange& field) {
  Json json{{"path", to_string(field.path)}, {"op", op_word(field.op)}};
  if (field.before) json["before"] = *field.before;
  if (field.after) json["after"] = *field.after;
  json["origin"] = origin_json(field.origin);
  if (!field.decided) json["decided"] = false;
  return json;
}

Json requested_json(const Requested& amount) {
  return {{"now", amount.now}, {"peak", amount.peak}, {"after", amount.after}};
}

Json arithmetic_json(const Arithmetic& numbers) {
  Json json{
      {"replicas", numbers.replicas},
      {"surge", {{"value", numbers.surge.value}, {"pods", numbers.surge.pods}}},
      {"unavailable", {{"value", numbers.unavailable.value}, {"pods", numbers.unavailable.pods}}},
      {"podsReplaced", numbers.replicas},
      {"floorReady", numbers.floor},
      {"peakPods", numbers.peak},
      {"waves", numbers.waves}};
  if (numbers.cpu) json["requests"]["cpu"] = requested_json(*numbers.cpu);
  if (numbers.memory) json["requests"]["memory"] = requested_json(*numbers.memory);
  return json;
}

std::string_view predicted_word(Restart::Predicted predicted) {
  switch (predicted) {
    case Restart::Predicted::No:
      return "no";
    case Restart::Predicted::Yes:
      return "yes";
    case Restart::Predicted::Unknown:
      return "unknown";
  }
  ASMGW_BUG("prediction out of range");
}

Json restart_json(const ObjectChange& change) {
  Json json{{"predicted", predicted_word(change.restart.predicted)}};
  if (change.restart.predicted == Restart::Predicted::Unknown) {
    json["why"] = change.restart.causes.empty() ? "the server gave no answer to compare with"
                                                : "only what is undecided may cause it";
  }
  for (const std::size_t index : change.restart.causes) {
    Json cause = origin_json(change.fields[index].origin);
    cause["field"] = index;
    json["causes"].push_back(std::move(cause));
  }
  if (change.restart.arithmetic) json["arithmetic"] = arithmetic_json(*change.restart.arithmetic);
  return json;
}

Json risk_json(const Finding& risk, const ObjectChange& change) {
  Json json = finding_json(risk);
  for (std::size_t i = 0; i < change.fields.size(); ++i) {
    if (risk.paths.contains(change.fields[i].path)) json["fields"].push_back(i);
  }
  return json;
}

Json claim_json(const Claim& claim) {
  Json json{
      {"path", to_string(claim.path)}, {"kind", word(claim.kind)}, {"manager", claim.manager}};
  if (!claim.operation.empty()) json["operation"] = claim.operation;
  if (!claim.since.empty()) json["since"] = claim.since;
  return json;
}

Json handover_json(const Handover& handover) {
  const std::string_view to = handover.to == Handover::To::Autoscaler ? "autoscaler"
                              : handover.to == Handover::To::Others   ? "others"
                                                                      : "manifest";
  return {{"to", to}, {"replicas", handover.replicas}, {"steps", handover.steps}};
}

Json object_json(const ObjectChange& change, bool show_noise) {
  const DesiredObject& desired = change.object.desired;
  Json json{{"gateway", desired.gateway}, {"apiVersion", api_version(kind_of(desired.ref))},
            {"kind", desired.ref.kind},   {"namespace", desired.ref.ns},
            {"name", desired.ref.name},   {"action", word(change.action)}};
  if (desired.ref.kind == "Deployment") {
    json["style"] = desired.style == Style::Whole ? "whole" : "overlay";
  }
  if (change.action == Action::Unchanged && change.risks.empty()) {
    if (show_noise) json["hidden"] = hidden_json(change.hidden, show_noise);
    return json;
  }
  if (desired.handover) json["handover"] = handover_json(*desired.handover);
  json["fields"] = json["risks"] = json["ownership"] = Json::array();
  for (const FieldChange& field : change.fields) json["fields"].push_back(field_json(field));
  json["restart"] = restart_json(change);
  for (const Finding& risk : change.risks) json["risks"].push_back(risk_json(risk, change));
  for (const Claim& claim : change.claims) json["ownership"].push_back(claim_json(claim));
  json["hidden"] = hidden_json(change.hidden, show_noise);
  return json;
}

Json cluster_json(const ClusterChanges& cluster, const std::string& group, bool show_noise) {
  Json json{{"id", cluster.cluster.id},
            {"context", cluster.cluster.context},
            {"server", cluster.cluster.server},
            {"state", word(cluster.state)},
            {"objects", Json::array()}};
  if (!group.empty()) json["group"] = group;
  for (const ObjectChange& change : cluster.objects) {
    json["objects"].push_back(object_json(change, show_noise));
  }
  if (cluster.error) json["error"] = finding_json(*cluster.error);
  for (const Finding& note : cluster.notes) json["notes"].push_back(finding_json(note));
  return json;
}

Json summary_json(const ChangeSet& changes, const Verdict& verdict) {
  const Summary summary = summarize(changes.clusters);
  std::string sentence;
  for (const std::string& part : sentences(summary)) {
    sentence += (sentence.empty() ? "" : " ") + part;
  }
  Json restarts{{"rollouts", summary.rollouts}, {"pods", summary.pods}};
  if (summary.rollouts > 0) restarts["lowestFloor"] = summary.lowest_floor;
  Json needed = Json::array();
  if (summary.rollouts > 0) needed.push_back("allow-restart");
  if (summary.risks[3] > 0) needed.push_back("allow-destructive");
  Json clusters{{"total", summary.clusters},
                {"compared", summary.compared},
                {"partial", summary.partial},
                {"unread", summary.unread}};
  if (summary.control_plane) clusters["controlPlane"] = word(*summary.control_plane);
  return {{"clusters", clusters},
          {"objects",
           {{"create", summary.create},
            {"update", summary.update},
            {"delete", summary.remove},
            {"unchanged", summary.unchanged},
            {"blocked", summary.blocked + summary.refused},
            {"unknown", summary.unknown}}},
          {"restarts", restarts},
          {"risks",
           {{"note", summary.risks[0]},
            {"warning", summary.risks[1]},
            {"disruptive", summary.risks[2]},
            {"destructive", summary.risks[3]}}},
          {"gatesNeeded", needed},
          {"gatesMet", verdict.gates_met},
          {"sentence", sentence}};
}

}  // namespace

Json finding_json(const Finding& finding) {
  Json json{{"code", finding.code->name},
            {"severity", word(finding.severity)},
            {"message", finding.message}};
  if (!finding.why.empty()) json["why"] = finding.why;
  if (!finding.hint.empty()) json["hint"] = finding.hint;
  if (!finding.server.empty()) json["server"] = finding.server;
  if (finding.at) {
    json["file"] = finding.at->source->name;
    json["line"] = finding.at->line;
    json["column"] = finding.at->column;
  }
  return json;
}

Json diagnostics_json(const Findings& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings.all()) list.push_back(finding_json(finding));
  return list;
}

std::string record_text(const Json& record) {
  return record.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json changes_json(const Subject& subject, const Findings& findings, const ChangeSet& changes,
                  const Verdict& verdict, bool show_noise) {
  Json record{{"apiVersion", kApiVersion},    {"kind", "GatewayDiff"},
              {"tool", subject.tool},         {"inputs", Json::array()},
              {"gateways", Json::array()},    {"diagnostics", diagnostics_json(findings)},
              {"clusters", Json::array()},    {"summary", summary_json(changes, verdict)},
              {"exitCode", verdict.exit_code}};
  if (changes.mode == Mode::Local) record["mode"] = "local";
  for (const Subject::File& file : subject.files) {
    record["inputs"].push_back({{"file", file.name}, {"digest", "sha256:" + file.digest}});
  }
  for (const GatewayHead& gateway : subject.gateways) {
    record["gateways"].push_back({{"name", gateway.name},
                                  {"namespace", gateway.ns},
                                  {"file", gateway.at.source->name},
                                  {"line", gateway.at.line}});
  }
  const std::map<std::string, std::string> groups = group_letters(changes.clusters);
  for (const ClusterChanges& cluster : changes.clusters) {
    const auto group = groups.find(cluster.cluster.id);
    const bool is_grouped = group != groups.end() && !is_control_plane(cluster.cluster);
    record["clusters"].push_back(
        cluster_json(cluster, is_grouped ? group->second : "", show_noise));
  }
  return record;
}

}  // namespace asmgw
