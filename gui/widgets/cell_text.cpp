#include "gui/widgets/cell_text.h"

#include <charconv>
#include <cmath>

#include "core/base/text.h"
#include "core/view/parts.h"

namespace meerstem::gui {
namespace {

std::string ShowValue(const Value& value, view::ColumnType type, const Language& language) {
  if (type == view::ColumnType::kPercent) {
    if (const auto* real = std::get_if<double>(&value)) return language.Number(*real, 1) + " %";
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return language.Number(*whole) + " %";
  }
  return language.Show(value);
}

}  // namespace

ShownCell ShowCell(const view::Cell& cell, view::ColumnType type, const Language& language) {
  const std::string value = ShowValue(cell.value, type, language);
  std::string shown = value;
  if (!cell.glyph.empty() && !shown.empty()) shown = cell.glyph + " " + shown;
  else if (!cell.glyph.empty()) shown = cell.glyph;
  switch (cell.state) {
    case view::State::kValue: return {shown, false};
    case view::State::kEmpty: return {shown, true};
    case view::State::kCarried:
    case view::State::kStale:
      if (value.empty()) return {language(view::StateLabel(cell.state)), true};
      return {language(Say("{0} ({1})", shown, view::StateLabel(cell.state))), true};
    default: return {language(view::StateLabel(cell.state)), true};
  }
}

std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\t' || c == '\r') c = ' ';
  }
  return text;
}

std::string DescribeCell(const view::Cell& cell, view::ColumnType type, const Language& language) {
  std::string text = cell.alternative.empty() ? ShowCell(cell, type, language).text : language(cell.alternative);
  if (text.empty() && cell.state == view::State::kEmpty) text = language(view::StateLabel(cell.state));
  // What is said for a screen reader may give the reason already.
  if (const std::string why = language(cell.why); !why.empty() && text.find(why) == std::string::npos) text += (text.empty() ? "" : ": ") + why;
  for (const auto& [name, value] : cell.parts) {
    text += (text.empty() ? "" : "; ") + language(view::PartLabel(name)) + " " + language.Show(value);
  }
  return text;
}

bool IsNumeric(view::ColumnType type) {
  return type == view::ColumnType::kInteger || type == view::ColumnType::kReal || type == view::ColumnType::kPercent;
}

std::string EditText(const view::Cell& cell, const Language& language) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell.value)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&cell.value)) {
    char buffer[64];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, *real);
    std::string text(buffer, error == std::errc() ? end : buffer);
    if (language.tag() == "nl") {
      for (char& c : text) {
        if (c == '.') c = ',';
      }
    }
    return text;
  }
  return language.Show(cell.value);
}

std::optional<ArgumentValue> ReadEdit(const view::Edit& edit, const std::string& typed) {
  const std::string text = Trim(typed);
  switch (edit.type) {
    case ParameterType::kInteger: {
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
      return value;
    }
    case ParameterType::kNumber: {
      std::string point = text;
      for (char& c : point) {
        if (c == ',') c = '.';
      }
      double value = 0;
      const auto [end, error] = std::from_chars(point.data(), point.data() + point.size(), value);
      if (error != std::errc() || end != point.data() + point.size() || !std::isfinite(value)) return std::nullopt;
      return value;
    }
    case ParameterType::kBoolean: return std::int64_t{text == "1" || text == "yes" || text == "ja"};
    case ParameterType::kDate: {
      const auto day = ParseDate(text);
      if (!day) return std::nullopt;
      return *day;
    }
    case ParameterType::kEntity: {
      if (const auto id = ParseId(text)) return *id;
      return std::nullopt;
    }
    case ParameterType::kProse: return typed;
    default: return text;
  }
}

}  // namespace meerstem::gui
