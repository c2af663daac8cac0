#pragma once

#include <list>
#include <map>
#include <string>
#include <vector>

#include <pango/pangocairo.h>

#include "gui/widgets/coded_text_layout.h"

namespace meerstem::gui {

/// The paragraphs of a coded text as Pango layouts in a column, made when they are looked at and let go again when
/// many others were. Positions are shown code points. Main thread.
class TextColumn {
 public:
  struct Style {
    std::string family;
    double font_pixels = 16;
    int width = 600;           ///< Of the column, in pixels.
    std::uint32_t quiet = 0;   ///< 0xRRGGBB of hidden and replaced words.
    bool operator==(const Style&) const = default;
  };
  struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
  };
  TextColumn();
  ~TextColumn();
  TextColumn(const TextColumn&) = delete;

  void SetText(const CodedTextIndex* index);
  /// True when something changed, so that heights no longer hold.
  bool SetStyle(const Style& style);

  /// Laid out now, if it was not.
  PangoLayout* Layout(std::size_t paragraph);
  double TextHeight(std::size_t paragraph);
  double EstimateHeight(std::size_t paragraph) const;
  double line_height() const { return line_height_; }
  /// The widest column that still reads well: some seventy characters.
  int Measure() const;

  /// Rectangles of `shown` within a paragraph, one a line, relative to the paragraph's text.
  std::vector<Box> Boxes(std::size_t paragraph, Range shown);
  Box Caret(std::int64_t position);
  /// The position at a place of a paragraph.
  std::int64_t PositionAt(std::size_t paragraph, double x, double y);
  std::int64_t NextCharacter(std::int64_t position, bool forward);
  std::int64_t NextWord(std::int64_t position, bool forward);
  Range WordAt(std::int64_t position);
  Range LineAt(std::int64_t position);
  /// A small text in the same font, for badges and names; the caller unrefs it.
  PangoLayout* Label(const std::string& text, double scale, bool bold, int ellipsize_width) const;

 private:
  struct Kept {
    PangoLayout* layout = nullptr;
    std::list<std::size_t>::iterator use;
  };
  void Forget();
  void MeasureFont();
  int LocalByte(std::size_t paragraph, std::int64_t position) const;
  std::int64_t FromLocalByte(std::size_t paragraph, int byte) const;

  const CodedTextIndex* index_ = nullptr;
  Style style_;
  PangoContext* context_ = nullptr;
  PangoFontDescription* font_ = nullptr;
  double line_height_ = 20;
  double character_width_ = 8;
  std::map<std::size_t, Kept> layouts_;
  std::list<std::size_t> uses_;  ///< Newest first.
};

}  // namespace meerstem::gui
