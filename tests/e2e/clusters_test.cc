// What happens when clusters, kubeconfigs or the input are not as they should be?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;

/// The cluster's kubeconfig with another port, in a folder of its own.
std::string elsewhere(const std::string& cluster, int port, const std::string& name) {
  std::string text = read(kubeconfig(cluster));
  const std::size_t at = text.find("https://127.0.0.1:");
  const std::size_t end = text.find_first_not_of("0123456789", at + 18);
  return write(name, text.replace(at + 18, end - at - 18, std::to_string(port)));
}

int port_of(const std::string& cluster) {
  const std::string text = read(kubeconfig(cluster));
  return std::stoi(text.substr(text.find("https://127.0.0.1:") + 18));
}

TEST(Clusters, OneRefusesTheOtherIsComplete) {
  const int closed = [] { return Forwarder(0).port(); }();  // nobody listens there any more
  const std::string file = write("ingress.yaml", example("ingress.yaml"));
  const Outcome diff = run({"kubectl", "asmgw", "diff", "-f", file, "--cluster-context",
                            kOne + "=" + kubeconfig(kOne), "--cluster-context",
                            kTwo + "=" + elsewhere(kTwo, closed, "closed.kubeconfig")});
  EXPECT_EQ(diff.code, 3) << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("+ Deployment/istio-myexample-customingressgateway"));
  EXPECT_THAT(diff.out, HasSubstr(kTwo + " not compared (not reached)"));
  EXPECT_THAT(diff.out, HasSubstr("1 of 2 clusters: 5 objects to create"));
}

TEST(Clusters, OneHangsNoLongerThanItsLimit) {
  const Forwarder silent(0);
  const std::string file = write("ingress.yaml", example("ingress.yaml"));
  const Outcome diff = run({"kubectl", "asmgw", "diff", "-f", file, "--request-timeout", "2s",
                            "--cluster-context", kOne + "=" + kubeconfig(kOne), "--cluster-context",
                            kTwo + "=" + elsewhere(kTwo, silent.port(), "silent.kubeconfig")});
  EXPECT_EQ(diff.code, 3) << diff.out;
  EXPECT_THAT(diff.out, HasSubstr("1 of 2 clusters: 5 objects to create"));
  EXPECT_LT(diff.took.count(), 10'000);
}

TEST(Clusters, ThreeMistakesAtOnceAndNoConnection) {
  const Forwarder watched(0);
  const std::string broken =
      replaced(replaced(replaced(example("ingress.yaml"), "replicaCount: 1", "replicaCounts: 1"),
                        "targetPort: 80", "targetPort: http"),
               "    c9f3e7xxxxxx:\n", "    c9f3e8xxxxxx:\n");
  const std::string config = elsewhere(kOne, watched.port(), "watched.kubeconfig");
  const Outcome diff =
      run({"kubectl", "asmgw", "diff", "-f", write("broken.yaml", broken), "--cluster-context",
           kOne + "=" + config, "--cluster-context", kTwo + "=" + kubeconfig(kTwo)});
  EXPECT_EQ(diff.code, 2);
  EXPECT_THAT(diff.out, HasSubstr("[unknown-field]"));
  EXPECT_THAT(diff.out, HasSubstr("[target-port-name]"));
  EXPECT_THAT(diff.out, HasSubstr("[override-cluster]"));
  EXPECT_EQ(watched.connections(), 0);
}

TEST(Clusters, AtMostTwoRequestsPerObjectOnOneConnection) {
  clean("myexample-customingressgateway");
  const Forwarder counted(port_of(kOne));
  const std::string file = write("ingress.yaml", example("ingress.yaml"));
  const auto diff = [&] {
    return run({"kubectl", "asmgw", "diff", "-f", file, "--cluster", kOne, "--cluster-context",
                kOne + "=" + elsewhere(kOne, counted.port(), "counted.kubeconfig")});
  };
  const std::size_t before = audited(kOne).size();
  EXPECT_EQ(diff().code, 1);
  const std::vector<std::string> requests = audited(kOne, before);
  EXPECT_EQ(requests.size(), 13u) << "5 objects: a GET and a dry run each; the autoscalers, once; "
                                     "of a new Deployment: the namespace and the injectors";
  for (const std::string& request : requests) {
    EXPECT_THAT(request, AnyOf(HasSubstr("/namespaces/istio-system"),
                               HasSubstr("/mutatingwebhookconfigurations")))
        << "discovery";
    const bool is_look = request.starts_with("get ") || request.starts_with("list ");
    EXPECT_TRUE(is_look || request.find("dryRun=All") != std::string::npos) << request;
  }
  EXPECT_EQ(counted.connections(), 1);
}

TEST(Clusters, TwoAckFilesMergedAreRefused) {
  const std::string file = write("ingress.yaml", example("ingress.yaml"));
  const Outcome diff = run({"kubectl", "asmgw", "diff", "-f", file}, {},
                           {{"KUBECONFIG", kubeconfig(kOne) + ":" + kubeconfig(kTwo)}});
  EXPECT_EQ(diff.code, 2) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("[ack-merge]"));
  EXPECT_THAT(diff.out, HasSubstr("--kubeconfig-dir"));
}

TEST(Clusters, ListsWhereEachIdGoes) {
  const std::string file = write("ingress.yaml", example("ingress.yaml"));
  const Outcome clusters = asmgw({"clusters", "-f", file});
  EXPECT_EQ(clusters.code, 0) << clusters.out << clusters.err;
  EXPECT_THAT(clusters.out, HasSubstr("kubernetes-admin-" + kOne));
  EXPECT_THAT(clusters.out, HasSubstr("v1.36.3"));
  EXPECT_THAT(clusters.out, HasSubstr("2 clusters: 2 resolved, 2 answer."));
}

TEST(Clusters, MissingNamespaceIsAllNewAndBlocksApply) {
  const std::string file =
      write("elsewhere.yaml",
            replaced(gateway("lost", kOne, ""), "namespace: istio-system", "namespace: nowhere"));
  const Outcome diff = asmgw({"diff", "-f", file, "--allow-namespace"});
  EXPECT_EQ(diff.code, 1) << diff.out;
  EXPECT_THAT(diff.out, HasSubstr("[no-namespace]"));
  const Outcome apply = asmgw({"apply", "-f", file, "--allow-namespace", "--yes"});
  EXPECT_EQ(apply.code, 4) << apply.out;
  EXPECT_THAT(apply.out, HasSubstr("the namespace nowhere is missing"));
}

}  // namespace
}  // namespace asmgw::e2e
