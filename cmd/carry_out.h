// How is a comparison carried out? The one road of every verb that writes.
#pragma once

#include "cluster/roll_out.h"
#include "cmd/deps.h"
#include "cmd/inputs.h"
#include "cmd/options.h"
#include "cmd/targets.h"
#include "plan/plan.h"
#include "report/head.h"

namespace asmgw::cmd {

enum class DryRun { None, Server };

struct CarryOutOptions {
  ConnectionOptions connection = {};
  OutputOptions output = {};
  Allowed allowed = {};
  RolloutOptions rollout = {};
  DryRun dry_run = DryRun::None;
};

/// Compares, plans, shows, asks, writes, follows, reports; gives the exit code. Nothing is written
/// before every cluster's plan has been made and shown.
int carry_out(const Targets& targets, const Subject& subject, const Findings& findings,
              const CarryOutOptions& options, const Deps& deps);

}  // namespace asmgw::cmd
