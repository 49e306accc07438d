// Does `validate` say of Kubernetes' own values what a real API server says of them?
//
// e2e/values/FIELD.txt has one value of spec.FIELD per line. `+` both accept it; `-` both refuse
// it;
// `<` only we refuse it, `>` only the server: then the line above is a comment with the reason.
// $N$ stands for N letters x. What both accept is mutated besides: an unknown member, a missing
// one, a value of another type, a number at a boundary, at every place.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "bench.h"
#include "gateway/read.h"
#include "gateway/validate.h"
#include "server.h"

namespace asmgw::e2e {
namespace {

/// Per field; all there are with ASMGW_MUTATIONS=1000000.
std::size_t mutations() {
  const char* number = std::getenv("ASMGW_MUTATIONS");
  return number != nullptr ? std::stoul(number) : 400;
}

struct Line {
  std::string where;  ///< tolerations.txt:7
  char verdict = '+';
  std::string value;
  std::string reason;  ///< of a difference
};

/// `$63$` → 63 letters.
std::string expanded(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = text[at] == '$' ? text.find('$', at + 1) : std::string::npos;
    const std::string digits = end == std::string::npos ? "" : text.substr(at + 1, end - at - 1);
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) {
      result += text[at];
      continue;
    }
    result.append(static_cast<std::size_t>(std::stoi(digits)), 'x');
    at = end;
  }
  return result;
}

std::string folder() { return std::string(ASMGW_SOURCE_DIR) + "/tests/e2e/values"; }

std::vector<Line> read_lines(const std::string& field) {
  std::vector<Line> lines;
  std::ifstream file(folder() + "/" + field + ".txt");
  std::string comment;
  int number = 0;
  for (std::string text; std::getline(file, text);) {
    ++number;
    if (text.starts_with("#")) {
      comment = text.substr(1);
    } else if (text.size() > 2) {
      lines.push_back(
          {fmt::format("{}.txt:{}", field, number), text[0], expanded(text.substr(2)), comment});
      comment.clear();
    }
  }
  return lines;
}

/// What `validate` finds wrong; empty = nothing.
std::string our_complaint(const std::string& field, const std::string& value) {
  const std::string ports = field == "ports" ? "" : "  ports: [{name: http2, port: 80}]\n";
  const std::string text =
      "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\n"
      "metadata: {name: values}\nspec:\n  clusterIds: [c1]\n" +
      ports + "  " + field + ": " + value + "\n";
  Findings findings;
  const auto documents = parse_yaml(findings.keep({"gateway.yaml", text}), findings);
  int skipped = 0;
  validate(read_gateways(documents, skipped, findings), {}, findings);
  std::string words;
  for (const Finding& finding : findings.all()) {
    if (finding.severity == Severity::Error) words += finding.message + "\n";
  }
  return words;
}

Json deployment() {
  return parse_json(R"({"apiVersion": "apps/v1", "kind": "Deployment",
    "metadata": {"name": "values", "namespace": "istio-system"},
    "spec": {"selector": {"matchLabels": {"app": "values"}},
      "template": {"metadata": {"labels": {"app": "values"}},
        "spec": {"volumes": [{"name": "scratch", "emptyDir": {}}],
          "containers": [{"name": "istio-proxy", "image": "auto"}]}}}})");
}

Json service() {
  return parse_json(R"({"apiVersion": "v1", "kind": "Service",
    "metadata": {"name": "values", "namespace": "istio-system"},
    "spec": {"type": "LoadBalancer", "selector": {"app": "values"},
      "ports": [{"name": "http2", "port": 80, "protocol": "TCP", "targetPort": 80}]}})");
}

/// The minimal object with the value as it is written.
Json body_with(const std::string& field, const Json& value) {
  Json object =
      field.starts_with("service") || field.starts_with("loadBalancer") || field == "ports"
          ? service()
          : deployment();
  Json& spec = object["spec"];
  if (field.starts_with("loadBalancer") || field == "ports") spec[field] = value;
  if (field == "serviceLabels") object["metadata"]["labels"] = value;
  if (field == "serviceAnnotations") object["metadata"]["annotations"] = value;
  if (object["kind"] == "Service") return object;
  Json& pods = spec["template"];
  Json& container = pods["spec"]["containers"][0];
  if (field == "podAnnotations") {
    pods["metadata"]["annotations"] = value;
  } else if (field == "podLabels") {
    pods["metadata"]["labels"] = value;
    if (value.is_object()) pods["metadata"]["labels"]["app"] = "values";
  } else if (field == "affinity" || field == "tolerations" || field == "nodeSelector") {
    pods["spec"][field] = value;
  } else if (field == "configVolumes" || field == "secretVolumes") {
    const bool is_config = field == "configVolumes";
    for (const Json& item : value) {
      const Json source{{is_config ? "name" : "secretName",
                         item.value(is_config ? "configMapName" : "secretName", "")}};
      pods["spec"]["volumes"].push_back(
          {{"name", item.value("name", "")}, {is_config ? "configMap" : "secret", source}});
      container["volumeMounts"].push_back(
          {{"name", item.value("name", "")}, {"mountPath", item.value("mountPath", "")}});
    }
  } else {
    container[field] = value;
  }
  return object;
}

Json json_of(const std::string& yaml) {
  Findings findings;
  const auto documents = parse_yaml(findings.keep({"value", yaml}), findings);
  if (documents.size() != 1) throw std::runtime_error("not one value: " + yaml);
  return to_json(documents[0]);
}

// mutations

/// Adds to `all` the value with one thing changed, for every thing, anywhere below.
void mutate(Json& whole, Json& here, bool is_top, std::set<std::string>& all) {
  static const Json kOthers = parse_json(
      R"([0, -1, 1, 101, 65536, 2147483647, 1.5, "", "x", "a b", "80", true, null, [], {}, [""]])");
  const Json before = here;
  const auto try_value = [&](Json value) {
    here = std::move(value);
    all.insert(dump_for_yaml(whole));
  };
  if (!is_top) {
    for (const Json& other : kOthers) try_value(other);
  }
  if (before.is_object()) {
    for (const auto& [key, value] : before.items()) {
      Json without = before;
      without.erase(key);
      try_value(without);
    }
    Json with_more = before;
    with_more["notThere"] = 1;
    try_value(with_more);
  }
  if (before.is_array() && !before.empty()) {
    Json twice = before;
    twice.push_back(before[0]);
    try_value(twice);
  }
  here = before;
  if (here.is_structured()) {
    for (Json& child : here) mutate(whole, child, false, all);
  }
}

bool has_null_in_collection(const Json& value, bool is_map) {
  static const std::set<std::string> kMaps = {"matchLabels", "limits", "requests"};
  for (const auto& [key, child] : value.items()) {
    if (child.is_null() && (value.is_array() || is_map)) return true;
    if (child.is_structured() && has_null_in_collection(child, kMaps.contains(key))) return true;
  }
  return false;
}

/// Why we judge on purpose another way than the server; empty = we do not.
std::string intended(const std::string& field, const Json& value, const std::string& server) {
  const bool is_map =
      field.ends_with("Labels") || field.ends_with("Annotations") || field == "nodeSelector";
  if (has_null_in_collection(value, is_map)) return "the server stores an empty value";
  const auto says = [&, text = dump(value)](const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  if (server.empty()) {
    if (says("stopSignal")) return "the server drops it in silence";
    return says("matchLabelKeys") ? "the server refuses each pod" : "";
  }
  for (const char* list : {"limits", "requests"}) {
    if (field == "resources" &&
        (says(fmt::format(R"("{}":[])", list)) || says(fmt::format(R"("{}":"")", list)))) {
      return "none is none, whatever its type";
    }
  }
  const bool is_of_style = server.find("terminationGracePeriodSeconds") != std::string::npos ||
                           server.find("fileKeyRef.volumeName: Not found") != std::string::npos;
  return is_of_style ? "how long a pod may end and its volumes, the style decides" : "";
}

class Values : public testing::TestWithParam<std::string> {};

TEST_P(Values, AreJudgedAsByTheServer) {
  const std::string& field = GetParam();
  const std::vector<Line> lines = read_lines(field);
  ASSERT_FALSE(lines.empty());
  std::vector<Json> bodies;
  for (const Line& line : lines) bodies.push_back(body_with(field, json_of(line.value)));
  kube::Client client = connect(kOne);
  const std::vector<Answer> answers = try_out(client, bodies);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    SCOPED_TRACE(line.where + ": " + line.value.substr(0, 200));
    const std::string ours = our_complaint(field, line.value);
    const bool is_accepted = std::holds_alternative<Found>(answers[i]);
    EXPECT_EQ(ours.empty(), line.verdict == '+' || line.verdict == '>') << ours;
    EXPECT_EQ(is_accepted, line.verdict == '+' || line.verdict == '<') << complaint(answers[i]);
    EXPECT_TRUE(line.verdict == '+' || line.verdict == '-' || !line.reason.empty())
        << "a difference needs a reason";
  }
}

TEST_P(Values, MutatedAreJudgedAsByTheServer) {
  const std::string& field = GetParam();
  if (field == "configVolumes" || field == "secretVolumes" || field == "ports") {
    return;  // not written as Kubernetes writes them
  }
  std::set<std::string> all;
  for (const Line& line : read_lines(field)) {
    if (line.verdict != '+' || line.value.size() > 2000) continue;
    Json value = json_of(line.value);
    mutate(value, value, true, all);
  }
  std::vector<std::string> texts(all.begin(), all.end());
  std::mt19937 random(20260);
  std::shuffle(texts.begin(), texts.end(), random);
  texts.resize(std::min(texts.size(), mutations()));
  std::vector<Json> bodies;
  for (const std::string& text : texts) bodies.push_back(body_with(field, parse_json(text)));
  kube::Client client = connect(kOne);
  const std::vector<Answer> answers = try_out(client, bodies);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    SCOPED_TRACE(field + ": " + texts[i]);
    const std::string ours = our_complaint(field, texts[i]);
    const bool is_accepted = std::holds_alternative<Found>(answers[i]);
    const std::string server = is_accepted ? "" : complaint(answers[i]);
    if (ours.empty() == is_accepted) continue;
    EXPECT_NE(intended(field, parse_json(texts[i]), server), "")
        << "we: " << ours << "\nit: " << server;
  }
}

std::vector<std::string> fields_with_values() {
  std::vector<std::string> fields;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    fields.push_back(entry.path().stem());
  }
  std::sort(fields.begin(), fields.end());
  return fields;
}

INSTANTIATE_TEST_SUITE_P(All, Values, testing::ValuesIn(fields_with_values()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace asmgw::e2e
