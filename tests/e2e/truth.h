// Who judges the predictions? Gateways are changed for real, and every object is compared with what
// was said before.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/seams.h"
#include "leaves.h"

namespace asmgw::e2e {

/// A gateway and its edit, made of a seed.
struct Pair {
  std::uint32_t seed = 0;
  std::string name;
  Json first, edited;
  std::string drift = {};  ///< what others did between the two
};

/// Random pairs, in batches. How many: ASMGW_RANDOM_GATEWAYS, else `usual`.
std::vector<std::vector<Pair>> batches(std::uint32_t usual);

/// How often was something predicted, and how often did it happen?
struct Score {
  int right = 0, not_so = 0, missed = 0;

  bool is_perfect() const { return not_so == 0 && missed == 0; }
  /// `restarts: precision 100 % (12 of 12), recall 100 % (12 of 12)`.
  std::string text(const std::string& what) const;
};

class Judge {
 public:
  Judge();
  ~Judge();

  /// Applies the gateways as they are first, without a judgement.
  void make(const std::vector<Pair>& batch);

  /// Predicts the edits, applies them, and compares. What is predicted to be refused shall be.
  void change(const std::vector<Pair>& batch);

  /// Deletes every gateway's objects.
  void take_out();

  bool is_all_true() const;
  std::string text() const;

  int pairs = 0, compared = 0, refused = 0;
  int recorded = 0;  ///< written beside others, though only who owns what changes
  Score restarts, fields, unchanged;

 private:
  using Objects = std::map<std::string, Json>;  ///< by `CLUSTER KIND/NAME`

  /// What was said of an object, and what it was and is.
  struct Seen {
    std::string key;
    Json said, before, after;
    bool is_scaled = false;         ///< by an autoscaler
    bool is_refused = false;        ///< its gateway
    bool is_beside_others = false;  ///< something else is written there
  };

  Objects live() const;
  Objects settled() const;
  static void carry_out(const std::vector<Pair>& batch, const std::set<std::string>& blocked,
                        const std::vector<Pair>& clean);
  static void expect_nothing_left(const std::vector<Pair>& clean);
  void compare(const Pair& pair, const Json& record, bool is_refused, const Objects& before,
               const Objects& after);
  void compare_object(const Seen& seen);
  void compare_fields(const Seen& seen, const Json& fields_said);
  static void count(Score& score, bool is_said, bool is_so, const std::string& what);
  void check_origins(const Json& fields_said);

  std::map<std::string, std::unique_ptr<Transport>> transports_;
  std::set<std::string> written_to_;   ///< clusters
  std::vector<std::string> manifest_;  ///< lines of the file that was compared
};

}  // namespace asmgw::e2e
