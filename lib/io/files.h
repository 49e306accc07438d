// What is on the disk, and how is something kept there?
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace asmgw::io {

/// The whole file; nullopt when it does not exist. Pipes (`<(…)`) are fine. Throws Error
/// [unreadable-file] when the system refuses, or for a directory.
std::optional<std::string> read_file(const std::string& path);

/// Standard input to its end; nullopt when stopped before. Throws Error [unreadable-file].
std::optional<std::string> read_stdin(std::stop_token stop = {});

/// The paths of the regular files in a directory (links to files too), sorted by byte; below it
/// too when `recursive`, but not through links. Throws Error [unreadable-file].
std::vector<std::string> list_directory(const std::string& path, bool recursive);

bool is_directory(const std::string& path);

/// A regular file that we may execute.
bool is_program(const std::string& path);

/// May its group or everybody read it? False for what does not exist, and for pipes.
bool is_exposed(const std::string& path);

/// Writes a file that only its owner may read (0600); missing parents are made (0700). Whole or
/// not at all: whoever opens `path` sees the old text or the new one, also after a crash. Throws
/// Error [unwritable-file].
void write_private_file(const std::string& path, std::string_view text);

/// A new directory in `parent`, which only its owner may look into (0700). Throws Error
/// [unwritable-file].
std::string make_private_directory(const std::string& parent);

/// Writes a file that must not exist yet and that only its owner may read (0600); missing parents
/// are made (0700). Not safe against a crash. Throws Error [unwritable-file].
void write_new_file(const std::string& path, const std::string& text);

/// Removes a directory with all that is in it, but follows no link. What cannot be removed stays.
void remove_directory(const std::string& path);

/// `~` and `~/x` with `home` in place of the tilde; anything else unchanged.
std::string expand_home(const std::string& path, const std::string& home);

}  // namespace asmgw::io
