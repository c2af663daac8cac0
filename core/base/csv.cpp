#include "core/base/csv.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

#include <unicode/unistr.h>

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

/// Whether the bytes are UTF-16, and then whether the high byte comes first: by the BOM, or, without one, by the NULs
/// that plain letters have in every second byte.
std::optional<bool> BigEndian(std::string_view bytes) {
  if (bytes.starts_with("\xFE\xFF")) return true;
  if (bytes.starts_with("\xFF\xFE")) return false;
  std::size_t nul[2] = {};
  const std::size_t looked = std::min<std::size_t>(bytes.size(), 4096) & ~std::size_t{1};
  for (std::size_t i = 0; i < looked; ++i) nul[i & 1] += bytes[i] == '\0';
  if (looked < 8 || std::max(nul[0], nul[1]) * 5 < looked || std::min(nul[0], nul[1]) * 20 > looked) return std::nullopt;
  return nul[0] > nul[1];
}

std::string FromUtf16(std::string_view bytes, bool big_endian) {
  std::u16string units(bytes.size() / 2, u'\0');
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto first = static_cast<unsigned char>(bytes[2 * i]), second = static_cast<unsigned char>(bytes[2 * i + 1]);
    units[i] = static_cast<char16_t>(big_endian ? first << 8 | second : second << 8 | first);
  }
  std::string utf8;
  icu::UnicodeString(false, units.data(), static_cast<std::int32_t>(units.size())).toUTF8String(utf8);
  return utf8;
}

}  // namespace

CsvReader::CsvReader(std::string bytes, const CsvOptions& options) : text_(std::move(bytes)), separator_(options.separator) {
  Decode(options.encoding);
  if (const auto nul = text_.find('\0'); nul != std::string::npos) {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    throw Refuse("Line {0} holds a NUL character, so this is not a text file in UTF-8 or Windows-1252; save it as “CSV UTF-8”.", line);
  }
  if (separator_ == 0) DetectSeparator();
}

void CsvReader::Decode(const std::string& asked) {
  const auto big_endian = BigEndian(text_);
  if (asked == "utf-16" || (asked.empty() && big_endian)) {
    if (text_.size() % 2 != 0) throw Refuse("The file is UTF-16 and ends in the middle of a character; it was cut off.");
    text_ = FromUtf16(text_, big_endian.value_or(false));
    encoding_ = "utf-16";
  }
  if (text_.starts_with("\xEF\xBB\xBF")) text_.erase(0, 3);
  if (asked == "utf-8" && !IsValidUtf8(text_)) throw Refuse("The file is not UTF-8; leave the encoding out, or say windows-1252.");
  if (asked == "windows-1252" || !IsValidUtf8(text_)) {
    text_ = FromWindows1252(text_);
    encoding_ = "windows-1252";
  }
}

void CsvReader::DetectSeparator() {
  // Excel names the separator on a line of its own.
  if (text_.starts_with("sep=") && text_.size() > 5 && (text_[5] == '\n' || text_[5] == '\r')) {
    separator_ = text_[4];
    at_ = 5;
    return;
  }
  // Titles may stand above the table and sentences in its cells: what stands equally often in most records separates.
  constexpr std::string_view kSeparators = ",;\t|";
  constexpr std::size_t kRecords = 20;
  std::array<std::map<std::size_t, std::size_t>, kSeparators.size()> records;  // By count: how many records have it.
  std::array<std::size_t, kSeparators.size()> counts{};
  std::size_t seen = 0;
  bool quoted = false, any = false;
  const auto end_record = [&] {
    for (std::size_t i = 0; any && i < counts.size(); ++i) {
      if (counts[i] > 0) ++records[i][counts[i]];
    }
    seen += any;
    counts = {};
    any = false;
  };
  for (const char c : text_) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') {
      end_record();
      if (seen == kRecords) break;
      continue;
    }
    any = true;
    if (const auto which = kSeparators.find(c); which != std::string_view::npos) ++counts[which];
  }
  end_record();
  std::pair<std::size_t, std::size_t> best{};
  separator_ = kSeparators.front();
  for (std::size_t i = 0; i < records.size(); ++i) {
    for (const auto& [count, of] : records[i]) {
      if (std::pair(of, count) <= best) continue;
      best = {of, count};
      separator_ = kSeparators[i];
    }
  }
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
