// What do these tests talk to? A local TLS server that misbehaves on request (server/main.go).
#pragma once

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>

#include "base/seams.h"
#include "io/curl_transport.h"

namespace asmgw::test {

/// One running server; ends with this object.
class Server {
 public:
  Server();
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// A value that the server printed: a port (`http2`, `http1`, `plain`, `other_name`, `expired`,
  /// `silent`: no TLS, `full`: not even TCP, `refused`, `http_proxy` …) or PEM (`ca`, `other_ca`,
  /// `client_cert`, `client_key`).
  const std::string& operator[](const std::string& name) const { return values_.at(name); }

  /// More of them: `rsa_pkcs1_cert`, `rsa_pkcs1_key` … (clients.go).
  void make_clients();

  /// An endpoint for one of its listeners, with its CA.
  Endpoint endpoint(const std::string& listener) const;

 private:
  void keep(const std::string& line);

  pid_t process_ = -1;
  int its_input_ = -1;
  std::map<std::string, std::string> values_;
};

std::unique_ptr<Transport> connect(const Endpoint& endpoint);

/// One request, waited for.
Response ask(Transport& transport, const Request& request);
Response get(Transport& transport, const std::string& target);

/// How many, says the server: `connections`, `reset` …; waits until there are `least`.
int count(Transport& transport, const std::string& name, int least = 0);

}  // namespace asmgw::test
