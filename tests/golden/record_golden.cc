// What do real API servers answer to a golden case's command? Runs it against devclusters and
// writes live/<ID>.json.
// usage: record_golden CASE_FOLDER DEVCLUSTER_FOLDER
//
// The program sees exactly what it sees in the test, but for the transports. A file
// {"unreachable": …} or {"as": ID} is kept; the clusters of the latter are played by ID's.
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <map>

#include "io/curl_transport.h"
#include "support/golden/case.h"

namespace asmgw::test {
namespace {

namespace fs = std::filesystem;

/// The user that asmgw is in that cluster: of the case's file `users` (ID NAME), else the admin.
std::string user_of(const GoldenCase& golden, const std::string& cluster) {
  std::ifstream users(golden.folder / "users");
  for (std::string id, name; users >> id >> name;) {
    if (id == cluster) return name;
  }
  return "admin";
}

Endpoint endpoint_of(const fs::path& cluster, const std::string& user) {
  Endpoint endpoint;
  std::getline(std::ifstream(cluster / "server"), endpoint.url);
  endpoint.ca_pem = file_text(cluster / "ca.crt");
  endpoint.client_cert_pem = file_text(cluster / (user + ".crt"));
  endpoint.client_key_pem = file_text(cluster / (user + ".key"));
  return endpoint;
}

/// Writes a cluster's recording; says what is wrong with it.
std::string save(const GoldenCase& golden, const std::string& id, const Recorder& recorder,
                 const std::string& server) {
  if (!recorder.problems().empty()) return recorder.problems().front();
  if (recorder.exchanges().empty()) return "it was never asked";
  const std::string text = recording_text(recorder.exchanges());
  const std::string host = server.substr(server.find("://") + 3);
  if (text.find(host) != std::string::npos) return "the recording names the server, " + host;
  std::ofstream(golden.folder / "live" / (id + ".json"), std::ios::binary) << text;
  return {};
}

int record(const fs::path& folder, const fs::path& devclusters) {
  const GoldenCase golden = read_case(folder);
  std::map<std::string, Recorder> recorders;
  std::map<std::string, std::unique_ptr<Replay>> unreachable;
  for (const auto& [id, recording] : golden.live) {
    recorders[id];
    unreachable[id] = std::make_unique<Replay>(id, recording);
  }
  const auto real_endpoint = [&](const std::string& id) {
    const std::string& same_as = golden.live.at(id).same_as;
    return endpoint_of(devclusters / (same_as.empty() ? id : same_as), user_of(golden, id));
  };
  const Outcome outcome =
      run_case(golden, [&](const std::string& id) -> std::unique_ptr<Transport> {
        const auto recording = golden.live.find(id);
        if (recording == golden.live.end()) return nullptr;
        if (!recording->second.unreachable.empty()) return replay_transport(*unreachable.at(id));
        return recorders.at(id).wrap(io::connect_with_curl(real_endpoint(id), {}));
      });
  std::cout << outcome.out << outcome.err << "exit " << outcome.exit_code << "\n";
  bool failed = !outcome.problems.empty();
  for (const std::string& problem : outcome.problems) std::cerr << "error: " << problem << "\n";
  for (const auto& [id, recording] : golden.live) {
    if (!recording.is_recorded()) continue;
    const std::string problem = save(golden, id, recorders.at(id), real_endpoint(id).url);
    if (problem.empty()) continue;
    std::cerr << "error: " << id << ": " << problem << "\n";
    failed = true;
  }
  return failed ? 1 : 0;
}

}  // namespace
}  // namespace asmgw::test

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: record_golden CASE_FOLDER DEVCLUSTER_FOLDER\n";
    return 2;
  }
  try {
    return asmgw::test::record(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return 1;
  }
}
