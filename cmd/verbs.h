// One function per verb, each in its own file. Private to this room.
#pragma once

#include <vector>

#include "base/finding.h"
#include "cmd/commands.h"
#include "cmd/inputs.h"
#include "cmd/options.h"
#include "cmd/targets.h"
#include "diff/change_set.h"
#include "report/head.h"
#include "report/layout.h"

namespace asmgw::cmd {

int run_diff(const GivenFlags& given, const Deps& deps);
int run_apply(const GivenFlags& given, const Deps& deps);
int run_render(const GivenFlags& given, const Deps& deps);
int run_validate(const GivenFlags& given, const Deps& deps);
int run_clusters(const GivenFlags& given, const Deps& deps);
int run_explain(const GivenFlags& given, const Deps& deps);
int run_version(const GivenFlags& given, const Deps& deps);
int run_help(const GivenFlags& given, const Deps& deps);

std::vector<FlagGroup> diff_flags();
std::vector<FlagGroup> apply_flags();
std::vector<FlagGroup> render_flags();
std::vector<FlagGroup> validate_flags();
std::vector<FlagGroup> clusters_flags();
std::vector<FlagGroup> explain_flags();
std::vector<FlagGroup> no_flags();

/// How this terminal, or this pipe, shows things.
Screen screen_of(const OutputOptions& options, const Deps& deps);

/// What the outputs are about. `targets`: the clusters of this run.
Subject subject_of(const Inputs& inputs, const Targets& targets, const std::string& ns);

/// kind GatewayValidation: what is wrong with the input, as data.
std::string validation_json(const Inputs& inputs, const Findings& findings);

/// `no cluster was contacted`, but the mesh where gateways were given by name.
std::string nobody_else_text(const Inputs& inputs);

/// Prints what is wrong with the input; the exit code of wrong input.
int refuse_input(const Inputs& inputs, const Findings& findings, const OutputOptions& output,
                 const Deps& deps);

/// Prints what the servers warned of on standard error, as kubectl does: each text once.
void write_warnings(const ChangeSet& changes, const Deps& deps);

/// The tool's version: v0.1.0.
std::string tool_version();

}  // namespace asmgw::cmd
