#include "kube/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/base64.h"
#include "tests/support/memory_files.h"

namespace asmgw::kube {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kPem = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
const std::string kPemData =
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBPT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";

const std::map<std::string, std::string> kFiles = {
    {"/pki/ca.crt", "-----BEGIN ca"},
    {"/pki/c.crt", "-----BEGIN crt"},
    {"/pki/c.key", "-----BEGIN key"},
    {"/pki/empty", ""},
    {"/pki/secret", test::kUnreadable},
    {"/pki/token", "  from-file\n"},
    {"/pki/garbage", "not a key at all"},
    {"/pki/locked.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----"}};

const std::string kV1 = "client.authentication.k8s.io/v1";

const ClusterEntry kHttps = {.server = "https://a:6443",
                             .ca_data = {},
                             .ca_file = {},
                             .tls_server_name = {},
                             .proxy_url = {}};

class StillClock : public Clock {
 public:
  std::chrono::system_clock::time_point now() override { return {}; }
  void sleep(std::chrono::milliseconds, std::stop_token) override {}
};

Resolved resolved(const ClusterEntry& cluster, const UserEntry& user) {
  Resolved result;
  result.id = "ID";
  result.context = "c";
  result.file = "/k/config";
  result.cluster_name = "kubernetes";
  result.cluster_file = "/k/a";
  result.user_name = "admin";
  result.user_file = "/k/b";
  result.cluster = cluster;
  result.user = user;
  return result;
}

/// What kubeconfig entries give, with what the login proves at first in its place.
Endpoint endpoint(const ClusterEntry& cluster, const UserEntry& user, Findings& findings) {
  StillClock clock;
  const FileAccess files = test::memory_files(kFiles);
  Plugins plugins({.run = {}, .files = files, .clock = clock},
                  [](Findings&) { return PluginPolicy{}; });
  const Access access = access_of(resolved(cluster, user), {files, clock, plugins}, findings);
  Endpoint endpoint = access.endpoint;
  if (endpoint.url.empty()) return endpoint;
  const Proof proof = access.login.current({});
  endpoint.authorization = proof.authorization;
  endpoint.client_cert_pem = proof.client_cert_pem;
  endpoint.client_key_pem = proof.client_key_pem;
  return endpoint;
}

ClusterEntry cluster_with(void (*change)(ClusterEntry&)) {
  ClusterEntry cluster = kHttps;
  change(cluster);
  return cluster;
}

UserEntry user_with(void (*change)(UserEntry&)) {
  UserEntry user;
  change(user);
  return user;
}

struct ServerCase {
  const char* name;
  const char* server;
  const char* url;
};

class EndpointUrl : public testing::TestWithParam<ServerCase> {};

TEST_P(EndpointUrl, IsTheServerAsKubectlReadsIt) {
  Findings findings;
  ClusterEntry cluster = kHttps;
  cluster.server = GetParam().server;
  EXPECT_EQ(endpoint(cluster, {}, findings).url, GetParam().url);
  EXPECT_THAT(findings.all(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, EndpointUrl,
    testing::Values(
        ServerCase{"Plain", "https://a:6443", "https://a:6443"},
        ServerCase{"SlashAtTheEnd", "https://a:6443/", "https://a:6443"},
        ServerCase{"Prefix", "https://a/k8s/c-1/", "https://a/k8s/c-1"},
        ServerCase{"PathWithOddSteps", "https://a//k8s/./x/../c-1//", "https://a/k8s/c-1"},
        ServerCase{"PathAboveTheRoot", "https://a/../c-1", "https://a/c-1"},
        ServerCase{"PathOfDots", "https://a/x/..", "https://a"},
        ServerCase{"PathDecoded", "https://a/%6b8s%2Fc%201/é", "https://a/k8s/c%201/%C3%A9"},
        ServerCase{"Query", "https://a/x?y=1#z", "https://a/x"},
        ServerCase{"Scheme", "HTTPS://a", "https://a"}, ServerCase{"Http", "http://a", "http://a"},
        ServerCase{"NoScheme", "a:6443", "http://a:6443"},
        ServerCase{"Ipv6", "https://[::1]:6443", "https://[::1]:6443"}),
    [](const auto& param) { return param.param.name; });

TEST(Endpoint, TakesDataOverNothingAndFilesWhereThereIsNoData) {
  Findings findings;
  const Endpoint data = endpoint(
      cluster_with([](ClusterEntry& cluster) {
        cluster.ca_data = kPemData;
        cluster.tls_server_name = "kube";
      }),
      user_with([](UserEntry& user) { user.cert_data = user.key_data = kPemData; }), findings);
  EXPECT_EQ(data.ca_pem, kPem);
  EXPECT_EQ(data.client_cert_pem, kPem);
  EXPECT_EQ(data.client_key_pem, kPem);
  EXPECT_EQ(data.tls_server_name, "kube");
  EXPECT_EQ(data.authorization, "");
  EXPECT_FALSE(data.insecure);
  const Endpoint files =
      endpoint(cluster_with([](ClusterEntry& cluster) { cluster.ca_file = "/pki/ca.crt"; }),
               user_with([](UserEntry& user) {
                 user.cert_file = "/pki/c.crt";
                 user.key_file = "/pki/c.key";
               }),
               findings);
  EXPECT_EQ(files.ca_pem, "-----BEGIN ca");
  EXPECT_EQ(files.client_cert_pem, "-----BEGIN crt");
  EXPECT_EQ(files.client_key_pem, "-----BEGIN key");
  EXPECT_THAT(findings.all(), IsEmpty());
}

TEST(Endpoint, WithoutHttpsNothingIsLoaded) {
  Findings findings;
  const Endpoint found = endpoint(cluster_with([](ClusterEntry& cluster) {
                                    cluster.server = "http://a";
                                    cluster.ca_file = "/pki/ca.crt";
                                    cluster.tls_server_name = "kube";
                                  }),
                                  user_with([](UserEntry& user) {
                                    user.token_file = "/pki/nope";
                                    user.cert_data = user.key_data = "garbage!";
                                  }),
                                  findings);
  EXPECT_THAT(findings.all(), IsEmpty());
  EXPECT_EQ(found.url, "http://a");
  EXPECT_EQ(found.ca_pem + found.client_cert_pem + found.client_key_pem + found.authorization +
                found.tls_server_name,
            "");
}

TEST(Endpoint, WithoutHttpsFilesMustBeThereAllTheSame) {
  Findings findings;
  const Endpoint found = endpoint(cluster_with([](ClusterEntry& cluster) {
                                    cluster.server = "http://a";
                                    cluster.ca_file = "/pki/nope";
                                  }),
                                  user_with([](UserEntry& user) {
                                    user.cert_file = "/pki/nope";
                                    user.key_file = "/pki/c.key";
                                  }),
                                  findings);
  ASSERT_EQ(findings.all().size(), 2U);
  EXPECT_THAT(findings.all()[0].message, HasSubstr("unable to read certificate-authority"));
  EXPECT_THAT(findings.all()[1].message, HasSubstr("unable to read client-cert"));
  EXPECT_EQ(found.url, "");
}

TEST(Endpoint, AUserInTheUrlBeatsTheToken) {
  Findings findings;
  const Endpoint found =
      endpoint(cluster_with([](ClusterEntry& cluster) { cluster.server = "https://u:p@a"; }),
               user_with([](UserEntry& user) {
                 user.token = "T";
                 user.cert_data = user.key_data = kPemData;
               }),
               findings);
  EXPECT_EQ(found.url, "https://u:p@a");
  EXPECT_EQ(found.authorization, "");  // the transport makes it of the URL
  EXPECT_EQ(found.client_cert_pem, kPem);
}

TEST(Endpoint, InsecureIsTaken) {
  Findings findings;
  EXPECT_TRUE(
      endpoint(cluster_with([](ClusterEntry& cluster) { cluster.insecure = true; }), {}, findings)
          .insecure);
  EXPECT_THAT(findings.all(), IsEmpty());
}

struct AuthorizationCase {
  const char* name;
  UserEntry user;
  const char* authorization;
};

class EndpointAuthorization : public testing::TestWithParam<AuthorizationCase> {};

TEST_P(EndpointAuthorization, IsTheOneThatKubectlSends) {
  Findings findings;
  EXPECT_EQ(endpoint(kHttps, GetParam().user, findings).authorization, GetParam().authorization);
  EXPECT_THAT(findings.all(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, EndpointAuthorization,
    testing::Values(
        AuthorizationCase{"None", {}, ""},
        AuthorizationCase{"Token", user_with([](UserEntry& u) { u.token = "t"; }), "Bearer t"},
        AuthorizationCase{"TokenFileIsTrimmed",
                          user_with([](UserEntry& u) { u.token_file = "/pki/token"; }),
                          "Bearer from-file"},
        AuthorizationCase{"TokenFileBeatsToken", user_with([](UserEntry& u) {
                            u.token_file = "/pki/token";
                            u.token = "t";
                          }),
                          "Bearer from-file"},
        AuthorizationCase{"MissingTokenFileFallsBack", user_with([](UserEntry& u) {
                            u.token_file = "/pki/nope";
                            u.token = "t";
                          }),
                          "Bearer t"},
        AuthorizationCase{"Basic", user_with([](UserEntry& u) {
                            u.username = "Aladdin";
                            u.password = "open sesame";
                          }),
                          "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="},
        AuthorizationCase{"BasicWithoutPassword",
                          user_with([](UserEntry& u) { u.username = "ab"; }), "Basic YWI6"},
        AuthorizationCase{"TokenBesideExec", user_with([](UserEntry& u) {
                            u.token = "t";
                            u.exec = ExecConfig{.api_version = kV1,
                                                .command = "plugin",
                                                .interactive_mode = "Never"};
                          }),
                          "Bearer t"},
        AuthorizationCase{"KeyWithoutCertificate",
                          user_with([](UserEntry& u) { u.key_file = "/pki/c.key"; }), ""}),
    [](const auto& param) { return param.param.name; });

struct RefusedCase {
  const char* name;
  ClusterEntry cluster;
  UserEntry user;
  const char* message;
};

class EndpointRefused : public testing::TestWithParam<RefusedCase> {};

TEST_P(EndpointRefused, NamesFileAndEntry) {
  Findings findings;
  const Endpoint found = endpoint(GetParam().cluster, GetParam().user, findings);
  EXPECT_EQ(found.url, "");
  EXPECT_EQ(found.authorization + found.client_key_pem, "");
  ASSERT_EQ(findings.all().size(), 1u);
  const Finding& problem = findings.all().front();
  EXPECT_EQ(problem.code->name, "bad-kubeconfig");
  EXPECT_EQ(problem.message, std::string("ID: ") + GetParam().message);
  EXPECT_EQ(problem.why,
            GetParam().cluster == kHttps ? "/k/b, user \"admin\"" : "/k/a, cluster \"kubernetes\"");
}

RefusedCase cluster_case(const char* name, void (*change)(ClusterEntry&), const char* message) {
  return {name, cluster_with(change), {}, message};
}

INSTANTIATE_TEST_SUITE_P(
    Cluster, EndpointRefused,
    testing::Values(
        cluster_case(
            "NoServer", [](ClusterEntry& c) { c.server = ""; },
            "no server found for cluster \"kubernetes\""),
        cluster_case(
            "NoSchemeButAPath", [](ClusterEntry& c) { c.server = "a:1/x"; },
            "host must be a URL or a host:port pair: \"a:1/x\""),
        cluster_case(
            "OtherScheme", [](ClusterEntry& c) { c.server = "ftp://a"; },
            "unsupported protocol scheme \"ftp\""),
        cluster_case(
            "NoHost", [](ClusterEntry& c) { c.server = "https://"; }, "server is not a URL"),
        cluster_case(
            "LineBreak", [](ClusterEntry& c) { c.server = "https://a\r\nb"; },
            "server is not a URL"),
        cluster_case(
            "Proxy", [](ClusterEntry& c) { c.proxy_url = "ftp://p"; },
            "invalid 'proxy-url' for cluster \"kubernetes\""),
        cluster_case(
            "TwoCas",
            [](ClusterEntry& c) {
              c.ca_data = kPemData;
              c.ca_file = "/pki/ca.crt";
            },
            "certificate-authority-data and certificate-authority are both specified for "
            "kubernetes"),
        cluster_case(
            "InsecureWithCa",
            [](ClusterEntry& c) {
              c.insecure = true;
              c.ca_file = "/pki/ca.crt";
            },
            "specifying a root certificates file with the insecure flag is not allowed"),
        cluster_case(
            "MissingCa", [](ClusterEntry& c) { c.ca_file = "/pki/nope"; },
            "unable to read certificate-authority /pki/nope for kubernetes due to open "
            "/pki/nope: no such file or directory"),
        cluster_case(
            "UnreadableCa", [](ClusterEntry& c) { c.ca_file = "/pki/secret"; },
            "unable to read certificate-authority /pki/secret for kubernetes due to open "
            "/pki/secret: permission denied"),
        cluster_case(
            "EmptyCaWouldTrustTheSystemsRoots", [](ClusterEntry& c) { c.ca_file = "/pki/empty"; },
            "/pki/empty of kubernetes holds no PEM block"),
        cluster_case(
            "CaIsNoPem", [](ClusterEntry& c) { c.ca_data = "YWJj"; },
            "certificate-authority-data of kubernetes holds no PEM block"),
        cluster_case(
            "CaIsNotBase64", [](ClusterEntry& c) { c.ca_data = "!!!!"; },
            "certificate-authority-data of kubernetes is not base64")),
    [](const auto& param) { return param.param.name; });

RefusedCase user_case(const char* name, void (*change)(UserEntry&), const char* message) {
  return {name, kHttps, user_with(change), message};
}

INSTANTIATE_TEST_SUITE_P(
    User, EndpointRefused,
    testing::Values(
        user_case(
            "ExecWithoutCommand",
            [](UserEntry& u) { u.exec = {.api_version = kV1, .interactive_mode = "Never"}; },
            "command must be specified for admin to use exec authentication plugin"),
        user_case(
            "ExecOfAnotherVersion",
            [](UserEntry& u) {
              u.exec = {.api_version = "client.authentication.k8s.io/v1alpha1", .command = "p"};
            },
            "exec plugin: invalid apiVersion \"client.authentication.k8s.io/v1alpha1\""),
        user_case(
            "ExecWithoutMode", [](UserEntry& u) { u.exec = {.api_version = kV1, .command = "p"}; },
            "interactiveMode must be specified for admin to use exec authentication plugin"),
        user_case(
            "ExecWithAnotherMode",
            [](UserEntry& u) {
              u.exec = {.api_version = kV1, .command = "p", .interactive_mode = "Maybe"};
            },
            "invalid interactiveMode for admin: \"Maybe\""),
        user_case(
            "AuthProvider", [](UserEntry& u) { u.has_auth_provider = true; },
            "user admin uses an auth-provider, which was removed; use exec"),
        user_case(
            "GroupsOfNobody", [](UserEntry& u) { u.impersonation.groups = {"g"}; },
            "requesting uid, groups or user-extra for admin without impersonating a user"),
        user_case(
            "EncryptedKey",
            [](UserEntry& u) {
              u.cert_file = "/pki/c.crt";
              u.key_file = "/pki/locked.key";
            },
            "the client key of admin is encrypted"),
        user_case(
            "TokenAndBasic", [](UserEntry& u) { u.token = u.username = "x"; },
            "more than one authentication method found for admin; found [token basicAuth], "
            "only one is allowed"),
        user_case(
            "NoKey", [](UserEntry& u) { u.cert_data = kPemData; },
            "client-key-data or client-key must be specified for admin to use the clientCert "
            "authentication method"),
        user_case(
            "TwoCertificates",
            [](UserEntry& u) {
              u.cert_data = u.key_data = kPemData;
              u.cert_file = "/pki/c.crt";
            },
            "client-cert-data and client-cert are both specified for admin"),
        user_case(
            "TwoKeys",
            [](UserEntry& u) {
              u.cert_data = u.key_data = kPemData;
              u.key_file = "/pki/c.key";
            },
            "client-key-data and client-key are both specified for admin"),
        user_case(
            "MissingCertificate",
            [](UserEntry& u) {
              u.cert_file = "/pki/nope";
              u.key_file = "/pki/c.key";
            },
            "unable to read client-cert /pki/nope for admin due to open /pki/nope: no such "
            "file or directory"),
        user_case(
            "KeyIsNotBase64",
            [](UserEntry& u) {
              u.cert_data = kPemData;
              u.key_data = "AAA";
            },
            "client-key-data of admin is not base64"),
        user_case(
            "CertificateIsNotBase64",
            [](UserEntry& u) {
              u.cert_data = "AAAA AAAA";
              u.key_data = kPemData;
            },
            "client-certificate-data of admin is not base64"),
        user_case(
            "KeyIsNoPem",
            [](UserEntry& u) {
              u.cert_file = "/pki/c.crt";
              u.key_file = "/pki/garbage";
            },
            "/pki/garbage of admin holds no PEM block"),
        user_case(
            "MissingTokenFile", [](UserEntry& u) { u.token_file = "/pki/nope"; },
            "open /pki/nope: no such file or directory"),
        user_case(
            "EmptyTokenFile", [](UserEntry& u) { u.token_file = "/pki/empty"; },
            "read empty token from file \"/pki/empty\""),
        user_case(
            "LineBreakInToken", [](UserEntry& u) { u.token = "a\r\nX-Evil: 1"; },
            "the token has a line break or control byte")),
    [](const auto& param) { return param.param.name; });

TEST(Endpoint, SaysEverythingAtOnceAndNoSecret) {
  Findings findings;
  endpoint(cluster_with([](ClusterEntry& cluster) { cluster.ca_data = "sesame-ca"; }),
           user_with([](UserEntry& user) {
             user.token = "sesame-token\n";
             user.cert_data = "sesame-cert";
             user.key_data = "sesame-key";
           }),
           findings);
  EXPECT_EQ(findings.all().size(), 4u);
  for (const Finding& found : findings.all())
    EXPECT_THAT(found.message + found.why + found.hint, Not(HasSubstr("sesame")));
}

struct Base64Case {
  const char* name;
  std::string text;
  std::optional<std::string> bytes;
};

class Base64 : public testing::TestWithParam<Base64Case> {};

TEST_P(Base64, IsStrict) { EXPECT_EQ(decode_base64(GetParam().text), GetParam().bytes); }

INSTANTIATE_TEST_SUITE_P(
    All, Base64,
    testing::Values(Base64Case{"Empty", "", ""}, Base64Case{"One", "Zg==", "f"},
                    Base64Case{"Two", "Zm8=", "fo"}, Base64Case{"Three", "Zm9v", "foo"},
                    Base64Case{"Six", "Zm9vYmFy", "foobar"},
                    Base64Case{"HighBytes", "/+8A", std::string("\xff\xef\0", 3)},
                    Base64Case{"LineBreaks", "Zm9v\nYmE=\r\n", "fooba"},
                    Base64Case{"NoPadding", "Zg", {}}, Base64Case{"HalfThePadding", "Zg=", {}},
                    Base64Case{"TooMuchPadding", "Zm8==", {}},
                    Base64Case{"OnlyPadding", "====", {}}, Base64Case{"OneDigit", "Z===", {}},
                    Base64Case{"Blank", "Zm9v Zg==", {}}, Base64Case{"UrlAlphabet", "-_8A", {}},
                    Base64Case{"TextAfterPadding", "Zg==Zg==", {}},
                    Base64Case{"Nul", std::string("Zm\0v", 4), {}}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace asmgw::kube
