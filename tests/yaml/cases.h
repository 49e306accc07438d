// What does kubectl read in a text, and what do we? Texts with kubectl's own answers.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/json.h"

namespace asmgw::test {

/// What kubectl hands on, up to the document that it refuses.
struct Answer {
  std::vector<Json> documents;
  std::string error;     ///< or ""
  bool ignores = false;  ///< it passes over a part of the text without a word

  friend bool operator==(const Answer&, const Answer&) = default;
};

struct YamlCase {
  std::string name;
  std::string text;
  std::string differs;  ///< why we shall read it otherwise, or ""
  Answer kubectl;
};

/// A file of cases, one JSON object a line: name, text (or bytes: hexadecimal), differs, and the
/// recorded answer: documents, error, ignores.
std::vector<YamlCase> load_cases(const std::filesystem::path& file);
void save_cases(const std::filesystem::path& file, const std::vector<YamlCase>& cases);

/// Runs the program of tests/yaml/oracle. Throws std::runtime_error when it does not answer.
std::vector<Answer> ask_kubectl(const std::vector<std::string>& texts);

/// What our reader makes of a text.
struct Reading {
  explicit Reading(const std::string& text);

  Findings findings;
  std::vector<Json> documents;
};

/// Nothing when both refuse the text, or both read the same; else what each of them does.
std::optional<std::string> difference(const Answer& kubectl, const Reading& ours);

}  // namespace asmgw::test
