#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace meerstem {

/// What the bytes themselves cannot always tell.
struct CsvOptions {
  char separator = 0;     ///< 0: told by the first records.
  std::string encoding;   ///< utf-8, utf-16 or windows-1252; empty: told by the bytes.
};

/// Reads separated values (RFC 4180) record by record: comma, semicolon, tab or bar, told by the first records, or the
/// one that is asked for; quoted cells with line ends and doubled quotes; any line end; a BOM; UTF-8, UTF-16, otherwise
/// Windows-1252, as spreadsheets still write it. Empty lines are skipped. kRefused in one sentence with the line number
/// for what is not such a file: NUL, a quote that stays open, words behind a closing quote, a record of over 1 MB or
/// 1,000 columns, over 50 million cells. One owner, one thread.
class CsvReader {
 public:
  explicit CsvReader(std::string bytes, const CsvOptions& options = {});

  /// The next record; false at the end. `cells` is emptied first.
  bool Next(std::vector<std::string>& cells);
  /// The line on which the last record began, from 1.
  std::int64_t line() const { return record_line_; }
  char separator() const { return separator_; }
  /// utf-8, utf-16 or windows-1252
  const std::string& encoding() const { return encoding_; }

 private:
  void Decode(const std::string& asked);
  void DetectSeparator();
  bool ReadRecord(std::vector<std::string>& cells);

  std::string text_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  std::int64_t record_line_ = 0;
  std::int64_t cells_ = 0;
  char separator_ = ',';
  std::string encoding_ = "utf-8";
};

}  // namespace meerstem
