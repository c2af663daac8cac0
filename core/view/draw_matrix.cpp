#include <algorithm>
#include <cmath>

#include "core/view/grid.h"
#include "core/view/pen.h"
#include "core/view/parts.h"

namespace meerstem::view {
namespace {

std::string LabelOf(const Heading& heading, const Language& language) {
  std::string label = language(heading.note.empty() ? heading.label : Say("{0} ({1})", heading.label, heading.note));
  return heading.glyph.empty() ? label : heading.glyph + " " + label;
}

std::string ValueOf(const Cell& cell, const Language& language) {
  const std::string value = ShowCell(cell, ColumnType::kText, language);
  return cell.glyph.empty() ? value : value.empty() ? cell.glyph : cell.glyph + " " + value;
}

std::string PartsOf(const Cell& cell, const Language& language) {
  std::string text;
  for (const auto& [name, value] : PartsShown(cell)) text += (text.empty() ? "" : "\n") + language(Say("{0}: {1}", PartLabel(name), language.Show(value)));
  return text;
}

struct Sheet {
  Pen& pen;
  const Matrix& matrix;
  const Language& language;
  double pad = pen.em() * 0.35;
  bool prose = HasProse();
  std::size_t columns = matrix.columns.size() + (matrix.row_totals.empty() ? 0 : 1);

  const Cell* CellAt(std::size_t row, std::size_t column) const {
    const bool total_row = row >= matrix.rows.size(), total_column = column >= matrix.columns.size();
    if (total_row && total_column) return matrix.total ? &*matrix.total : nullptr;
    if (total_row) return column < matrix.column_totals.size() ? &matrix.column_totals[column] : nullptr;
    if (total_column) return row < matrix.row_totals.size() ? &matrix.row_totals[row] : nullptr;
    return row < matrix.cells.size() && column < matrix.cells[row].size() ? &matrix.cells[row][column] : nullptr;
  }
  /// Nobody here: the data say 0, the picture stays empty.
  bool Blank(const Cell& cell) const { return matrix.blank_zeros && NumberIn(cell) == 0.0; }
  bool IsTotal(std::size_t row, std::size_t column) const { return row >= matrix.rows.size() || column >= matrix.columns.size(); }

  TextStyle StyleOf(const Cell& cell, bool total) const {
    TextStyle style{.bold = total, .italic = !HasValue(cell), .align = IsProse(cell) ? PANGO_ALIGN_LEFT : PANGO_ALIGN_CENTER};
    const bool coloured = !cell.colour.empty() && !matrix.bubbles;
    if (coloured) style.colour = InkOn(ReadColour(cell.colour, pen.paper()));
    else if (!HasValue(cell)) style.colour = pen.quiet();
    return style;
  }

  /// A text to read, as a framework has, begins at the left and needs room for some words on a line.
  bool IsProse(const Cell& cell) const {
    if (const auto* words = std::get_if<Message>(&cell.value)) return language(*words).size() > 120;
    const auto* text = std::get_if<std::string>(&cell.value);
    return text && text->size() > 60;
  }
  bool HasProse() const {
    return std::any_of(matrix.cells.begin(), matrix.cells.end(), [this](const auto& line) { return std::any_of(line.begin(), line.end(), [this](const Cell& cell) { return IsProse(cell); }); });
  }

  double HeadWidth() const {
    double widest = pen.Measure(language(matrix.row_title), std::nullopt, {.bold = true}).width;
    for (const auto& row : matrix.rows) widest = std::max(widest, row.depth * pen.em() + pen.Measure(LabelOf(row, language), std::nullopt).width);
    return std::min(widest, pen.em() * 20) + pad * 2;
  }

  /// A column holds its longest word unbroken, and a part that is one number on one line.
  double ColumnNeed() const {
    double widest = pen.em() * 2.4;
    const std::size_t rows = matrix.rows.size() + (matrix.column_totals.empty() ? 0 : 1);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        const Cell* cell = CellAt(r, c);
        if (!cell) continue;
        widest = std::max(widest, pen.LongestWord(ValueOf(*cell, language), StyleOf(*cell, IsTotal(r, c))));
        widest = std::max(widest, pen.LongestWord(PartsOf(*cell, language), {.scale = 0.75}));
        for (const auto& [name, value] : PartsShown(*cell)) {
          if (!std::holds_alternative<std::int64_t>(value) && !std::holds_alternative<Date>(value)) continue;
          widest = std::max(widest, pen.Measure(language(Say("{0}: {1}", PartLabel(name), language.Show(value))), std::nullopt, {.scale = 0.75}).width + pad);
        }
      }
    }
    return (prose ? std::max(widest, pen.em() * 13) : std::min(widest, pen.em() * 12)) + pad * 2;
  }
};

}  // namespace

double MatrixWidth(Pen& pen, const Matrix& matrix, const Language& language) {
  const Sheet sheet{pen, matrix, language};
  return sheet.HeadWidth() + sheet.ColumnNeed() * static_cast<double>(sheet.columns) + 1;
}

double DrawMatrix(Pen& pen, double y, const Matrix& matrix, const Language& language, std::vector<HitArea>* hits) {
  const Sheet sheet{pen, matrix, language};
  const double em = pen.em(), top = y, pad = sheet.pad, width = pen.options().width;
  const auto count = static_cast<double>(std::max<std::size_t>(1, sheet.columns));
  double head = sheet.HeadWidth();
  // Labels give way first: they wrap; a column only gets narrower than its content when there is no room at all.
  head = std::max(std::min(head, width - sheet.ColumnNeed() * count), std::min(head, width * 0.2));
  const double column = std::min((width - head) / count, std::max(sheet.ColumnNeed(), em * (sheet.prose ? 22 : 11)));
  const double right = head + column * count;
  const auto left_of = [&](std::size_t c) { return head + column * static_cast<double>(c); };

  std::vector<std::string> labels;
  for (const auto& heading : matrix.columns) labels.push_back(LabelOf(heading, language));
  if (sheet.columns > matrix.columns.size()) labels.push_back(language(Say("Total")));
  bool upwards = false;
  for (const auto& label : labels) upwards |= pen.LongestWord(label, {.bold = true}) > column - pad;
  if (const std::string title = language(matrix.column_title); !title.empty()) {
    y += pen.Text(head, y, right - head, title, {.bold = true, .align = PANGO_ALIGN_CENTER}) + em * 0.2;
  }
  double head_height = pen.Measure(language(matrix.row_title), head - pad, {.bold = true}).height;
  for (const auto& label : labels) {
    if (!upwards) {
      head_height = std::max(head_height, pen.Measure(label, column - pad).height);
      continue;
    }
    // Turned labels wrap too, into as many lines as the column is wide.
    double length = std::min(em * 14, pen.Measure(label, std::nullopt).width + 1);
    while (pen.Measure(label, length).height > column && length < em * 60) length += em * 2;
    head_height = std::max(head_height, length);
  }
  pen.Text(0, y + head_height - pen.Measure(language(matrix.row_title), head - pad, {.bold = true}).height, head - pad, language(matrix.row_title), {.bold = true});
  for (std::size_t c = 0; c < labels.size(); ++c) {
    const bool total = c >= matrix.columns.size();
    if (upwards) {
      const Size size = pen.Measure(labels[c], head_height, {.bold = total});
      pen.TextUpwards(left_of(c) + (column - size.height) / 2, y + head_height, head_height, labels[c], {.bold = total});
    } else {
      const Size size = pen.Measure(labels[c], column - pad, {.bold = total});
      pen.Text(left_of(c) + pad / 2, y + head_height - size.height, column - pad, labels[c], {.bold = total, .align = PANGO_ALIGN_CENTER});
    }
    if (!total && !matrix.columns[c].colour.empty()) {
      pen.Fill({left_of(c) + 1, y + head_height, column - 2, em * 0.25}, ReadColour(matrix.columns[c].colour, pen.rule()));
    }
  }
  y += head_height + em * 0.35;
  const double grid_top = y;
  pen.Line(0, y, right, y, pen.quiet(), 1);

  const std::size_t rows = matrix.rows.size() + (matrix.column_totals.empty() ? 0 : 1);
  // A light disc, on which a number reads well in light and in dark.
  const Colour bubble = Mix(pen.paper(), SeriesColour({}, 4), pen.options().dark ? 0.35 : 0.55);
  double largest = 0;
  for (const auto& cells : matrix.cells) {
    for (const auto& cell : cells) largest = std::max(largest, NumberIn(cell).value_or(0));
  }
  double threshold = -1;
  std::vector<Rectangle> equals;
  for (std::size_t r = 0; r < rows; ++r) {
    const bool total_row = r >= matrix.rows.size();
    const std::string label = total_row ? language(Say("Total")) : LabelOf(matrix.rows[r], language);
    const double indent = total_row ? 0 : matrix.rows[r].depth * em;
    const TextStyle label_style{.bold = total_row};
    double height = std::max(em * (matrix.bubbles && !total_row ? 3.2 : 1.9), pen.Measure(label, head - indent - pad * 2, label_style).height + pad * 2);
    for (std::size_t c = 0; c < sheet.columns; ++c) {
      const Cell* cell = sheet.CellAt(r, c);
      if (!cell) continue;
      height = std::max(height, pen.Measure(ValueOf(*cell, language), column - pad, sheet.StyleOf(*cell, sheet.IsTotal(r, c))).height +
                                    pen.Measure(PartsOf(*cell, language), column - pad, {.scale = 0.75}).height + pad * 2);
    }
    if (total_row) pen.Line(0, y, right, y, pen.quiet(), 1);
    if (!total_row && !matrix.rows[r].colour.empty()) pen.Fill({0, y + 1, em * 0.25, height - 2}, ReadColour(matrix.rows[r].colour, pen.rule()));
    // Beside a text to read everything begins where it begins; else in the middle.
    const auto above = [&](double tall) { return sheet.prose && !total_row ? pad : (height - tall) / 2; };
    pen.Text(indent + pad, y + above(pen.Measure(label, head - indent - pad * 2, label_style).height), head - indent - pad * 2, label, label_style);
    for (std::size_t c = 0; c < sheet.columns; ++c) {
      const Cell* cell = sheet.CellAt(r, c);
      if (!cell) continue;
      const Rectangle area{left_of(c), y, column, height};
      const bool inner = !sheet.IsTotal(r, c), blank = inner && sheet.Blank(*cell);
      if (hits && inner) hits->push_back({area, r, c});
      if (blank) continue;
      if (matrix.bubbles && inner) {
        if (const double number = std::max(0.0, NumberIn(*cell).value_or(0)); number > 0 && largest > 0) {
          const double radius = std::sqrt(number / largest) * std::min(column, height) * 0.48;
          pen.Disc({area.x + column / 2, y + height / 2}, radius, cell->colour.empty() ? bubble : Mix(pen.paper(), ReadColour(cell->colour, bubble), 0.5), pen.rule());
        }
      } else if (!cell->colour.empty()) {
        pen.Fill(area, ReadColour(cell->colour, pen.paper()));
      }
      const TextStyle style = sheet.StyleOf(*cell, sheet.IsTotal(r, c));
      TextStyle small = style;
      small.scale = 0.75;
      small.bold = small.italic = false;
      const std::string value = ValueOf(*cell, language), parts = PartsOf(*cell, language);
      const double tall = pen.Measure(value, column - pad, style).height + pen.Measure(parts, column - pad, small).height;
      double at = y + above(tall);
      at += pen.Text(area.x + pad / 2, at, column - pad, value, style);
      pen.Text(area.x + pad / 2, at, column - pad, parts, small);
    }
    if (matrix.diagonal && r < matrix.rows.size() && r < matrix.columns.size()) equals.push_back({left_of(r), y, column, height});
    y += height;
    pen.Line(0, y, right, y, pen.rule(), 0.5);
    if (matrix.threshold_after && *matrix.threshold_after == r) threshold = y;
  }
  for (std::size_t c = 0; c <= sheet.columns; ++c) pen.Line(left_of(c), grid_top, left_of(c), y, pen.rule(), 0.5);
  if (sheet.columns > matrix.columns.size()) pen.Line(left_of(matrix.columns.size()), grid_top, left_of(matrix.columns.size()), y, pen.quiet(), 1);
  if (threshold >= 0) pen.Line(0, threshold, right, threshold, pen.ink(), 2.5);
  if (matrix.threshold_after && *matrix.threshold_after + 1 <= matrix.columns.size()) {
    const double x = left_of(*matrix.threshold_after + 1);
    pen.Line(x, grid_top, x, y, pen.ink(), 2.5);
  }
  // The diagonal is a chain of frames: no line runs through a number.
  for (const auto& cell : equals) pen.Frame({cell.x + 1, cell.y + 1, cell.width - 2, cell.height - 2}, pen.ink(), 1.2);
  if (!matrix.legend.empty()) y += em * 0.9 + DrawLegend(pen, y + em * 0.9, matrix.legend, language);
  return y - top;
}

}  // namespace meerstem::view
