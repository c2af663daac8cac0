// QualCoder's database. Categories become codes that cannot be used for coding; a memo on a coding or an annotation
// becomes a memo of its quote.
#include "plugins/exchange/moment.h"
#include "plugins/exchange/native.h"

namespace meerstem::exchange {
namespace {

using Row = NativeFile::Row;

class QualCoder {
 public:
  explicit QualCoder(NativeFile& file) : file_(file), into_("QualCoder", file.name()) {
    // Python counts every character that stands in the text.
    into_.project.counts = OffsetRule{.bom_counted = true, .crlf_two = true};
  }

  Project Take() {
    file_.Each("project", {"date", "memo"}, [&](const Row& row) {
      into_.mark = row.Text(0);
      into_.project.description = Trim(row.Text(1));
    });
    Codes();
    Texts();
    file_.Each("code_text", {"cid", "fid", "pos0", "pos1", "owner", "date", "seltext", "memo"}, [&](const Row& row) {
      auto place = PlaceOf(row);
      place.words = row.Text(6);
      place.memo = row.Text(7);
      into_.AddCoding(row.Number(0), place);
    });
    file_.Each("annotation", {"anid", "fid", "pos0", "pos1", "owner", "date", "memo"}, [&](const Row& row) {
      auto place = PlaceOf(row);
      place.memo = row.Text(6);
      into_.Annotate(place);
    });
    file_.Each("cases", {"caseid", "name", "memo"}, [&](const Row& row) { into_.AddCase(row.Number(0), row.Text(1), row.Text(2)); });
    file_.Each("case_text", {"caseid", "fid", "pos0", "pos1", "owner", "date"}, [&](const Row& row) { into_.LinkCase(row.Number(0), PlaceOf(row)); });
    Values();
    file_.Each("journal", {"jid", "name", "jentry", "owner", "date"}, [&](const Row& row) {
      const Id note = into_.Note("journal " + Key(row, 0, 1), row.Text(1), row.Text(2), {into_.Coder(row.Text(3)), ParseMoment(row.Text(4))});
      if (!note.IsNil()) into_.project.notes_of_study.push_back(note);
    });
    for (const char* table : {"code_image", "code_av"}) {
      file_.Each(table, {"cid"}, [&](const Row&) { into_.project.Drop("media-codings", file_.name()); });
    }
    return std::move(into_.project);
  }

 private:
  /// Of a row that begins with some number, text, start, end, owner and date.
  NativeProject::Place PlaceOf(const Row& row) {
    const std::string owner = row.Text(4);
    return {.text = row.Number(1), .start = row.Number(2), .end = row.Number(3), .stamp = {into_.Coder(owner), ParseMoment(row.Text(5))}, .owner = owner};
  }
  static std::string Key(const Row& row, int number, int name) { return std::to_string(row.Number(number).value_or(0)) + " " + row.Text(name); }

  void Codes() {
    std::vector<std::pair<ForeignCode, Id>> codes;
    std::map<std::int64_t, Id> categories;
    std::vector<std::optional<std::int64_t>> above_code, category_of;
    file_.Each("code_cat", {"catid", "name", "memo", "supercatid"}, [&](const Row& row) {
      const Id id = into_.IdOf("category", Key(row, 0, 1));
      if (const auto number = row.Number(0)) categories.emplace(*number, id);
      codes.push_back({{.id = id, .name = Trim(row.Text(1)), .description = Trim(row.Text(2)), .codable = false}, {}});
      category_of.push_back(row.Number(3));
      above_code.emplace_back(std::nullopt);
    });
    file_.Each("code_name", {"cid", "name", "memo", "catid", "color", "supercid"}, [&](const Row& row) {
      const Id id = into_.IdOf("code", Key(row, 0, 1));
      if (const auto number = row.Number(0)) into_.codes.emplace(*number, id);
      codes.push_back({{.id = id, .name = Trim(row.Text(1)), .colour = row.Text(4), .description = Trim(row.Text(2))}, {}});
      category_of.push_back(row.Number(3));
      above_code.push_back(row.Number(5));
    });
    const auto find = [](const std::map<std::int64_t, Id>& ids, const std::optional<std::int64_t>& number) {
      const auto found = number ? ids.find(*number) : ids.end();
      return found == ids.end() ? Id{} : found->second;
    };
    for (std::size_t i = 0; i < codes.size(); ++i) {
      codes[i].second = find(into_.codes, above_code[i]);
      if (codes[i].second.IsNil()) codes[i].second = find(categories, category_of[i]);
    }
    into_.TakeCodes(std::move(codes));
  }

  void Texts() {
    file_.Each("source", {"id", "name", "fulltext", "mediapath", "memo"}, [&](const Row& row) {
      const std::string text = row.Bytes(2), title = row.Text(1);
      const auto number = row.Number(0);
      if (text.empty() || !number) {
        // A film or picture has no words of its own.
        into_.project.Drop(row.Text(3).empty() ? "no-text" : "media-source", title);
        return;
      }
      ForeignSource& source = into_.AddText(*number, title, text);
      source.file_name = Trim(title);
      source.description = Trim(row.Text(4));
    });
  }

  void Values() {
    std::map<std::string, std::string> types;
    file_.Each("attribute_type", {"name", "valuetype"}, [&](const Row& row) {
      types[row.Text(0)] = row.Text(1) == "numeric" ? "float" : "text";
      into_.Variable(row.Text(0), types[row.Text(0)]);
    });
    file_.Each("attribute", {"name", "attr_type", "value", "id"}, [&](const Row& row) {
      const std::string name = row.Text(0), value = Trim(row.Text(2)), kind = row.Text(1);
      const auto number = row.Number(3);
      if (value.empty() || !number) return;
      const auto text = into_.texts.find(*number);
      const auto study_case = into_.cases.find(*number);
      const ForeignValue filled{into_.Variable(name, types.contains(name) ? types[name] : "text"), value};
      if (kind == "case" && study_case != into_.cases.end()) into_.project.cases[study_case->second].values.push_back(filled);
      else if (kind == "file" && text != into_.texts.end()) into_.project.sources[text->second].values.push_back(filled);
      else into_.project.Drop("homeless-value", name);
    });
  }

  NativeFile& file_;
  NativeProject into_;
};

}  // namespace

Project ReadQualCoder(NativeFile& file) { return QualCoder(file).Take(); }

}  // namespace meerstem::exchange
