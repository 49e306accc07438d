#include "io/site.h"

#include <curl/curl.h>
#include <string.h>

#include <memory>
#include <new>

#include "base/base64.h"

namespace asmgw::io {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

/// A part of the URL, or "".
std::string part(const Url& url, CURLUPart what, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), what, &text, flags) != CURLUE_OK) return "";
  std::string copy = text;
  curl_free(text);
  return copy;
}

/// Empty when it is no URL with a host.
Url parsed(const std::string& text, std::string& problem) {
  Url url(curl_url());
  if (url == nullptr) throw std::bad_alloc();
  const CURLUcode code =
      curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME);
  if (code == CURLUE_OK) return url;
  problem = curl_url_strerror(code);
  return nullptr;
}

std::string without_brackets(const std::string& host) {
  return host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
}

std::string without_trailing_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

/// Go's ports for proxies; libcurl's own default for http is 1080.
std::string default_port(const std::string& scheme) {
  if (scheme == "http") return "80";
  return scheme == "https" ? "443" : "1080";
}

Proxy proxy_of(const std::string& text, std::string& problem) {
  std::string why;
  const Url url = parsed(text, why);
  if (url == nullptr) {
    problem = "the proxy's URL cannot be used: " + why;  // the URL itself may hold a password
    return {};
  }
  const std::string scheme = part(url, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https" && scheme != "socks5" && scheme != "socks5h") {
    problem = "a proxy of " + scheme + ":// cannot be used: it must be http, https or socks5";
    return {};
  }
  Proxy proxy;
  const std::string host = part(url, CURLUPART_HOST);
  const std::string port = part(url, CURLUPART_PORT);
  const std::string place = host + ":" + (port.empty() ? default_port(scheme) : port);
  proxy.shown = scheme + "://" + place;
  proxy.url = (scheme == "socks5" ? "socks5h" : scheme) + "://" + place;  // it resolves names
  proxy.host = without_brackets(host);
  proxy.is_encrypted = scheme == "https";
  char* user = nullptr;
  proxy.has_user = curl_url_get(url.get(), CURLUPART_USER, &user, 0) == CURLUE_OK;
  curl_free(user);
  proxy.user = part(url, CURLUPART_USER, CURLU_URLDECODE);
  proxy.password = part(url, CURLUPART_PASSWORD, CURLU_URLDECODE);
  return proxy;
}

/// A user in the URL, as Go's http.Client sends it: unless somebody else has said who we are.
std::string authorization_in(const Url& url) {
  const std::string user = part(url, CURLUPART_USER, CURLU_URLDECODE);
  const std::string password = part(url, CURLUPART_PASSWORD, CURLU_URLDECODE);
  return user.empty() && password.empty() ? "" : "Basic " + encode_base64(user + ":" + password);
}

void wipe(std::string& secret) {
  explicit_bzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace

Site site_of(const Endpoint& endpoint) {
  Site site{.endpoint = endpoint};
  const Url url = parsed(endpoint.url, site.problem);
  if (url == nullptr) {
    site.base = site.shown = without_trailing_slash(endpoint.url);
    return site;
  }
  const std::string scheme = part(url, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") site.problem = scheme + " is not supported";
  site.is_encrypted = scheme == "https";
  site.host = without_brackets(part(url, CURLUPART_HOST, CURLU_PUNYCODE));
  if (endpoint.authorization.empty()) site.endpoint.authorization = authorization_in(url);
  curl_url_set(url.get(), CURLUPART_USER, nullptr, 0);
  curl_url_set(url.get(), CURLUPART_PASSWORD, nullptr, 0);
  site.base = site.shown = without_trailing_slash(part(url, CURLUPART_URL));
  if (!endpoint.proxy.empty()) site.proxy = proxy_of(endpoint.proxy, site.problem);
  return site;
}

void wipe_secrets(Site& site) {
  for (std::string* secret : {&site.endpoint.client_key_pem, &site.endpoint.authorization,
                              &site.endpoint.proxy, &site.proxy.password})
    wipe(*secret);
}

}  // namespace asmgw::io
