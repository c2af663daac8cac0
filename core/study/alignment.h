#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/text.h"

namespace meerstem {

/// Which stretches of a text stand again in its corrected form, in the same order: whole lines first, then words, then
/// characters. Bounded: where the two differ beyond a budget, a stretch counts as replaced. One thread.
class Alignment {
 public:
  struct Match {
    std::int64_t before;
    std::int64_t after;
    std::int64_t size;
  };
  /// Keeps references to both texts.
  Alignment(const Text& before, const Text& after);

  /// By position, never touching at both sides.
  const std::vector<Match>& matches() const { return matches_; }

  /// Where a range's words stand now; empty: they are gone. Words that were replaced take the ends of what replaced them;
  /// what was put in right before or behind the range stays outside. Words that still stand here literally are never
  /// mistaken for changed ones, however the stretches around them were paired; and words that stand elsewhere as new,
  /// and only there, were moved there.
  Range Follow(const Range& range) const;

 private:
  Range Paired(const Range& range) const;
  /// The place of the range's words near `place`, or where they were moved to.
  Range Literally(const Range& range, const Range& place) const;
  /// The first match that ends behind this position of the old text.
  std::size_t Behind(std::int64_t position) const;
  /// Nothing of it stood in the old text; all of it stood together in one place there.
  bool IsNew(const Range& after) const;
  bool StoodElsewhere(const Range& after) const;

  const Text& before_;
  const Text& after_;
  std::vector<Match> matches_;
  mutable std::size_t searched_ = 0;  ///< Bytes gone through for words that were moved; there is an end to it.
};

}  // namespace meerstem
