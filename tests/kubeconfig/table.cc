#include "table.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/tree.h"

namespace asmgw::test {
namespace {

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void only_known(const Json& object, const std::vector<std::string_view>& known) {
  for (const auto& [key, value] : object.items())
    if (std::find(known.begin(), known.end(), key) == known.end())
      throw std::runtime_error(fmt::format("{} is no member of a row: {}", key, object.dump()));
}

/// The usual kubeconfig with what the row says otherwise.
Json config_of(const Json& row) {
  Json cluster = {{"server", "https://127.0.0.1:$good"},
                  {"certificate-authority-data", "$ca_data"}};
  Json user = {{"token", "of-admin"}};
  Json context = {{"cluster", "kubernetes"}, {"user", "admin"}};
  if (row.contains("user")) user = row["user"];
  if (row.contains("exec")) {
    user["exec"] = {{"apiVersion", "client.authentication.k8s.io/v1"},
                    {"command", "$dir/plugin"},
                    {"interactiveMode", "Never"}};
    user["exec"].merge_patch(row["exec"]);
    if (!row.contains("user")) user.erase("token");
  }
  cluster.merge_patch(row.value("cluster", Json::object()));
  context.merge_patch(row.value("context", Json::object()));
  Json config = {{"apiVersion", "v1"},
                 {"kind", "Config"},
                 {"current-context", "c1"},
                 {"clusters", {{{"name", "kubernetes"}, {"cluster", cluster}}}},
                 {"users", {{{"name", "admin"}, {"user", user}}}},
                 {"contexts", {{{"name", "c1"}, {"context", context}}}}};
  config.merge_patch(row.value("config", Json::object()));
  return config;
}

Expectation expectation_of(const Json& json) {
  Expectation expected;
  expected.ends = json.value("ends", "");
  expected.says = json.value("says", "");
  expected.sent = json.value("sent", Json::object());
  expected.besides = json.value("besides", Json());
  if (json.contains("runs")) expected.runs = json["runs"].get<int>();
  return expected;
}

Row row_of(const std::string& theme, const Json& json) {
  only_known(json,
             {"name", "cluster", "user", "context", "config", "text", "files", "how", "use", "env",
              "args", "exec", "prints", "ends", "says", "sent", "runs", "ours", "because"});
  Row row;
  row.theme = theme;
  row.name = json.at("name");
  row.files = json.value("files", Json::object());
  row.environment = json.value("env", std::map<std::string, std::string>());
  row.how = json.value("how", row.environment.contains("KUBECONFIG") ? "list" : "file");
  row.use = json.value("use", row.how == "file" ? "" : "c1");
  row.arguments = json.value("args", std::vector<std::string>());
  row.prints = json.value("prints", std::vector<Json>());
  if (!row.files.contains("config"))
    row.files["config"] = json.contains("text") ? json["text"] : config_of(json);
  row.both = expectation_of(json);
  row.because = json.value("because", "");
  if (json.contains("ours")) {
    only_known(json["ours"], {"ends", "says", "sent", "besides", "runs"});
    row.ours = expectation_of(json["ours"]);
  }
  if (row.both.ends.empty() || row.ours.has_value() == row.because.empty())
    throw std::runtime_error(row.name + ": a row says how it ends, and why we differ");
  return row;
}

}  // namespace

std::vector<Row> read_table(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Row> rows;
  for (const std::filesystem::path& path : paths) {
    const Source source{.name = path.string(), .text = read_text(path)};
    Findings findings;
    const std::vector<Node> documents = parse_yaml(source, findings);
    if (findings.has_errors() || documents.size() != 1)
      throw std::runtime_error(source.name + " is no list of rows" +
                               (findings.has_errors() ? ": " + findings.all()[0].message : ""));
    for (const Json& row : to_json(documents[0])) rows.push_back(row_of(path.stem(), row));
  }
  return rows;
}

std::string filled(const std::string& text, const Json& values) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$') {
      result += text[i];
      continue;
    }
    const std::size_t end = std::min(
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", i + 1), text.size());
    const std::string name = text.substr(i + 1, end - i - 1);
    if (name.empty() && text.substr(i, 2) == "$$") {
      result += '$';
      ++i;
      continue;
    }
    if (!values.contains(name)) throw std::runtime_error("there is no $" + name);
    result += values[name].get<std::string>();
    i = end - 1;
  }
  return result;
}

}  // namespace asmgw::test
