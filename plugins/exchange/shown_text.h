#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/store/store.h"
#include "core/study/display.h"

namespace meerstem::exchange {

/// A source's text as it may leave the house: names replaced as on screen, the words of those who did not agree to the
/// purpose withheld; and where each stored place stands in it.
class ShownText {
 public:
  /// `as_stored`: nothing is replaced or withheld.
  ShownText(Reading& reading, const Id& source, Purpose purpose, bool as_stored = false);
  /// Does anybody withhold anything? Where nobody does, the texts need not be looked through.
  static bool AnyWithheld(Reading& reading);
  const Text& text() const { return *text_; }
  /// Something was replaced or withheld.
  bool changed() const { return !pieces_.empty(); }
  /// Does the range touch withheld words?
  bool Withheld(const Range& range) const;
  /// A range that begins or ends within a replaced name takes all of it.
  Range ToShown(const Range& stored) const { return {Place(stored.start, false), Place(stored.end, true)}; }

 private:
  struct Piece {
    Range stored;
    Range shown;
    bool verbatim = true;
  };
  std::int64_t Place(std::int64_t position, bool end) const;
  std::shared_ptr<const Text> text_;
  std::vector<Piece> pieces_;     ///< Empty: stored and shown are the same.
  std::vector<Range> withheld_;
};

/// Positions as other tools count them: the standard's code points, or NVivo's UTF-16 units with CR LF as two.
class Counting {
 public:
  Counting(const Text& text, bool nvivo);
  std::int64_t operator()(std::int64_t position) const;
  /// The text as it stands in the file that the positions count in.
  std::string Bytes() const;

 private:
  const Text& text_;
  bool nvivo_;
  std::vector<std::int64_t> lines_;  ///< Positions of line ends.
};

}  // namespace meerstem::exchange
