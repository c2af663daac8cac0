#pragma once

#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/store/store.h"

/// A table on its way out, and the files that it can become.
namespace meerstem::registrations {

struct ExportColumn {
  enum class Type { kText, kNumber, kReal, kDate, kMoment };
  std::string name;
  std::string label;
  Type type = Type::kText;
  bool answers = false;                             ///< An ordered scale, with codes for n/a and unknown.
  std::vector<std::pair<int, std::string>> labels;  ///< Of its values.
  /// Of a variable that came from a statistics program: what its codes mean, which are missing (from and to), its level.
  std::vector<std::pair<std::string, std::string>> codes{};
  std::vector<std::pair<std::string, std::string>> missing{};
  std::string measure{};
  std::string format{};
};

/// What an answer says without being a point of the scale.
enum class NoPoint { kNotApplicable, kUnknown };
/// A day with its time, in thousandths of a second: only in columns of that type, which only SPSS and Stata have.
struct Moment {
  Date day;
  int thousandths = 0;
};
using ExportCell = std::variant<std::monostate, std::string, int, double, Date, NoPoint, Moment>;

/// Rows are told twice (SPSS must know widths and their number first); the same ones in the same order.
struct ExportTable {
  std::string title;
  std::vector<ExportColumn> columns;
  std::function<void(const std::function<void(const std::vector<ExportCell>&)>&)> each;
  std::string not_applicable, unknown;  ///< In the language of the labels.
};

/// Codes of n/a and unknown in SPSS files: outside every scale, labelled, and declared missing.
constexpr int kNotApplicableCode = -8;
constexpr int kUnknownCode = -9;

/// Whether a file of that name keeps codes apart from what they mean.
bool KeepsCodes(const std::string& path);
/// kRefused when nothing can be written there, or when the name says no format.
void RequireTarget(const std::string& path);
void RefuseStudyItself(const std::string& path, const Store& store);
/// In the format that the name ends in; a reader finds the old file or the new one, never half of it.
void WriteTable(const ExportTable& table, const std::string& path);

/// The writers of each format, behind WriteTable.
void WriteCsvFile(const ExportTable& table, const std::string& path);
/// A sheet with the rows and one with the meaning of columns and values.
void WriteXlsxFile(const ExportTable& table, const std::string& path);
/// `compressed`: .zsav.
void WriteSavFile(const ExportTable& table, const std::string& path, bool compressed);
/// Stata 14 and later. kRefused for a text that is longer than Stata holds in a column.
void WriteDtaFile(const ExportTable& table, const std::string& path);

}  // namespace meerstem::registrations
