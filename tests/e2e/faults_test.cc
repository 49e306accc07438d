// Does every fault of a network or a server end in its documented message, within its time, and
// never in half a comparison that passes for a whole one?
#include "faults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;

/// With --request-timeout 2s and three repeats at most, on a busy machine.
constexpr std::chrono::seconds kLimit{30};

/// A gateway that is applied, so that an undisturbed diff says: no change.
std::string manifest() { return write("faults.yaml", gateway("faults", kOne, "")); }

void apply_it() {
  const Outcome applied = asmgw({"apply", "-f", manifest(), "--yes"});
  ASSERT_EQ(applied.code, 0) << applied.out << applied.err;
}

Outcome asked(const std::string& verb, const std::string& kubeconfig,
              const std::string& timeout = "2s") {
  const Outcome outcome =
      run({"kubectl", "asmgw", verb, "-f", manifest(), "-o", "json", "--request-timeout", timeout,
           "--cluster-context", kOne + "=" + kubeconfig});
  EXPECT_LT(outcome.took, kLimit);
  EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos) << "a server steers the terminal";
  return outcome;
}

/// The cluster's record, or null where there is none.
Json cluster_of(const Outcome& outcome) {
  const Json json = Json::parse(outcome.out, nullptr, /*allow_exceptions=*/false);
  EXPECT_TRUE(json.is_object()) << outcome.out << outcome.err;
  return json.is_object() ? json["clusters"][0] : Json();
}

/// A cluster that was compared has all its objects, and nothing to do.
void expect_whole(const Json& cluster) {
  EXPECT_EQ(cluster.value("state", ""), "compared") << cluster.dump(1);
  EXPECT_EQ(cluster["objects"].size(), 5u) << "half a comparison passes for a whole one";
  for (const Json& object : cluster["objects"]) {
    EXPECT_EQ(object.value("action", ""), "unchanged") << object.dump(1);
  }
}

/// What a run should come to; an empty code: nothing is to be noticed.
struct Row {
  const char* name;
  Fault fault;
  const char* state;  ///< of the cluster
  const char* code;   ///< of its error
  std::string text;   ///< in the error's message, or in the server's words with it
  const char* listener = "http2";
};

void expect_error(const Outcome& outcome, const Row& row) {
  EXPECT_EQ(outcome.code, 3) << outcome.out << outcome.err;
  const Json cluster = cluster_of(outcome);
  EXPECT_EQ(cluster.value("state", ""), row.state) << cluster.dump(1);
  const Json error = cluster.value("error", Json::object());
  EXPECT_EQ(error.value("code", ""), row.code) << error.dump(1);
  EXPECT_THAT(error.value("message", "") + "\n" + error.value("server", ""), HasSubstr(row.text));
}

class Faults : public testing::TestWithParam<Row> {
 protected:
  static void SetUpTestSuite() {
    apply_it();
    server_ = new FaultyServer(kOne);
  }
  static void TearDownTestSuite() {
    delete server_;
    clean("faults");
  }

  static std::string kubeconfig(const Row& row) {
    return server_->with(row.name, row.fault, row.listener);
  }

  static FaultyServer* server_;
};
FaultyServer* Faults::server_ = nullptr;

TEST_P(Faults, EndInTheirMessage) {
  const Row& row = GetParam();
  const Outcome diff = asked("diff", kubeconfig(row));
  if (*row.code != 0) return expect_error(diff, row);
  EXPECT_EQ(diff.code, 0) << diff.out << diff.err;
  expect_whole(cluster_of(diff));
}

std::string status(int code, const std::string& message, const std::string& details = "{}") {
  return R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":")" + message +
         R"(","details":)" + details + R"(,"code":)" + std::to_string(code) + "}";
}

Fault all(const std::string& how, int code = 200, const std::string& body = "") {
  return {.how = how, .status = code, .body = body};
}

/// Of the Deployment alone: the other objects are compared.
Fault one(const std::string& how, int code = 200, const std::string& body = "") {
  return {.resource = "deployments", .how = how, .status = code, .body = body};
}

Fault preview(int code, const std::string& body) {
  return {
      .method = "PATCH", .resource = "deployments", .how = "answer", .status = code, .body = body};
}

const auto kName = [](const auto& row) { return std::string(row.param.name); };
const std::string kPage = "<html><body>\x1b[2Jplease log in</body></html>";
const std::string kDeep = std::string(600, '[') + std::string(600, ']');
const std::string kUnauthorized = status(401, "Unauthorized");

INSTANTIATE_TEST_SUITE_P(
    NoFault, Faults,
    testing::Values(Row{"none", {.method = "NONE", .how = "answer"}, "compared", "", ""},
                    Row{"goaway", all("goaway"), "compared", "", ""},
                    Row{"goaway_of_one", one("goaway"), "compared", "", ""},
                    Row{"overload_that_passes",
                        {.how = "later", .status = 429, .body = "Too many requests", .times = 2},
                        "compared",
                        "",
                        ""},
                    Row{"cut_that_passes",
                        {.method = "GET", .how = "cut", .body = "{", .times = 1},
                        "compared",
                        "",
                        ""}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    WholeServer, Faults,
    testing::Values(
        Row{"login_page", all("answer", 200, kPage), "error", "server-error", "not JSON"},
        Row{"bad_gateway", all("answer", 502, kPage), "error", "server-error", "HTTP 502"},
        Row{"redirect", all("answer", 302), "error", "server-error", "HTTP 302"},
        Row{"empty", all("answer"), "error", "server-error", "not JSON"},
        Row{"other_json", all("answer", 200, R"({"kind":"Status"})"), "error", "server-error",
            "not the object that was asked for"},
        Row{"deep_json", all("answer", 200, kDeep), "error", "server-error", "deeper than 500"},
        Row{"credentials", all("answer", 401, kUnauthorized), "error", "unauthorized",
            "the server refuses the credentials"},
        Row{"overload", all("answer", 429, "Too many requests\n"), "error", "server-error",
            "the server is overloaded"},
        Row{"unavailable", all("answer", 503, "no backend"), "error", "server-error",
            "the server is overloaded"},
        Row{"server_timeout", all("answer", 504, R"({"message":"did not complete"})"),
            "unreachable", "unreachable", "did not complete"},
        Row{"cut", all("cut", 200, R"({"kind":)"), "unreachable", "unreachable", "cut off"},
        Row{"reset", all("reset"), "unreachable", "unreachable", "cut off"},
        Row{"headers_only", all("headers_only"), "unreachable", "unreachable", "cut off"},
        Row{"garbage", all("garbage"), "unreachable", "unreachable", "cut off", "http1"},
        Row{"hang", all("hang"), "unreachable", "unreachable", "no answer from"},
        Row{"big_headers", all("big_headers"), "unreachable", "unreachable", "larger than 64 KiB"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    OneObject, Faults,
    testing::Values(
        Row{"its_login_page", one("answer", 200, kPage), "partial", "server-error", "not JSON"},
        Row{"its_cut", one("cut", 200, R"({"kind":)"), "partial", "unreachable", "cut off"},
        Row{"its_hang", one("hang"), "partial", "unreachable", "no answer from"},
        Row{"its_huge_answer", one("huge"), "partial", "unreachable", "larger than 32 MiB"},
        Row{"its_gzip_bomb", one("bomb"), "partial", "unreachable", "larger than 32 MiB"},
        Row{"its_api_group_missing",
            {.method = "GET",
             .resource = "deployments",
             .how = "answer",
             .status = 404,
             .body = "404 page not found\n"},
            "partial",
            "not-served",
            "404 page not found"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    PageFour, Faults,
    testing::Values(
        Row{"body", preview(400, status(400, "cannot decode")), "partial", "server-error",
            "cannot decode"},
        Row{"no_dry_run", preview(400, status(400, "webhook w does not support dry run")),
            "partial", "server-error", "does not support dry run"},
        Row{"expired_meanwhile", preview(401, kUnauthorized), "partial", "unauthorized",
            "the server refuses the credentials"},
        Row{"verb",
            preview(403, status(403, R"(User \"u\" cannot patch resource \"deployments\")")),
            "partial", "forbidden", "a right is missing: patch deployments"},
        Row{"grant", preview(403, status(403, "attempting to grant RBAC permissions")), "partial",
            "forbidden", "you may not grant"},
        Row{"quota", preview(403, status(403, "exceeded quota: q")), "partial", "server-error",
            "a quota is exceeded"},
        Row{"terminating", preview(403, status(403, "because it is being terminated")), "partial",
            "server-error", "the namespace is being deleted"},
        Row{"anonymous", preview(403, status(403, "User system:anonymous cannot")), "partial",
            "forbidden", "no credentials were sent"},
        Row{"api_group", preview(404, "404 page not found\n"), "partial", "not-served",
            "does not serve this kind"},
        Row{"resource", preview(404, status(404, "could not find the requested resource")),
            "partial", "not-served", "does not serve this kind"},
        Row{"no_namespace",
            preview(404, status(404, "namespaces not found", R"({"kind":"namespaces"})")),
            "partial", "no-namespace", "the namespace is missing"},
        Row{"uid_mismatch", preview(409, status(409, "uid mismatch", R"({"name":"x"})")), "partial",
            "server-error", "deleted or re-created meanwhile"},
        Row{"lock", preview(409, status(409, "has been modified", R"({"name":"x"})")), "partial",
            "server-error", "somebody changed the object meanwhile"},
        Row{"uid_of_another",
            preview(422, status(422, "invalid", R"({"causes":[{"field":"metadata.uid"}]})")),
            "partial", "server-error", "deleted or re-created meanwhile"},
        Row{"immutable",
            preview(422, status(422, "immutable", R"({"causes":[{"field":"spec.selector"}]})")),
            "partial", "server-error", "the server refuses the object"},
        Row{"policy", preview(422, status(422, "ValidatingAdmissionPolicy p denied request: no")),
            "partial", "policy-refused", "a policy refuses the object"},
        Row{"its_overload", preview(429, "Too many requests\n"), "partial", "server-error",
            "the server is overloaded"},
        Row{"its_unavailability", preview(503, status(503, "unavailable")), "partial",
            "server-error", "the server is overloaded"},
        Row{"schema", preview(500, status(500, "field not declared in schema")), "partial",
            "server-error", "field not declared in schema"},
        Row{"webhook", preview(500, status(500, "failed calling webhook w: refused")), "partial",
            "webhook-down", "an admission webhook does not answer"},
        Row{"its_timeout", preview(504, R"({"message":"did not complete"})"), "partial",
            "unreachable", "did not complete"}),
    kName);

/// `clusters` asks other questions.
class FaultsOfClusters : public Faults {};

TEST_P(FaultsOfClusters, AreTold) {
  expect_error(asked("clusters", kubeconfig(GetParam())), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Clusters, FaultsOfClusters,
    testing::Values(
        Row{"page", all("answer", 200, kPage), "server-error", "server-error", "not JSON"},
        Row{"deep", all("answer", 200, kDeep), "server-error", "server-error", "deeper than 500"},
        Row{"refused", all("answer", 401, kUnauthorized), "unauthorized", "unauthorized",
            "the server refuses the credentials"},
        Row{"down", all("answer", 503, "no backend"), "server-error", "server-error",
            "the server is overloaded"},
        Row{"cut_off", all("cut"), "unreachable", "unreachable", "cut off"}),
    kName);

/// A network between us and the real API server.
struct Network {
  const char* name;
  const char* toxic;  ///< of toxiproxy
  enum { Whole, Unreachable, Either } end;
  const char* timeout = "2s";
};

class BadNetworks : public testing::TestWithParam<Network> {
 protected:
  static void SetUpTestSuite() {
    apply_it();
    network_ = new BadNetwork(kOne);
  }
  static void TearDownTestSuite() {
    delete network_;
    clean("faults");
  }

  static BadNetwork* network_;
};
BadNetwork* BadNetworks::network_ = nullptr;

TEST_P(BadNetworks, AreSurvivedOrTold) {
  const Network& row = GetParam();
  const Outcome diff = asked("diff", network_->with(row.name, row.toxic), row.timeout);
  const Json cluster = cluster_of(diff);
  if (row.end == Network::Whole) {
    EXPECT_EQ(diff.code, 0) << diff.out << diff.err;
  } else if (row.end == Network::Unreachable) {
    EXPECT_EQ(cluster.value("state", ""), "unreachable");
  }
  if (diff.code == 0) return expect_whole(cluster);
  EXPECT_EQ(diff.code, 3) << diff.out << diff.err;
  EXPECT_NE(cluster.value("state", ""), "compared");
  EXPECT_EQ(cluster.value("error", Json::object()).value("code", ""), "unreachable");
}

INSTANTIATE_TEST_SUITE_P(
    Slow, BadNetworks,
    testing::Values(
        Network{"latency", R"({"type":"latency","attributes":{"latency":300,"jitter":200}})",
                Network::Whole, "10s"},
        Network{"bandwidth", R"({"type":"bandwidth","attributes":{"rate":16}})", Network::Whole,
                "10s"},
        Network{
            "slices",
            R"({"type":"slicer","attributes":{"average_size":40,"size_variation":20,"delay":50}})",
            Network::Whole, "10s"},
        Network{"slow_close", R"({"type":"slow_close","attributes":{"delay":3000}})",
                Network::Whole},
        Network{"silence", R"({"type":"timeout","attributes":{"timeout":0}})",
                Network::Unreachable},
        Network{"closed_after_a_while", R"({"type":"timeout","attributes":{"timeout":300}})",
                Network::Unreachable},
        Network{"silence_upstream",
                R"({"type":"timeout","stream":"upstream","attributes":{"timeout":0}})",
                Network::Unreachable},
        Network{"too_slow", R"({"type":"latency","attributes":{"latency":5000}})",
                Network::Unreachable}),
    kName);

// Cut after so many bytes: in the handshake, in the answers' headers, in the bodies, in the last
// one.
INSTANTIATE_TEST_SUITE_P(
    Cut, BadNetworks,
    testing::Values(
        Network{"reset", R"({"type":"reset_peer","attributes":{"timeout":0}})",
                Network::Unreachable},
        Network{"reset_later", R"({"type":"reset_peer","attributes":{"timeout":30}})",
                Network::Either},
        Network{"at_0", R"({"type":"limit_data","attributes":{"bytes":0}})", Network::Unreachable},
        Network{"at_500", R"({"type":"limit_data","attributes":{"bytes":500}})",
                Network::Unreachable},
        Network{"at_2000", R"({"type":"limit_data","attributes":{"bytes":2000}})", Network::Either},
        Network{"at_12000", R"({"type":"limit_data","attributes":{"bytes":12000}})",
                Network::Either}),
    kName);

}  // namespace
}  // namespace asmgw::e2e
