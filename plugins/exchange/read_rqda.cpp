// RQDA's database. Rows whose status is 0 were deleted there and wait for a second thought: they stay behind. A code may
// stand in several categories; the first is where it hangs, the others are said.
#include <array>

#include "core/base/date.h"
#include "plugins/exchange/moment.h"
#include "plugins/exchange/native.h"

namespace meerstem::exchange {
namespace {

using Row = NativeFile::Row;

/// "Fri Jul 16 17:16:56 2010", as R writes a date in English.
std::optional<std::int64_t> RMoment(const std::string& text) {
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 24) return ParseMoment(text);
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    if (text.compare(4, 3, kMonths[month]) != 0) continue;
    const std::string number = (month < 9 ? "0" : "") + std::to_string(month + 1);
    const std::string day = text.substr(8, 1) == " " ? "0" + text.substr(9, 1) : text.substr(8, 2);
    return ParseMoment(text.substr(20) + "-" + number + "-" + day + " " + text.substr(11, 8));
  }
  return std::nullopt;
}

class Rqda {
 public:
  explicit Rqda(NativeFile& file) : file_(file), into_("RQDA", file.name()) { into_.project.counts = OffsetRule{.bom_counted = true, .crlf_two = true}; }

  Project Take() {
    file_.Each("project", {"date", "memo"}, [&](const Row& row) {
      into_.mark = row.Text(0);
      into_.project.description = Trim(row.Text(1));
    });
    Codes();
    Texts();
    // A second coder's codings, for agreement, stand in a table of their own.
    for (const char* table : {"coding", "coding2"}) {
      file_.Each(table, {"status", "fid", "selfirst", "selend", "owner", "date", "cid", "seltext", "memo"}, [&](const Row& row) {
        if (!IsThere(row)) return;
        auto place = PlaceOf(row);
        place.words = row.Text(7);
        place.memo = row.Text(8);
        into_.AddCoding(row.Number(6), place);
      });
    }
    file_.Each("cases", {"status", "id", "name", "memo"}, [&](const Row& row) {
      if (IsThere(row)) into_.AddCase(row.Number(1), row.Text(2), row.Text(3));
    });
    file_.Each("caselinkage", {"status", "fid", "selfirst", "selend", "owner", "date", "caseid"}, [&](const Row& row) {
      if (IsThere(row)) into_.LinkCase(row.Number(6), PlaceOf(row));
    });
    Values();
    Memos();
    file_.Each("imagecoding", {"status"}, [&](const Row& row) {
      if (IsThere(row)) into_.project.Drop("media-codings", file_.name());
    });
    return std::move(into_.project);
  }

 private:
  /// Of a row that begins with its status.
  bool IsThere(const Row& row) {
    if (row.Number(0) != 0) return true;
    into_.project.Drop("deleted-there", file_.name());
    return false;
  }
  /// Of a row that begins with status, text, start, end, owner and date.
  NativeProject::Place PlaceOf(const Row& row) {
    const std::string owner = Trim(row.Text(4));
    return {.text = row.Number(1), .start = row.Number(2), .end = row.Number(3), .stamp = {into_.Coder(owner), RMoment(row.Text(5))}, .owner = owner};
  }
  static std::string Key(const Row& row, int number, int name) { return std::to_string(row.Number(number).value_or(0)) + " " + row.Text(name); }

  void Codes() {
    std::vector<std::pair<ForeignCode, Id>> codes;
    std::map<std::int64_t, Id> categories;
    std::map<std::int64_t, std::int64_t> category_of;
    file_.Each("codecat", {"status", "catid", "name", "memo"}, [&](const Row& row) {
      if (!IsThere(row)) return;
      const Id id = into_.IdOf("category", Key(row, 1, 2));
      if (const auto number = row.Number(1)) categories.emplace(*number, id);
      codes.push_back({{.id = id, .name = Trim(row.Text(2)), .description = Trim(row.Text(3)), .codable = false}, {}});
    });
    file_.Each("treecode", {"status", "cid", "catid"}, [&](const Row& row) {
      const auto code = row.Number(1), category = row.Number(2);
      if (!code || !category || !IsThere(row)) return;
      if (!category_of.emplace(*code, *category).second) into_.project.Drop("second-category", file_.name());
    });
    file_.Each("freecode", {"status", "id", "name", "memo", "color"}, [&](const Row& row) {
      if (!IsThere(row)) return;
      const auto number = row.Number(1);
      const Id id = into_.IdOf("code", Key(row, 1, 2));
      Id above;
      if (number) {
        into_.codes.emplace(*number, id);
        const auto category = category_of.find(*number);
        const auto found = category == category_of.end() ? categories.end() : categories.find(category->second);
        if (found != categories.end()) above = found->second;
      }
      codes.push_back({{.id = id, .name = Trim(row.Text(2)), .colour = row.Text(4), .description = Trim(row.Text(3))}, above});
    });
    into_.TakeCodes(std::move(codes));
  }

  void Texts() {
    file_.Each("source", {"status", "id", "name", "file", "memo"}, [&](const Row& row) {
      if (!IsThere(row)) return;
      const auto number = row.Number(1);
      const std::string text = row.Bytes(3);
      if (text.empty() || !number) {
        into_.project.Drop("no-text", row.Text(2));
        return;
      }
      into_.AddText(*number, row.Text(2), text).description = Trim(row.Text(4));
    });
  }

  void Values() {
    std::map<std::string, std::string> types;
    file_.Each("attributes", {"status", "name", "class"}, [&](const Row& row) {
      if (!IsThere(row)) return;
      types[row.Text(1)] = row.Text(2) == "numeric" ? "float" : "text";
      into_.Variable(row.Text(1), types[row.Text(1)]);
    });
    const auto take = [&](const char* table, const char* entity, const std::function<std::vector<ForeignValue>*(std::int64_t)>& values_of) {
      file_.Each(table, {"status", "variable", "value", entity}, [&](const Row& row) {
        const std::string name = row.Text(1), value = Trim(row.Text(2));
        const auto number = row.Number(3);
        if (value.empty() || value == "NA" || !number || !IsThere(row)) return;
        if (auto* values = values_of(*number)) values->push_back({into_.Variable(name, types.contains(name) ? types[name] : "text"), value});
        else into_.project.Drop("homeless-value", name);
      });
    };
    take("caseattr", "caseid", [&](std::int64_t number) { return into_.cases.contains(number) ? &into_.project.cases[into_.cases[number]].values : nullptr; });
    take("fileattr", "fileid", [&](std::int64_t number) { return into_.texts.contains(number) ? &into_.project.sources[into_.texts[number]].values : nullptr; });
  }

  void Memos() {
    file_.Each("annotation", {"status", "fid", "position", "annotation", "owner", "date"}, [&](const Row& row) {
      if (!IsThere(row)) return;
      ForeignSource* source = into_.TextOf(row.Number(1));
      if (!source) return;
      // It stands at a place without words: it is about the text.
      const std::string what = "annotation " + ToString(source->id) + " " + std::to_string(row.Number(2).value_or(0));
      const Id note = into_.Note(what, {}, row.Text(3), {into_.Coder(Trim(row.Text(4))), RMoment(row.Text(5))});
      if (note.IsNil()) return;
      source->notes.push_back(note);
      into_.project.Drop("note-place", source->title);
    });
    file_.Each("journal", {"status", "name", "journal", "owner", "date"}, [&](const Row& row) {
      if (!IsThere(row)) return;
      const Id note = into_.Note("journal " + row.Text(1), row.Text(1), row.Text(2), {into_.Coder(Trim(row.Text(3))), RMoment(row.Text(4))});
      if (!note.IsNil()) into_.project.notes_of_study.push_back(note);
    });
  }

  NativeFile& file_;
  NativeProject into_;
};

}  // namespace

Project ReadRqda(NativeFile& file) { return Rqda(file).Take(); }

}  // namespace meerstem::exchange
