// Who hears what happens while a plan is carried out? A person at a terminal, a log, a program.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/seams.h"
#include "cmd/deps.h"
#include "cmd/options.h"
#include "report/layout.h"

namespace asmgw::cmd {

/// With -o json: one record a line on the result's stream. On a terminal: one live line a cluster.
/// With --progress, or TERM=dumb: one line an event on standard error. Else nothing.
/// `clusters`: full IDs in the order of the plan.
std::unique_ptr<EventSink> make_progress(const OutputOptions& options,
                                         std::vector<std::string> clusters, const Screen& screen,
                                         const Deps& deps);

/// `2026-11-24T06:12:04Z`
std::string utc(std::chrono::system_clock::time_point time);

}  // namespace asmgw::cmd
