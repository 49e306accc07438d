// Does anything secret get out: into a file, or into what is printed? What a program prints, run()
// looks through, in every test.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;

const std::string kToken = "sesame-token-4711";
const std::string kPassword = "sesame-password-4712";
const std::string kProxyPassword = "sesame-proxy-4713";

std::string folder_of(const std::string& cluster) {
  return kubeconfig(cluster).substr(0, kubeconfig(cluster).rfind('/'));
}

struct Case {
  const char* name;
  std::string user;     ///< of the kubeconfig
  std::string cluster;  ///< besides server and CA
  std::string tail;     ///< after the kubeconfig
};

/// A plugin that prints a token and a second secret on standard error's side: nothing of it is
/// ours.
std::string plugin() {
  const std::string path = write("plugin.sh",
                                 "#!/bin/sh\n"
                                 "echo '{\"kind\":\"ExecCredential\",\"apiVersion\":"
                                 "\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"" +
                                     kToken + "\"}}'\n");
  run({"chmod", "+x", path});
  return path;
}

std::vector<Case> cases() {
  const std::string key =
      fmt::format("client-certificate: {0}/admin.crt, client-key: {0}/admin.key", folder_of(kOne));
  const std::string exec = fmt::format(
      "exec: {{apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: {}}}",
      plugin());
  return {
      {"key", key, "", ""},
      {"token", "token: " + kToken, "", ""},
      {"basic", "username: admin, password: " + kPassword, "", ""},
      {"plugin", exec, "", ""},
      {"proxy", "token: " + kToken, "proxy-url: 'http://u:" + kProxyPassword + "@127.0.0.1:9'", ""},
      {"both", "token: " + kToken + ", username: admin, password: " + kPassword, "", ""},
      {"wrong type", "token: [" + kToken + "], password: " + kPassword, "", ""},
      {"no YAML", "token: " + kToken, "", "password: \"" + kPassword + "\n" + kToken + ": ["},
      {"line break", "token: \"" + kToken + "\\n\"", "", ""}};
}

std::string kubeconfig_of(const Case& one) {
  const std::string real = read(kubeconfig(kOne));
  const std::size_t at = real.find("https://127.0.0.1:");
  const std::string server = real.substr(at, real.find_first_of("\n'\"", at) - at);
  return fmt::format(
      "apiVersion: v1\nkind: Config\ncurrent-context: c\n"
      "clusters:\n- name: c\n  cluster: {{server: '{}', certificate-authority: {}/ca.crt{}{}}}\n"
      "users:\n- name: c\n  user: {{{}}}\n"
      "contexts:\n- name: c\n  context: {{cluster: c, user: c}}\n{}",
      server, folder_of(kOne), one.cluster.empty() ? "" : ", ", one.cluster, one.user, one.tail);
}

/// What strace saw being written, but to sockets, pipes and our standard streams.
std::vector<std::string> writes_to_files(const std::string& trace) {
  std::vector<std::string> found;
  std::istringstream lines(trace);
  for (std::string line; std::getline(lines, line);) {
    const bool opens = line.find("O_WRONLY") != std::string::npos ||
                       line.find("O_RDWR") != std::string::npos ||
                       line.find("O_CREAT") != std::string::npos;
    const bool is_device = line.find("\"/dev/") != std::string::npos;
    if (opens && !is_device) found.push_back(line);
  }
  return found;
}

TEST(Secrets, StayInMemory) {
  const std::string file = write("secret.yaml", gateway("secret", kOne, ""));
  for (const Case& one : cases()) {
    const std::string config = write("secret.kubeconfig", kubeconfig_of(one));
    for (const std::string verb : {"diff", "clusters", "apply"}) {
      if (verb == "apply" && one.name != std::string("key")) continue;  // the others get nowhere
      const std::string trace = write("trace", "");
      std::vector<std::string> command = {"strace",
                                          "-f",
                                          "-qq",
                                          "-s",
                                          "200",
                                          "-e",
                                          "trace=open,openat,creat",
                                          "-o",
                                          trace,
                                          "kubectl-asmgw",
                                          verb,
                                          "-f",
                                          file,
                                          "--cluster-context",
                                          kOne + "=" + config,
                                          "-v=9"};
      if (verb == "apply") command.insert(command.end(), {"--yes", "--dry-run=server"});
      const Outcome outcome = run(command, {}, {{"HTTPS_PROXY", ""}});
      EXPECT_NE(outcome.code, -1);
      EXPECT_GT(outcome.out.size() + outcome.err.size(), 0u) << one.name;
      const std::string traced = read(trace);
      EXPECT_THAT(traced, HasSubstr("O_RDONLY")) << "strace saw nothing: " << outcome.err;
      EXPECT_THAT(writes_to_files(traced), testing::IsEmpty()) << one.name << " " << verb;
    }
  }
}

/// The gateway mounts a Secret whose data everybody who runs this may read.
TEST(Secrets, OfTheClusterStayThere) {
  clean("secret");
  const std::string file =
      write("secret.yaml",
            gateway("secret", kOne,
                    "  configVolumes: [{name: a, configMapName: sesame, mountPath: /etc/a}]\n"
                    "  secretVolumes: [{name: b, secretName: sesame, mountPath: /etc/b}]\n"));
  ASSERT_EQ(kubectl(kOne, {"get", "secret", "sesame"}).code, 0);
  for (const std::string format : {"text", "json"}) {
    const Outcome diff = asmgw({"diff", "-f", file, "-o", format, "-v=9"});
    EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
    const Outcome apply = asmgw({"apply", "-f", file, "-o", format, "--yes", "-v=9"});
    EXPECT_EQ(apply.code, 0) << apply.out << apply.err;
    EXPECT_THAT(apply.err, HasSubstr("PATCH")) << "the log is not there";
    clean("secret");
  }
}

}  // namespace
}  // namespace asmgw::e2e
