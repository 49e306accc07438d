#include "recorder.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace asmgw::test {
namespace {

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return ends;
}

}  // namespace

Recorder::Recorder() {
  const auto input = make_pipe();
  const auto output = make_pipe();
  process_ = fork();
  if (process_ == 0) {
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execl(ASMGW_RECORDER, ASMGW_RECORDER, nullptr);
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  questions_ = fdopen(input[1], "w");
  answers_ = fdopen(output[0], "r");
  values_ = read_line();
}

Recorder::~Recorder() {
  fclose(questions_);
  fclose(answers_);
  waitpid(process_, nullptr, 0);
}

nlohmann::json Recorder::take() {
  fputs("\n", questions_);
  fflush(questions_);
  return read_line();
}

nlohmann::json Recorder::read_line() {
  std::string line;
  for (int c = fgetc(answers_); c != '\n'; c = fgetc(answers_)) {
    if (c == EOF) throw std::runtime_error("the recorder has ended");
    line += static_cast<char>(c);
  }
  return nlohmann::json::parse(line);
}

}  // namespace asmgw::test
