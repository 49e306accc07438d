// Which fields pass to us, and what managedFields are afterwards.
#include "object/adoption.h"

#include <gtest/gtest.h>

#include "object/owners.h"

namespace asmgw {
namespace {

const Kind& deployments() { return kind_of({"apps", "Deployment", "n", "a"}); }
const Kind& services() { return kind_of({"", "Service", "n", "a"}); }

/// A Deployment that another manager wrote as a whole; we own what `ours` says.
Json written_by_other(const std::string& more, const std::string& ours = "{}") {
  return parse_json(R"({
    "metadata":{"annotations":{"a":"1"},"managedFields":[
      {"manager":"kubectl-asmgw","operation":"Apply","apiVersion":"apps/v1",
       "fieldsV1":)" +
                    ours + R"(},
      {"manager":"op","operation":"Update","apiVersion":"apps/v1","fieldsV1":{
        "f:metadata":{"f:annotations":{".":{},"f:a":{}}},
        "f:spec":{"f:replicas":{},"f:template":{
          "f:metadata":{"f:annotations":{"f:kubectl.kubernetes.io/restartedAt":{}}},
          "f:spec":{"f:containers":{"k:{\"name\":\"istio-proxy\"}":{".":{},"f:image":{},"f:name":{},
            "f:env":{".":{},"k:{\"name\":\"A\"}":{".":{},"f:name":{},"f:value":{}}},
            "f:resources":{"f:limits":{"f:cpu":{},"f:memory":{}}}}},
            "f:nodeSelector":{}}}}}},
      {"manager":"op","operation":"Update","subresource":"status","apiVersion":"apps/v1",
       "fieldsV1":{"f:status":{"f:replicas":{}}}}]},
    "spec":{"replicas":1,"template":{"spec":{"nodeSelector":{"x":"y"},"containers":[
      {"name":"istio-proxy","image":"i","env":[{"name":"A","value":"v"}],
       "resources":{"limits":{"cpu":"1","memory":"1G"}}}]}}})" +
                    more + "}");
}

std::string texts(const Adopted& adopted) {
  std::string text;
  for (const auto& [manager, paths] : adopted)
    for (const Path& path : paths) text += manager + " " + to_string(path) + "\n";
  return text;
}

TEST(Adoptable, WhatWeSetAndTheAmountsThatWeDecideAbout) {
  const Json ours = parse_json(R"({"spec":{"template":{"metadata":{"annotations":
      {"kubectl.kubernetes.io/restartedAt":"now"}},
    "spec":{"nodeSelector":{"x":"z"},"containers":[
      {"name":"istio-proxy","env":[{"name":"A","valueFrom":{}}],
       "resources":{"limits":{"cpu":"2"}}}]}}}})");
  EXPECT_EQ(texts(adoptable_fields(deployments(), written_by_other(""), ours)),
            "op spec.template.spec.containers[istio-proxy].env[A]\n"
            "op spec.template.spec.containers[istio-proxy].resources.limits.cpu\n"
            "op spec.template.spec.containers[istio-proxy].resources.limits.memory\n"
            "op spec.template.spec.nodeSelector\n");
}

/// Neither image nor replicas nor annotation: they are not ours to decide.
TEST(Adoptable, NothingOfWhatTheManifestDoesNotSay) {
  EXPECT_EQ(texts(adoptable_fields(deployments(), written_by_other(""), Json::object())), "");
}

TEST(Adoptable, WhatOurLastApplyHoldsAsWell) {
  const Json live = written_by_other("", R"({"f:metadata":{"f:annotations":{"f:a":{}}}})");
  EXPECT_EQ(texts(adoptable_fields(deployments(), live, Json::object())),
            "op metadata.annotations.a\n");
}

TEST(Adoptable, EveryPortOfAService) {
  const Json live = parse_json(R"({"metadata":{"managedFields":[
      {"manager":"op","operation":"Update","apiVersion":"v1","fieldsV1":{"f:spec":{"f:ports":{
        ".":{},"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}}},
      {"manager":"old","operation":"Update","apiVersion":"v1beta1","fieldsV1":{"f:spec":{
        "f:type":{}}}}]},
    "spec":{"ports":[{"port":80,"protocol":"TCP"}]}})");
  EXPECT_EQ(
      texts(adoptable_fields(services(), live, parse_json(R"({"spec":{"type":"NodePort"}})"))),
      "op spec.ports[80/TCP]\n");  // another version of the API is left alone
}

TEST(OwnersAfter, TheFieldsAreInOurEntryAndNowhereElse) {
  const Json live = written_by_other("", R"({"f:spec":{"f:replicas":{}}})");
  const Path containers = fields({"spec", "template", "spec", "containers"});
  const Path proxy = containers / PathStep{PathStep::Kind::Key, R"({"name":"istio-proxy"})"};
  const Path variable = proxy / "env" / PathStep{PathStep::Kind::Key, R"({"name":"A"})"};
  const Json owners =
      owners_after(deployments(), live, {{"op", {variable, fields({"spec", "replicas"})}}});
  EXPECT_EQ(dump(owners[0]["fieldsV1"]),
            R"({"f:spec":{"f:replicas":{},"f:template":{"f:spec":{"f:containers":)"
            R"({"k:{\"name\":\"istio-proxy\"}":{"f:env":{"k:{\"name\":\"A\"}":)"
            R"({".":{},"f:name":{},"f:value":{}}}}}}}}})");
  Json moved = live;
  moved["metadata"]["managedFields"] = owners;
  EXPECT_EQ(managers_of(moved, variable), std::vector<std::string>{"kubectl-asmgw"});
  EXPECT_EQ(managers_of(moved, proxy / "image"), std::vector<std::string>{"op"});
  EXPECT_EQ(owners.size(), 3U);
}

TEST(OwnersAfter, AnEntryIsMadeAndAnEmptyOneGoes) {
  const Json live = parse_json(R"({"metadata":{"managedFields":[
      {"manager":"op","operation":"Update","apiVersion":"v1","time":"T",
       "fieldsV1":{"f:spec":{"f:type":{}}}}]}})");
  EXPECT_EQ(dump(owners_after(services(), live, {{"op", {fields({"spec", "type"})}}})),
            R"([{"apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:type":{}}},)"
            R"("manager":"kubectl-asmgw","operation":"Apply"}])");
}

}  // namespace
}  // namespace asmgw
