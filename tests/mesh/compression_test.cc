// Do Istio's own judge and a real Envoy accept our EnvoyFilter, with every value that we allow? And
// do they refuse what we refuse?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "base/tree.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "gateway/validate.h"
#include "survey/wanted.h"

namespace asmgw {
namespace {

using testing::HasSubstr;

struct Outcome {
  int code = -1;
  std::string out;  ///< with standard error
};

Outcome run(const std::string& command) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  Outcome outcome;
  std::array<char, 4096> buffer;
  while (const std::size_t got = fread(buffer.data(), 1, buffer.size(), pipe)) {
    outcome.out.append(buffer.data(), got);
  }
  outcome.code = pclose(pipe);
  return outcome;
}

/// A file of this test, gone with it.
class File {
 public:
  File(const std::string& name, const std::string& text)
      : path_(testing::TempDir() + "asmgw-" + std::to_string(getpid()) + "-" + name) {
    std::ofstream(path_) << text;
  }
  ~File() { std::remove(path_.c_str()); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// What we make of a gateway with this compression, as flow YAML; null when we refuse it.
Json envoy_filter(const std::string& compression) {
  Findings findings;
  const Source& source = findings.keep(
      {"g",
       "{apiVersion: istio.alibabacloud.com/v1beta1, kind: IstioGateway, metadata: {name: web},"
       " spec: {clusterIds: [c1], ports: [{port: 80}], compression: " +
           compression + "}}"});
  int skipped = 0;
  const std::vector<Gateway> gateways =
      read_gateways(parse_yaml(source, findings), skipped, findings);
  validate(gateways, {"istio-system", false, {}}, findings);
  if (findings.has_errors()) return nullptr;
  const Goal goal{AsManifest{{effective(gateways.at(0), "", "istio-system", {})}, {}},
                  Place::ControlPlane};
  return *wanted(goal, {}, findings).at(0).body;
}

/// The filter inside: what istiod hands to Envoy.
Json http_filter(const Json& envoy_filter) {
  return envoy_filter["spec"]["configPatches"][0]["patch"]["value"];
}

/// A listener whose one filter chain has the filter before the router.
Json listener(const Json& filter, int number) {
  const std::string types = "type.googleapis.com/envoy.extensions.filters.";
  const Json router{{"name", "envoy.filters.http.router"},
                    {"typed_config", {{"@type", types + "http.router.v3.Router"}}}};
  const Json manager{{"@type", types + "network.http_connection_manager.v3.HttpConnectionManager"},
                     {"stat_prefix", "test"},
                     {"route_config", Json::object()},
                     {"http_filters", Json::array({filter, router})}};
  const Json chain{{"filters", Json::array({{{"name", "manager"}, {"typed_config", manager}}})}};
  return {{"name", "listener-" + std::to_string(number)},
          {"address", {{"socket_address", {{"address", "127.0.0.1"}, {"port_value", number}}}}},
          {"filter_chains", Json::array({chain})}};
}

Outcome envoy_judges(const Json& listeners) {
  const File bootstrap("bootstrap.json", dump({{"static_resources", {{"listeners", listeners}}}}));
  return run("$(" ASMGW_SOURCE_DIR "/tests/mesh/envoy) --mode validate --log-level warning -c " +
             bootstrap.path());
}

/// Every text that is made of one of each list's texts.
std::vector<std::string> product(const std::vector<std::vector<std::string>>& lists) {
  std::vector<std::string> all = {""};
  for (const std::vector<std::string>& list : lists) {
    std::vector<std::string> longer;
    for (const std::string& text : all) {
      for (const std::string& next : list) longer.push_back(text + next);
    }
    all = std::move(longer);
  }
  return all;
}

const std::vector<std::string> kLevels = {"",
                                          "compression_level: DEFAULT_COMPRESSION,",
                                          "compression_level: BEST_SPEED,",
                                          "compression_level: BEST_COMPRESSION,",
                                          "compression_level: COMPRESSION_LEVEL_1,",
                                          "compression_level: COMPRESSION_LEVEL_2,",
                                          "compression_level: COMPRESSION_LEVEL_3,",
                                          "compression_level: COMPRESSION_LEVEL_4,",
                                          "compression_level: COMPRESSION_LEVEL_5,",
                                          "compression_level: COMPRESSION_LEVEL_6,",
                                          "compression_level: COMPRESSION_LEVEL_7,",
                                          "compression_level: COMPRESSION_LEVEL_8,",
                                          "compression_level: COMPRESSION_LEVEL_9,"};
const std::vector<std::string> kStrategies = {"",
                                              "compression_strategy: DEFAULT_STRATEGY,",
                                              "compression_strategy: FILTERED,",
                                              "compression_strategy: FIXED,",
                                              "compression_strategy: HUFFMAN_ONLY,",
                                              "compression_strategy: RLE,"};
const std::vector<std::string> kSizes = product({{"", "memory_level: 1,", "memory_level: 9,"},
                                                 {"", "window_bits: 9,", "window_bits: 15,"},
                                                 {"", "chunk_size: 4096,", "chunk_size: 65536,"}});
const std::vector<std::string> kResponses = product(
    {{"", "min_content_length: 0,", "min_content_length: 30,", "min_content_length: 4294967295,"},
     {"", "content_type: [text/html],", "content_type: [text/html, application/json],"},
     {"", "disable_on_etag_header: false,", "disable_on_etag_header: true,"},
     {"", "remove_accept_encoding_header: false,", "remove_accept_encoding_header: true,"}});

TEST(Compression, EnvoyTakesEveryCombinationThatWeAllow) {
  // all of gzip's, each beside another one of the others
  const std::vector<std::string> gzips = product({kSizes, kLevels, kStrategies});
  ASSERT_GT(gzips.size(), kResponses.size());
  Json listeners = Json::array();
  for (std::size_t i = 0; i < gzips.size(); ++i) {
    const std::string compression =
        "{enabled: true, " + kResponses[i % kResponses.size()] + " gzip: {" + gzips[i] + "}}";
    const Json filter = envoy_filter(compression);
    ASSERT_FALSE(filter.is_null()) << compression;
    listeners.push_back(listener(http_filter(filter), 10000 + static_cast<int>(i)));
  }
  const Outcome outcome = envoy_judges(listeners);
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("OK"));
}

TEST(Compression, EnvoyRefusesTheNumbersThatWeRefuse) {
  struct Row {
    std::string field;
    std::vector<std::int64_t> wrong;
  };
  const Row rows[] = {{"memory_level", {0, 10}},
                      {"window_bits", {8, 16}},
                      {"chunk_size", {4095, 65537}},
                      {"min_content_length", {-1, 4294967296}}};
  for (const Row& row : rows) {
    for (const std::int64_t number : row.wrong) {
      SCOPED_TRACE(row.field + ": " + std::to_string(number));
      const bool is_gzips = row.field != "min_content_length";
      const std::string setting = row.field + ": " + std::to_string(number);
      EXPECT_TRUE(envoy_filter("{enabled: true, " + (is_gzips ? "" : setting + ", ") + "gzip: {" +
                               (is_gzips ? setting : "") + "}}")
                      .is_null());
      Json filter = http_filter(
          envoy_filter("{enabled: true, min_content_length: 30, gzip: {window_bits: 15}}"));
      Json& config = filter["typed_config"];
      (is_gzips ? config["compressor_library"]["typed_config"]
                : config["response_direction_config"]["common_config"])[row.field] = number;
      const Outcome outcome = envoy_judges(Json::array({listener(filter, 10000)}));
      EXPECT_NE(outcome.code, 0) << outcome.out;
      EXPECT_THAT(outcome.out,
                  HasSubstr(is_gzips ? "value must be inside range" : "min_content_length"));
    }
  }
}

TEST(Compression, EnvoyRefusesTheWordsThatWeRefuse) {
  for (const std::string setting :
       {"compression_level: COMPRESSION_LEVEL_10", "compression_strategy: BEST"}) {
    SCOPED_TRACE(setting);
    EXPECT_TRUE(envoy_filter("{enabled: true, gzip: {" + setting + "}}").is_null());
    Json filter = http_filter(envoy_filter("{enabled: true, gzip: {}}"));
    const std::size_t colon = setting.find(':');
    filter["typed_config"]["compressor_library"]["typed_config"][setting.substr(0, colon)] =
        setting.substr(colon + 2);
    EXPECT_NE(envoy_judges(Json::array({listener(filter, 10000)})).code, 0);
  }
}

Json istioctl_judges(const Json& envoy_filter) {
  const File file("filter.yaml", dump(envoy_filter));
  const Outcome outcome = run("\"$(" ASMGW_SOURCE_DIR
                              "/tests/devcluster/build mesh)/istioctl\" analyze "
                              "--all-namespaces --use-kube=false --output json " +
                              file.path());
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  const Json messages = Json::parse(outcome.out, nullptr, /*allow_exceptions=*/false);
  EXPECT_TRUE(messages.is_array()) << outcome.out;
  return messages;
}

TEST(Compression, IstioctlFindsNothingButWhatItSaysOfEveryEnvoyFilter) {
  for (const std::string compression :
       {"{enabled: true, gzip: {}}",
        "{enabled: true, min_content_length: 1024, content_type: [text/html],"
        " disable_on_etag_header: true, remove_accept_encoding_header: true,"
        " gzip: {memory_level: 9, window_bits: 15, chunk_size: 65536,"
        " compression_level: BEST_COMPRESSION, compression_strategy: RLE}}"}) {
    SCOPED_TRACE(compression);
    const Json messages = istioctl_judges(envoy_filter(compression));
    ASSERT_EQ(messages.size(), 1u) << messages.dump(1);
    EXPECT_EQ(messages[0]["code"], "IST0133");
    EXPECT_THAT(messages[0]["message"].get<std::string>(),
                HasSubstr("EnvoyFilter exposes internal implementation details"));
  }
}

TEST(Compression, IstioctlWouldSayMore) {
  Json without_priority = envoy_filter("{enabled: true, gzip: {}}");
  without_priority["spec"].erase("priority");
  EXPECT_THAT(istioctl_judges(without_priority).dump(), HasSubstr("IST0151"));
  Json misspelt = envoy_filter("{enabled: true, gzip: {}}");
  misspelt["spec"]["configPatches"][0]["patch"]["value"]["typed_config"]["compressor_library"]
          ["typed_config"]["window_bit"] = 9;
  EXPECT_THAT(istioctl_judges(misspelt).dump(), HasSubstr("unknown field"));
}

}  // namespace
}  // namespace asmgw
