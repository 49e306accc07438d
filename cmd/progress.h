// Who hears what happens while a plan is carried out? A person at a terminal, a log, a program.
#pragma once

#include <iosfwd>
#include <memory>

#include "base/seams.h"
#include "cmd/deps.h"
#include "cmd/options.h"

namespace asmgw::cmd {

/// With -o json one record a line on the result's stream; else one line an event on standard error,
/// when that is a terminal or --progress asks for it; else nothing.
std::unique_ptr<EventSink> make_progress(const OutputOptions& options, const Deps& deps);

/// `2026-11-24T06:12:04Z`
std::string utc(std::chrono::system_clock::time_point time);

}  // namespace asmgw::cmd
