// How does a unit of work say that it cannot go on? With a Finding, thrown.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "base/finding.h"

namespace asmgw {

/// Caught by the task of one cluster (becomes its finding) or by main; nowhere else.
class Error : public std::exception {
 public:
  explicit Error(Finding finding) : finding_(std::move(finding)) {}

  const Finding& finding() const { return finding_; }
  const char* what() const noexcept override { return finding_.message.c_str(); }

 private:
  Finding finding_;
};

/// A bug of ours: prints where and aborts. Never for bad input or a bad answer.
[[noreturn]] void bug(const char* what, const char* file, int line);
#define ASMGW_BUG(what) ::asmgw::bug(what, __FILE__, __LINE__)

}  // namespace asmgw
