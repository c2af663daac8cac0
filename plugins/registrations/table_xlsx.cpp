// Workbooks (.xlsx) as a stream: libzip unpacks, libxml2 reads, nothing of the sheet is kept but the row at hand and
// the table of shared texts. Entities are not resolved and a DOCTYPE is refused, so that no bomb can hide in one.
#include <libxml/xmlreader.h>
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"
#include "plugins/registrations/table_source.h"

namespace meerstem::registrations {
namespace {

constexpr std::uint64_t kPartLimit = std::uint64_t{256} << 20;   ///< Of one part, unpacked.
constexpr std::size_t kSharedLimit = std::size_t{64} << 20;      ///< Of the shared texts together.
constexpr std::size_t kCellLimit = 1'000'000;                    ///< Of one cell, in bytes.

/// An open workbook file.
class Archive {
 public:
  explicit Archive(const std::string& path) : path_(path) {
    int error = 0;
    zip_ = zip_open(path.c_str(), ZIP_RDONLY, &error);
    if (!zip_) throw Damaged();
  }
  ~Archive() { zip_discard(zip_); }
  Archive(const Archive&) = delete;
  Error Damaged() const { return Refuse("“{0}” is not a whole workbook; save it anew as .xlsx, or as CSV.", path_); }
  bool Has(const std::string& part) const { return zip_name_locate(zip_, part.c_str(), 0) >= 0; }
  zip_t* get() const { return zip_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  zip_t* zip_ = nullptr;
};

/// One XML part, node by node.
class Part {
 public:
  Part(const Archive& archive, const std::string& name) : archive_(archive) {
    file_ = zip_fopen(archive.get(), name.c_str(), 0);
    if (!file_) throw archive.Damaged();
    reader_ = xmlReaderForIO(&Part::Read, nullptr, this, nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!reader_) {
      zip_fclose(file_);
      throw archive.Damaged();
    }
    // What is wrong is said once, by us; not printed by the library.
    xmlTextReaderSetStructuredErrorHandler(reader_, [](void*, xmlErrorPtr) {}, nullptr);
  }
  ~Part() {
    xmlFreeTextReader(reader_);
    zip_fclose(file_);
  }
  Part(const Part&) = delete;

  bool Next() {
    const int step = xmlTextReaderRead(reader_);
    if (too_large_) throw Refuse("“{0}” unpacks to more than {1} bytes; save the sheet as CSV, in parts.", archive_.path(), kPartLimit);
    if (step < 0) throw archive_.Damaged();
    if (step == 0) return false;
    if (type() == XML_READER_TYPE_DOCUMENT_TYPE) throw archive_.Damaged();
    return true;
  }
  int type() const { return xmlTextReaderNodeType(reader_); }
  bool Opens(const char* name) const { return type() == XML_READER_TYPE_ELEMENT && Is(name); }
  bool Closes(const char* name) const {
    return Is(name) && (type() == XML_READER_TYPE_END_ELEMENT || (type() == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(reader_)));
  }
  bool IsText() const {
    const int kind = type();
    return kind == XML_READER_TYPE_TEXT || kind == XML_READER_TYPE_CDATA || kind == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || kind == XML_READER_TYPE_WHITESPACE;
  }
  std::string Text() const {
    const xmlChar* value = xmlTextReaderConstValue(reader_);
    return value ? reinterpret_cast<const char*>(value) : "";
  }
  /// By name with prefix (`r:id`); empty when absent.
  std::string Attribute(const char* name) const {
    xmlChar* value = xmlTextReaderGetAttribute(reader_, reinterpret_cast<const xmlChar*>(name));
    std::string text = value ? reinterpret_cast<const char*>(value) : "";
    xmlFree(value);
    return text;
  }

 private:
  bool Is(const char* name) const {
    const xmlChar* here = xmlTextReaderConstLocalName(reader_);
    return here && xmlStrEqual(here, reinterpret_cast<const xmlChar*>(name));
  }
  static int Read(void* self, char* buffer, int size) {
    auto& part = *static_cast<Part*>(self);
    const auto got = zip_fread(part.file_, buffer, static_cast<zip_uint64_t>(size));
    if (got > 0) part.read_ += static_cast<std::uint64_t>(got);
    part.too_large_ = part.read_ > kPartLimit;
    return part.too_large_ ? -1 : static_cast<int>(got);
  }
  const Archive& archive_;
  zip_file_t* file_ = nullptr;
  xmlTextReaderPtr reader_ = nullptr;
  std::uint64_t read_ = 0;
  bool too_large_ = false;
};

/// The number formats of Excel that show a date, apart from those that a workbook defines itself.
bool IsDateFormat(int id) { return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58); }

/// Whether a format code shows days: d, m or y outside quotes and brackets.
bool ShowsDays(const std::string& code) {
  bool quoted = false, bracket = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') quoted = !quoted;
    else if (c == '[') bracket = true;
    else if (c == ']') bracket = false;
    else if (c == '\\') ++i;
    else if (!quoted && !bracket && (c == 'd' || c == 'y' || c == 'D' || c == 'Y')) return true;
  }
  return false;
}

/// Which cell styles show dates.
std::vector<bool> ReadStyles(const Archive& archive) {
  std::vector<bool> dates;
  if (!archive.Has("xl/styles.xml")) return dates;
  Part part(archive, "xl/styles.xml");
  std::set<std::string> own;
  bool inside = false;
  while (part.Next()) {
    if (part.Opens("numFmt") && own.size() < 10'000 && ShowsDays(part.Attribute("formatCode"))) own.insert(part.Attribute("numFmtId"));
    if (part.Opens("cellXfs")) inside = true;
    if (inside && part.Opens("xf") && dates.size() < 100'000) {
      const std::string id = part.Attribute("numFmtId");
      int number = 0;
      std::from_chars(id.data(), id.data() + id.size(), number);
      dates.push_back(IsDateFormat(number) || own.contains(id));
    }
    if (part.Closes("cellXfs")) inside = false;
  }
  return dates;
}

std::vector<std::string> ReadSharedTexts(const Archive& archive) {
  std::vector<std::string> texts;
  if (!archive.Has("xl/sharedStrings.xml")) return texts;
  Part part(archive, "xl/sharedStrings.xml");
  std::string text;
  std::size_t size = 0;
  bool words = false, phonetic = false;
  while (part.Next()) {
    if (part.Opens("t")) words = true;
    if (part.Opens("rPh")) phonetic = true;
    if (words && !phonetic && part.IsText()) text += part.Text();
    if (part.Closes("t")) words = false;
    if (part.Closes("rPh")) phonetic = false;
    if (!part.Closes("si")) continue;
    size += text.size() + sizeof(std::string);
    if (size > kSharedLimit) throw Refuse("“{0}” unpacks to more than {1} bytes; save the sheet as CSV, in parts.", archive.path(), kSharedLimit);
    texts.push_back(std::move(text));
    text.clear();
  }
  return texts;
}

struct Workbook {
  std::string sheet_part;
  bool from_1904 = false;
};

/// Finds the part of the sheet that is asked for, or of the first.
Workbook ReadWorkbook(const Archive& archive, const std::string& sheet) {
  if (!archive.Has("xl/workbook.xml")) throw Refuse("“{0}” is a zip file but no workbook; tables come in as .xlsx, .csv, .sav, .zsav or .dta.", archive.path());
  Workbook book;
  std::string relation, names;
  {
    Part part(archive, "xl/workbook.xml");
    while (part.Next()) {
      if (part.Opens("workbookPr")) book.from_1904 = part.Attribute("date1904") == "1" || part.Attribute("date1904") == "true";
      if (!part.Opens("sheet")) continue;
      const std::string name = part.Attribute("name");
      if (relation.empty() && (sheet.empty() || name == sheet)) relation = part.Attribute("r:id");
      if (names.size() < 500) names += (names.empty() ? "" : ", ") + name;
    }
  }
  if (relation.empty()) throw Refuse("“{0}” has no sheet “{1}”; there is {2}.", archive.path(), sheet, names);
  Part part(archive, "xl/_rels/workbook.xml.rels");
  while (part.Next()) {
    if (!part.Opens("Relationship") || part.Attribute("Id") != relation) continue;
    const std::string target = part.Attribute("Target");
    book.sheet_part = target.starts_with("/") ? target.substr(1) : "xl/" + target;
  }
  if (book.sheet_part.empty() || !archive.Has(book.sheet_part)) throw archive.Damaged();
  return book;
}

class WorkbookSource final : public TableSource {
 public:
  WorkbookSource(const std::string& path, const TableOptions& options)
      : archive_(path), book_(ReadWorkbook(archive_, options.sheet)), dates_(ReadStyles(archive_)), shared_(ReadSharedTexts(archive_)), part_(archive_, book_.sheet_part) {}

  bool Next(std::vector<TableCell>& cells) override {
    while (ReadRow(cells)) {
      if (std::any_of(cells.begin(), cells.end(), [](const TableCell& cell) { return !cell.text.empty(); })) return true;
    }
    return false;
  }
  std::int64_t line() const override { return line_; }

 private:
  bool ReadRow(std::vector<TableCell>& cells) {
    cells.clear();
    bool inside = false;
    while (part_.Next()) {
      if (part_.Opens("row")) {
        const std::string number = part_.Attribute("r");
        if (std::from_chars(number.data(), number.data() + number.size(), line_).ec != std::errc()) ++line_;
        inside = true;
      }
      if (inside && part_.Opens("c")) ReadCell(cells);
      if (inside && part_.Closes("row")) return true;
    }
    return false;
  }

  void ReadCell(std::vector<TableCell>& cells) {
    const std::string reference = part_.Attribute("r"), type = part_.Attribute("t"), style = part_.Attribute("s");
    std::size_t column = cells.size();
    if (!reference.empty()) {
      column = 0;
      for (const char c : reference) {
        if (c < 'A' || c > 'Z' || column > kColumnLimit) break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
      }
      if (column == 0) throw archive_.Damaged();
      --column;
    }
    if (column >= kColumnLimit) throw Refuse("Line {0} has more than {1} columns; is the separator what it seems?", line_, kColumnLimit);
    std::string text;
    bool value = false;
    while (!part_.Closes("c") && part_.Next()) {
      if (part_.Opens("v") || part_.Opens("t")) value = true;
      if (value && part_.IsText()) text += part_.Text();
      if (part_.Closes("v") || part_.Closes("t")) value = false;
      if (text.size() > kCellLimit) throw Refuse("Line {0} is longer than {1} characters; this is not a table.", line_, kCellLimit);
    }
    if (column >= cells.size()) cells.resize(column + 1);
    cells[column].text = Meaning(std::move(text), type, style);
  }

  std::string Meaning(std::string text, const std::string& type, const std::string& style) const {
    if (type == "s") {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
      if (error != std::errc() || index >= shared_.size()) throw archive_.Damaged();
      return shared_[index];
    }
    if (type == "e") return {};  // #N/A, #REF! and their like: nothing was filled in.
    if (type == "b" || type == "str" || type == "inlineStr" || type == "d") return type == "d" ? text.substr(0, 10) : text;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || !std::isfinite(number)) return text;
    std::size_t index = 0;
    std::from_chars(style.data(), style.data() + style.size(), index);
    if (!style.empty() && index < dates_.size() && dates_[index] && number >= 1 && number < 2'958'466) return Day(number);
    char shortest[64];
    return {shortest, std::to_chars(shortest, shortest + sizeof shortest, number).ptr};
  }

  /// Excel counts days from 30 December 1899 (so that its day 60, 29 February 1900, never matters here), or from 1904.
  std::string Day(double number) const {
    using namespace std::chrono;
    const sys_days zero = book_.from_1904 ? sys_days(year(1904) / January / 1) : sys_days(year(1899) / December / 30);
    const year_month_day day(zero + days(static_cast<int>(number)));
    return ToIso({static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())), static_cast<int>(static_cast<unsigned>(day.day()))});
  }

  Archive archive_;
  Workbook book_;
  std::vector<bool> dates_;
  std::vector<std::string> shared_;
  Part part_;
  std::int64_t line_ = 0;
};

}  // namespace

std::unique_ptr<TableSource> OpenWorkbook(const std::string& path, const TableOptions& options) { return std::make_unique<WorkbookSource>(path, options); }

}  // namespace meerstem::registrations
