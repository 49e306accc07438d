// What does -v 6 to 10 say of one request? What kubectl says of its own, never a secret.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/seams.h"

namespace asmgw::io {

/// A request as it is sent. 6: nothing yet; 7: verb, URL, headers; 8: its body, too; 9: as a curl
/// command instead.
struct SentRequest {
  std::string_view verb, url, body;
  std::vector<std::string> headers;  ///< `Name: value`
};

/// In milliseconds; nothing for what did not happen.
struct Timing {
  long long total = 0;
  std::optional<long long> dns = {}, dial = {}, tls = {};  ///< of a new connection
  std::optional<long long> get_connection;                 ///< of one that was there already
  std::optional<long long> server;  ///< from the request to the first byte of the answer
};

/// The credentials of a connection, which no text may show.
using Secrets = std::vector<std::string>;

/// Whole entries, without a line end: `"Request" verb="GET" url="https://…"`. Others' texts are
/// harmless to a terminal; credentials are masked as kubectl masks them, and wherever else they
/// turn up; the body of a Secret is left out. Bodies are cut as kubectl cuts them: at 8 after 1024
/// bytes, at 9 after 10240.
std::vector<std::string> request_entries(int verbosity, const SentRequest& request,
                                         const Secrets& secrets);
std::vector<std::string> response_entries(int verbosity, const SentRequest& request,
                                          const Response& response, const Timing& timing,
                                          const Secrets& secrets);

/// `Bearer <masked>`: the value of a header, without what must not be shown.
std::string masked_value(std::string_view name, std::string_view value);

}  // namespace asmgw::io
