// Who is at the other end of our streams: a person at a terminal, or a program?
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace asmgw::io {

bool stdin_is_terminal();
bool stdout_is_terminal();
bool stderr_is_terminal();

/// The width of standard output's terminal; 80 when it is none, or does not know.
int terminal_columns();

/// The next line of standard input, without its line end; nullopt at the end of input, and when
/// stopped. A last line without line end counts.
std::optional<std::string> read_line(std::stop_token stop = {});

/// The value of an environment variable, or nullopt when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Does the locale say UTF-8? The first of LC_ALL, LC_CTYPE, LANG that is not empty decides.
bool is_utf8_locale(const Environment& environment);

}  // namespace asmgw::io
