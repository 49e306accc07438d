// What is shown of carrying out a plan? The plan, a refusal, the report.
#pragma once

#include <string>

#include "plan/plan.h"
#include "plan/result.h"
#include "report/layout.h"

namespace asmgw {

/// `Plan: 3 clusters, one at a time in this order …`
std::string plan_text(const Plan& plan, bool wait, std::chrono::seconds timeout,
                      const Screen& screen);

/// The question of a terminal: `Change 6 objects in 3 clusters, with …? [y/N] `
std::string question_text(const Plan& plan);

/// Why nothing was written: what is foreseen to fail, or which consents are missing.
std::string blocked_text(const Plan& plan, const Screen& screen);
std::string gates_text(const Plan& plan, const Allowed& allowed, const Screen& screen);

/// The plan as a GatewayApplyReport in which nothing was started: of a refusal, or of a dry run.
std::string plan_json(const Plan& plan, const Allowed& allowed, const std::string& tool,
                      int exit_code);

/// One row per step, one per rollout, and the last sentence.
std::string report_text(const RunResult& result, const Screen& screen);

/// kind GatewayApplyReport, on one line.
std::string report_json(const RunResult& result, const std::string& tool, int exit_code);

}  // namespace asmgw
