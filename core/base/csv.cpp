#include "core/base/csv.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/error.h"
#include "core/base/text.h"

namespace meerstem {
namespace {

constexpr std::size_t kRecordLimit = 1'000'000;
constexpr std::size_t kColumnLimit = 1'000;
constexpr std::int64_t kCellLimit = 50'000'000;

/// 0x80 to 0x9F; the five bytes that Windows-1252 leaves open become U+FFFD.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

std::string FromWindows1252(std::string_view bytes) {
  std::string utf8;
  utf8.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8 += c;
      continue;
    }
    const char32_t point = byte < 0xA0 ? kWindows1252[byte - 0x80] : byte;
    if (point < 0x800) {
      utf8 += static_cast<char>(0xC0 | (point >> 6));
    } else {
      utf8 += static_cast<char>(0xE0 | (point >> 12));
      utf8 += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    }
    utf8 += static_cast<char>(0x80 | (point & 0x3F));
  }
  return utf8;
}

}  // namespace

CsvReader::CsvReader(std::string bytes) : text_(std::move(bytes)) {
  if (const auto nul = text_.find('\0'); nul != std::string::npos) {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    throw Refuse("Line {0} holds a NUL character, so this is not a text file in UTF-8 or Windows-1252; save it as “CSV UTF-8”.", line);
  }
  if (text_.starts_with("\xEF\xBB\xBF")) text_.erase(0, 3);
  if (!IsValidUtf8(text_)) {
    text_ = FromWindows1252(text_);
    encoding_ = "windows-1252";
  }
  DetectSeparator();
}

void CsvReader::DetectSeparator() {
  // Excel names the separator on a line of its own.
  if (text_.starts_with("sep=") && text_.size() > 5 && (text_[5] == '\n' || text_[5] == '\r')) {
    separator_ = text_[4];
    at_ = 5;
    return;
  }
  constexpr std::string_view kSeparators = ",;\t";
  std::array<std::size_t, kSeparators.size()> counts{};
  bool quoted = false, any = false;
  for (const char c : text_) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if ((c == '\n' || c == '\r') && any) break;
    if (c != '\n' && c != '\r') any = true;
    if (const auto which = kSeparators.find(c); which != std::string_view::npos) ++counts[which];
  }
  separator_ = kSeparators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

bool CsvReader::Next(std::vector<std::string>& cells) {
  while (ReadRecord(cells)) {
    if (cells.size() > 1 || !cells.front().empty()) return true;
  }
  return false;
}

bool CsvReader::ReadRecord(std::vector<std::string>& cells) {
  cells.clear();
  if (at_ >= text_.size()) return false;
  record_line_ = line_;
  const std::size_t begin = at_;
  std::int64_t opened = 0;  // The line of the quote that is open, 0: none.
  bool closed = false;      // The cell was quoted and its quote is closed.
  std::string cell;
  const auto finish = [&] {
    cells.push_back(std::move(cell));
    cell.clear();
    closed = false;
    if (cells.size() > kColumnLimit) throw Refuse("Line {0} has more than {1} columns; is the separator what it seems?", record_line_, kColumnLimit);
    if (++cells_ > kCellLimit) throw Refuse("The file holds more than {0} cells; import it in parts.", kCellLimit);
  };
  for (; at_ < text_.size(); ++at_) {
    if (at_ - begin > kRecordLimit) {
      if (opened) throw Refuse("The quotation mark that opens on line {0} is not closed within {1} characters.", opened, kRecordLimit);
      throw Refuse("Line {0} is longer than {1} characters; this is not a table.", record_line_, kRecordLimit);
    }
    const char c = text_[at_];
    const bool line_end = c == '\n' || c == '\r';
    const bool crlf = c == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
    if (line_end && !crlf) ++line_;  // Of CR LF the LF counts.
    if (opened) {
      if (c != '"') {
        if (!crlf) cell += c == '\r' ? '\n' : c;
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        cell += '"';
        ++at_;
      } else {
        opened = 0;
        closed = true;
      }
    } else if (line_end) {
      if (crlf) continue;
      ++at_;
      finish();
      return true;
    } else if (c == separator_) {
      finish();
    } else if (closed) {
      throw Refuse("Line {0}: something stands behind a closing quotation mark; a quotation mark inside a cell is written twice.", line_);
    } else if (c == '"' && cell.empty()) {
      opened = line_;
    } else {
      cell += c;
    }
  }
  if (opened) throw Refuse("The quotation mark that opens on line {0} is never closed.", opened);
  finish();
  return true;
}

}  // namespace meerstem
