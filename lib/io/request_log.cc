#include "io/request_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/harmless.h"
#include "io/curl_failure.h"

namespace asmgw::io {
namespace {

constexpr std::string_view kMasked = "<masked>";

std::string without(std::string text, const Secrets& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
      text.replace(at, secret.size(), kMasked);
      at += kMasked.size();
    }
  }
  return text;
}

/// At most `most` bytes, and how many were left out; no character is cut in two.
std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  return fmt::format("{} [truncated {} chars]", text.substr(0, end), text.size() - end);
}

std::string quoted(std::string_view text) {
  std::string result;
  for (const char c : harmless(text)) {
    if (c == '"') result += '\\';
    result += c;
  }
  return '"' + result + '"';
}

/// `name="value"`, or a block when the value has lines, as klog writes it.
std::string pair(std::string_view name, std::string_view value) {
  if (value.find('\n') == std::string_view::npos) return fmt::format(" {}={}", name, quoted(value));
  std::string block = fmt::format(" {}=<\n", name);
  while (!value.empty()) {
    const std::size_t end = std::min(value.find('\n'), value.size());
    block += "\t" + harmless(value.substr(0, end)) + "\n";
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return block + " >";
}

std::string number(std::string_view name, const std::optional<long long>& value) {
  return value ? fmt::format(" {}={}", name, *value) : "";
}

/// `Accept` of `Accept: application/json`; libcurl's way to leave a header out gives none.
std::pair<std::string_view, std::string_view> split(std::string_view header) {
  const std::size_t colon = header.find(": ");
  if (colon == std::string_view::npos) return {};
  return {header.substr(0, colon), header.substr(colon + 2)};
}

std::string request_headers(const SentRequest& request) {
  std::vector<std::string> lines;
  for (const std::string& header : request.headers) {
    const auto [name, value] = split(header);
    if (!name.empty()) lines.push_back(fmt::format("{}: {}\n", name, masked_value(name, value)));
  }
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, ""));
}

/// `content-type` as `Content-Type`.
std::string titled(std::string name) {
  bool is_first = true;
  for (char& c : name) {
    if (is_first && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    is_first = c == '-';
  }
  return name;
}

std::string response_headers(const Response& response) {
  std::vector<std::string> lines;
  for (const auto& [name, value] : response.headers)
    lines.push_back(fmt::format("{}: {}\n", titled(name), masked_value(name, value)));
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, ""));
}

/// For a shell: in single quotes.
std::string as_word(std::string_view text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string curl_command(const SentRequest& request) {
  std::string command = fmt::format("curl -v -X{} ", request.verb);
  for (const std::string& header : request.headers) {
    const auto [name, value] = split(header);
    if (name.empty()) continue;
    command += " -H " + quoted(fmt::format("{}: {}", name, masked_value(name, value)));
  }
  return fmt::format("{} {}\n", command, as_word(request.url));
}

/// Secrets and tokens, whoever asked for them.
bool is_secret(std::string_view url, std::string_view body) {
  const std::string_view path = url.substr(0, url.find('?'));
  for (const std::string_view part : {"/secrets/", "/token/", "/tokenreviews/"})
    if ((std::string(path) + "/").find(part) != std::string::npos) return true;
  for (const std::string_view kind : {"\"Secret\"", "\"SecretList\"", "\"TokenRequest\"",
                                      "\"TokenReview\"", "\"ExecCredential\""})
    if (body.find(kind) != std::string_view::npos) return true;
  return false;
}

std::string body_entry(std::string_view what, int verbosity, const SentRequest& request,
                       std::string_view body, const Secrets& secrets) {
  std::string text = is_secret(request.url, body) ? fmt::format("({} bytes, secret)", body.size())
                                                  : without(std::string(body), secrets);
  if (verbosity == 8) text = cut(text, 1024);
  if (verbosity == 9) text = cut(text, 10240);
  return fmt::format("\"{}\"{}", what, pair("body", text));
}

std::string status_of(const Response& response) {
  if (response.failure != Response::Failure::None) return "";
  const std::string_view words = status_words(response.status);
  return fmt::format("{}{}{}", response.status, words.empty() ? "" : " ", words);
}

}  // namespace

std::string masked_value(std::string_view name, std::string_view value) {
  const std::string header = lower(name);
  if (header == "set-cookie") return std::string(kMasked);
  if (header != "authorization" && header != "proxy-authorization") return std::string(value);
  if (value.empty()) return "";
  const std::size_t space = value.find(' ');
  const std::string_view scheme = value.substr(0, space);
  const std::string known = lower(scheme);
  if (known != "bearer" && known != "basic" && known != "negotiate") return std::string(kMasked);
  if (space == std::string_view::npos || space + 1 == value.size()) return std::string(scheme);
  return fmt::format("{} {}", scheme, kMasked);
}

std::vector<std::string> request_entries(int verbosity, const SentRequest& request,
                                         const Secrets& secrets) {
  std::vector<std::string> entries;
  if (verbosity >= 9) {
    entries.push_back("\"Request\"" + pair("curlCommand", without(curl_command(request), secrets)));
  } else if (verbosity >= 7) {
    entries.push_back("\"Request\"" + pair("verb", request.verb) + pair("url", request.url) +
                      pair("headers", without(request_headers(request), secrets)));
  }
  if (verbosity >= 8 && !request.body.empty())
    entries.push_back(body_entry("Request Body", verbosity, request, request.body, secrets));
  return entries;
}

std::vector<std::string> response_entries(int verbosity, const SentRequest& request,
                                          const Response& response, const Timing& timing,
                                          const Secrets& secrets) {
  if (verbosity < 6) return {};
  std::string entry = "\"Response\"";
  if (verbosity == 6 || verbosity >= 9)
    entry += pair("verb", request.verb) + pair("url", request.url);
  entry += pair("status", status_of(response));
  if (verbosity >= 8) entry += pair("headers", without(response_headers(response), secrets));
  entry += number("milliseconds", timing.total);
  if (verbosity >= 9) {
    entry += number("dnsLookupMilliseconds", timing.dns) + number("dialMilliseconds", timing.dial) +
             number("tlsHandshakeMilliseconds", timing.tls) +
             number("getConnectionMilliseconds", timing.get_connection) +
             number("serverProcessingMilliseconds", timing.server);
  }
  if (!response.failure_text.empty()) entry += pair("err", without(response.failure_text, secrets));
  std::vector<std::string> entries{std::move(entry)};
  if (verbosity >= 8 && !response.body.empty())
    entries.push_back(body_entry("Response Body", verbosity, request, response.body, secrets));
  return entries;
}

}  // namespace asmgw::io
