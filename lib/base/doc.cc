#include "base/doc.h"

#include "base/error.h"

namespace asmgw {

std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Disruptive:
      return "disruptive";
    case Severity::Destructive:
      return "destructive";
    case Severity::Error:
      return "error";
    case Severity::Refused:
      return "refused";
  }
  ASMGW_BUG("severity out of range");
}

}  // namespace asmgw
