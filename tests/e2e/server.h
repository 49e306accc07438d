// How does a test speak to an API server as the program does, but without the program?
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kube/client.h"

namespace asmgw::e2e {

/// A connection to the cluster's API server with all rights, and a client over one.
std::unique_ptr<Transport> transport_to(const std::string& cluster);
kube::Client connect(const std::string& cluster);

/// Makes an object as another manager does, by POST; takes one out and waits until it is gone.
void create(Transport& transport, const Json& body, const std::string& manager);
void remove(Transport& transport, const ObjectRef& ref);

/// What the server says to a dry run of applying each body, by `manager` and with force.
std::vector<Answer> try_out(kube::Client& client, const std::vector<Json>& bodies,
                            const std::string& manager = "kubectl-asmgw");

/// The object that a body is about.
ObjectRef ref_of(const Json& body);

/// Why a body was not accepted, or with which warnings; empty = accepted without a word.
std::string complaint(const Answer& answer);

}  // namespace asmgw::e2e
