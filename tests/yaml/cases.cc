#include "yaml/cases.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "base/tree.h"

namespace asmgw::test {
namespace {

namespace fs = std::filesystem;
using OrderedJson = nlohmann::ordered_json;

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string to_hex(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

std::string to_base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8U | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= group.size() ? kDigits[bits >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

bool is_utf8(const std::string& text) {
  try {
    return !Json(text).dump().empty();
  } catch (const Json::exception&) {
    return false;
  }
}

Answer answer_of(const Json& json) {
  return {json.value("documents", std::vector<Json>()), json.value("error", ""),
          json.value("ignored", false)};
}

std::string shown(const std::vector<Json>& documents) {
  std::string text;
  for (const Json& document : documents) text += (text.empty() ? "" : " --- ") + dump(document);
  constexpr std::size_t kShown = 500;
  return text.size() <= kShown ? text : text.substr(0, kShown) + "…";
}

}  // namespace

std::vector<YamlCase> load_cases(const fs::path& file) {
  std::vector<YamlCase> cases;
  for (const std::string& line : lines_of(file)) {
    const Json json = Json::parse(line);
    YamlCase one{json.at("name"), json.value("text", ""), json.value("differs", ""),
                 answer_of(json)};
    if (json.contains("bytes")) one.text = from_hex(json.at("bytes"));
    cases.push_back(std::move(one));
  }
  return cases;
}

void save_cases(const fs::path& file, const std::vector<YamlCase>& cases) {
  std::ofstream stream(file, std::ios::binary);
  for (const YamlCase& one : cases) {
    OrderedJson json{{"name", one.name}};
    if (is_utf8(one.text)) {
      json["text"] = one.text;
    } else {
      json["bytes"] = to_hex(one.text);
    }
    if (!one.differs.empty()) json["differs"] = one.differs;
    json["documents"] = one.kubectl.documents;
    if (!one.kubectl.error.empty()) json["error"] = one.kubectl.error;
    if (one.kubectl.ignores) json["ignored"] = true;
    stream << json.dump(-1, ' ', /*ensure_ascii=*/true) << "\n";
  }
}

std::vector<Answer> ask_kubectl(const std::vector<std::string>& texts) {
  const fs::path folder = fs::temp_directory_path() / fmt::format("asmgw-yaml-{}", getpid());
  fs::create_directories(folder);
  const fs::path questions = folder / "questions", answers = folder / "answers";
  {
    std::ofstream stream(questions, std::ios::binary);
    for (const std::string& text : texts) stream << R"({"text":")" << to_base64(text) << "\"}\n";
  }
  const std::string command =
      fmt::format("'{}' <'{}' >'{}'", ASMGW_YAML_ORACLE, questions.string(), answers.string());
  const int status = std::system(command.c_str());
  std::vector<Answer> result;
  for (const std::string& line : lines_of(answers)) {
    const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    result.push_back(json.is_object() ? answer_of(json) : Answer{{}, "a number beyond a double"});
  }
  fs::remove_all(folder);
  if (status != 0 || result.size() != texts.size())
    throw std::runtime_error(
        fmt::format("{} answers to {} texts, status {}", result.size(), texts.size(), status));
  return result;
}

Reading::Reading(const std::string& text) {
  for (const Node& tree : parse_yaml(findings.keep({"text.yaml", text}), findings)) {
    report_duplicate_keys(tree, findings);
    documents.push_back(to_json(tree));
  }
}

std::optional<std::string> difference(const Answer& kubectl, const Reading& ours) {
  const bool we_refuse = ours.findings.has_errors();
  const bool it_refuses = !kubectl.error.empty();
  if (we_refuse && it_refuses) return std::nullopt;
  if (!we_refuse && !it_refuses && ours.documents == kubectl.documents) return std::nullopt;
  return fmt::format(
      "kubectl: {}\nours:    {}",
      it_refuses ? "refuses: " + kubectl.error : shown(kubectl.documents),
      we_refuse ? "refuses: " + ours.findings.all().front().message : shown(ours.documents));
}

}  // namespace asmgw::test
