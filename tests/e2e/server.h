// How does a test speak to an API server as the program does, but without the program?
#pragma once

#include <string>
#include <vector>

#include "kube/client.h"

namespace asmgw::e2e {

/// A client of the cluster's API server, with all rights.
kube::Client connect(const std::string& cluster);

/// What the server says to a dry run of applying each body, by `manager` and with force.
std::vector<Answer> try_out(kube::Client& client, const std::vector<Json>& bodies,
                            const std::string& manager = "kubectl-asmgw");

/// The object that a body is about.
ObjectRef ref_of(const Json& body);

/// Why a body was not accepted, or with which warnings; empty = accepted without a word.
std::string complaint(const Answer& answer);

}  // namespace asmgw::e2e
