#pragma once

#include <optional>
#include <vector>

#include "core/base/language.h"
#include "core/view/model.h"

typedef struct _cairo cairo_t;

namespace meerstem::view {

struct Rectangle {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

struct Point {
  double x = 0;
  double y = 0;
};

/// A drawn cell: what a click or a hover at that place means. Indices into Chart::cells or Matrix::cells. A cell may
/// have several; where areas lie over each other, the last one is on top.
struct HitArea {
  Rectangle area;
  std::size_t row = 0;
  std::size_t column = 0;
  std::vector<Point> outline = {};  ///< Its corners where it is no rectangle; `area` encloses them.
  bool Contains(Point point) const;
};

struct DrawOptions {
  double width = 800;       ///< Of the canvas, in points; text wraps and bars scale to it.
  double font_size = 11;    ///< Zoom is a larger font.
  bool dark = false;
  bool title = true;        ///< Title, population and notes with the picture; the window shows them itself.
  std::optional<std::pair<std::size_t, std::size_t>> focus;  ///< The cell with the keyboard's focus.
  std::vector<Rectangle>* words = nullptr;  ///< Filled with the place of every piece of text.
};

/// Draws a Chart or Matrix model (other kinds: nothing) and returns its height; `canvas` nullptr only measures.
/// One code path for window, SVG, PDF and PNG.
double Draw(cairo_t* canvas, const Model& model, const Language& language, const DrawOptions& options, std::vector<HitArea>* hits = nullptr);

/// The width at which nothing is broken in the middle of a word: options.width, or more when a matrix or a chart of boxes has many
/// columns.
double NaturalWidth(const Model& model, const Language& language, const DrawOptions& options);

}  // namespace meerstem::view
