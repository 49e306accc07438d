// What shall an object be, and what is it? The pair that a comparison works on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "base/path.h"
#include "base/source.h"
#include "object/exchange.h"

namespace asmgw {

/// Why a field has its value, or changes. Rendering knows the first four, a comparison the others.
struct Origin {
  enum class Kind {
    Manifest,  ///< a line of the manifest
    Config,    ///< a line of the config file
    Default,   ///< the CRD's default: no line
    BuiltIn,   ///< our own template: no line
    Server,    ///< the API server's defaulting or allocation, or a webhook: no line
    Gone,      ///< was ours and is no longer in the manifest: no line exists
  };
  Kind kind = Kind::BuiltIn;
  std::string field = {};        ///< the manifest's field: resources.requests.cpu
  std::optional<Range> at = {};  ///< with kind Manifest and Config
  bool from_override = false;
};

/// How a Deployment is rendered (page 3).
enum class Style { Whole, Overlay };

/// Who foresees what the object will be after an apply.
enum class Foresight {
  Server,  ///< the server's dry run
  Ours,    ///< we alone: --local; or the namespace, or the Role of a binding, does not exist yet
};

/// Who has a Deployment's spec.replicas from now on. It passes in ordered steps: whoever merely
/// stops applying a field that is his alone scales to 1 at once (page 3, "the trap").
struct Handover {
  enum class To {
    Autoscaler,
    Others,    ///< replicas-managed-by-asm: "false"
    Manifest,  ///< its replicaCount: the autoscaler goes, or is gone
  };
  To to = To::Autoscaler;
  std::int64_t replicas = 1;  ///< that the Deployment has afterwards
  std::int64_t live = 1;      ///< that it has now; of one that is created: as afterwards
  int steps = 0;              ///< writes it takes, those of the autoscaler itself too
};

struct DesiredObject {
  ObjectRef ref;
  std::string gateway;       ///< metadata.name of the gateway it stands for
  std::optional<Json> body;  ///< none: the object shall go
  std::map<Path, Origin> origins;
  Style style = Style::Whole;
  std::vector<Finding> findings = {};  ///< what hangs on the style; an error refuses the object
  /// Of a Deployment. Its body holds the live replicas then, so that a preview tells the truth;
  /// the steps write what each of them needs.
  std::optional<Handover> handover = {};
  std::optional<std::int64_t> scales = {};  ///< of an autoscaler: the replicas of its target now
  Adopted adopted = {};                     ///< what passes to us before the apply
  bool stays = false;  ///< without a body: no longer asked for, but it goes only with --prune
};

/// Did rendering find an error? Then the object is neither previewed nor written.
bool is_refused(const DesiredObject& object);

/// What is known of the cluster around an object; what we may not look at is left out.
struct Around {
  std::vector<ObjectRef> missing =
      {};                       ///< ConfigMaps and Secrets that volumes of the manifest name
  std::string uninjected = {};  ///< of a new Deployment: why no webhook would put the proxy in
};

struct ObservedObject {
  DesiredObject desired;
  Answer before = Absent{};              ///< the live object
  Answer after = Absent{};               ///< the server's foresight, or ours
  std::optional<Answer> if_forced = {};  ///< with a Conflict in `after`
  bool forced = false;                   ///< it will be: what others own is taken
  Foresight foresight = Foresight::Server;
  Around around = {};
  PathSet undecided = {};  ///< with foresight Ours: what becomes of these only the server knows
};

/// The live object, or nullptr when there is none or it could not be read.
const Json* live(const ObservedObject& object);

/// The object after an apply (forced where it conflicts), or nullptr when nobody can say.
const Json* foreseen(const ObservedObject& object);

/// Is it the list item that a step of kind Key names?
bool is_item(const Json& item, const PathStep& step);

/// The value at a path of fields and keys, or nullptr.
const Json* value_at(const Json& object, const Path& path);

}  // namespace asmgw
