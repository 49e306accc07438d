#include "kube/requests.h"

#include <gtest/gtest.h>

#include <string>

namespace asmgw::kube {
namespace {

using std::chrono::milliseconds;

struct Case {
  std::string name;
  std::string text;      ///< of a JSON string
  std::string expected;  ///< on the wire, without the quotes
};

class Wire : public testing::TestWithParam<Case> {};
TEST_P(Wire, IsReadBackUnchangedByAYaml11Parser) {
  EXPECT_EQ(wire_json(Json(GetParam().text)), "\"" + GetParam().expected + "\"");
  EXPECT_EQ(wire_json(Json{{GetParam().text, 1}}), "{\"" + GetParam().expected + "\":1}");
  // and JSON readers agree
  if (GetParam().name == "invalid_utf8") return;
  EXPECT_EQ(Json::parse(wire_json(Json(GetParam().text))), GetParam().text);
}
INSTANTIATE_TEST_SUITE_P(
    All, Wire,
    testing::Values(
        Case{"plain", "abc", "abc"}, Case{"empty", "", ""}, Case{"slash", "a/b", "a/b"},
        Case{"quote_and_backslash", "a\"b\\", "a\\\"b\\\\"}, Case{"newline", "a\nb", "a\\nb"},
        Case{"tab", "a\tb", "a\\tb"}, Case{"nul", std::string("a\0b", 3), "a\\u0000b"},
        Case{"unit_separator", "\x1f", "\\u001f"},
        Case{"delete",
             "a\x7f"
             "b",
             "a\\u007fb"},
        Case{"first_c1", "\u0080", "\\u0080"}, Case{"next_line", "a\u0085z", "a\\u0085z"},
        Case{"last_c1", "\u009f", "\\u009f"}, Case{"no_break_space_is_raw", "\u00a0", "\u00a0"},
        Case{"line_separator", "\u2028", "\\u2028"},
        Case{"paragraph_separator", "\u2029", "\\u2029"},
        Case{"their_neighbours_are_raw", "\u2027\u202a", "\u2027\u202a"},
        Case{"fffe", "\uFFFE", "\\ufffe"}, Case{"ffff", "\uFFFF", "\\uffff"},
        Case{"fffd_is_raw", "\uFFFD", "\uFFFD"}, Case{"letters_are_raw", "äé中", "äé中"},
        Case{"beyond_the_plane_is_raw", "\U0001F600", "\U0001F600"},
        Case{"between_others", "x\u2028y\u0085z", "x\\u2028y\\u0085z"},
        Case{"invalid_utf8",
             "a\xff"
             "b",
             "a\uFFFDb"}),
    [](const auto& row) { return row.param.name; });

TEST(WireJson, IsOneCompactLine) {
  EXPECT_EQ(wire_json(parse_json("{\"b\": [1, 2.5, true],\n \"a\": {}}")),
            R"({"a":{},"b":[1,2.5,true]})");
}

const ObjectRef kDeployment{"apps", "Deployment", "istio-system", "istio-web"};
const std::string kUrl = "/apis/apps/v1/namespaces/istio-system/deployments/istio-web";

std::string line(const Request& request) { return request.method + " " + request.target; }

TEST(Requests, Questions) {
  const Write write{kDeployment, Apply{Json{{"a", 1}}}, {}};
  Write forced = write;
  std::get<Apply>(forced.what).force = true;
  struct Row {
    std::string name;
    Question question;
    milliseconds timeout;
    std::string expected;
  };
  const std::string apply = "PATCH " + kUrl + "?fieldManager=kubectl-asmgw&force=";
  const Row rows[] = {
      {"get", Get{kDeployment}, milliseconds(30000), "GET " + kUrl + "?timeout=30000ms"},
      {"get without limit", Get{kDeployment}, milliseconds(0), "GET " + kUrl},
      {"get again", Get{kDeployment, 2}, milliseconds(0), "GET " + kUrl},
      {"preview", Preview{write}, milliseconds(0),
       apply + "false&fieldValidation=Strict&dryRun=All"},
      {"forced preview", Preview{forced}, milliseconds(1500),
       apply + "true&fieldValidation=Strict&dryRun=All&timeout=1500ms"},
      {"list", List{{"", "Pod", "n", ""}, "app=istio-web,istio=web"}, milliseconds(0),
       "GET /api/v1/namespaces/n/pods?labelSelector=app%3Distio-web%2Cistio%3Dweb"},
      {"list of all", List{{"", "Pod", "n", ""}, ""}, milliseconds(0),
       "GET /api/v1/namespaces/n/pods"},
      {"version", Version{}, milliseconds(0), "GET /version"},
      {"group document", Served{"istio.alibabacloud.com"}, milliseconds(0),
       "GET /apis/istio.alibabacloud.com"},
      {"get in a served version",
       Get{{"istio.alibabacloud.com", "IstioGateway", "istio-system", "web"}, 0, "v1"},
       milliseconds(0),
       "GET /apis/istio.alibabacloud.com/v1/namespaces/istio-system/istiogateways/web"},
      {"list in that of the table",
       List{{"istio.alibabacloud.com", "IstioGateway", "istio-system", ""}}, milliseconds(0),
       "GET /apis/istio.alibabacloud.com/v1beta1/namespaces/istio-system/istiogateways"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(line(request_of(row.question, row.timeout)), row.expected);
  }
}

TEST(Requests, WhetherItExistsIsAskedByItsMetadata) {
  const Request request = request_of(Exists{{"", "Secret", "n", "s"}}, milliseconds(0));
  EXPECT_EQ(line(request), "GET /api/v1/namespaces/n/secrets/s");
  EXPECT_EQ(request.accept, "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
}

TEST(Requests, AWriteIsItsPreviewWithoutTheDryRun) {
  const Write write{kDeployment, Apply{parse_json(R"({"metadata":{"name":"x"}})")}, {}};
  const Request real = request_of(write, milliseconds(0));
  const Request dry = request_of(Question(Preview{write}), milliseconds(0));
  EXPECT_EQ(real.target, kUrl + "?fieldManager=kubectl-asmgw&force=false&fieldValidation=Strict");
  EXPECT_EQ(dry.target, real.target + "&dryRun=All");
  EXPECT_EQ(dry.body, real.body);
  EXPECT_EQ(real.content_type, "application/apply-patch+yaml");
  EXPECT_EQ(dry.content_type, real.content_type);
  EXPECT_EQ(real.body, R"({"metadata":{"name":"x"}})");
}

/// The stale version of either is refused as the lock.
TEST(Requests, ATakeOverAndItsForesightArePatchesUnderTheGuard) {
  const Write take{kDeployment, TakeOver{{}, parse_json(R"([{"manager":"m"}])")}, {"u", "7"}};
  const Request real = request_of(take, milliseconds(0));
  EXPECT_EQ(line(real), "PATCH " + kUrl + "?fieldManager=kubectl-asmgw&fieldValidation=Strict");
  EXPECT_EQ(real.content_type, "application/json-patch+json");
  EXPECT_EQ(real.body,
            R"([{"op":"replace","path":"/metadata/resourceVersion","value":"7"},)"
            R"({"op":"add","path":"/metadata/managedFields","value":[{"manager":"m"}]}])");
  const Json object = parse_json(R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"a":1},
      "metadata":{"name":"n","labels":{"l":"1"},"uid":"u"},"status":{"b":2}})");
  const Request dry =
      request_of(Question(Preview{{kDeployment, Replace{object}, {"", "7"}}}), milliseconds(0));
  EXPECT_EQ(line(dry),
            "PATCH " + kUrl + "?fieldManager=kubectl-asmgw&fieldValidation=Strict&dryRun=All");
  EXPECT_EQ(dry.body, R"([{"op":"replace","path":"/metadata/resourceVersion","value":"7"},)"
                      R"({"op":"add","path":"/spec","value":{"a":1}},)"
                      R"({"op":"add","path":"/metadata/labels","value":{"l":"1"}}])");
}

TEST(Requests, AGuardIsTheUidInTheBody) {
  Write write{kDeployment, Apply{parse_json(R"({"metadata":{"name":"x"}})")}, {"u-1"}};
  EXPECT_EQ(request_of(write, milliseconds(0)).body, R"({"metadata":{"name":"x","uid":"u-1"}})");
  std::get<Apply>(write.what).manager = "a b&c";
  EXPECT_EQ(request_of(write, milliseconds(0)).target,
            kUrl + "?fieldManager=a%20b%26c&force=false&fieldValidation=Strict");
}

/// As soon as there is a body the server ignores the query: `?dryRun=All` beside one deletes.
TEST(Requests, ARemovalsOptionsAreInItsBodyOnly) {
  const Write write{kDeployment, Remove{}, {"u-1"}};
  const Request real = request_of(write, milliseconds(0));
  EXPECT_EQ(line(real), "DELETE " + kUrl);
  EXPECT_EQ(real.content_type, "application/json");
  EXPECT_EQ(real.body, R"({"apiVersion":"v1","kind":"DeleteOptions",)"
                       R"("preconditions":{"uid":"u-1"},"propagationPolicy":"Background"})");
  const Request dry = request_of(Question(Preview{write}), milliseconds(5));
  EXPECT_EQ(line(dry), "DELETE " + kUrl + "?timeout=5ms");
  EXPECT_EQ(dry.body, R"({"apiVersion":"v1","dryRun":["All"],"kind":"DeleteOptions",)"
                      R"("preconditions":{"uid":"u-1"},"propagationPolicy":"Background"})");
}

TEST(Requests, ALockIsTheResourceVersionInTheBody) {
  const Write write{kDeployment, Apply{Json::object()}, {"u-1", "42"}};
  EXPECT_EQ(request_of(write, milliseconds(0)).body,
            R"({"metadata":{"resourceVersion":"42","uid":"u-1"}})");
}

TEST(Requests, AccessReview) {
  const Request request = request_of(Question(MayI{"patch", kDeployment}), milliseconds(0));
  EXPECT_EQ(line(request), "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
  EXPECT_EQ(request.content_type, "application/json");
  EXPECT_EQ(Json::parse(request.body), Json::parse(R"({
    "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
    "spec": {"resourceAttributes": {"verb": "patch", "group": "apps", "resource": "deployments",
                                    "namespace": "istio-system", "name": "istio-web"}}})"));
  const Request any = request_of(Question(MayI{"list", {"", "Pod", "n", ""}}), milliseconds(0));
  EXPECT_EQ(Json::parse(any.body)["spec"]["resourceAttributes"],
            Json::parse(R"({"verb": "list", "group": "", "resource": "pods", "namespace": "n"})"));
}

TEST(Requests, AWatchIsOfOneObjectFromAVersionOn) {
  const Request request = watch_request(kDeployment, "42", std::chrono::seconds(2));
  EXPECT_EQ(line(request),
            "GET /apis/apps/v1/namespaces/istio-system/deployments?watch=true&timeoutSeconds=2"
            "&fieldSelector=metadata.name%3Distio-web&resourceVersion=42");
}

}  // namespace
}  // namespace asmgw::kube
