// Many clusters at once: do slow, dead and broken ones leave the others alone, on every run?
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;

constexpr int kClusters = 200;

std::string id_of(int number) { return fmt::format("c{:03}", number); }

/// Two real API servers behind 200 addresses, some of which do not lead there.
class Fleet : public testing::Test {
 protected:
  /// How the endpoint of a number behaves.
  enum class Way { Good, Dead, Silent, Broken };
  static Way way_of(int number) {
    if (number % 50 == 17) return Way::Dead;    // nobody listens
    if (number % 50 == 23) return Way::Silent;  // accepts, and never answers
    if (number % 50 == 42) return Way::Broken;  // leads to what speaks no TLS
    return Way::Good;
  }

  void SetUp() override {
    std::string ids;
    for (int i = 0; i < kClusters; ++i) {
      const std::string& real = i % 2 == 0 ? kOne : kTwo;
      forwarders_.push_back(std::make_unique<Forwarder>(target(i, real)));
      add(id_of(i), real, forwarders_.back()->port());
      ids += (i == 0 ? "" : ", ") + id_of(i);
    }
    for (int i = 0; i < kClusters; ++i)  // at the end: else a port would serve twice
      if (way_of(i) == Way::Dead) forwarders_[static_cast<std::size_t>(i)].reset();
    manifest_ = write("fleet.yaml", gateway("fleet", ids, ""));
    config_ = write("fleet.kubeconfig", "apiVersion: v1\nkind: Config\nclusters:\n" + clusters_ +
                                            "users:\n" + users_ + "contexts:\n" + contexts_);
  }

  int target(int number, const std::string& real) const {
    if (way_of(number) == Way::Silent) return 0;
    if (way_of(number) == Way::Broken) return echo_.port();
    const std::string text = read(kubeconfig(real));
    return std::stoi(text.substr(text.find("https://127.0.0.1:") + 18));
  }

  void add(const std::string& id, const std::string& real, int port) {
    const std::string folder = kubeconfig(real).substr(0, kubeconfig(real).rfind('/'));
    clusters_ += fmt::format(
        "- name: {0}\n  cluster: {{server: 'https://127.0.0.1:{1}', certificate-authority: "
        "{2}/ca.crt}}\n",
        id, port, folder);
    users_ += fmt::format(
        "- name: {0}\n  user: {{client-certificate: {1}/admin.crt, client-key: {1}/admin.key}}\n",
        id, folder);
    contexts_ += fmt::format("- name: {0}\n  context: {{cluster: {0}, user: {0}}}\n", id);
  }

  Outcome diff(const std::string& format) const {
    return run({"kubectl", "asmgw", "diff", "-f", manifest_, "--kubeconfig", config_,
                "--request-timeout", "5s", "-o", format});
  }

  Forwarder echo_{0};
  std::vector<std::unique_ptr<Forwarder>> forwarders_;
  std::string clusters_, users_, contexts_, manifest_, config_;
};

TEST_F(Fleet, BadOnesLeaveTheOthersAlone) {
  const Outcome first = diff("json");
  ASSERT_EQ(first.code, 3) << first.err;
  const Json record = Json::parse(first.out);
  ASSERT_EQ(record["clusters"].size(), std::size_t{kClusters});
  for (int i = 0; i < kClusters; ++i) {
    const Json& cluster = record["clusters"][static_cast<std::size_t>(i)];
    EXPECT_EQ(cluster["id"], id_of(i)) << "results are in the manifest's order";
    const bool is_good = way_of(i) == Way::Good;
    EXPECT_EQ(cluster["state"], is_good ? "compared" : "unreachable") << cluster.dump(1);
    if (!is_good) continue;
    EXPECT_EQ(cluster["objects"].size(), 5u) << id_of(i);
    EXPECT_EQ(forwarders_[static_cast<std::size_t>(i)]->connections(), 1) << id_of(i);
  }
  EXPECT_LT(first.took.count(), 60'000) << "200 clusters, 12 of them bad, at most 5 s each";
}

TEST_F(Fleet, GivesTheSameBytesOnEveryRun) {
  const Outcome first = diff("text");
  EXPECT_EQ(first.code, 3) << first.err;
  EXPECT_THAT(first.out, HasSubstr("188 of 200 clusters"));
  const Outcome second = diff("text");
  EXPECT_EQ(first.out, second.out);
}

/// 40 clusters whose users are one plugin, which gives the certificate of the first real cluster.
TEST(SharedPlugin, RunsOnceForAll) {
  const std::string folder = kubeconfig(kOne).substr(0, kubeconfig(kOne).rfind('/'));
  const CountedPlugin plugin = counted_plugin("plugin", kOne);
  const std::string real = read(kubeconfig(kOne));
  const int port = std::stoi(real.substr(real.find("https://127.0.0.1:") + 18));
  std::vector<std::unique_ptr<Forwarder>> forwarders;
  std::string ids, clusters, contexts;
  for (int i = 0; i < 40; ++i) {
    forwarders.push_back(std::make_unique<Forwarder>(port));
    ids += (i == 0 ? "" : ", ") + id_of(i);
    clusters += fmt::format(
        "- name: {}\n  cluster: {{server: 'https://127.0.0.1:{}', certificate-authority: "
        "{}/ca.crt}}\n",
        id_of(i), forwarders.back()->port(), folder);
    contexts += fmt::format("- name: {0}\n  context: {{cluster: {0}, user: u}}\n", id_of(i));
  }
  const std::string config = write(
      "shared.kubeconfig",
      "apiVersion: v1\nkind: Config\nclusters:\n" + clusters + "contexts:\n" + contexts +
          "users:\n- name: u\n  user:\n    exec: {apiVersion: client.authentication.k8s.io/v1, "
          "interactiveMode: Never, command: " +
          plugin.program + "}\n");
  const Outcome looked = run({"kubectl", "asmgw", "clusters", "--kubeconfig", config, "-f",
                              write("shared.yaml", gateway("shared", ids, ""))});
  EXPECT_EQ(looked.code, 0) << looked.out << looked.err;
  EXPECT_THAT(looked.out, HasSubstr("40 resolved, 40 answer"));
  EXPECT_EQ(read(plugin.log), "run\n");
}

}  // namespace
}  // namespace asmgw::e2e
