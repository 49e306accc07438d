// Who we are, while it changes: token files, credential plugins, and what a client makes of it.
#include "kube/login.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "kube/client.h"
#include "kube/impersonation.h"
#include "kube/plugins.h"
#include "tests/support/memory_files.h"

namespace asmgw::kube {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr std::string_view kV1 = "client.authentication.k8s.io/v1";

class HandClock : public Clock {
 public:
  std::chrono::system_clock::time_point now() override { return time; }
  void sleep(std::chrono::milliseconds span, std::stop_token) override { time += span; }
  std::chrono::system_clock::time_point time = *parse_rfc3339("2026-11-24T12:00:00Z");
};

TEST(TokenFile, IsReadAgainAfterAMinuteOrARefusal) {
  HandClock clock;
  std::map<std::string, std::string> files = {{"/t", "one"}};
  const Login login =
      token_file_login("/t", {.authorization = "Bearer one"}, test::memory_files(files), clock);
  files["/t"] = " two\n";
  EXPECT_EQ(login.current({}).authorization, "Bearer one") << "it is fresh";
  EXPECT_EQ(login.renew(Proof{.authorization = "Bearer one"}, {})->authorization, "Bearer two");
  EXPECT_FALSE(login.renew(Proof{.authorization = "Bearer two"}, {})) << "nothing newer";
  files["/t"] = "three";
  clock.time += std::chrono::seconds(61);
  EXPECT_EQ(login.current({}).authorization, "Bearer three");
  files["/t"] = "";
  clock.time += std::chrono::seconds(61);
  EXPECT_EQ(login.current({}).authorization, "Bearer three") << "being replaced";
}

/// Plugins whose program is played by the test.
struct World {
  HandClock clock;
  std::map<std::string, std::string> files = {{"/bin/plugin", ""}, {"/bin/other", ""}};
  PluginPolicy policy;
  bool has_terminal = false;
  std::string stdin_taken_by;
  std::vector<Program> ran;
  std::vector<ProgramResult> results;  ///< the last one stays
  Findings findings;
  std::optional<Plugins> plugins;

  Login login(const ExecConfig& config) {
    if (!plugins) {
      plugins.emplace(PluginWorld{.run =
                                      [this](const Program& program, std::stop_token) {
                                        ran.push_back(program);
                                        const ProgramResult result = results.front();
                                        if (results.size() > 1) results.erase(results.begin());
                                        return result;
                                      },
                                  .files = test::memory_files(files),
                                  .clock = clock,
                                  .path = "/sbin:/bin",
                                  .has_terminal = has_terminal,
                                  .stdin_taken_by = stdin_taken_by},
                      [this](Findings&) { return policy; });
    }
    return plugins->login(config, {}, findings);
  }
};

ExecConfig plugin(std::vector<std::string> args = {}) {
  return {.api_version = std::string(kV1),
          .command = "plugin",
          .args = std::move(args),
          .interactive_mode = "IfAvailable"};
}

ProgramResult prints(const std::string& token, const std::string& expires = "") {
  const std::string end = expires.empty() ? "" : R"(,"expirationTimestamp":")" + expires + R"(")";
  return {.out = R"({"kind":"ExecCredential","apiVersion":")" + std::string(kV1) +
                 R"(","status":{"token":")" + token + R"(")" + end + "}}"};
}

std::string failure(const Login& login) {
  try {
    login.current({});
  } catch (const Error& error) {
    return error.finding().message;
  }
  return "";
}

TEST(Plugin, RunsOnceForAllThatAreTheSame) {
  World world;
  world.results = {prints("a"), prints("b"), prints("c")};
  const Login one = world.login(plugin({"x"}));
  const Login same = world.login(plugin({"x"}));
  const Login other = world.login(plugin({"y"}));
  EXPECT_THAT(world.ran, IsEmpty()) << "not before it is needed";
  EXPECT_EQ(one.current({}).authorization, "Bearer a");
  EXPECT_EQ(same.current({}).authorization, "Bearer a");
  EXPECT_EQ(other.current({}).authorization, "Bearer b");
  ASSERT_EQ(world.ran.size(), 2u);
  EXPECT_THAT(world.ran[0].argv, ElementsAre("/bin/plugin", "x"));
  EXPECT_FALSE(world.ran[0].interactive);
  EXPECT_EQ(world.ran[0].time_limit, std::chrono::seconds(60));
}

TEST(Plugin, RunsAgainBeforeItsCredentialsExpireAndAfterARefusal) {
  World world;
  world.results = {prints("a", "2026-11-24T12:01:00Z"), prints("b"), prints("c")};
  const Login login = world.login(plugin());
  const Login same = world.login(plugin());
  EXPECT_EQ(login.current({}).authorization, "Bearer a");
  world.clock.time += std::chrono::seconds(51);
  EXPECT_EQ(login.current({}).authorization, "Bearer b");
  EXPECT_EQ(login.renew(Proof{.authorization = "Bearer b"}, {})->authorization, "Bearer c");
  EXPECT_EQ(same.renew(Proof{.authorization = "Bearer b"}, {})->authorization, "Bearer c");
  EXPECT_EQ(world.ran.size(), 3u) << "the second refusal found it renewed";
}

TEST(Plugin, SharesItsFailure) {
  World world;
  world.results = {{.code = 3}};
  const Login login = world.login(plugin());
  const Login same = world.login(plugin());
  EXPECT_EQ(failure(login), "getting credentials: exec: executable plugin failed with exit code 3");
  EXPECT_EQ(failure(same), failure(login));
  EXPECT_EQ(world.ran.size(), 1u);
  world.clock.time += std::chrono::minutes(1);
  failure(login);
  EXPECT_EQ(world.ran.size(), 2u);
}

TEST(Plugin, MayUseTheTerminalOnlyWhereItIsFree) {
  World world;
  world.has_terminal = true;
  world.results = {prints("a")};
  world.login(plugin()).current({});
  EXPECT_TRUE(world.ran.at(0).interactive);
  World taken;
  taken.has_terminal = true;
  taken.stdin_taken_by = "-f -";
  ExecConfig always = plugin();
  always.interactive_mode = "Always";
  EXPECT_EQ(failure(taken.login(always)),
            "getting credentials: exec plugin cannot support interactive mode: standard input is "
            "unavailable: used by -f -");
  World none;
  EXPECT_THAT(failure(none.login(always)), HasSubstr("standard input is not a terminal"));
}

TEST(Plugin, MustBeAllowed) {
  World denied;
  denied.policy = {.kind = PluginPolicy::Kind::DenyAll, .file = "~/.kube/kuberc"};
  EXPECT_EQ(failure(denied.login(plugin())),
            "getting credentials: plugin \"plugin\" not allowed: policy set to \"DenyAll\"");
  World listed;
  listed.results = {prints("a")};
  listed.policy = {.kind = PluginPolicy::Kind::Allowlist, .allowed = {"/bin/plugin"}};
  EXPECT_EQ(failure(listed.login(plugin())), "");
  World other;
  other.policy = {.kind = PluginPolicy::Kind::Allowlist, .allowed = {"other"}};
  EXPECT_EQ(failure(other.login(plugin())),
            "getting credentials: plugin path \"/bin/plugin\" is not permitted by the credential "
            "plugin allowlist");
  EXPECT_THAT(other.ran, IsEmpty());
}

TEST(Plugin, ThatIsMissingSaysHowToGetIt) {
  World world;
  ExecConfig config = plugin();
  config.command = "nope";
  config.install_hint = "see example.com";
  try {
    world.login(config).current({});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.finding().message, "getting credentials: exec: executable nope not found");
    EXPECT_THAT(error.finding().hint, HasSubstr("see example.com"));
  }
}

/// Answers 401 to all but one proof.
class Gate : public Transport {
 public:
  Gate(std::string authorization, std::string wanted, std::vector<std::string>& log)
      : authorization_(std::move(authorization)), wanted_(std::move(wanted)), log_(log) {}
  std::vector<Response> send(std::span<const Request> requests, std::stop_token) override {
    std::vector<Response> responses;
    for (const Request& request : requests) {
      log_.push_back(request.method + " as " + authorization_);
      Response response{.status = authorization_ == wanted_ ? 404 : 401};
      responses.push_back(response);
    }
    return responses;
  }
  Response stream(const Request&, const std::function<bool(std::string_view)>&,
                  std::stop_token) override {
    return {};
  }

 private:
  std::string authorization_, wanted_;
  std::vector<std::string>& log_;
};

TEST(Client, AsksOnceMoreWithWhatIsNewer) {
  World world;
  world.results = {prints("old"), prints("new"), prints("newer")};
  std::vector<std::string> log;
  Client client(
      {{}, world.login(plugin())},
      [&](const Endpoint& endpoint) {
        return std::make_unique<Gate>(endpoint.authorization, "Bearer new", log);
      },
      world.clock);
  client.ask({Get{{"", "Service", "n", "a"}}, Version{}}, {});
  client.ask({Version{}}, {});
  EXPECT_THAT(log, ElementsAre("GET as Bearer old", "GET as Bearer old", "GET as Bearer new",
                               "GET as Bearer new", "GET as Bearer new"));
}

TEST(Client, DoesNotAskForever) {
  World world;
  world.results = {prints("old")};
  std::vector<std::string> log;
  Client client(
      {{}, world.login(plugin())},
      [&](const Endpoint& endpoint) {
        return std::make_unique<Gate>(endpoint.authorization, "none", log);
      },
      world.clock);
  const Answer answer = client.ask({Version{}}, {}).at(0);
  EXPECT_EQ(std::get<Refused>(answer).kind, Refused::Kind::Unauthorized);
  EXPECT_EQ(log.size(), 2u);
  EXPECT_EQ(world.ran.size(), 2u);
}

TEST(Client, AnswersForAPluginThatFails) {
  World world;
  world.results = {{.end = ProgramResult::End::TimedOut}};
  Client client(
      {{}, world.login(plugin())},
      [](const Endpoint&) -> std::unique_ptr<Transport> { return nullptr; }, world.clock);
  const Write write{{"", "Service", "n", "a"}, Remove{}, {}};
  for (const Answer& answer : {client.ask({Version{}}, {}).at(0), client.write(write, {}),
                               client.next(write.ref, "1", std::chrono::seconds(1), {})}) {
    EXPECT_EQ(std::get<Refused>(answer).kind, Refused::Kind::NoCredentials);
    EXPECT_THAT(std::get<Refused>(answer).server, HasSubstr("gave nothing within 60s"));
  }
}

TEST(Impersonation, IsHeadersAndFlagsReplaceParts) {
  const Impersonation kubeconfig{
      .user = "a", .uid = "1", .groups = {"g", "h"}, .extra = {{"x/y%", {"1", "2"}}}};
  EXPECT_THAT(headers_of(acting_for(kubeconfig, {.user = "b", .groups = {"i"}})),
              ElementsAre(Pair("Impersonate-User", "b"), Pair("Impersonate-Uid", "1"),
                          Pair("Impersonate-Group", "i"), Pair("Impersonate-Extra-x%2Fy%25", "1"),
                          Pair("Impersonate-Extra-x%2Fy%25", "2")));
  EXPECT_THAT(headers_of(Impersonation{.groups = {"g"}}), IsEmpty());
}

}  // namespace
}  // namespace asmgw::kube
