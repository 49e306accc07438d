#include "kube/exec_credential.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace asmgw::kube {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kV1 = "client.authentication.k8s.io/v1";
const ExecConfig kConfig{.api_version = kV1, .command = "plugin", .interactive_mode = "Never"};

TEST(ExecInfo, IsWhatClientGoSends) {
  EXPECT_EQ(exec_info(kConfig, false, nullptr),
            R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",)"
            R"("spec":{"interactive":false}})");
}

TEST(ExecInfo, TellsOfTheCluster) {
  ExecCluster cluster;
  cluster.endpoint.url = "https://a:6443";
  cluster.endpoint.ca_pem = "CA";
  cluster.endpoint.tls_server_name = "kube";
  cluster.config_json = R"({"audience":"x"})";
  EXPECT_EQ(exec_info(kConfig, true, &cluster),
            R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",)"
            R"("spec":{"cluster":{"server":"https://a:6443","tls-server-name":"kube",)"
            R"("certificate-authority-data":"Q0E=","config":{"audience":"x"}},)"
            R"("interactive":true}})");
}

std::string credential(const std::string& status) {
  return R"({"kind":"ExecCredential","apiVersion":")" + kV1 + R"(","status":)" + status + "}";
}

TEST(ExecCredential, HasATokenAndItsEnd) {
  const ExecCredential read = read_exec_credential(
      kConfig, credential(R"({"token":"t","expirationTimestamp":"2026-11-24T06:00:00+08:00"})"));
  EXPECT_EQ(read.proof, (Proof{.authorization = "Bearer t"}));
  EXPECT_EQ(read.expires, parse_rfc3339("2026-11-23T22:00:00Z"));
}

TEST(ExecCredential, HasACertificate) {
  const ExecCredential read = read_exec_credential(
      kConfig, credential(R"({"clientCertificateData":"C","clientKeyData":"K"})"));
  EXPECT_EQ(read.proof, (Proof{.client_cert_pem = "C", .client_key_pem = "K"}));
  EXPECT_FALSE(read.expires);
}

TEST(ExecCredential, MayBeYaml) {
  EXPECT_EQ(read_exec_credential(
                kConfig, "kind: ExecCredential\napiVersion: " + kV1 + "\nstatus: {token: t}\n")
                .proof.authorization,
            "Bearer t");
}

TEST(ExecCredential, MayLackItsKind) {
  EXPECT_EQ(read_exec_credential(kConfig, "apiVersion: " + kV1 + "\nstatus: {token: t}\n")
                .proof.authorization,
            "Bearer t");
}

struct RefusedOutput {
  const char* name;
  std::string output;
  const char* message;
};

class ExecCredentialRefused : public testing::TestWithParam<RefusedOutput> {};

TEST_P(ExecCredentialRefused, SaysWhyAndNoWordOfIt) {
  try {
    read_exec_credential(kConfig, GetParam().output);
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.finding().code->name, "unauthorized");
    EXPECT_EQ(error.finding().message, std::string("getting credentials: ") + GetParam().message);
    EXPECT_THAT(error.finding().hint, HasSubstr("plugin"));
    EXPECT_THAT(error.finding().message + error.finding().hint, Not(HasSubstr("sesame")));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, ExecCredentialRefused,
    testing::Values(
        RefusedOutput{"Nothing", "", "decoding stdout: it is no ExecCredential object"},
        RefusedOutput{"NoJson", "sesame: [", "decoding stdout: it is no ExecCredential object"},
        RefusedOutput{"List", "[]", "decoding stdout: it is no ExecCredential object"},
        RefusedOutput{"OtherKind", R"({"kind":"Sesame"})",
                      "decoding stdout: its kind is not ExecCredential"},
        RefusedOutput{"OtherVersion",
                      R"({"kind":"ExecCredential","apiVersion":)"
                      R"("client.authentication.k8s.io/v1beta1","status":{"token":"sesame"}})",
                      "exec plugin is configured to use API version "
                      "client.authentication.k8s.io/v1, plugin returned version "
                      "client.authentication.k8s.io/v1beta1"},
        RefusedOutput{"NoStatus", credential("null"), "exec plugin didn't return a status field"},
        RefusedOutput{"EmptyStatus", credential("{}"),
                      "exec plugin didn't return a token or cert/key pair"},
        RefusedOutput{"KeyAlone", credential(R"({"clientKeyData":"sesame"})"),
                      "exec plugin returned only certificate or key, not both"},
        RefusedOutput{"TokenIsANumber", credential(R"({"token":17})"),
                      "decoding stdout: token is no text"},
        RefusedOutput{"LineBreak", credential(R"({"token":"sesame\n"})"),
                      "the token has a line break or control byte"},
        RefusedOutput{"NoTime", credential(R"({"token":"t","expirationTimestamp":"soon"})"),
                      "decoding stdout: expirationTimestamp is no RFC 3339 time"}),
    [](const auto& test) { return test.param.name; });

TEST(Rfc3339, ReadsTimesOnly) {
  const auto noon = parse_rfc3339("2026-11-24T12:00:00Z");
  ASSERT_TRUE(noon);
  EXPECT_EQ(noon->time_since_epoch(), std::chrono::seconds(1795521600));
  EXPECT_EQ(parse_rfc3339("2026-11-24T12:00:00.25Z"), noon);
  EXPECT_EQ(parse_rfc3339("2026-11-24T07:30:00-04:30"), noon);
  for (const char* text :
       {"", "2026-11-24", "2026-11-24T12:00:00", "2026-13-24T12:00:00Z", "2026-11-24T12:00:00.Z5",
        "2026-11-24T12:00:00+4:30", "2026-11-24 12:00:00Z", "2026-11-24T25:00:00Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

}  // namespace
}  // namespace asmgw::kube
