// Which certificates and keys are taken? Those that Go takes.
#include "io/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/files.h"
#include "server.h"

namespace asmgw::test {
namespace {

using ::testing::HasSubstr;
using Failure = Response::Failure;

struct Name {
  const char *name, *pattern, *host;
  bool covered;
};
class CertificateNames : public testing::TestWithParam<Name> {};
INSTANTIATE_TEST_SUITE_P(
    Each, CertificateNames,
    testing::Values(Name{"same", "api.example.test", "api.example.test", true},
                    Name{"other_case", "API.example.test", "api.Example.test", true},
                    Name{"other", "api.example.test", "apj.example.test", false},
                    Name{"last_dot_of_host", "api.example.test", "api.example.test.", true},
                    Name{"last_dot_of_pattern", "api.example.test.", "api.example.test", false},
                    Name{"first_label", "*.example.test", "api.example.test", true},
                    Name{"not_two_labels", "*.example.test", "a.b.example.test", false},
                    Name{"not_none", "*.example.test", "example.test", false},
                    Name{"of_a_top_level", "*.test", "api.test", true},
                    Name{"bare", "*", "test", false},
                    Name{"part_of_a_label", "a*.example.test", "api.example.test", false},
                    Name{"second_label", "api.*.test", "api.example.test", false},
                    Name{"underscore", "a_b.test", "a_b.test", true}, Name{"empty", "", "", false},
                    Name{"empty_label", "*..test", "a..test", false},
                    Name{"no_host_name", "a b", "a b", true}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_P(CertificateNames, CoverAHostAsInGo) {
  EXPECT_EQ(io::covers(GetParam().pattern, GetParam().host), GetParam().covered);
}

TEST(Certificate, ItsSubjectIsNoName) {
  const Server server;
  Endpoint endpoint = server.endpoint("subject_only");
  endpoint.url = "https://localhost:" + server["subject_only"];
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": the certificate is not for this name");
}

TEST(Certificate, AnAddressIsNoName) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  EXPECT_THAT(get(*connect(endpoint), "/echo").body, HasSubstr("sni: \n"));
  endpoint.tls_server_name = "127.0.0.2";
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": the certificate is not for this name");
  endpoint.tls_server_name = "127.0.0.1";
  EXPECT_THAT(get(*connect(endpoint), "/echo").body, HasSubstr("sni: \n"));
}

TEST(Certificate, OfAWholeDomain) {
  const Server server;
  Endpoint endpoint = server.endpoint("wild");
  endpoint.tls_server_name = "api.example.test";
  EXPECT_THAT(get(*connect(endpoint), "/echo").body, HasSubstr("sni: api.example.test\n"));
  endpoint.tls_server_name = "a.b.example.test";
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": the certificate is not for this name");
}

TEST(ClientKey, OfEveryFormIsUsed) {
  Server server;
  server.make_clients();
  for (const std::string name :
       {"rsa_pkcs1", "rsa_pkcs8", "ec_sec1", "ec_sec1_with_curve", "ec_pkcs8", "ed25519"}) {
    Endpoint endpoint = server.endpoint("http2_only_clients");
    endpoint.client_cert_pem = server[name + "_cert"];
    endpoint.client_key_pem = server[name + "_key"];
    const Response response = get(*connect(endpoint), "/echo");
    EXPECT_THAT(response.body, HasSubstr("client: " + name + "\n")) << response.failure_text;
    EXPECT_EQ(io::pair_problem(endpoint.client_cert_pem, endpoint.client_key_pem), "");
  }
}

TEST(ClientKey, IsToldWhenItIsMissing) {
  const Server server;
  const Endpoint endpoint = server.endpoint("http2_only_clients");
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": the server ends the TLS connection: handshake failure");
}

/// The key with a passphrase: `traditional` as openssl wrote it before PKCS#8.
std::string encrypted(const std::string& key, bool traditional) {
  std::string folder = testing::TempDir() + "asmgw-key-XXXXXX";
  const std::string file = std::string(mkdtemp(folder.data())) + "/key";
  io::write_private_file(file, key);
  const std::string command = "openssl pkey -aes128 -passout pass:hidden " +
                              std::string(traditional ? "-traditional " : "") + "-in " + file;
  FILE* output = popen(command.c_str(), "r");
  std::string text(10'000, 0);
  text.resize(fread(text.data(), 1, text.size(), output));
  EXPECT_EQ(pclose(output), 0);
  unlink(file.c_str());
  rmdir(folder.c_str());
  return text;
}

struct Unusable {
  const char *name, *cert, *key, *problem;
};
class UnusableClientKey : public testing::TestWithParam<Unusable> {
 protected:
  std::string pem(const std::string& name) const {
    if (name == "pkcs8 with passphrase") return encrypted(server_["client_key"], false);
    if (name == "sec1 with passphrase") return encrypted(server_["client_key"], true);
    if (name == "other_key") return other_["client_key"];
    return name.starts_with("client_") || name == "ca" ? server_[name] : name;
  }

  Server server_, other_;
};
constexpr const char* kWantsPassphrase =
    "the client key needs a passphrase: take it off (openssl pkey -in KEY -out NEW)";
INSTANTIATE_TEST_SUITE_P(
    Each, UnusableClientKey,
    testing::Values(
        Unusable{"no_key", "client_cert", "nonsense", "the client key is not a private key"},
        Unusable{"no_certificate", "nonsense", "client_key",
                 "the client certificate is not a certificate"},
        Unusable{"swapped", "client_key", "client_cert",
                 "the client certificate and its key are swapped"},
        Unusable{"of_another", "client_cert", "other_key",
                 "the client key is not that of the client certificate"},
        Unusable{"of_the_ca", "ca", "client_key",
                 "the client key is not that of the client certificate"},
        Unusable{"pkcs8_with_passphrase", "client_cert", "pkcs8 with passphrase", kWantsPassphrase},
        Unusable{"sec1_with_passphrase", "client_cert", "sec1 with passphrase", kWantsPassphrase}),
    [](const auto& row) { return std::string(row.param.name); });

/// In a process with a terminal of its own, at which nobody types: a question would never end.
std::string failure_at_a_terminal(const Endpoint& endpoint) {
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    alarm(20);
    const std::string text = get(*connect(endpoint), "/echo").failure_text;
    (void)!write(STDOUT_FILENO, text.data(), text.size());
    _exit(0);
  }
  std::string text;
  std::array<char, 1024> some{};
  for (ssize_t n = 0; (n = read(terminal, some.data(), some.size())) > 0;)
    text.append(some.data(), static_cast<std::size_t>(n));
  close(terminal);
  waitpid(child, nullptr, 0);
  return text;
}

TEST_P(UnusableClientKey, IsToldAndNobodyIsAsked) {
  Endpoint endpoint = server_.endpoint("http2");
  endpoint.client_cert_pem = pem(GetParam().cert);
  endpoint.client_key_pem = pem(GetParam().key);
  EXPECT_EQ(failure_at_a_terminal(endpoint), endpoint.url + ": " + GetParam().problem);
}

}  // namespace
}  // namespace asmgw::test
