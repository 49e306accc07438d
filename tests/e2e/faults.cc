#include "faults.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "io/curl_transport.h"

namespace asmgw::e2e {
namespace {

std::string folder_of(const std::string& cluster) {
  return std::string(std::getenv("ASMGW_DEVCLUSTER_DIR")) + "/" + cluster;
}

std::string file_of(const std::string& cluster, const std::string& name) {
  return read(folder_of(cluster) + "/" + name);
}

std::string url_of(const std::string& cluster) {
  const std::string text = file_of(cluster, "server");
  return text.substr(0, text.find('\n'));
}

Response post(Transport& transport, const std::string& target, const std::string& body) {
  const Request request{"POST", target, "application/octet-stream", body};
  return transport.send({&request, 1}, {})[0];
}

std::string kubeconfig_for(const std::string& name, const std::string& url, const std::string& ca,
                           const Json& user) {
  const Json cluster{{"server", url}, {"certificate-authority", write(name + ".ca", ca)}};
  const Json config{
      {"apiVersion", "v1"},
      {"kind", "Config"},
      {"current-context", "c"},
      {"clusters", Json::array({{{"name", "k"}, {"cluster", cluster}}})},
      {"contexts", Json::array({{{"name", "c"}, {"context", {{"cluster", "k"}, {"user", "u"}}}}})},
      {"users", Json::array({{{"name", "u"}, {"user", user}}})}};
  return write(name + ".kubeconfig", config.dump());
}

}  // namespace

FaultyServer::FaultyServer(const std::string& cluster) {
  const auto control = test::connect(server_.endpoint("plain"));
  const Json real{{"url", url_of(cluster)},
                  {"ca", file_of(cluster, "ca.crt")},
                  {"cert", file_of(cluster, "admin.crt")},
                  {"key", file_of(cluster, "admin.key")}};
  EXPECT_EQ(post(*control, "/upstream", real.dump()).status, 200);
}

std::string FaultyServer::with(const std::string& name, const Fault& fault,
                               const std::string& listener) {
  const auto control = test::connect(server_.endpoint("plain"));
  const std::string query = "?method=" + fault.method + "&resource=" + fault.resource +
                            "&how=" + fault.how + "&status=" + std::to_string(fault.status) +
                            "&times=" + std::to_string(fault.times);
  EXPECT_EQ(post(*control, "/set/" + name + query, fault.body).status, 200);
  const Endpoint endpoint = server_.endpoint(listener);
  return kubeconfig_for(name, endpoint.url + "/fault/" + name, endpoint.ca_pem,
                        {{"token", "sesame-token"}});
}

BadNetwork::BadNetwork(const std::string& cluster)
    : folder_(folder_of(cluster)),
      upstream_(url_of(cluster).substr(8)),
      ca_(file_of(cluster, "ca.crt")) {
  const std::string port = std::to_string(Forwarder(0).port());  // free again
  process_ = fork();
  if (process_ == 0) {
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execlp("toxiproxy-server", "toxiproxy-server", "-host", "127.0.0.1", "-port", port.c_str(),
           nullptr);
    _exit(127);
  }
  Endpoint control;
  control.url = "http://127.0.0.1:" + port;
  control_ = io::connect_with_curl(control, {});
  int tries = 0;
  const Request request{.target = "/version"};
  while (control_->send({&request, 1}, {})[0].status != 200 && ++tries < 100'000) {
    if (waitpid(process_, nullptr, WNOHANG) == process_) {
      ADD_FAILURE() << "toxiproxy-server does not start; run these tests through ctest";
      process_ = -1;
      return;
    }
  }
}

BadNetwork::~BadNetwork() {
  if (process_ < 0) return;
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
}

std::string BadNetwork::with(const std::string& name, const std::string& toxic) {
  const Json proxy{{"name", name}, {"listen", "127.0.0.1:0"}, {"upstream", upstream_}};
  const Response made = post(*control_, "/proxies", proxy.dump());
  EXPECT_EQ(made.status, 201) << made.body;
  const Response poisoned = post(*control_, "/proxies/" + name + "/toxics", toxic);
  EXPECT_EQ(poisoned.status, 200) << poisoned.body;
  const std::string listens = Json::parse(made.body).value("listen", "");
  return kubeconfig_for(
      name, "https://" + listens, ca_,
      {{"client-certificate", folder_ + "/admin.crt"}, {"client-key", folder_ + "/admin.key"}});
}

}  // namespace asmgw::e2e
