#include "server.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "bench.h"
#include "io/clock.h"
#include "io/curl_transport.h"
#include "object/kinds.h"
#include "tests/support/client.h"

namespace asmgw::e2e {

std::unique_ptr<Transport> transport_to(const std::string& cluster) {
  const std::string folder = std::string(std::getenv("ASMGW_DEVCLUSTER_DIR")) + "/" + cluster;
  Endpoint endpoint;
  std::getline(std::ifstream(folder + "/server"), endpoint.url);
  endpoint.ca_pem = read(folder + "/ca.crt");
  endpoint.client_cert_pem = read(folder + "/admin.crt");
  endpoint.client_key_pem = read(folder + "/admin.key");
  return io::connect_with_curl(endpoint, {});
}

kube::Client connect(const std::string& cluster) {
  static io::SystemClock clock;
  return test::client_over(transport_to(cluster), clock, std::chrono::seconds(60));
}

namespace {

Response send(Transport& transport, const Request& request) {
  return transport.send(std::vector{request}, {}).at(0);
}

}  // namespace

void create(Transport& transport, const Json& body, const std::string& manager) {
  ObjectRef all = ref_of(body);
  all.name.clear();
  const Response made = send(transport, {"POST", url_path(all) + "?fieldManager=" + manager,
                                         "application/json", dump(body)});
  if (made.status != 201) throw std::runtime_error("not created: " + made.body);
}

void remove(Transport& transport, const ObjectRef& ref) {
  send(transport,
       {"DELETE", url_path(ref), "application/json",
        R"({"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background"})"});
  for (int i = 0; i < 1000; ++i) {
    if (send(transport, {"GET", url_path(ref)}).status == 404) return;
  }
  throw std::runtime_error("never gone: " + ref.name);
}

ObjectRef ref_of(const Json& body) {
  const std::string version = body.at("apiVersion");
  const std::size_t slash = version.find('/');
  return {slash == std::string::npos ? "" : version.substr(0, slash), body.at("kind"),
          body.at("metadata").at("namespace"), body.at("metadata").at("name")};
}

std::vector<Answer> try_out(kube::Client& client, const std::vector<Json>& bodies,
                            const std::string& manager) {
  std::vector<Question> questions;
  for (const Json& body : bodies) {
    questions.emplace_back(Preview{{ref_of(body), Apply{body, manager, /*force=*/true}, {}}});
  }
  return client.ask(questions, {});
}

std::string complaint(const Answer& answer) {
  if (const Found* found = std::get_if<Found>(&answer)) {
    std::string text;
    for (const std::string& warning : found->warnings) text += "warning: " + warning + "\n";
    return text;
  }
  if (const Refused* refused = std::get_if<Refused>(&answer)) {
    return std::to_string(refused->status) + ": " + refused->server;
  }
  if (const Unread* unread = std::get_if<Unread>(&answer)) {
    throw std::runtime_error("no answer: " + unread->why);
  }
  return std::holds_alternative<Absent>(answer) ? "absent" : "conflict";
}

}  // namespace asmgw::e2e
