#include "kube/login.h"

#include <algorithm>
#include <memory>

#include "base/ascii.h"
#include "base/error.h"

namespace asmgw::kube {
namespace {

/// As client-go: a token that was read less long ago is used without a look at the file.
constexpr std::chrono::seconds kTokenAge{50};

struct TokenFile {
  std::string path;
  FileAccess files;
  Clock& clock;
  Proof last;
  std::chrono::system_clock::time_point read_at;

  const Proof& read() {
    read_at = clock.now();
    try {
      const std::string token(trimmed(files.read(path).value_or("")));
      if (!token.empty()) last.authorization = bearer(token);
    } catch (const Error&) {  // it is being replaced; the server judges what we have
    }
    return last;
  }
};

}  // namespace

std::string bearer(const std::string& token) { return token.empty() ? "" : "Bearer " + token; }

bool is_header_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

Login fixed_login(Proof proof) {
  return {[proof = std::move(proof)](std::stop_token) { return proof; },
          [](const Proof&, std::stop_token) { return std::optional<Proof>(); }};
}

Login token_file_login(const std::string& path, Proof first, const FileAccess& files,
                       Clock& clock) {
  const auto file =
      std::make_shared<TokenFile>(TokenFile{path, files, clock, std::move(first), clock.now()});
  return {[file](std::stop_token) {
            return file->clock.now() - file->read_at < kTokenAge ? file->last : file->read();
          },
          [file](const Proof& refused, std::stop_token) {
            const Proof& now = file->read();
            return now == refused ? std::optional<Proof>() : std::optional<Proof>(now);
          }};
}

}  // namespace asmgw::kube
