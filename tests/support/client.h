// A client over a transport that a test has made, with nothing to prove.
#pragma once

#include <memory>

#include "kube/client.h"

namespace asmgw::test {

inline kube::Client client_over(std::unique_ptr<Transport> transport, Clock& clock,
                                std::chrono::milliseconds timeout = std::chrono::milliseconds(0)) {
  Endpoint endpoint;
  endpoint.request_timeout = timeout;
  const auto once = std::make_shared<std::unique_ptr<Transport>>(std::move(transport));
  return {{endpoint, kube::fixed_login({})},
          [once](const Endpoint&) { return std::move(*once); },
          clock};
}

}  // namespace asmgw::test
