// Which bytes ask a question, and which carry out a write? A dry run and the write it foretells
// are encoded by one function.
#pragma once

#include <chrono>
#include <string>

#include "base/seams.h"
#include "object/exchange.h"

namespace asmgw::kube {

/// `timeout`: how long the server may take; 0 = as long as it likes.
Request request_of(const Question& question, std::chrono::milliseconds timeout);
Request request_of(const Write& write, std::chrono::milliseconds timeout);

/// A watch of one object from a resourceVersion on, which the server ends after `length`.
Request watch_request(const ObjectRef& ref, const std::string& resource_version,
                      std::chrono::seconds length);

/// A body as the API server's YAML 1.1 parser reads it back unchanged: compact UTF-8 JSON in which
/// the characters are escaped that this parser refuses or folds (page 4).
std::string wire_json(const Json& json);

}  // namespace asmgw::kube
