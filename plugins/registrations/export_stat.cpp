// SPSS and Stata files through ReadStat: labels, measurement levels and missing values go with the numbers, so that the
// file opens as it is meant, without syntax.
#include <readstat.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <fstream>
#include <memory>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "plugins/registrations/export_table.h"

namespace meerstem::registrations {
namespace {

/// In what SPSS and Stata differ.
struct Dialect {
  bool stata = false;
  std::size_t longest_text = 32'767;  ///< In bytes, as the others.
  std::size_t longest_name = 64;
  std::size_t longest_label = 255;
  std::size_t longest_title = 64;
  double ticks_per_day = 86'400;      ///< SPSS counts seconds from 14 October 1582, Stata days from 1960.
  std::chrono::sys_days zero = std::chrono::year(1582) / std::chrono::October / 14;
  double ticks_per_moment = 86'400;   ///< The same for moments: SPSS counts them in seconds too, Stata in thousandths.
  const char* date_format = "EDATE10";
  const char* moment_format = "DATETIME20";
  const char* whole_format = "F8.0";
  const char* real_format = "F16.4";
};

const Dialect kSpss;
const Dialect kStata{.stata = true,
                     .longest_text = 2'045,
                     .longest_name = 32,
                     .longest_label = 80,
                     .longest_title = 80,
                     .ticks_per_day = 1,
                     .zero = std::chrono::year(1960) / std::chrono::January / 1,
                     .ticks_per_moment = 86'400'000,
                     .date_format = "%td",
                     .moment_format = "%tc",
                     .whole_format = "%8.0g",
                     .real_format = "%16.4f"};

/// Stata keeps missing values of its own beside the numbers.
constexpr char kNotApplicableTag = 'a';
constexpr char kUnknownTag = 'b';

/// As much of a text as fits into so many bytes, whole characters only.
std::string Cut(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

/// A name that both take: a letter first, then letters, digits and _ (SPSS: and . but not at the end), none twice.
std::string NameFor(const std::string& name, const Dialect& dialect, std::set<std::string>& taken) {
  static const std::set<std::string> kOfSpss = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"};
  static const std::set<std::string> kOfStata = {"byte", "double", "float", "if", "in", "int", "long", "strl", "using", "with"};
  const auto& reserved = dialect.stata ? kOfStata : kOfSpss;
  std::string made;
  for (const char c : Cut(name, dialect.longest_name - 4)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (made.empty() && !letter) made = "v";
    made += letter || (c >= '0' && c <= '9') || (c == '.' && !dialect.stata) || c == '_' ? c : '_';
  }
  while (!made.empty() && made.back() == '.') made.back() = '_';
  if (made.empty()) made = "v";
  std::string one = reserved.contains(LowerAscii(made)) ? made + "_" : made;
  for (int n = 2; !taken.insert(LowerAscii(one)).second; ++n) one = made + "_" + std::to_string(n);
  return one;
}

double Days(Date date, const Dialect& dialect) {
  using namespace std::chrono;
  const sys_days day = year(date.year) / month(static_cast<unsigned>(date.month)) / std::chrono::day(static_cast<unsigned>(date.day));
  return static_cast<double>((day - dialect.zero).count());
}

double Ticks(const Moment& moment, const Dialect& dialect) {
  return Days(moment.day, dialect) * dialect.ticks_per_moment + moment.thousandths * (dialect.ticks_per_moment / 86'400'000);
}

ssize_t WriteBytes(const void* data, std::size_t size, void* file) {
  auto& stream = *static_cast<std::ofstream*>(file);
  stream.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
  return stream ? static_cast<ssize_t>(size) : -1;
}

/// One file on its way out.
class StatFile {
 public:
  StatFile(const ExportTable& table, const std::string& path, const Dialect& dialect)
      : table_(table), path_(path), dialect_(dialect), file_(path, std::ios::binary | std::ios::trunc), writer_(readstat_writer_init(), &readstat_writer_free) {}

  void Write(readstat_compress_t compression) {
    Measure();
    Require(readstat_set_data_writer(writer_.get(), &WriteBytes));
    if (!dialect_.stata) Require(readstat_writer_set_compression(writer_.get(), compression));
    Require(readstat_writer_set_file_label(writer_.get(), Cut(table_.title, dialect_.longest_title).c_str()));
    if (dialect_.stata) Require(readstat_writer_set_file_format_version(writer_.get(), 118));
    for (std::size_t i = 0; i < table_.columns.size(); ++i) AddColumn(table_.columns[i], widths_[i]);
    Require(dialect_.stata ? readstat_begin_writing_dta(writer_.get(), &file_, rows_) : readstat_begin_writing_sav(writer_.get(), &file_, rows_));
    table_.each([&](const std::vector<ExportCell>& row) {
      Require(readstat_begin_row(writer_.get()));
      for (std::size_t i = 0; i < row.size(); ++i) Insert(variables_[i], table_.columns[i], row[i]);
      Require(readstat_end_row(writer_.get()));
    });
    Require(readstat_end_writing(writer_.get()));
    file_.close();
    if (!file_) throw Error(ErrorCode::kDisk, Say("“{0}” could not be written; look whether the disk is full or the folder can only be read.", path_));
  }

 private:
  void Require(readstat_error_t error) const {
    if (error == READSTAT_OK) return;
    const std::string why = readstat_error_message(error);
    throw dialect_.stata ? Refuse("The Stata file could not be made ({0}); write csv instead.", why) : Refuse("The SPSS file could not be made ({0}); write csv instead.", why);
  }

  /// Widths and number of rows must be known before the first row.
  void Measure() {
    widths_.assign(table_.columns.size(), 1);
    table_.each([&](const std::vector<ExportCell>& row) {
      ++rows_;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const auto* text = std::get_if<std::string>(&row[i]);
        if (!text) continue;
        if (text->size() > dialect_.longest_text && dialect_.stata) {
          throw Refuse("A text in the column “{0}” has {1} bytes, and Stata holds {2}; write csv or sav instead.", table_.columns[i].name, static_cast<std::int64_t>(text->size()),
                       static_cast<std::int64_t>(dialect_.longest_text));
        }
        widths_[i] = std::max(widths_[i], std::min(text->size(), dialect_.longest_text));
      }
    });
  }

  void AddColumn(const ExportColumn& column, std::size_t width) {
    const bool text = column.type == ExportColumn::Type::kText;
    readstat_variable_t* variable =
        readstat_add_variable(writer_.get(), NameFor(column.name, dialect_, taken_).c_str(), text ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE, text ? width : 0);
    readstat_variable_set_label(variable, Cut(column.label, dialect_.longest_label).c_str());
    readstat_variable_set_measure(variable, column.answers ? READSTAT_MEASURE_ORDINAL : text ? READSTAT_MEASURE_NOMINAL : READSTAT_MEASURE_SCALE);
    if (column.type == ExportColumn::Type::kDate) readstat_variable_set_format(variable, dialect_.date_format);
    if (column.type == ExportColumn::Type::kMoment) readstat_variable_set_format(variable, dialect_.moment_format);
    if (column.type == ExportColumn::Type::kNumber) readstat_variable_set_format(variable, dialect_.whole_format);
    if (column.type == ExportColumn::Type::kReal) readstat_variable_set_format(variable, dialect_.real_format);
    // SPSS's formats and Stata's, which begin with %, are not each other's.
    if (!column.format.empty() && !text && (column.format[0] == '%') == dialect_.stata) readstat_variable_set_format(variable, column.format.c_str());
    if (column.answers) Label(variable, column);
    else if (!column.codes.empty() || !column.missing.empty()) Code(variable, column);
    if (!column.measure.empty()) {
      readstat_variable_set_measure(variable, column.measure == "ordinal" ? READSTAT_MEASURE_ORDINAL : column.measure == "scale" ? READSTAT_MEASURE_SCALE : READSTAT_MEASURE_NOMINAL);
    }
    variables_.push_back(variable);
  }

  void Label(readstat_variable_t* variable, const ExportColumn& column) {
    const std::string name = "labels" + std::to_string(taken_.size());
    readstat_label_set_t* labels = readstat_add_label_set(writer_.get(), dialect_.stata ? READSTAT_TYPE_INT32 : READSTAT_TYPE_DOUBLE, name.c_str());
    for (const auto& [value, meaning] : column.labels) {
      if (dialect_.stata) readstat_label_int32_value(labels, value, meaning.c_str());
      else readstat_label_double_value(labels, value, Cut(meaning, 120).c_str());
    }
    if (dialect_.stata) {
      readstat_label_tagged_value(labels, kNotApplicableTag, table_.not_applicable.c_str());
      readstat_label_tagged_value(labels, kUnknownTag, table_.unknown.c_str());
    } else {
      readstat_label_double_value(labels, kNotApplicableCode, table_.not_applicable.c_str());
      readstat_label_double_value(labels, kUnknownCode, table_.unknown.c_str());
      Require(readstat_variable_add_missing_double_value(variable, kNotApplicableCode));
      Require(readstat_variable_add_missing_double_value(variable, kUnknownCode));
    }
    readstat_variable_set_label_set(variable, labels);
  }

  /// Codes and missing values as a statistics program gave them. Stata knows no ranges of missing values: each that has
  /// a label becomes one of its own missing values, the others are simply missing.
  void Code(readstat_variable_t* variable, const ExportColumn& column) {
    const bool text = column.type == ExportColumn::Type::kText;
    const std::string name = "labels" + std::to_string(taken_.size());
    if (dialect_.stata) {
      if (text || column.codes.empty()) return;
      readstat_label_set_t* labels = readstat_add_label_set(writer_.get(), READSTAT_TYPE_INT32, name.c_str());
      for (const auto& [code, meaning] : column.codes) {
        const auto number = NumberOf(code);
        if (IsTag(code)) readstat_label_tagged_value(labels, code[1], meaning.c_str());
        else if (const char tag = TagOf(column, number)) readstat_label_tagged_value(labels, tag, meaning.c_str());
        else if (number && std::abs(*number) < 2e9 && *number == std::floor(*number)) readstat_label_int32_value(labels, static_cast<std::int32_t>(*number), meaning.c_str());
      }
      readstat_variable_set_label_set(variable, labels);
      return;
    }
    if (!column.codes.empty()) {
      readstat_label_set_t* labels = readstat_add_label_set(writer_.get(), text ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE, name.c_str());
      for (const auto& [code, meaning] : column.codes) {
        if (text) readstat_label_string_value(labels, code.c_str(), Cut(meaning, 120).c_str());
        else if (const auto number = NumberOf(code)) readstat_label_double_value(labels, *number, Cut(meaning, 120).c_str());
      }
      readstat_variable_set_label_set(variable, labels);
    }
    for (const auto& [from, to] : column.missing) {
      if (text) {
        Require(readstat_variable_add_missing_string_value(variable, from.c_str()));
        continue;
      }
      // An end that is left open reaches to the lowest or the highest number.
      const double low = NumberOf(from).value_or(-HUGE_VAL), high = NumberOf(to).value_or(HUGE_VAL);
      Require(low == high ? readstat_variable_add_missing_double_value(variable, low) : readstat_variable_add_missing_double_range(variable, low, high));
    }
  }

  static std::optional<double> NumberOf(const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
  }
  /// One of Stata's own missing values, as a Stata file gave it: .a to .z.
  static bool IsTag(const std::string& code) { return code.size() == 2 && code[0] == '.' && code[1] >= 'a' && code[1] <= 'z'; }
  static bool IsMissing(const ExportColumn& column, double number) {
    return std::any_of(column.missing.begin(), column.missing.end(), [&](const auto& range) {
      return number >= NumberOf(range.first).value_or(-HUGE_VAL) && number <= NumberOf(range.second).value_or(HUGE_VAL);
    });
  }
  /// Stata's missing value for a number that is declared missing and labelled; 0: none.
  static char TagOf(const ExportColumn& column, const std::optional<double>& number) {
    if (!number || !IsMissing(column, *number)) return 0;
    char tag = 'a';
    for (const auto& [code, meaning] : column.codes) {
      if (NumberOf(code) == number) return tag;
      if (tag < 'z') ++tag;
    }
    return 0;
  }

  void Insert(const readstat_variable_t* variable, const ExportColumn& column, const ExportCell& cell) const {
    readstat_writer_t* writer = writer_.get();
    if (column.type == ExportColumn::Type::kText) {
      const auto* text = std::get_if<std::string>(&cell);
      return Require(readstat_insert_string_value(writer, variable, text ? Cut(*text, dialect_.longest_text).c_str() : ""));
    }
    if (const auto* number = std::get_if<int>(&cell)) return Require(readstat_insert_double_value(writer, variable, *number));
    if (const auto* code = std::get_if<std::string>(&cell); code && dialect_.stata && IsTag(*code)) return Require(readstat_insert_tagged_missing_value(writer, variable, (*code)[1]));
    if (const auto* real = std::get_if<double>(&cell); real && dialect_.stata && IsMissing(column, *real)) {
      if (const char tag = TagOf(column, *real)) return Require(readstat_insert_tagged_missing_value(writer, variable, tag));
      return Require(readstat_insert_missing_value(writer, variable));
    }
    if (const auto* real = std::get_if<double>(&cell)) return Require(readstat_insert_double_value(writer, variable, *real));
    if (const auto* date = std::get_if<Date>(&cell)) return Require(readstat_insert_double_value(writer, variable, Days(*date, dialect_) * dialect_.ticks_per_day));
    if (const auto* moment = std::get_if<Moment>(&cell)) return Require(readstat_insert_double_value(writer, variable, Ticks(*moment, dialect_)));
    if (const auto* state = std::get_if<NoPoint>(&cell)) {
      const bool gone = *state == NoPoint::kNotApplicable;
      if (dialect_.stata) return Require(readstat_insert_tagged_missing_value(writer, variable, gone ? kNotApplicableTag : kUnknownTag));
      return Require(readstat_insert_double_value(writer, variable, gone ? kNotApplicableCode : kUnknownCode));
    }
    Require(readstat_insert_missing_value(writer, variable));
  }

  const ExportTable& table_;
  const std::string& path_;
  const Dialect& dialect_;
  std::ofstream file_;
  std::unique_ptr<readstat_writer_t, void (*)(readstat_writer_t*)> writer_;
  std::vector<std::size_t> widths_;
  long rows_ = 0;
  std::vector<readstat_variable_t*> variables_;
  std::set<std::string> taken_;
};

}  // namespace

void WriteSavFile(const ExportTable& table, const std::string& path, bool compressed) {
  StatFile(table, path, kSpss).Write(compressed ? READSTAT_COMPRESS_BINARY : READSTAT_COMPRESS_ROWS);
}

void WriteDtaFile(const ExportTable& table, const std::string& path) { StatFile(table, path, kStata).Write(READSTAT_COMPRESS_NONE); }

}  // namespace meerstem::registrations
