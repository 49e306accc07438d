// The risks of the Service: its ports, and the load balancer that it stands for.
#include "diff/balancer.h"
#include "tests/support/risks.h"

namespace asmgw {
namespace {

const std::string kNew = R"("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-)";
const std::string kOld = R"("service.beta.kubernetes.io/alicloud-loadbalancer-)";

const std::string kLost = "destructive lb-deleted: load balancer and address are lost";

std::string balancer(const std::string& annotations = "") {
  return R"({"metadata":{"annotations":{)" + annotations +
         R"(}},"spec":{"type":"LoadBalancer"},"status":{"loadBalancer":{"ingress":[
            {"ip":"47.96.1.2"},{"hostname":"nlb.example.com"}]}}})";
}

/// The same Service after the edit, its annotations kept.
std::string as_node_port(std::string service) {
  const std::string type = "LoadBalancer";
  return service.replace(service.find(type), type.size(), "NodePort");
}

TEST(RiskLbDeleted, WhenTheTypeLeavesLoadBalancer) {
  struct Row {
    std::string name, before, after, expected;
  };
  const std::string node_port = R"({"spec":{"type":"NodePort"}})";
  const Row rows[] = {
      {"to NodePort", balancer(), R"({"metadata":{"annotations":{}},"spec":{"type":"NodePort"}})",
       kLost},
      {"to ClusterIP", balancer(), R"({"metadata":{"annotations":{}},"spec":{"type":"ClusterIP"}})",
       kLost +
           "\nnote nodeport-realloc: its nodePorts are given up; another type later gets new ones"},
      {"stays", balancer(), balancer(), ""},
      {"was none", node_port, R"({"spec":{"type":"ExternalName"}})", ""},
      {"becomes one", node_port, R"({"spec":{"type":"LoadBalancer"}})", ""},
      {"the user's own", balancer(kNew + R"(id":"lb-1")"),
       as_node_port(balancer(kNew + R"(id":"lb-1")")), ""},
      {"the user's own, but its mark goes", balancer(kNew + R"(id":"lb-1")"), node_port, kLost},
      {"the user's own, old prefix", balancer(kOld + R"(id":"lb-1")"),
       as_node_port(balancer(kOld + R"(id":"lb-1")")), ""},
      {"preserved", balancer(kNew + R"(preserve-lb-on-delete":"true")"),
       as_node_port(balancer(kNew + R"(preserve-lb-on-delete":"true")")), ""},
      {"preserved, but the mark goes", balancer(kNew + R"(preserve-lb-on-delete":"true")"),
       node_port, kLost},
      {"preserved by any word", balancer(kNew + R"(preserve-lb-on-delete":"on")"),
       as_node_port(balancer(kNew + R"(preserve-lb-on-delete":"on")")), ""},
      {"preserve false", balancer(kNew + R"(preserve-lb-on-delete":"false")"),
       as_node_port(balancer(kNew + R"(preserve-lb-on-delete":"false")")), kLost},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(risks(changed("Service", row.before, row.after)), row.expected);
  }
  const auto found = risks_of(changed("Service", balancer(), node_port));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].server, "47.96.1.2, nlb.example.com");
  EXPECT_EQ(found[0].paths, PathSet{fields({"spec", "type"})});
}

TEST(RiskLbDeleted, WhenTheServiceGoes) {
  ObjectChange change = changed("Service", balancer(), balancer());
  change.action = Action::Delete;
  change.object.after = Absent{};
  EXPECT_EQ(risks(change), kLost);
  change.object.before = Found{parse_json(balancer(kNew + R"(preserve-lb-on-delete":"true")"))};
  EXPECT_EQ(risks(change), "");
}

TEST(RiskPortRemoved, OnePerListener) {
  const std::string before = R"({"spec":{"ports":[{"port":80,"protocol":"TCP"},
      {"port":443,"protocol":"TCP"},{"port":443,"protocol":"UDP"}]}})";
  EXPECT_EQ(
      risks(changed("Service", before, R"({"spec":{"ports":[{"port":80,"protocol":"TCP"}]}})")),
      "disruptive port-removed: the listener 443/TCP goes away\n"
      "disruptive port-removed: the listener 443/UDP goes away");
  EXPECT_EQ(risks(changed("Service", before,
                          R"({"spec":{"ports":[{"port":443,"protocol":"UDP","name":"x"},
                              {"port":80,"protocol":"TCP"},{"port":443,"protocol":"TCP"},
                              {"port":90,"protocol":"TCP"}]}})")),
            "");
}

std::string service(const std::string& settings, const std::string& spec = "") {
  return R"({"metadata":{"annotations":{)" + settings + R"(}},"spec":{)" + spec +
         R"("type":"LoadBalancer"},"status":{"loadBalancer":{"ingress":[{"ip":"47.96.1.2"}]}}})";
}

const std::string kNlb = R"("loadBalancerClass":"alibabacloud.com/nlb",)";
const std::string kOther = R"("loadBalancerClass":"example.com/lb",)";

std::string named(const std::string& name, const std::string& value,
                  const std::string& prefix = kNew) {
  return prefix + name + R"(":")" + value + "\"";
}

struct BalancerRow {
  std::string name, before, after, expected;
};

/// With ` | ` and the reason where the row expects one.
void expect_risks(std::span<const BalancerRow> rows) {
  for (const BalancerRow& row : rows) {
    SCOPED_TRACE(row.name);
    const ObjectChange change = changed("Service", row.before, row.after);
    std::string found = risks(change);
    if (row.expected.find(" | ") != std::string::npos) found += " | " + risks_of(change)[0].why;
    EXPECT_EQ(found, row.expected);
  }
}

TEST(RiskLbChangeRefused, ByTheClass) {
  const auto refused = [](const std::string& names) {
    return "warning lb-change-refused: the cloud controller refuses this | " + names +
           ": Kubernetes accepts it, but a load balancer has it from the start";
  };
  const std::string nothing = service("");
  std::vector<BalancerRow> rows = {
      {"set", nothing, service(named("ip", "1.2.3.4")), refused("ip")},
      {"many", nothing,
       service(named("address-type", "intranet") + "," + named("ip-version", "ipv6")),
       refused("address-type, ip-version")},
      {"NLB: address type", service("", kNlb), service(named("address-type", "intranet"), kNlb),
       ""},
      {"NLB: group", service("", kNlb), service(named("resource-group-id", "rg"), kNlb),
       refused("resource-group-id")},
      {"another class", service("", kOther), service(named("ip-version", "ipv6"), kOther), ""},
      {"old prefix", service(named("address-type", "internet", kOld)),
       service(named("address-type", "intranet")), refused("address-type")},
      {"a name beside", nothing, service(named("name", "x")), ""},
      {"a new Service has it from the start", R"({"spec":{"type":"ClusterIP"}})",
       service(named("address-type", "intranet")), ""},
  };
  for (const std::string name : {"ip-version", "resource-group-id", "address-type", "network-type",
                                 "master-zoneid", "slave-zoneid", "ip"}) {
    rows.push_back({name, service(named(name, "a")), service(named(name, "b")), refused(name)});
  }
  expect_risks(rows);
}

TEST(RiskLbChangeIgnored, WithItsReason) {
  const std::string follows_not =
      "warning lb-change-ignored: the load balancer will not follow this";
  const auto bandwidth = [](const std::string& value, const std::string& more = "") {
    return service(named("bandwidth", value) + (more.empty() ? "" : "," + more));
  };
  const std::string paid = named("charge-type", "paybybandwidth");
  const std::string internal = named("address-type", "intranet");
  const BalancerRow rows[] = {
      {"no charge type", bandwidth("50"), bandwidth("100"), follows_not},
      {"by traffic", bandwidth("50"), bandwidth("100", named("charge-type", "paybytraffic")),
       follows_not},
      {"by bandwidth", bandwidth("50", paid), bandwidth("100", paid), ""},
      {"charge type", bandwidth("50"), bandwidth("50", paid), ""},
      {"internal", bandwidth("50", internal), bandwidth("100", internal), follows_not},
      {"internal, charge type", service(internal), service(internal + "," + paid), follows_not},
      {"of an NLB", service(named("bandwidth", "1"), kNlb), service(named("bandwidth", "2"), kNlb),
       ""},
      {"vswitch", service(""), service(named("vswitch-id", "v")), follows_not},
      {"vswitch of an NLB", service("", kNlb), service(named("vswitch-id", "v"), kNlb),
       follows_not},
      {"taken out", service(named("scheduler", "rr") + "," + named("spec", "s")), service(""),
       "warning lb-change-ignored: the load balancer keeps what is taken out | scheduler, "
       "spec: the cloud controller leaves alone what no annotation names"},
      {"emptied", service(named("spec", "s")), service(named("spec", "")),
       "warning lb-change-ignored: the load balancer keeps what is taken out | spec: "
       "the cloud controller leaves alone what no annotation names"},
      {"a mark taken out", service(named("preserve-lb-on-delete", "true")), service(""), ""},
      {"another setting", service(named("scheduler", "rr")), service(named("scheduler", "wrr")),
       ""},
  };
  expect_risks(rows);
  const auto found = risks_of(changed("Service", bandwidth("50"), bandwidth("100")));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].why, "no charge-type is set: billed by traffic, bandwidth unused");
  EXPECT_EQ(found[0].paths.size(), 1U);
}

TEST(RiskLbChangeIgnored, WithALoadBalancerOfTheUsersOwn) {
  const std::string id = named("id", "lb-1");
  const std::string forced = id + "," + named("force-override-listeners", "true");
  const std::string ignored = "warning lb-change-ignored: the load balancer will not follow this";
  const auto with = [](const std::string& settings, int port) {
    return service(settings, R"("ports":[{"port":)" + std::to_string(port) + "}],");
  };
  const BalancerRow rows[] = {
      {"setting", service(id), service(id + "," + named("scheduler", "rr")), ignored},
      {"what is refused else", service(id), service(id + "," + named("ip", "1.2.3.4")), ignored},
      {"forced", service(forced), service(forced + "," + named("scheduler", "rr")), ""},
      {"only the force", service(id), service(forced), ""},
      {"listener", service(id), service(id + "," + named("protocol-port", "http:80")), ignored},
      {"port", with(id, 80), with(id, 81),
       ignored + "\ndisruptive port-removed: the listener 80/TCP goes away"},
      {"port, forced", with(forced, 80), with(forced, 81),
       "disruptive port-removed: the listener 80/TCP goes away"},
  };
  expect_risks(rows);
}

TEST(RiskLbListenerRecreated, ByAnnotationOrProtocol) {
  const auto port = [](const std::string& protocol, const std::string& of = "") {
    return service("", of + R"("ports":[{"port":443,"protocol":")" + protocol + "\"}],");
  };
  const std::string anew = "disruptive lb-listener-recreated: ";
  const BalancerRow rows[] = {
      {"set", service(""), service(named("protocol-port", "http:80")),
       anew + "listeners are made anew: protocol-port none → http:80"},
      {"taken out", service(named("forward-port", "80:443")), service(""),
       anew + "listeners are made anew: forward-port 80:443 → none"},
      {"protocol", port("TCP"), port("UDP"),
       anew + "the listener of port 443 is made anew: TCP → UDP"},
      {"protocol with another class", port("TCP", kOther), port("UDP", kOther),
       "disruptive port-removed: the listener 443/TCP goes away"},
  };
  expect_risks(rows);
}

TEST(RiskLbIdChange, OnlyWhereThereIsAnAddress) {
  const std::string keeps = "warning lb-id-change: the Service keeps the load balancer that it has";
  const std::string forced = "," + named("force-override-listeners", "true");
  const std::string id = named("id", "lb-1") + forced, other = named("id", "lb-2") + forced;
  const BalancerRow rows[] = {
      {"set", service(""), service(id), keeps},
      {"changed", service(id), service(other), keeps},
      {"as it is", service(id), service(id), ""},
      {"no address yet", R"({"spec":{"type":"LoadBalancer"}})", service(id), ""},
  };
  expect_risks(rows);
}

TEST(RiskLbPrefixOnly, SaysThatNothingChanges) {
  const std::string note =
      "note lb-prefix-only: only the prefix changes: the load balancer stays as it is";
  const BalancerRow rows[] = {
      {"to the newer", service(named("spec", "s", kOld)), service(named("spec", "s")), note},
      {"to the older", service(named("spec", "s")), service(named("spec", "s", kOld)), note},
      {"both, the newer wins", service(named("spec", "s") + "," + named("spec", "t", kOld)),
       service(named("spec", "s")), note},
      {"with another value", service(named("spec", "s", kOld)), service(named("spec", "t")), ""},
  };
  expect_risks(rows);
}

TEST(RiskLbNlbSpec, WhenItIsSetAnew) {
  const std::string spec = named("spec", "s");
  const std::string none = "warning lb-nlb-spec: an NLB has no spec: the annotation has no effect";
  const BalancerRow rows[] = {
      {"set", service("", kNlb), service(spec, kNlb), none},
      {"as it was", service(spec + "," + named("name", "a"), kNlb),
       service(spec + "," + named("name", "b"), kNlb), ""},
      {"of a CLB", service(""), service(spec), ""},
  };
  expect_risks(rows);
  ObjectChange created = changed("Service", "{}", service(spec, kNlb));
  created.object.before = Absent{};
  created.fields.clear();
  created.action = Action::Create;
  EXPECT_EQ(risks(created), none);
}

TEST(RiskLbClassImmutable, SetChangedOrTakenOut) {
  const std::string risk =
      "destructive lb-class-immutable: the class of a load balancer cannot be changed";
  const BalancerRow rows[] = {
      {"set", service(""), service("", kNlb), risk},
      {"changed", service("", kNlb), service("", kOther), risk},
      {"taken out", service("", kNlb), service(""), risk},
      {"as it is", service("", kNlb), service("", kNlb), ""},
      {"of what was none", R"({"spec":{"type":"NodePort"}})", service("", kNlb), ""},
  };
  expect_risks(rows);
  ObjectChange change = changed("Service", service(""), service(""));
  const std::string words =
      "Service \"istio-web\" is invalid: spec.loadBalancerClass: Invalid value: "
      "\"alibabacloud.com/nlb\": may not change once set";
  change.object.after = Refused{Refused::Kind::Invalid, 422, words};
  ASSERT_EQ(risks(change), risk);
  EXPECT_EQ(risks_of(change)[0].server, words);
  EXPECT_NE(risks_of(change)[0].why.find("47.96.1.2"), std::string::npos);
  change.object.after = Refused{Refused::Kind::Invalid, 422, "spec.ports: Required value"};
  EXPECT_EQ(risks(change), "");
}

TEST(RiskTrafficPolicy, BothWays) {
  const auto with = [](const std::string& policy, const std::string& more = "") {
    return service("", more + R"("externalTrafficPolicy":")" + policy + "\",");
  };
  const BalancerRow rows[] = {
      {"to Local", with("Cluster"), with("Local"),
       "warning traffic-policy: nodes without a gateway pod get no traffic, and clients' own "
       "addresses become visible"},
      {"to Cluster", with("Local"), with("Cluster"),
       "warning traffic-policy: every node gets traffic, and clients' own addresses are hidden by "
       "the nodes'"},
      {"as it is", with("Local"), with("Local"), ""},
  };
  expect_risks(rows);
  const auto found = risks_of(
      changed("Service", with("Local", R"("healthCheckNodePort":31111,)"), with("Cluster")));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].why.find("healthCheckNodePort 31111 is given up"), std::string::npos);
}

TEST(RiskNodeportRealloc, WhereNameAndNumberAreNew) {
  const auto with = [](const std::string& name, int port, const std::string& type = "NodePort") {
    return R"({"spec":{"type":")" + type + R"(","ports":[{"name":")" + name + R"(","port":)" +
           std::to_string(port) + R"(,"protocol":"TCP"}]}})";
  };
  const std::string removed = "disruptive port-removed: the listener 80/TCP goes away";
  const BalancerRow rows[] = {
      {"both new", with("a", 80), with("b", 90),
       removed + "\nnote nodeport-realloc: a new nodePort for 90/TCP"},
      {"number", with("a", 80), with("a", 90), removed},
      {"name", with("a", 80), with("b", 80), ""},
      {"to ClusterIP", with("a", 80), with("a", 80, "ClusterIP"),
       "note nodeport-realloc: its nodePorts are given up; another type later gets new ones"},
      {"from ClusterIP", with("a", 80, "ClusterIP"), with("a", 80), ""},
      {"a ClusterIP has none", with("a", 80, "ClusterIP"), with("b", 90, "ClusterIP"), removed},
  };
  expect_risks(rows);
  ObjectChange given = changed("Service", with("a", 80), with("b", 90));
  given.object.desired
      .origins[fields({"spec", "ports"}) /
               PathStep{PathStep::Kind::Key, R"({"port":90,"protocol":"TCP"})"} / "nodePort"] = {};
  EXPECT_EQ(risks(given), removed);
}

}  // namespace
}  // namespace asmgw
