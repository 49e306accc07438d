#include "cluster/execute.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "tests/support/client.h"

namespace asmgw {
namespace {

class StillClock : public Clock {
 public:
  std::chrono::system_clock::time_point now() override { return {}; }
  void sleep(std::chrono::milliseconds, std::stop_token) override {}
};

/// What the server does with writes, in order, and what it shows when an object is read back.
struct Server {
  std::deque<Response> writes;
  Response live;
  std::deque<Response> reads;    ///< before `live`
  std::vector<std::string> log;  ///< method and body
  std::function<void()> on_write = [] {};
};

class ServerTransport : public Transport {
 public:
  explicit ServerTransport(Server& server) : server_(server) {}
  std::vector<Response> send(std::span<const Request> requests, std::stop_token) override {
    std::vector<Response> responses;
    for (const Request& request : requests) {
      server_.log.push_back(request.method + " " + request.body);
      if (request.method == "GET") {
        responses.push_back(server_.reads.empty() ? server_.live : server_.reads.front());
        if (!server_.reads.empty()) server_.reads.pop_front();
        continue;
      }
      EXPECT_EQ(request.target.find("dryRun"), std::string::npos);
      server_.on_write();
      if (server_.writes.empty()) {
        ADD_FAILURE() << "an unexpected write";
        server_.writes.emplace_back();
      }
      responses.push_back(server_.writes.front());
      server_.writes.pop_front();
    }
    return responses;
  }
  Response stream(const Request&, const std::function<bool(std::string_view)>&,
                  std::stop_token) override {
    ADD_FAILURE() << "execute does not watch";
    return {};
  }

 private:
  Server& server_;
};

Response answer(int status, const std::string& body) {
  Response response;
  response.status = status;
  response.body = body;
  return response;
}
Response failure(Response::Failure kind) {
  Response response;
  response.failure = kind;
  response.failure_text = "no answer within 30s";
  return response;
}
std::string object(const std::string& uid, const std::string& type = "NodePort") {
  return R"({"metadata":{"uid":")" + uid + R"(","resourceVersion":"9"},"spec":{"type":")" + type +
         R"("}})";
}

Step step(const std::string& name) {
  Step result;
  result.write = {{"", "Service", "n", name}, Apply{Json{{"name", name}}}, {}};
  result.expected = parse_json(object("reviewed"));
  return result;
}

std::string shown(const StepResult& result) {
  std::string text(word(result));
  if (const auto* applied = std::get_if<Applied>(&result)) {
    text += " " + applied->uid + (applied->note.empty() ? "" : ": " + applied->note);
  }
  if (const auto* conflicted = std::get_if<Conflicted>(&result)) {
    for (const Ownership& owner : conflicted->owners) text += " " + owner.manager + owner.field;
  }
  if (const auto* rejected = std::get_if<Rejected>(&result)) {
    text += " " + std::string(rejected->reason.code->name);
  }
  if (const auto* unknown = std::get_if<UnknownResult>(&result)) text += ": " + unknown->why;
  if (const auto* skipped = std::get_if<Skipped>(&result)) text += ": " + skipped->why;
  return text;
}

struct Executed {
  ClusterResult result;
  std::string steps;  ///< `Service/a applied u1; …`
};

Executed run(Server& server, const std::vector<Step>& steps, std::stop_token stop = {}) {
  StillClock clock;
  kube::Client client = test::client_over(std::make_unique<ServerTransport>(server), clock);
  ClusterPlan plan;
  plan.cluster.id = "c1";
  plan.steps = steps;
  Executed executed;
  std::size_t heard = 0;
  const auto on_step = [&](const ObjectRef&, const StepResult&) { ++heard; };
  executed.result = execute(plan, client, on_step, stop);
  EXPECT_EQ(heard, steps.size());  // every step has one result, always
  EXPECT_EQ(executed.result.steps.size(), steps.size());
  EXPECT_EQ(executed.result.cluster.id, "c1");
  for (const auto& [ref, result] : executed.result.steps) {
    executed.steps += (executed.steps.empty() ? "" : "; ") + ref.name + " " + shown(result);
  }
  return executed;
}

TEST(Execute, WritesInOrder) {
  Server server;
  server.writes = {answer(200, object("u1")), answer(200, object("u2"))};
  const Executed executed = run(server, {step("a"), step("b")});
  EXPECT_EQ(executed.steps, "a applied u1; b applied u2");
  EXPECT_EQ(executed.result.state, ClusterResult::State::Done);
  EXPECT_EQ(server.log,
            (std::vector<std::string>{R"(PATCH {"name":"a"})", R"(PATCH {"name":"b"})"}));
}

struct Case {
  std::string name;
  Response first;  ///< the answer to the first of two writes
  std::string expected;
  ClusterResult::State state;
};

class StopsAfter : public testing::TestWithParam<Case> {};
TEST_P(StopsAfter, AStepThatWasNotApplied) {
  Server server;
  server.writes = {GetParam().first};
  server.live = answer(404, "{}");
  const Executed executed = run(server, {step("a"), step("b"), step("c")});
  const std::string skipped = "skipped: an earlier step was not applied";
  EXPECT_EQ(executed.steps, GetParam().expected + "; b " + skipped + "; c " + skipped);
  EXPECT_EQ(executed.result.state, GetParam().state);
}
INSTANTIATE_TEST_SUITE_P(
    All, StopsAfter,
    testing::Values(Case{"conflict",
                         answer(409, R"({"details":{"causes":[{"reason":"FieldManagerConflict",
                 "field":".spec.type","message":"conflict with \"kubectl-edit\" using v1"}]}})"),
                         "a conflict kubectl-edit.spec.type", ClusterResult::State::Failed},
                    Case{"invalid", answer(422, R"({"message":"no"})"), "a rejected server-error",
                         ClusterResult::State::Failed},
                    Case{"gone", answer(409, R"({"message":"uid mismatch"})"),
                         "a rejected server-error", ClusterResult::State::Failed},
                    Case{"forbidden", answer(403, R"({"message":"no"})"), "a rejected forbidden",
                         ClusterResult::State::Failed},
                    Case{"not_sent", failure(Response::Failure::Unreachable),
                         "a rejected unreachable", ClusterResult::State::Failed},
                    Case{"cut", failure(Response::Failure::Cut),
                         "a unknown: sent; no answer within 30s", ClusterResult::State::Unknown},
                    Case{"timed_out", failure(Response::Failure::TimedOut),
                         "a unknown: sent; no answer within 30s", ClusterResult::State::Unknown},
                    Case{"gateway_timeout", answer(504, R"({"message":"timeout"})"),
                         "a unknown: sent; timeout", ClusterResult::State::Unknown}),
    [](const auto& row) { return row.param.name; });

TEST(Execute, AWriteWithoutAnAnswerIsReadBack) {
  Server server;
  server.writes = {failure(Response::Failure::Cut), answer(200, object("u2"))};
  server.live = answer(200, object("u1"));  // as reviewed: it was applied
  Executed executed = run(server, {step("a"), step("b")});
  EXPECT_EQ(executed.steps, "a applied u1: the answer was cut off; read back; b applied u2");
  EXPECT_EQ(executed.result.state, ClusterResult::State::Done);

  server.writes = {failure(Response::Failure::Cut)};
  server.live = answer(200, object("u1", "ClusterIP"));  // as before: nobody knows
  executed = run(server, {step("a")});
  EXPECT_EQ(executed.steps, "a unknown: sent; no answer within 30s");
}

TEST(Execute, WhatIsOtherThanReviewedIsReported) {
  Server server;
  server.writes = {answer(200, object("u1", "LoadBalancer"))};
  EXPECT_EQ(run(server, {step("a")}).steps, "a applied u1: other than reviewed: spec.type");

  Step allocated = step("a");  // a dry run invents these
  (*allocated.expected)["spec"]["clusterIP"] = "10.0.0.0";
  (*allocated.expected)["spec"]["ports"] = Json::array({{{"port", 80}, {"nodePort", 32769}}});
  Json real = parse_json(object("u1"));
  real["spec"]["clusterIP"] = "192.168.3.4";
  real["spec"]["ports"] = Json::array({{{"port", 80}, {"nodePort", 30123}}});
  server.writes = {answer(200, dump(real))};
  EXPECT_EQ(run(server, {allocated}).steps, "a applied u1");
}

TEST(Execute, WhatSomebodyCreatedMeanwhileIsReported) {
  Step creating = step("a");
  creating.creates = true;
  Server server;
  server.writes = {answer(200, object("u1"))};
  EXPECT_EQ(run(server, {creating}).steps, "a applied u1: somebody created it meanwhile");
  server.writes = {answer(201, object("u1"))};
  EXPECT_EQ(run(server, {creating}).steps, "a applied u1");
}

TEST(Execute, WhatWeAloneForesawLacksTheServersDefaults) {
  Step ours = step("a");
  ours.creates = true;
  ours.foresight = Foresight::Ours;
  Json stored = parse_json(object("u1"));
  stored["spec"]["sessionAffinity"] = "None";
  Server server;
  server.writes = {answer(201, dump(stored))};
  EXPECT_EQ(run(server, {ours}).steps, "a applied u1");
}

Step removal() {
  Step result;
  result.write = {{"", "Service", "n", "a"}, Remove{}, {"u1"}};
  result.about = "deleted";
  return result;
}

TEST(Execute, ARemovalIsDoneWhenTheObjectIsGone) {
  const Response success = answer(200, R"({"kind":"Status","status":"Success"})");
  Server server;
  server.writes = {success};
  EXPECT_EQ(run(server, {removal()}).steps, "a applied : deleted");
  EXPECT_NE(server.log[0].find(R"("preconditions":{"uid":"u1"})"), std::string::npos);

  server.writes = {answer(200, R"({"kind":"Service","metadata":{"finalizers":["x"]}})")};
  EXPECT_EQ(run(server, {removal()}).steps, "a applied : deleted when its finalizers are done");

  const Response absent = answer(404, R"({"details":{"name":"a"}})");
  server.writes = {absent};  // somebody was faster
  EXPECT_EQ(run(server, {removal()}).steps, "a applied : deleted");

  server.writes = {failure(Response::Failure::Cut)};
  server.live = absent;
  EXPECT_EQ(run(server, {removal()}).steps, "a applied : the answer was cut off; read back");
  server.writes = {failure(Response::Failure::Cut)};
  server.live = answer(200, object("u1"));
  EXPECT_EQ(run(server, {removal()}).steps, "a unknown: sent; no answer within 30s");
}

/// `spec.type NodePort`, read as version 9.
Step overruling() {
  Step result = step("a");
  result.still = {{fields({"spec", "type"}), "NodePort"}};
  return result;
}

TEST(Execute, WhatOverrulesOthersIsLockedToAFreshReading) {
  Server server;
  server.live = answer(200, object("u1"));
  server.writes = {answer(200, object("u1"))};
  EXPECT_EQ(run(server, {overruling()}).steps, "a applied u1");
  EXPECT_EQ(server.log[1], R"(PATCH {"metadata":{"resourceVersion":"9"},"name":"a"})");

  const Response moved = answer(409, R"({"message":"the object has been modified"})");
  server.writes = {moved, moved, answer(200, object("u1"))};  // only its status moves
  EXPECT_EQ(run(server, {overruling()}).steps, "a applied u1");
  EXPECT_TRUE(server.writes.empty());

  server.writes = {moved};
  server.reads = {server.live, answer(200, object("u1", "ClusterIP"))};  // then the value itself
  EXPECT_EQ(run(server, {overruling()}).steps, "a rejected server-error");
  EXPECT_TRUE(server.writes.empty());

  server.writes = std::deque<Response>(10, moved);  // and not for ever
  EXPECT_EQ(run(server, {overruling()}).steps, "a rejected server-error");
  EXPECT_TRUE(server.writes.empty());
}

TEST(Execute, WhatWasAbsentMustStillBeAbsent) {
  Server server;
  server.live = answer(200, object("u1"));
  Step taking = overruling();
  const Path type = fields({"spec", "type"});
  taking.still->emplace(fields({"spec", "other"}), Json());
  server.writes = {answer(200, object("u1"))};
  EXPECT_EQ(run(server, {taking}).steps, "a applied u1");
  taking.still->at(type) = Json();  // somebody has set it since
  EXPECT_EQ(run(server, {taking}).steps, "a rejected server-error");
  EXPECT_TRUE(server.writes.empty());
}

/// The owners are moved in the list as just read; one that the server does not take is no success.
TEST(Execute, ATakeOverIsBelievedWhenItIsRecorded) {
  const auto owned_by = [](const std::string& manager, const std::string& operation) {
    return R"({"metadata":{"uid":"u1","resourceVersion":"9","managedFields":[{"manager":")" +
           manager + R"(","operation":")" + operation +
           R"(","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:type":{}}}}]},)"
           R"("spec":{"type":"NodePort"}})";
  };
  Step taking = overruling();
  taking.write.what = TakeOver{{{"op", {fields({"spec", "type"})}}}};
  taking.write.guard.uid = "u1";
  taking.expected = parse_json(owned_by("op", "Update"));
  Server server;
  server.live = answer(200, owned_by("op", "Update"));
  server.writes = {answer(200, owned_by("kubectl-asmgw", "Apply"))};
  EXPECT_EQ(run(server, {taking}).steps, "a applied u1");
  EXPECT_NE(server.log[1].find(R"("manager":"kubectl-asmgw","operation":"Apply")"),
            std::string::npos)
      << server.log[1];
  server.writes = {answer(200, owned_by("op", "Update"))};  // as for a malformed list
  EXPECT_EQ(run(server, {taking}).steps, "a rejected server-error");
  taking.write.guard.uid = "u0";  // made anew since the review
  EXPECT_EQ(run(server, {taking}).steps, "a rejected server-error");
  EXPECT_TRUE(server.writes.empty());
}

TEST(Execute, GoesOnWithWhatItCreatedUnderItsUid) {
  Server server;
  server.writes = {answer(201, object("u5")), answer(200, object("u5")), answer(200, object("u6"))};
  Step first = step("a"), other = step("b");
  first.creates = true;
  run(server, {first, step("a"), other});
  EXPECT_EQ(server.log[1], R"(PATCH {"metadata":{"uid":"u5"},"name":"a"})");
  EXPECT_EQ(server.log[2], R"(PATCH {"name":"b"})");
}

TEST(Execute, StoppedBeforeAStepTheRestIsSkipped) {
  std::stop_source stop;
  Server server;
  server.writes = {answer(200, object("u1"))};
  server.on_write = [&] { stop.request_stop(); };  // while the first write is in flight
  const Executed executed = run(server, {step("a"), step("b")}, stop.get_token());
  EXPECT_EQ(executed.steps, "a applied u1; b skipped: interrupted");
  EXPECT_EQ(executed.result.state, ClusterResult::State::Failed);
}

}  // namespace
}  // namespace asmgw
