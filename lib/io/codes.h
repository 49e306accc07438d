// What can go wrong with files: the codes of this room.
#pragma once

#include "base/doc.h"

namespace asmgw::io {

inline constexpr Code kUnreadableFile{"unreadable-file",
                                      Severity::Error,
                                      "a file cannot be read",
                                      "The operating system refuses it, or it is a directory.",
                                      "check the path and its permissions",
                                      "-f gateway.yml   (the file is called gateway.yaml)"};
inline constexpr Code kUnwritableFile{"unwritable-file",
                                      Severity::Error,
                                      "a file cannot be written",
                                      "The operating system refuses it, or the disk is full.",
                                      "check the path, its permissions and the free space",
                                      "--report in a folder that does not exist"};

}  // namespace asmgw::io
