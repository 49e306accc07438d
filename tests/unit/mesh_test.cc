#include "cluster/mesh.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/error.h"
#include "tests/support/client.h"

namespace asmgw {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kGroup = "/apis/istio.alibabacloud.com";
const std::string kGateways = "/namespaces/istio-system/istiogateways";

/// What a server of the test answers, by path; anything else is asked for nothing.
struct Server {
  std::map<std::string, std::pair<int, std::string>> answers;
  std::vector<std::vector<std::string>> asked;  ///< paths, per batch
};

class ServerTransport : public Transport {
 public:
  explicit ServerTransport(Server& server) : server_(server) {}
  std::vector<Response> send(std::span<const Request> requests, std::stop_token) override {
    std::vector<Response> responses;
    server_.asked.emplace_back();
    for (const Request& request : requests) {
      EXPECT_EQ(request.method, "GET");
      server_.asked.back().push_back(request.target);
      const auto answer = server_.answers.find(request.target);
      if (answer == server_.answers.end()) ADD_FAILURE() << "unexpected: " << request.target;
      Response response;
      response.status = answer->second.first;
      response.body = answer->second.second;
      responses.push_back(response);
    }
    return responses;
  }
  Response stream(const Request&, const std::function<bool(std::string_view)>&,
                  std::stop_token) override {
    ADD_FAILURE() << "nothing is watched";
    return {};
  }

 private:
  Server& server_;
};

class StillClock : public Clock {
 public:
  std::chrono::system_clock::time_point now() override { return {}; }
  void sleep(std::chrono::milliseconds, std::stop_token) override {}
};

MeshGateways read(Server& server, const std::vector<std::string>& names) {
  StillClock clock;
  kube::Client client = test::client_over(std::make_unique<ServerTransport>(server), clock);
  return read_mesh(names, "istio-system", client, {});
}

/// The code and words of what is thrown; "" for nothing.
std::string refusal(Server& server) {
  try {
    read(server, {"web"});
  } catch (const Error& error) {
    return std::string(error.finding().code->name) + ": " + error.finding().message + ": " +
           error.finding().why;
  }
  return {};
}

std::pair<int, std::string> serving(const std::vector<std::string>& versions) {
  Json group{{"kind", "APIGroup"}, {"versions", Json::array()}};
  for (const std::string& version : versions) group["versions"].push_back({{"version", version}});
  return {200, dump(group)};
}

std::pair<int, std::string> gateway(const std::string& name) {
  return {200,
          dump({{"kind", "IstioGateway"}, {"metadata", {{"name", name}, {"uid", "u-" + name}}}})};
}

std::pair<int, std::string> absent(const std::string& name) {
  return {404, dump({{"kind", "Status"}, {"code", 404}, {"details", {{"name", name}}}})};
}

TEST(Mesh, AsksTheGroupOnceThenForAllNamesAtOnce) {
  Server server{{{kGroup, serving({"v1", "v1beta1"})},
                 {kGroup + "/v1beta1" + kGateways + "/web", gateway("web")},
                 {kGroup + "/v1beta1" + kGateways + "/out", gateway("out")}},
                {}};
  const MeshGateways mesh = read(server, {"web", "out"});
  ASSERT_EQ(mesh.objects.size(), 2u);
  EXPECT_EQ(mesh.objects[0]["metadata"]["name"], "web");
  EXPECT_EQ(mesh.objects[1]["metadata"]["name"], "out");
  EXPECT_THAT(mesh.missing, IsEmpty());
  EXPECT_EQ(server.asked.size(), 2u);
}

TEST(Mesh, TakesTheNewVersionWhereOnlyThatIsServed) {
  Server server{{{kGroup, serving({"v1"})}, {kGroup + "/v1" + kGateways + "/web", gateway("web")}},
                {}};
  EXPECT_EQ(read(server, {"web"}).objects.size(), 1u);
}

TEST(Mesh, ListsWhatThereIsOnlyWhereANameIsUnknown) {
  Server server{{{kGroup, serving({"v1beta1"})},
                 {kGroup + "/v1beta1" + kGateways + "/wbe", absent("wbe")},
                 {kGroup + "/v1beta1" + kGateways + "/out", gateway("out")},
                 {kGroup + "/v1beta1" + kGateways,
                  {200, R"({"kind":"IstioGatewayList","items":[{"metadata":{"name":"out"}},
                                                     {"metadata":{"name":"web"}}]})"}}},
                {}};
  const MeshGateways mesh = read(server, {"wbe", "out"});
  EXPECT_EQ(mesh.objects.size(), 1u);
  EXPECT_THAT(mesh.missing, ElementsAre("wbe"));
  EXPECT_THAT(mesh.present, ElementsAre("out", "web"));
}

TEST(Mesh, ARefusedListOnlyCostsTheSuggestion) {
  Server server{{{kGroup, serving({"v1beta1"})},
                 {kGroup + "/v1beta1" + kGateways + "/web", absent("web")},
                 {kGroup + "/v1beta1" + kGateways, {403, R"({"kind":"Status","message":"no"})"}}},
                {}};
  const MeshGateways mesh = read(server, {"web"});
  EXPECT_THAT(mesh.missing, ElementsAre("web"));
  EXPECT_THAT(mesh.present, IsEmpty());
}

TEST(Mesh, SaysWhyItWasNotRead) {
  const std::string get = kGroup + "/v1beta1" + kGateways + "/web";
  struct Row {
    std::string name;
    std::map<std::string, std::pair<int, std::string>> answers;
    std::string expected;
  };
  const Row rows[] = {
      {"no group",
       {{kGroup, {404, "404 page not found\n"}}},
       "not-served: this server is no mesh control plane: it does not serve the API group "
       "istio.alibabacloud.com"},
      {"other versions",
       {{kGroup, serving({"v2"})}},
       "not-served: this server is no mesh control plane: of istio.alibabacloud.com it serves "
       "neither v1beta1 nor v1"},
      {"no right",
       {{kGroup, serving({"v1beta1"})}, {get, {403, R"({"message":"cannot get"})"}}},
       "forbidden: a right is missing: "},
      {"no resource",
       {{kGroup, serving({"v1beta1"})},
        {get, {404, R"({"message":"could not find","details":{}})"}}},
       "not-served: the server does not serve this kind: "},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Server server{row.answers, {}};
    EXPECT_EQ(refusal(server), row.expected);
  }
}

}  // namespace
}  // namespace asmgw
