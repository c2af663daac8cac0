#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pango/pangocairo.h>

#include "core/view/draw.h"

/// What the drawings share; nothing outside core/view needs it.
namespace meerstem::view {

struct Colour {
  double red = 0, green = 0, blue = 0;
};
Colour ReadColour(std::string_view hex, Colour otherwise);
std::string ToHex(Colour colour);
/// Black or white, whichever reads better on `background`.
Colour InkOn(Colour background);
/// `share` of b in a.
Colour Mix(Colour a, Colour b, double share);
/// The heading's own, or one of a palette that stays distinct under colour blindness.
Colour SeriesColour(const Heading& heading, std::size_t index);
/// The heading's own, or one of a row of signs, so that colour is never alone.
std::string SeriesGlyph(const Heading& heading, std::size_t index);
/// The number in a cell that may be seen.
std::optional<double> NumberIn(const Cell& cell);

struct TextStyle {
  double scale = 1;      ///< Of the font size.
  bool bold = false;
  bool italic = false;
  PangoAlignment align = PANGO_ALIGN_LEFT;
  std::optional<Colour> colour;
};

struct Size {
  double width = 0;
  double height = 0;
};

/// A cairo context with our fonts and colours. Measures on a surface of its own when there is no canvas.
class Pen {
 public:
  Pen(cairo_t* canvas, const DrawOptions& options);
  ~Pen();
  Pen(const Pen&) = delete;
  Pen& operator=(const Pen&) = delete;

  double em() const { return options_.font_size; }
  const DrawOptions& options() const { return options_; }
  Colour ink() const { return options_.dark ? Colour{0.92, 0.92, 0.92} : Colour{0.1, 0.1, 0.1}; }
  Colour quiet() const { return options_.dark ? Colour{0.7, 0.7, 0.7} : Colour{0.35, 0.35, 0.35}; }
  Colour rule() const { return options_.dark ? Colour{0.4, 0.4, 0.4} : Colour{0.75, 0.75, 0.75}; }
  /// Of what is there without a colour of its own.
  Colour bare() const { return Mix(paper(), ink(), 0.1); }
  Colour paper() const { return options_.dark ? Colour{0.12, 0.12, 0.13} : Colour{1, 1, 1}; }

  /// Of the text wrapped to `width` (none: one line), never cut.
  Size Measure(const std::string& text, std::optional<double> width, const TextStyle& style = {});
  /// Draws it with its top left there and returns its height.
  double Text(double x, double y, std::optional<double> width, const std::string& text, const TextStyle& style = {});
  /// The width of the longest word, which wrapping cannot make smaller without breaking it.
  double LongestWord(const std::string& text, const TextStyle& style = {});
  /// Reads upwards; (x, y) is the bottom left of the turned text, `length` what it may take upwards.
  void TextUpwards(double x, double y, double length, const std::string& text, const TextStyle& style = {});

  void Fill(const Rectangle& area, Colour colour, double opacity = 1);
  /// Slanting lines over the area: what was carried.
  void Hatch(const Rectangle& area, Colour colour);
  void Disc(Point centre, double radius, Colour fill, Colour edge);
  void Shape(const std::vector<Point>& corners, Colour fill, double opacity);
  void Outline(const std::vector<Point>& corners, Colour colour, double thickness);
  void Picture(const Rectangle& area, cairo_surface_t* picture);
  void Frame(const Rectangle& area, Colour colour, double thickness);
  void Line(double x1, double y1, double x2, double y2, Colour colour, double thickness = 1);
  void Dashes(double x1, double y1, double x2, double y2, Colour colour, double thickness);

 private:
  void Trace(const std::vector<Point>& corners);
  void Lay(const std::string& text, std::optional<double> width, const TextStyle& style);
  void Ink(Colour colour);
  DrawOptions options_;
  cairo_t* cairo_;
  bool own_ = false;
  PangoLayout* layout_;
};

/// Draws glyph, swatch and label of each heading, flowing over as many lines as it takes; returns the height. `hatched`
/// adds what hatching means.
double DrawLegend(Pen& pen, double y, const std::vector<Heading>& headings, const Language& language, bool hatched = false);
/// Each returns the height it took.
double DrawChart(Pen& pen, double y, const Chart& chart, const Language& language, std::vector<HitArea>* hits);
double DrawMatrix(Pen& pen, double y, const Matrix& matrix, const Language& language, std::vector<HitArea>* hits);
/// What a matrix needs so that no column is narrower than its content.
double MatrixWidth(Pen& pen, const Matrix& matrix, const Language& language);
/// Below which the words of a page cannot be read.
double PageWidth(const Pen& pen);
/// What a chart of boxes needs so that every word fits into its box.
double BoxesWidth(Pen& pen, const Chart& chart, const Language& language);

}  // namespace meerstem::view
