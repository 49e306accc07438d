// How does a test put a bad network, or a bad server, between the program and a real API server?
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "base/seams.h"
#include "http/server.h"

namespace asmgw::e2e {

/// What goes wrong, with which requests.
struct Fault {
  std::string method = {}, resource = {};  ///< "" = each
  std::string how = {};                    ///< one of those of tests/http/server/faults.go
  int status = 200;
  std::string body = {};
  int times = 1'000'000'000;  ///< afterwards all is well
};

/// An API server with faults, before the real one of a cluster.
class FaultyServer {
 public:
  explicit FaultyServer(const std::string& cluster);

  /// The kubeconfig by which everything goes through the fault. `listener`: http2 or http1.
  std::string with(const std::string& name, const Fault& fault,
                   const std::string& listener = "http2");

 private:
  test::Server server_;
};

/// Shopify's toxiproxy before a cluster's API server.
class BadNetwork {
 public:
  explicit BadNetwork(const std::string& cluster);
  ~BadNetwork();
  BadNetwork(const BadNetwork&) = delete;
  BadNetwork& operator=(const BadNetwork&) = delete;

  /// The kubeconfig by which everything goes through the toxic: `{"type": "latency", …}`.
  std::string with(const std::string& name, const std::string& toxic);

 private:
  pid_t process_ = -1;
  std::string folder_;    ///< of the cluster
  std::string upstream_;  ///< host:port
  std::string ca_;
  std::unique_ptr<Transport> control_;
};

}  // namespace asmgw::e2e
