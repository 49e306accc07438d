// Changes to find risks in, and the risks as text.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "diff/restart.h"
#include "diff/risk.h"
#include "diff/values.h"

namespace asmgw {

/// The change from one JSON object to another, as the server foresees it.
inline ObjectChange changed(const std::string& kind, const std::string& before,
                            const std::string& after) {
  ObjectChange change;
  change.object.desired.ref = {kind == "Deployment" ? "apps" : "", kind, "n", "istio-web"};
  change.object.before = Found{parse_json(before)};
  change.object.after = Found{parse_json(after)};
  change.fields = differences(kind_of(change.object.desired.ref), *live(change.object),
                              *foreseen(change.object), change.hidden);
  change.action = change.fields.empty() ? Action::Unchanged : Action::Update;
  change.restart = predict_restart(change.object, change.fields);
  return change;
}

/// `severity code: message`, one per line.
inline std::string risks(const ObjectChange& change) {
  std::string text;
  for (const Finding& risk : risks_of(change)) {
    text += fmt::format("{}{} {}: {}", text.empty() ? "" : "\n", word(risk.severity),
                        risk.code->name, risk.message);
    const bool says_what_to_do = !risk.hint.empty() || risk.severity == Severity::Note;
    EXPECT_TRUE(says_what_to_do) << risk.code->name;
  }
  return text;
}

}  // namespace asmgw
