// meerstem-statfile FILE: writes an SPSS or Stata file as lines of JSON: first its columns (name, label, value labels),
// then a line for each row: numbers, texts, dates as yyyy-mm-dd, moments as yyyy-mm-ddThh:mm:ss, null for system-missing,
// [value] for a value that the file declares missing. Exit 1: not such a file; 3: too many columns. A program of its own,
// so that a file that breaks the library breaks this process and nothing else.
#include <iconv.h>
#include <readstat.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "plugins/registrations/calendar_format.h"

namespace {

using meerstem::registrations::Calendar;
using meerstem::registrations::CalendarOf;
using Json = nlohmann::ordered_json;

constexpr int kMostColumns = 1'000;

struct Column {
  std::string name, label, label_set;
  Calendar calendar;
  Json missing = Json::array();
  std::string measure, format;
  bool text = false;
};

struct Reader {
  std::vector<Column> columns;
  std::map<std::string, Json> label_sets;
  Json row = Json::array();
  std::size_t width = 0;
  bool too_wide = false;
};

/// From one encoding to UTF-8; nullopt for bytes that it does not have.
class Converter {
 public:
  explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {}
  std::optional<std::string> operator()(std::string text) {
    std::string made(text.size() * 4, '\0');
    char *in = text.data(), *out = made.data();
    std::size_t left = text.size(), room = made.size();
    if (iconv(handle_, nullptr, nullptr, nullptr, nullptr) != 0 || iconv(handle_, &in, &left, &out, &room) == static_cast<std::size_t>(-1)) return std::nullopt;
    made.resize(made.size() - room);
    return made;
  }

 private:
  iconv_t handle_;
};

/// Stata before 14 does not say in which encoding its texts are: R writes its own, which is UTF-8, Stata that of Windows.
std::string Words(const char* text) {
  static Converter utf8("UTF-8"), windows("WINDOWS-1252");
  const std::string words = text ? text : "";
  if (std::all_of(words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return words;
  if (const auto whole = utf8(words)) return *whole;
  return windows(words).value_or(words);
}

void Print(const Json& json) {
  const std::string line = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) std::exit(1);
}

/// Whole numbers without a fraction: 3, not 3.0, so that a label's key and a cell's text are the same.
Json Number(double value) {
  if (std::nearbyint(value) == value && std::fabs(value) < 1e15) return static_cast<std::int64_t>(value);
  return value;
}

Json ValueOf(readstat_value_t value, const Calendar& calendar) {
  if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) return Words(readstat_string_value(value));
  const double number = readstat_double_value(value);
  if (!std::isfinite(number)) return nullptr;
  if (calendar.per_day <= 0 || std::fabs(number / calendar.per_day) > 4e6) return Number(number);
  constexpr std::int64_t kDay = 86'400'000;
  const std::int64_t at = std::llround(number * (static_cast<double>(kDay) / calendar.per_day));
  const std::int64_t within = ((at % kDay) + kDay) % kDay;
  const std::chrono::year_month_day day(calendar.zero + std::chrono::days((at - within) / kDay));
  char text[48];
  int length = std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  const auto append = [&](const char* format, auto... numbers) { length += std::snprintf(text + length, sizeof text - static_cast<std::size_t>(length), format, numbers...); };
  if (calendar.moments) {
    const auto time = static_cast<unsigned>(within / 1'000), thousandths = static_cast<unsigned>(within % 1'000);
    append("T%02u:%02u:%02u", time / 3'600, time / 60 % 60, time % 60);
    if (thousandths > 0) append(".%03u", thousandths);
  }
  return std::string(text, static_cast<std::size_t>(length));
}

int OnMetadata(readstat_metadata_t* metadata, void* context) {
  auto& reader = *static_cast<Reader*>(context);
  reader.too_wide = readstat_get_var_count(metadata) > kMostColumns;
  return reader.too_wide ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

/// Values that the file declares missing, from and to.
Json MissingOf(const readstat_variable_t* variable) {
  Json ranges = Json::array();
  for (int i = 0; i < readstat_variable_get_missing_ranges_count(variable); ++i) {
    const auto end = [&](readstat_value_t value) -> Json {
      const Json shown = ValueOf(value, {});
      return shown.is_string() ? shown : Json(shown.is_null() ? std::string() : shown.dump());
    };
    ranges.push_back(Json::array({end(readstat_variable_get_missing_range_lo(variable, i)), end(readstat_variable_get_missing_range_hi(variable, i))}));
  }
  return ranges;
}

std::string MeasureOf(const readstat_variable_t* variable) {
  switch (readstat_variable_get_measure(variable)) {
    case READSTAT_MEASURE_NOMINAL: return "nominal";
    case READSTAT_MEASURE_ORDINAL: return "ordinal";
    case READSTAT_MEASURE_SCALE: return "scale";
    default: return "";
  }
}

int OnVariable(int, readstat_variable_t* variable, const char* label_set, void* context) {
  auto& reader = *static_cast<Reader*>(context);
  reader.columns.push_back({Words(readstat_variable_get_name(variable)), Words(readstat_variable_get_label(variable)), Words(label_set),
                            CalendarOf(Words(readstat_variable_get_format(variable))), MissingOf(variable), MeasureOf(variable), Words(readstat_variable_get_format(variable)),
                            readstat_variable_get_type_class(variable) == READSTAT_TYPE_CLASS_STRING});
  reader.too_wide = reader.columns.size() > kMostColumns;
  return reader.too_wide ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

int OnLabel(const char* label_set, readstat_value_t value, const char* label, void* context) {
  auto& reader = *static_cast<Reader*>(context);
  const char tag = readstat_value_tag(value);
  const Json key = tag ? Json(std::string(".") + tag) : ValueOf(value, {});
  reader.label_sets[Words(label_set)].push_back(Json::array({key, Words(label)}));
  return READSTAT_HANDLER_OK;
}

/// The labels of a column; none for one without.
Json LabelsOf(const Reader& reader, const Column& column) {
  const auto labels = reader.label_sets.find(column.label_set);
  return column.label_set.empty() || labels == reader.label_sets.end() ? Json::array() : labels->second;
}

/// The last of Stata's missing values is what R writes for a value that is not there, unless the file gives it a meaning.
bool IsNothing(char tag, const Reader& reader, const Column& column) {
  const Json labels = tag == 'z' ? LabelsOf(reader, column) : Json();
  return tag == 'z' && std::none_of(labels.begin(), labels.end(), [](const Json& label) { return label[0] == ".z"; });
}

int OnValue(int, readstat_variable_t* variable, readstat_value_t value, void* context) {
  auto& reader = *static_cast<Reader*>(context);
  const auto index = static_cast<std::size_t>(readstat_variable_get_index(variable));
  if (index >= reader.columns.size()) return READSTAT_HANDLER_ABORT;
  const Column& column = reader.columns[index];
  if (const char tag = readstat_value_tag(value)) reader.row.push_back(IsNothing(tag, reader, column) ? Json() : Json::array({std::string(".") + tag}));
  else if (readstat_value_is_system_missing(value)) reader.row.push_back(nullptr);
  else if (readstat_value_is_defined_missing(value, variable)) reader.row.push_back(Json::array({ValueOf(value, {})}));
  else reader.row.push_back(ValueOf(value, column.calendar));
  if (index + 1 == reader.columns.size()) {
    Print(reader.row);
    reader.row.clear();
  }
  return READSTAT_HANDLER_OK;
}

readstat_error_t Parse(const char* path, Reader& reader, bool values) {
  readstat_parser_t* parser = readstat_parser_init();
  readstat_set_metadata_handler(parser, &OnMetadata);
  if (values) {
    // The library counts on a variable handler wherever values are read.
    readstat_set_variable_handler(parser, [](int, readstat_variable_t*, const char*, void*) { return static_cast<int>(READSTAT_HANDLER_OK); });
    readstat_set_value_handler(parser, &OnValue);
  } else {
    readstat_set_variable_handler(parser, &OnVariable);
    readstat_set_value_label_handler(parser, &OnLabel);
  }
  char head = 0;
  std::ifstream(path, std::ios::binary).get(head);
  const bool spss = head == '$';
  if (!spss) readstat_set_handler_character_encoding(parser, nullptr);  // Bytes as they stand: Words reads them.
  const readstat_error_t error = spss ? readstat_parse_sav(parser, path, &reader) : readstat_parse_dta(parser, path, &reader);
  readstat_parser_free(parser);
  return error;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 1;
  // Stata keeps value labels behind the rows, so the columns are read first and the rows in a second pass.
  Reader reader;
  const auto error = Parse(arguments[1], reader, false);
  if (reader.too_wide) return 3;
  if (error != READSTAT_OK) return 1;
  Json columns = Json::array();
  for (const auto& column : reader.columns) {
    columns.push_back({{"name", column.name}, {"label", column.label}, {"labels", LabelsOf(reader, column)},
                       {"missing", column.missing}, {"measure", column.measure}, {"format", column.format}, {"text", column.text}});
  }
  Print({{"columns", columns}});
  return Parse(arguments[1], reader, true) == READSTAT_OK && std::fflush(stdout) == 0 ? 0 : 1;
}
