#include "io/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

#include "io/descriptor.h"

namespace asmgw::io {

bool stdin_is_terminal() { return isatty(STDIN_FILENO) == 1; }
bool stdout_is_terminal() { return isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() { return isatty(STDERR_FILENO) == 1; }

int terminal_columns() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

std::optional<std::string> read_line(std::stop_token stop) {
  std::string line;
  while (wait_readable(STDIN_FILENO, stop)) {
    char c = 0;  // one at a time: what follows the line belongs to the next reader
    const ssize_t count = read(STDIN_FILENO, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return line.empty() ? std::nullopt : std::optional(std::move(line));
    if (c == '\n') {
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    line += c;
  }
  return std::nullopt;
}

bool is_utf8_locale(const Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = environment(name).value_or("");
    if (value.empty()) continue;
    std::string plain;  // en_US.UTF-8, en_US.utf8, C.UTF-8@variant
    for (const char c : value) {
      if (c == '-') continue;
      plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return plain.find("utf8") != std::string::npos;
  }
  return false;
}

}  // namespace asmgw::io
