// What is asked of a cluster, what is written there, and what may come back?
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/path.h"
#include "object/ref.h"

namespace asmgw {

/// Server-side apply of `body`.
struct Apply {
  Json body;
  std::string manager = "kubectl-asmgw";
  bool force = false;
};

/// The object goes, and in the background what it owns. Answered by Absent, or by Found while its
/// finalizers hold it.
struct Remove {};

/// Fields that pass to us, by the manager who has them.
using Adopted = std::map<std::string, PathSet>;

/// The fields pass into the entry of our applies; no value changes. A step says which; `owners` is
/// the list for the object as just read, and the guard its version.
struct TakeOver {
  Adopted from;
  Json owners = {};
};

/// The object as it would be after a take-over and our apply, which no two dry runs can show: only
/// ever previewed, under the guard of the version it was made from.
struct Replace {
  Json object;
};

/// What must still be true when a write arrives. Empty = not guarded.
struct Guard {
  std::string uid = {};               ///< the object must exist and be this one
  std::string resource_version = {};  ///< the optimistic lock: nobody wrote it meanwhile
};

/// A dry run of it is a Preview.
struct Write {
  ObjectRef ref;
  std::variant<Apply, Remove, TakeOver, Replace> what;
  Guard guard;
};

struct Get {
  ObjectRef ref;
  int attempt = 0;           ///< asked again after a race
  std::string version = {};  ///< in which the server serves the kind; "" = that of kinds.cc
};

/// Is it there? What is in it (a Secret's data) is not asked for. Found holds an empty object.
struct Exists {
  ObjectRef ref;
};

/// All objects of a kind in a namespace with these labels. Answered by Found: a List object.
struct List {
  ObjectRef of;  ///< its name is empty
  std::string label_selector = {};
  std::string version = {};  ///< as of Get
};

/// What would `write` do? Never changes anything.
struct Preview {
  Write write;
  int attempt = 0;
};

/// May the user do this? One SelfSubjectAccessReview.
struct MayI {
  std::string verb;
  ObjectRef ref;  ///< its name may be empty: any
};

/// Which Kubernetes is it?
struct Version {};

/// Which versions of an API group are served? Answered by Found: the group document.
struct Served {
  std::string group;
};

using Question = std::variant<Get, Exists, List, Preview, MayI, Version, Served>;

/// Two questions with the same identity have the same answer. A preview's holds its body.
std::string identity(const Question& question);

/// The object, or the answer to a question that is not about one.
struct Found {
  Json object;
  bool created = false;                    ///< 201: it did not exist before
  std::vector<std::string> warnings = {};  ///< of `Warning: 299` headers
};
struct Absent {};

/// One field that another manager owns, and that the apply would change.
struct Ownership {
  std::string manager;
  std::string field;  ///< as the server writes it: .spec.replicas
};
struct Conflict {
  std::vector<Ownership> fields;
  std::string server;  ///< the server's words
};

/// The server answered, and says no.
struct Refused {
  /// What kind of no: rows of the table of answers (page 4).
  enum class Kind {
    Unauthorized,
    Forbidden,
    NoNamespace,
    RoleMissing,  ///< a RoleBinding whose Role does not exist yet
    NotServed,
    Gone,     ///< uid mismatch: another object, or none
    Lock,     ///< the optimistic lock
    Invalid,  ///< 422: immutable field, validation
    Policy,
    Webhook,
    Overload,
    NoCredentials,  ///< there is nothing to prove who we are, so nobody was asked
    NotAsked,       ///< rendering found an error, so nobody was asked
    Other,
  };
  Kind kind = Kind::Other;
  int status = 0;
  std::string server;     ///< the server's words, control characters and all; or ours
  std::string hint = {};  ///< with ours
};

/// No answer: what it is, is unknown. After a write: it may have been carried out.
struct Unread {
  std::string why;
  bool sent = false;  ///< the request may have reached the server
};

using Answer = std::variant<Found, Absent, Conflict, Refused, Unread>;

}  // namespace asmgw
