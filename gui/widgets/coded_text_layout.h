#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/text.h"
#include "core/view/model.h"

namespace meerstem::gui {

/// A CodedText as positions: its paragraphs, turns and marks in code points of the *shown* text, and the way between
/// those and the stored ranges. A replaced name or a hidden label is one piece: any part of it stands for the whole
/// stored range. Immutable; the model must outlive it.
class CodedTextIndex {
 public:
  struct Paragraph {
    Range shown;               ///< Without the line end.
    std::ptrdiff_t turn = -1;  ///< Into CodedText::turns.
    bool opens_turn = false;
  };
  struct Piece {
    Range shown;
    Range stored;
    view::Run::Role role = view::Run::Role::kWords;
    bool whole = false;        ///< Cannot be divided.
  };
  explicit CodedTextIndex(const view::CodedText& text);

  const Text& shown() const { return shown_; }
  const std::vector<Range>& uncoded() const { return uncoded_; }
  std::int64_t size() const { return shown_.size(); }
  const std::vector<Paragraph>& paragraphs() const { return paragraphs_; }
  const std::vector<Piece>& pieces() const { return pieces_; }
  /// Shown ranges of CodedText::marks, by the same index.
  const std::vector<Range>& marks() const { return marks_; }

  std::size_t ParagraphAt(std::int64_t position) const;
  Range ToStored(Range shown) const;
  Range ToShown(Range stored) const;
  /// Marks that cover a position, the shortest first.
  std::vector<std::size_t> MarksAt(std::int64_t position) const;
  std::vector<std::size_t> MarksIn(Range shown) const;
  /// The next (previous) stretch of a turn's words that nothing covers, beyond `position`; the interviewer's turns and
  /// white space do not count.
  std::optional<Range> NextUncoded(std::int64_t position) const;
  std::optional<Range> PreviousUncoded(std::int64_t position) const;
  /// The mark that starts after (before) `position`, or of those at it the one after (before) `current`.
  std::optional<std::size_t> NextMark(std::int64_t position, std::optional<std::size_t> current) const;
  std::optional<std::size_t> PreviousMark(std::int64_t position, std::optional<std::size_t> current) const;
  /// Into CodedText::turns; -1 outside of all.
  std::ptrdiff_t TurnAt(std::int64_t position) const;
  Range TurnRange(std::size_t turn) const { return turns_[turn]; }
  /// The words of a turn without its label, as shown.
  Range TurnWords(std::size_t turn) const { return words_[turn]; }
  /// Where the next (previous) turn starts; the end (start) of the text when there is none.
  std::int64_t NextTurn(std::int64_t position) const;
  std::int64_t PreviousTurn(std::int64_t position) const;
  /// What a drop at `position` is meant for: the selection when it lies in it, else the words of the turn, else the
  /// paragraph. In shown positions.
  Range DropRange(std::int64_t position, Range selection) const;

 private:
  void FindUncoded();
  Text shown_;
  std::vector<Piece> pieces_;
  std::vector<Paragraph> paragraphs_;
  std::vector<Range> turns_;  ///< Label and words together.
  std::vector<Range> words_;
  std::vector<bool> asking_;           ///< The turn is the interviewer's.
  std::vector<Range> marks_;
  std::vector<std::int64_t> reaches_;  ///< The furthest end of the marks up to each: where looking for a place begins.
  std::vector<Range> uncoded_;
};

/// Heights of paragraphs, some measured and most estimated, with sums in logarithmic time: where a paragraph starts and
/// which paragraph stands at a height.
class ScrollHeights {
 public:
  void Reset(const std::vector<double>& heights);
  std::size_t size() const { return heights_.size(); }
  double at(std::size_t index) const { return heights_[index]; }
  void Set(std::size_t index, double height);
  double Top(std::size_t index) const;
  double Total() const { return Top(heights_.size()); }
  std::size_t IndexAt(double y) const;

 private:
  std::vector<double> heights_;
  std::vector<double> sums_;  ///< A Fenwick tree.
};

}  // namespace meerstem::gui
