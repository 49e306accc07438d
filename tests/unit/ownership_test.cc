// What other managers' shares in an object mean, and what the steps make of it.
#include "diff/ownership.h"

#include <gtest/gtest.h>

#include "plan/steps.h"

namespace asmgw {
namespace {

/// `FieldsV1 of ours, at T1; of another manager, at its time`
ObservedObject observed(const std::string& ours, const std::string& theirs, const std::string& time,
                        const std::string& spec, const std::string& body) {
  ObservedObject object;
  object.desired.ref = {"", "Service", "n", "istio-web"};
  object.desired.body = parse_json(body);
  const Json live = parse_json(R"({"metadata":{"uid":"u","managedFields":[
      {"manager":"kubectl-asmgw","operation":"Apply","apiVersion":"v1","time":"2026-08-01T00:00:00Z",
       "fieldsV1":)" + ours + R"(},
      {"manager":"op","operation":"Apply","apiVersion":"v1","time":"2026-01-01T00:00:00Z",
       "fieldsV1":{"f:metadata":{"f:labels":{"f:x":{}}}}},
      {"manager":"op","operation":"Update","apiVersion":"v1","time":")" +
                               time + R"(","fieldsV1":)" + theirs + R"(}]},"spec":)" + spec + "}");
  object.before = Found{live};
  object.after = Found{live};
  return object;
}

std::string told(const std::vector<Claim>& claims) {
  std::string text;
  for (const Claim& claim : claims) {
    text += std::string(word(claim.kind)) + " " + to_string(claim.path) + " " + text_of(claim) +
            " " + claim.operation + "\n";
  }
  return text;
}

const std::string kWhole = R"({"f:spec":{"f:selector":{},"f:type":{}}})";

/// It writes its whole object: what it wrote after our apply it writes again.
TEST(Claims, AConflictWithWhoWroteAllAfterUsIsARevert) {
  const auto conflicting = [](const std::string& theirs, const std::string& time) {
    ObservedObject object = observed(R"({"f:metadata":{"f:name":{}}})", theirs, time,
                                     R"({"type":"ClusterIP"})", R"({"spec":{"type":"NodePort"}})");
    object.after = Conflict{{{"op", ".spec.type"}}, ""};
    return told(claims_of(object));
  };
  EXPECT_EQ(conflicting(kWhole, "2026-09-01T00:00:00Z"),
            "reverted-by spec.type op since 2026-09-01T00:00:00Z Update\n");
  EXPECT_EQ(conflicting(kWhole, "2026-07-01T00:00:00Z"),  // the field is new in the manifest
            "conflict spec.type op since 2026-07-01T00:00:00Z Update\n");
  EXPECT_EQ(conflicting(R"({"f:spec":{"f:type":{}}})", "2026-09-01T00:00:00Z"),
            "conflict spec.type op since 2026-09-01T00:00:00Z Update\n");
}

const std::string kPorts =
    R"({"f:spec":{"f:ports":{".":{},"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}})";

TEST(Claims, WhatStaysAndIsNotOursIsLeftOver) {
  const ObservedObject object = observed(
      "{}", kPorts, "2026-09-01T00:00:00Z",
      R"({"ports":[{"name":"a","port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP"}]})",
      R"({"spec":{"ports":[{"port":81,"protocol":"TCP"}]}})");
  EXPECT_EQ(told(claims_of(object)),  // of its two entries the one that holds the field
            "left-over spec.ports[80/TCP] op since 2026-09-01T00:00:00Z Update\n");
}

TEST(Claims, ANameUnderAnotherNumberIsInTheWay) {
  const auto refused = [](const std::string& name) {
    ObservedObject object =
        observed("{}", kPorts, "2026-09-01T00:00:00Z",
                 R"({"ports":[{"name":"a","port":80,"protocol":"TCP"}]})",
                 R"({"spec":{"ports":[{"name":")" + name + R"(","port":81,"protocol":"TCP"}]}})");
    object.after = Refused{Refused::Kind::Invalid, 422, "Duplicate value"};
    return told(claims_of(object));
  };
  EXPECT_EQ(refused("a"), "adopt-needed spec.ports[80/TCP] op since 2026-09-01T00:00:00Z Update\n");
  EXPECT_EQ(refused("b"), "");  // something else is wrong with it
}

ClusterChanges changes_of(ObservedObject object) {
  ObjectChange change;
  change.object = std::move(object);
  change.action = Action::Update;
  ClusterChanges changes;
  changes.objects.push_back(std::move(change));
  return changes;
}

/// Force would take whatever others have written since; so all that we set must be as reviewed.
TEST(OwnershipSteps, ForceHoldsForWhatWasReviewed) {
  ObservedObject object =
      observed("{}", kWhole, "2026-09-01T00:00:00Z", R"({"type":"ClusterIP"})",
               R"({"spec":{"type":"NodePort","externalTrafficPolicy":"Local"}})");
  for (const char* name : {"type", "externalTrafficPolicy", "leftOut"})
    object.desired.origins[fields({"spec", name})] = {};
  object.if_forced = object.after;
  object.after = Conflict{{{"op", ".spec.type"}}, ""};
  object.forced = true;
  const std::vector<Step> steps = steps_of(changes_of(std::move(object)));
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_TRUE(std::get<Apply>(steps[0].write.what).force);
  EXPECT_EQ(steps[0].still,
            (std::map<Path, Json>{{fields({"spec", "externalTrafficPolicy"}), Json()},
                                  {fields({"spec", "type"}), "ClusterIP"}}));
}

/// The step before has changed them, as it was reviewed.
TEST(OwnershipSteps, ForceLeavesReplicasToTheirHandover) {
  ObservedObject object = observed("{}", kWhole, "2026-09-01T00:00:00Z", R"({"replicas":7})",
                                   R"({"spec":{"replicas":7}})");
  object.desired.origins[fields({"spec", "replicas"})] = {};
  object.desired.handover = Handover{Handover::To::Manifest, 5, 7, 4};
  object.if_forced = object.after;
  object.after = Conflict{{{"op", ".spec.type"}}, ""};
  object.forced = true;
  const std::vector<Step> steps = steps_of(changes_of(std::move(object)));
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].still->size(), 1U);
  EXPECT_TRUE(steps[1].still->empty());
}

TEST(OwnershipSteps, ATakeOverComesBeforeTheApply) {
  ObservedObject object = observed("{}", kWhole, "2026-09-01T00:00:00Z", R"({"type":"ClusterIP"})",
                                   R"({"spec":{"type":"NodePort"}})");
  const Adopted adopted = {{"op", {fields({"spec", "type"})}}};
  object.desired.adopted = adopted;
  const Json live = std::get<Found>(object.before).object;
  const std::vector<Step> steps = steps_of(changes_of(std::move(object)));
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(std::get<TakeOver>(steps[0].write.what).from, adopted);
  EXPECT_EQ(steps[0].write.guard.uid, "u");
  EXPECT_EQ(steps[0].expected, live);  // no value changes
  EXPECT_EQ(steps[0].still, (std::map<Path, Json>{{fields({"spec", "type"}), "ClusterIP"}}));
  EXPECT_EQ(steps[0].about, "1 field of op taken over");
  EXPECT_FALSE(std::get<Apply>(steps[1].write.what).force);
}

}  // namespace
}  // namespace asmgw
