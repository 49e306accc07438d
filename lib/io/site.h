// Where does one endpoint lie, what way leads there, and which names must be proved on it?
#pragma once

#include <string>

#include "base/seams.h"

namespace asmgw::io {

/// The way by a proxy; without a `url` there is none.
struct Proxy {
  std::string url = {};    ///< scheme://host:port as libcurl wants it, without user and password
  std::string shown = {};  ///< the same for people
  std::string host = {};   ///< the name that an https proxy's certificate must be for
  bool is_encrypted = false;
  bool has_user = false;
  std::string user = {}, password = {};  ///< secrets
};

struct Site {
  Endpoint endpoint = {};
  std::string base = {};   ///< the endpoint's URL without user, password and last slash
  std::string shown = {};  ///< the same for people
  std::string host = {};   ///< of the URL; an IPv6 address without its brackets
  bool is_encrypted = true;
  Proxy proxy = {};
  std::string problem = {};  ///< why nothing can be sent there, or ""
};

/// Never throws for a bad URL: that is the site's `problem`.
Site site_of(const Endpoint& endpoint);

/// Overwrites key, authorization and proxy password.
void wipe_secrets(Site& site);

}  // namespace asmgw::io
