#include "plugins/registrations/variable_meaning.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "plugins/registrations/calendar_format.h"

namespace meerstem::registrations {

using Json = nlohmann::json;

bool SaysNothing(const TableColumn& column) { return column.label.empty() && column.labels.empty() && column.missing.empty() && column.measure.empty() && column.format.empty(); }

void StoreMeaning(Writing& writing, const Id& variable, const TableColumn& column) {
  const std::string json = Json{{"labels", column.labels}, {"missing", column.missing}, {"measure", column.measure}, {"format", column.format}, {"text", column.text}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (writing.Number("SELECT count(*) FROM variable_meaning WHERE variable_id = ?", variable) == 0) {
    writing.Do("INSERT INTO variable_meaning (id, variable_id, label, json) VALUES (?, ?, ?, ?)", writing.NewId(), variable, column.label, json);
  } else {
    writing.Do("UPDATE variable_meaning SET label = ?1, json = ?2 WHERE variable_id = ?3 AND (label <> ?1 OR json <> ?2)", column.label, json, variable);
  }
}

std::optional<TableColumn> MeaningOf(Reading& reading, const Id& variable) {
  auto row = reading.Query("SELECT name, label, json FROM variable_meaning JOIN variable ON variable.id = variable_id WHERE variable_id = ?", variable);
  if (!row.Step()) return std::nullopt;
  TableColumn column{row.Text(0), row.Text(1), {}};
  const Json json = Json::parse(row.Text(2));
  json.at("labels").get_to(column.labels);
  json.at("missing").get_to(column.missing);
  json.at("measure").get_to(column.measure);
  json.at("format").get_to(column.format);
  json.at("text").get_to(column.text);
  return column;
}

std::map<std::string, std::string> CalledBy(const TableColumn& column) {
  std::map<std::string, int> times;
  for (const auto& [code, label] : column.labels) ++times[label];
  std::map<std::string, std::string> called;
  for (const auto& [code, label] : column.labels) called[code] = label.empty() ? code : times[label] > 1 ? label + " (" + code + ")" : label;
  return called;
}

std::string CodeOf(const TableColumn& column, const std::string& shown) {
  for (const auto& [code, name] : CalledBy(column)) {
    if (name == shown) return code;
  }
  return shown;
}

ExportColumn AsColumn(const std::string& name, const TableColumn& meaning) {
  using Type = ExportColumn::Type;
  const Calendar calendar = CalendarOf(meaning.format);
  ExportColumn column{.name = name, .label = meaning.label, .type = meaning.text ? Type::kText : calendar.moments ? Type::kMoment : calendar.per_day > 0 ? Type::kDate : Type::kReal};
  column.codes.assign(meaning.labels.begin(), meaning.labels.end());
  // In the order of the numbers, not of their digits.
  const auto number = [](const std::string& text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  };
  if (!meaning.text) std::stable_sort(column.codes.begin(), column.codes.end(), [&](const auto& a, const auto& b) { return number(a.first) < number(b.first); });
  column.missing = meaning.missing;
  column.measure = meaning.measure;
  column.format = meaning.format;
  return column;
}

}  // namespace meerstem::registrations
