// Taguette's database, as its project export and its own file are. Highlights are counted in bytes of the words of the
// document's HTML; who made one, and when, stands in the log of commands.
#include <nlohmann/json.hpp>

#include "plugins/exchange/html_text.h"
#include "plugins/exchange/moment.h"
#include "plugins/exchange/native.h"

namespace meerstem::exchange {
namespace {

using Row = NativeFile::Row;

class Taguette {
 public:
  explicit Taguette(NativeFile& file) : file_(file), into_("Taguette", file.name()) {
    into_.project.counts = OffsetRule{};
    into_.project.places = Say("bytes of the words of each page");
  }

  Project Take() {
    std::int64_t projects = 0;
    file_.Each("projects", {"name", "description", "created"}, [&](const Row& row) {
      ++projects;
      into_.mark = row.Text(0) + " " + row.Text(2);
      into_.project.description = Trim(row.Text(1));
    });
    if (projects > 1) throw Refuse("“{0}” holds {1} projects of Taguette; open the one that you want there, choose “Project info” and “Export project”, and bring in that file.", file_.name(), projects);
    Codes();
    Makers();
    Highlights();
    return std::move(into_.project);
  }

 private:
  void Codes() {
    std::vector<std::pair<ForeignCode, Id>> codes;
    file_.Each("tags", {"id", "path", "description"}, [&](const Row& row) {
      const std::string name = Trim(row.Text(1));
      const Id id = into_.IdOf("code", name);
      if (const auto number = row.Number(0)) into_.codes.emplace(*number, id);
      codes.push_back({{.id = id, .name = name, .description = Trim(row.Text(2))}, {}});
    });
    into_.TakeCodes(std::move(codes));
  }

  void Makers() {
    file_.Each("commands", {"date", "user_login", "payload"}, [&](const Row& row) {
      const auto json = nlohmann::json::parse(row.Text(2), nullptr, false);
      if (!json.is_object() || !json.contains("type") || json["type"] != "highlight_add") return;
      const auto number = json.find("highlight_id");
      if (number == json.end() || !number->is_number_integer()) return;
      // Changing a highlight logs the same command again: who came first made it.
      makers_.emplace(number->get<std::int64_t>(), Stamp{into_.Coder(row.Text(1)), ParseMoment(row.Text(0))});
    });
  }

  void Highlights() {
    std::map<std::int64_t, std::vector<std::int64_t>> tags;
    file_.Each("highlight_tags", {"highlight_id", "tag_id"}, [&](const Row& row) {
      if (row.Number(0) && row.Number(1)) tags[*row.Number(0)].push_back(*row.Number(1));
    });
    std::map<std::int64_t, HtmlText> pages;
    file_.Each("documents", {"id", "name", "description", "filename", "contents"}, [&](const Row& row) {
      const auto number = row.Number(0);
      HtmlText text = WordsOfHtml(row.Text(4));
      if (!number || Trim(text.words).empty()) {
        into_.project.Drop("no-text", row.Text(1));
        return;
      }
      ForeignSource& source = into_.AddText(*number, row.Text(1), text.words);
      source.file_name = Trim(row.Text(3));
      source.description = Trim(row.Text(2));
      pages.emplace(*number, std::move(text));
    });
    file_.Each("highlights", {"id", "document_id", "start_offset", "end_offset", "snippet"}, [&](const Row& row) {
      const auto number = row.Number(0), start = row.Number(2), end = row.Number(3);
      ForeignSource* found = into_.TextOf(row.Number(1));
      if (!found) return;
      ForeignSource& source = *found;
      const HtmlText& html = pages.at(*row.Number(1));
      const auto most = static_cast<std::int64_t>(html.words.size() - html.breaks.size());
      if (!number || !start || !end || *start < 0 || *end < 0 || *start > most || *end > most) {
        into_.project.Drop(start && end ? "outside" : "no-position", source.title);
        return;
      }
      const Text& text = source.text->text();
      const auto place = [&](std::int64_t byte, bool is_end) { return text.CodePoint(html.Place(static_cast<std::size_t>(byte), is_end)); };
      const auto maker = makers_.find(*number);
      const Stamp stamp = maker == makers_.end() ? Stamp{} : maker->second;
      const std::string what = ToString(source.id) + " " + std::to_string(*start) + "-" + std::to_string(*end) + " " + std::to_string(*number);
      const Selection selection{.id = into_.IdOf("selection", what), .stamp = stamp, .start = place(*start, false), .end = place(*end, true), .name = WordsOfHtml(row.Text(4)).words};
      const auto& codes = tags[*number];
      if (codes.empty()) into_.Select(source, selection, nullptr);
      for (std::size_t i = 0; i < codes.size(); ++i) {
        const auto known = into_.codes.find(codes[i]);
        const std::string which = what + " " + std::to_string(codes[i]);
        const ForeignCoding coding{into_.IdOf("coding", which), known == into_.codes.end() ? into_.IdOf("no code", which) : known->second, stamp};
        if (i == 0) {
          into_.Select(source, selection, &coding);
        } else {
          source.codings.push_back(coding);
          ++source.selections.back().codings;
        }
      }
    });
  }

  NativeFile& file_;
  NativeProject into_;
  std::map<std::int64_t, Stamp> makers_;
};

}  // namespace

Project ReadTaguette(NativeFile& file) { return Taguette(file).Take(); }

}  // namespace meerstem::exchange
