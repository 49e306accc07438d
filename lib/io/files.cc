#include "io/files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/error.h"
#include "io/codes.h"
#include "io/descriptor.h"

namespace asmgw::io {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const Code& code, const std::string& what, int error) {
  throw Error(
      Finding{.code = &code, .severity = code.severity, .message = what + ": " + words_of(error)});
}

/// Appends what one read gives; false at the end.
bool read_some(int descriptor, const std::string& name, std::string& text) {
  std::array<char, 65536> buffer;
  ssize_t count = 0;
  do {
    count = read(descriptor, buffer.data(), buffer.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0) refuse(kUnreadableFile, "cannot read " + name, errno);
  text.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

void write_all(int descriptor, std::string_view text, const std::string& attempt) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(kUnwritableFile, attempt, errno);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// Makes `directory` and its missing parents, each 0700.
void make_private(const fs::path& directory, const std::string& attempt) {
  std::error_code ignored;
  if (directory.empty() || fs::is_directory(directory, ignored)) return;
  make_private(directory.parent_path(), attempt);
  if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
    refuse(kUnwritableFile, attempt, errno);
}

/// A file beside the one that is to be; removed unless it became that one.
class Draft {
 public:
  Draft(const std::string& path, const std::string& attempt)
      : path_(path + ".XXXXXX"), descriptor_(mkostemp(path_.data(), O_CLOEXEC)) {
    if (!descriptor_) refuse(kUnwritableFile, attempt, errno);
  }
  ~Draft() {
    if (!renamed_) unlink(path_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  int descriptor() const { return descriptor_.get(); }
  bool rename_to(const std::string& path) {
    renamed_ = rename(path_.c_str(), path.c_str()) == 0;
    return renamed_;
  }

 private:
  std::string path_;
  Descriptor descriptor_;
  bool renamed_ = false;
};

template <class Iterator>
std::vector<std::string> regular_files(const std::string& path) {
  std::vector<std::string> files;
  std::error_code error;
  for (Iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;  // a link that leads nowhere is no regular file
    if (entry->is_regular_file(ignored)) files.push_back(entry->path().string());
  }
  if (error) refuse(kUnreadableFile, "cannot list " + path, error.value());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    refuse(kUnreadableFile, "cannot read " + path, errno);
  }
  std::string text;
  while (read_some(file.get(), path, text)) continue;
  return text;
}

std::optional<std::string> read_stdin(std::stop_token stop) {
  std::string text;
  while (wait_readable(STDIN_FILENO, stop))
    if (!read_some(STDIN_FILENO, "standard input", text)) return text;
  return std::nullopt;
}

std::vector<std::string> list_directory(const std::string& path, bool recursive) {
  return recursive ? regular_files<fs::recursive_directory_iterator>(path)
                   : regular_files<fs::directory_iterator>(path);
}

bool is_directory(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool is_program(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

bool is_exposed(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

void write_private_file(const std::string& path, std::string_view text) {
  const std::string attempt = "cannot write " + path;
  const fs::path parent = fs::path(path).parent_path();
  make_private(parent, attempt);
  Draft draft(path, attempt);  // mkostemp: 0600
  write_all(draft.descriptor(), text, attempt);
  if (fsync(draft.descriptor()) != 0 || !draft.rename_to(path))
    refuse(kUnwritableFile, attempt, errno);
  const Descriptor directory(
      open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory) fsync(directory.get());  // some file systems cannot; the text itself is safe
}

std::string make_private_directory(const std::string& parent) {
  std::string path = (fs::path(parent) / "asmgw-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr)
    refuse(kUnwritableFile, "cannot make a directory in " + parent, errno);
  return path;
}

void write_new_file(const std::string& path, const std::string& text) {
  const std::string attempt = "cannot write " + path;
  make_private(fs::path(path).parent_path(), attempt);
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) refuse(kUnwritableFile, attempt, errno);
  write_all(file.get(), text, attempt);
}

void remove_directory(const std::string& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

std::string expand_home(const std::string& path, const std::string& home) {
  if (path == "~") return home;
  return path.starts_with("~/") ? home + path.substr(1) : path;
}

}  // namespace asmgw::io
