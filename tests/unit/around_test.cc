#include "survey/around.h"

#include <gtest/gtest.h>

#include <string>

namespace asmgw {
namespace {

DesiredObject deployment(const std::string& labels, const std::string& volumes = "[]") {
  DesiredObject desired;
  desired.ref = {"apps", "Deployment", "istio-system", "istio-web"};
  desired.body = parse_json(R"({"spec":{"template":{"metadata":{"labels":)" + labels +
                            R"(},"spec":{"volumes":)" + volumes + "}}}}");
  return desired;
}

Known known(const DesiredObject& desired, Answer live, Answer space, Answer webhooks) {
  Known answers;
  answers.add({Get{desired.ref}}, {std::move(live)});
  const std::vector<Question> open = questions_around(desired, answers);
  if (open.size() == 2) answers.add(open, {std::move(space), std::move(webhooks)});
  return answers;
}

Answer space(const std::string& labels) {
  return Found{parse_json(R"({"metadata":{"labels":)" + labels + "}}")};
}

/// The mesh's own: for namespaces that say so, and for pods that do.
Answer webhooks(const std::string& name = "sidecar-injector.istio.io") {
  return Found{parse_json(R"({"items":[{"webhooks":[{"name":"other.example.com"},
      {"name":"namespace.)" +
                          name + R"(",
       "namespaceSelector":{"matchLabels":{"istio-injection":"enabled"}},
       "objectSelector":{"matchExpressions":[
           {"key":"sidecar.istio.io/inject","operator":"NotIn","values":["false"]}]}}]},
      {"webhooks":[{"name":"object.)" +
                          name + R"(",
       "namespaceSelector":{"matchExpressions":[
           {"key":"istio-injection","operator":"DoesNotExist"},
           {"key":"istio.io/rev","operator":"DoesNotExist"}]},
       "objectSelector":{"matchExpressions":[
           {"key":"sidecar.istio.io/inject","operator":"In","values":["true"]},
           {"key":"istio.io/rev","operator":"DoesNotExist"}]}}]}]})")};
}

TEST(Around, WhyNothingInjects) {
  const std::string pod = R"({"sidecar.istio.io/inject":"true"})";
  const std::string of_revision = R"({"sidecar.istio.io/inject":"true","istio.io/rev":"1-20"})";
  const Answer forbidden = Refused{Refused::Kind::Forbidden, 403, "no"};
  const Answer here = space("{}");
  struct Row {
    std::string name, labels;
    Answer live, space, webhooks;
    std::string expected;
  };
  const std::string none =
      "no webhook *sidecar-injector.istio.io matches the namespace and the pods";
  const Row rows[] = {
      {"by the pod's label", pod, Absent{}, here, webhooks(), ""},
      {"by the namespace's label", of_revision, Absent{}, space(R"({"istio-injection":"enabled"})"),
       webhooks(), ""},
      {"disabled", pod, Absent{}, space(R"({"istio-injection":"disabled"})"), webhooks(),
       "the namespace istio-system has the label istio-injection: disabled"},
      {"disabled, webhooks not to be seen", pod, Absent{},
       space(R"({"istio-injection":"disabled"})"), forbidden,
       "the namespace istio-system has the label istio-injection: disabled"},
      {"another revision", of_revision, Absent{}, here, webhooks(),
       none + ", which ask for revision 1-20"},
      {"another namespace", pod, Absent{}, space(R"({"istio.io/rev":"1-20"})"), webhooks(), none},
      {"no mesh", pod, Absent{}, here, webhooks("sidecar-injector.example.com"),
       "the cluster has no webhook *sidecar-injector.istio.io"},
      {"may not look", pod, Absent{}, here, forbidden, ""},
      {"namespace not to be seen", pod, Absent{}, forbidden, webhooks(), ""},
      {"is there already", pod, Found{Json::object()}, here, webhooks("none"), ""},
      {"self-contained", R"({"sidecar.istio.io/inject":"false"})", Absent{}, here, webhooks("none"),
       ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const DesiredObject desired = deployment(row.labels);
    EXPECT_EQ(around(desired, known(desired, row.live, row.space, row.webhooks)).uninjected,
              row.expected);
  }
}

TEST(Around, VolumeSourcesOfTheManifest) {
  DesiredObject desired = deployment("{}", R"([
      {"name":"a","configMap":{"name":"one"}}, {"name":"b","secret":{"secretName":"two"}},
      {"name":"c","secret":{"secretName":"three"}}, {"name":"d","emptyDir":{}},
      {"name":"istiod-ca-cert","configMap":{"name":"istio-ca-root-cert"}}])");
  for (const std::string name : {"a", "b", "c", "d"}) {
    desired.origins[fields({"spec", "template", "spec", "volumes"}) /
                    PathStep{PathStep::Kind::Key, R"({"name":")" + name + "\"}"}] = {
        Origin::Kind::Manifest};
  }
  Known answers;
  const std::vector<Question> open = questions_around(desired, answers);
  ASSERT_EQ(open.size(), 3U);  // in the first batch, and not of the proxy's own
  answers.add(open, {Absent{}, Refused{Refused::Kind::Forbidden, 403, "no"}, Absent{}});
  std::string missing;
  for (const ObjectRef& ref : around(desired, answers).missing) missing += to_string(ref) + " ";
  EXPECT_EQ(missing, "ConfigMap/one Secret/two ");
}

}  // namespace
}  // namespace asmgw
