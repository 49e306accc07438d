#include "server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace asmgw::test {
namespace {

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return ends;
}

}  // namespace

Server::Server() {
  const auto input = make_pipe();
  const auto output = make_pipe();
  process_ = fork();
  if (process_ == 0) {
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execl(ASMGW_HTTP_SERVER, ASMGW_HTTP_SERVER, nullptr);
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  its_input_ = input[1];
  FILE* lines = fdopen(output[0], "r");
  std::array<char, 8192> line{};
  while (fgets(line.data(), line.size(), lines) != nullptr) {
    std::string text = line.data();
    text.pop_back();
    if (text == "ready") break;
    keep(text);
  }
  fclose(lines);
}

void Server::keep(const std::string& line) {
  const auto equals = line.find('=');
  if (equals == std::string::npos) throw std::runtime_error("the server says: " + line);
  std::string value = line.substr(equals + 1);
  std::replace(value.begin(), value.end(), '|', '\n');
  values_[line.substr(0, equals)] = value;
}

void Server::make_clients() {
  std::istringstream lines(get(*connect(endpoint("plain")), "/clients").body);
  for (std::string line; std::getline(lines, line);) keep(line);
}

Server::~Server() {
  close(its_input_);
  waitpid(process_, nullptr, 0);
}

Endpoint Server::endpoint(const std::string& listener) const {
  const std::string scheme = listener == "plain" ? "http" : "https";
  return {.url = scheme + "://127.0.0.1:" + values_.at(listener),
          .ca_pem = listener == "plain" ? "" : values_.at("ca"),
          .client_cert_pem = "",
          .client_key_pem = "",
          .authorization = "",
          .tls_server_name = ""};
}

std::unique_ptr<Transport> connect(const Endpoint& endpoint) {
  return io::connect_with_curl(endpoint, {.user_agent = "kubectl-asmgw/v0.0.0 (test/test)"});
}

Response ask(Transport& transport, const Request& request) {
  return transport.send({&request, 1}, {}).at(0);
}

Response get(Transport& transport, const std::string& target) {
  return ask(transport, {.target = target});
}

int count(Transport& transport, const std::string& name, int least) {
  const Response response = get(transport, "/count/" + name + "?least=" + std::to_string(least));
  EXPECT_EQ(response.status, 200) << response.failure_text;
  return std::stoi("0" + response.body);
}

}  // namespace asmgw::test
