// How do bytes get to an API server and back? With libcurl, over one connection.
#pragma once

#include <memory>
#include <string>

#include "base/seams.h"
#include "io/log.h"

namespace asmgw::io {

/// What does not depend on the endpoint.
struct HttpSettings {
  std::string user_agent = {};  ///< `kubectl-asmgw/v1.2.3 (linux/amd64)`
  int verbosity = 0;            ///< from 6 on `log` gets what kubectl's -v says of requests
  Log log = {};                 ///< called by the thread that sends; never with a credential
};

/// A transport to `endpoint`. Connects with the first request; the connection lives as long as the
/// transport, so later batches reuse it.
///
/// - HTTP/2: one connection, at most 16 requests in flight. Only the first request of a batch is
///   started until there is a connection, so a dead server is tried once per batch, not once per
///   request; all get its failure. A server without HTTP/2 gets at most 4 connections with one
///   request each.
/// - A request other than GET is sent once at most. (libcurl may send a GET again when a reused
///   connection turns out to be dead.)
/// - `Unreachable` means that the request cannot have been sent, `Cut` that it may have been. A
///   timeout after the request was sent is `Cut`, too.
/// - When a server says GOAWAY (rare: kube-apiserver --goaway-chance), requests under way may end
///   as `Cut` although they were answered or never looked at: libcurl 7.88 loses track of them.
/// - Connection and TLS handshake have a limit each; a stop ends any wait at once.
/// - Certificates of server and https proxy are judged as Go does: by the endpoint's CA alone, if
/// it
///   has one, and by their alternative names.
/// - No redirects, no cookies, no proxy but the endpoint's, whatever the environment says. An
/// answer over 32 MiB, or with headers
///   over 64 KiB, is `TooLarge`; so is a single line of a stream.
/// - For one thread at a time; `on_line` must not use the same transport.
///
/// Key, authorization and the proxy's password are wiped from our memory at the end (libcurl's
/// copies are its own).
std::unique_ptr<Transport> connect_with_curl(const Endpoint& endpoint,
                                             const HttpSettings& settings);

}  // namespace asmgw::io
