#include "plugins/exchange/export_project.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/study/row_words.h"
#include "plugins/exchange/export_writer.h"
#include "plugins/exchange/meta.h"
#include "plugins/exchange/moment.h"

namespace meerstem::exchange {
namespace {

constexpr std::int64_t kNoteName = 40;
constexpr const char* kOrigin = "Meerstem 0.1.0";

bool IsColour(const std::string& text) {
  return text.size() == 7 && text[0] == '#' && std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isxdigit(c); });
}

std::string ShortName(const std::string& text) {
  const Text words(text);
  return words.size() <= kNoteName && text.find('\n') == std::string::npos ? text : std::string(words.Slice({0, std::min(kNoteName, words.size())})) + "…";
}

/// Everything stands still while it is read: a snapshot of the study.
class Snapshot {
 public:
  explicit Snapshot(Reading& reading) : database_(reading.database()) { database_.Script("BEGIN"); }
  ~Snapshot() {
    try {
      database_.Script("COMMIT");
    } catch (const Error&) {
      // Nothing was written: there is nothing to lose.
    }
  }
  Snapshot(const Snapshot&) = delete;

 private:
  Database& database_;
};

/// What every codebook writes of a code.
void CodeHead(XmlWriter& xml, const Code& code) {
  xml.Open("Code");
  xml.Attribute("guid", ShowGuid(code.id));
  xml.Attribute("name", code.name);
  xml.Attribute("isCodable", code.codable ? "true" : "false");
  if (IsColour(code.colour)) xml.Attribute("color", code.colour);
}

XmlWriter FileWriter(std::ofstream& file) {
  return XmlWriter([&file](std::string_view part) { file.write(part.data(), static_cast<std::streamsize>(part.size())); });
}

void Close(std::ofstream& file, XmlWriter& xml, const char* name) {
  xml.Flush();
  file.close();
  if (!file) throw Error(ErrorCode::kDisk, Say("“{0}” could not be written; look whether the disk is full or the folder can only be read.", name));
}

}  // namespace

ProjectWriter::ProjectWriter(Reading& reading, const ExportOptions& options, Package& package, Job& job, XmlWriter& xml)
    : reading_(reading), options_(options), package_(package), job_(job), xml_(xml), kept_(LoadKept(reading)) {
  for (auto& kept : kept_["PlainTextSelection"]) titles_[kept.id] = kept.element["name"];
  for (const auto& kept : kept_["PDFSource"]) {
    if (kept.in_study) pdfs_[kept.id] = &kept;
  }
  for (const char* kind : {"AudioSource", "VideoSource"}) {
    for (const auto& kept : kept_[kind]) {
      for (const auto& child : kept.element.children) {
        if (child["inStudy"] == "true") transcripts_.insert(ParseId(child["guid"]).value_or(Id{}));
      }
    }
  }
  for (const auto& [kind, elements] : kept_) {
    for (const auto& kept : elements) {
      if (!kept.in_study) CollectIds(kept.element, known_);
    }
  }
  const auto collect = [&](const char* table) {
    auto rows = reading_.Query(std::string("SELECT id FROM ") + table);
    while (rows.Step()) known_.insert(rows.GetId(0));
  };
  for (const char* table : {"researcher", "code", "study_case", "source", "memo"}) collect(table);
  // Only links and networks point at quotes.
  if (kept_.contains("Link") || kept_.contains("Graph")) collect("quote");
}

void ProjectWriter::Write() {
  LoadNotes();
  xml_.Open("Project");
  xml_.Attribute("xmlns", "urn:QDA-XML:project:1.0");
  xml_.Attribute("name", options_.name);
  xml_.Attribute("origin", options_.nvivo ? std::string(kOrigin) + ", places as in NVivo" : kOrigin);
  if (known_.contains(options_.actor)) Guid("creatingUserGUID", options_.actor);
  xml_.Attribute("creationDateTime", ShowMoment(options_.now));
  Users();
  CodeBook();
  Variables();
  Cases();
  Sources();
  Notes();
  KeptList("Links", "Link");
  KeptList("Sets", "Set");
  KeptList("Graphs", "Graph");
  for (const auto& note : notes_of_study_) Reference("NoteRef", note);
  xml_.Close();
}

void ProjectWriter::Stamped(const Id& by, std::int64_t at) {
  if (!by.IsNil()) Guid("creatingUser", by);
  xml_.Attribute("creationDateTime", ShowMoment(at));
}

void ProjectWriter::Reference(const char* element, const Id& target) {
  xml_.Open(element);
  Guid("targetGUID", target);
  xml_.Close();
}

void ProjectWriter::NoteRefs(const Id& entity) {
  const auto notes = notes_on_.find(entity);
  if (notes == notes_on_.end()) return;
  for (const auto& note : notes->second) Reference("NoteRef", note);
}

void ProjectWriter::DescriptionOf(const Id& entity) {
  if (const auto found = descriptions_.find(entity); found != descriptions_.end()) xml_.Leaf("Description", found->second);
}

void ProjectWriter::LoadNotes() {
  auto rows = reading_.Query("SELECT id, entity_kind, entity_id, kind, text, author_id, at FROM memo ORDER BY at, id");
  std::int64_t homeless = 0;
  while (rows.Step()) {
    ++memos_line_.found;
    const std::string on = rows.Text(1);
    const Id id = rows.GetId(0), entity = rows.GetId(2);
    const std::string text = rows.Text(4);
    const bool describes = id == DerivedId("description", ToString(entity)) && rows.IsNull(5) && rows.View(3) == "general";
    if (describes && (on == "quote" || on == "source" || on == "case")) {
      descriptions_[entity] = text;
    } else {
      notes_.push_back({id, ShortName(text), rows.Text(3), text, rows.GetId(5), rows.Int(6)});
      if (on == "quote" || on == "source" || on == "code") notes_on_[entity].push_back(id);
      else if (on == "study") notes_of_study_.push_back(id);
      else ++homeless;
    }
    ++memos_line_.added;
  }
  if (homeless > 0) memos_line_.remark = SayCount("{0} goes out as a memo of the project: the format ties none to a case or a person", "{0} go out as memos of the project: the format ties none to a case or a person", homeless);
}

void ProjectWriter::Users() {
  auto rows = reading_.Query("SELECT id, name FROM researcher ORDER BY name, id");
  while (rows.Step()) {
    if (users_line_.found++ == 0) xml_.Open("Users");
    xml_.Open("User");
    Guid("guid", rows.GetId(0));
    xml_.Attribute("name", rows.View(1));
    xml_.Close();
  }
  users_line_.added = users_line_.found;
  if (users_line_.found > 0) xml_.Close();
}

void ProjectWriter::CodeBook() {
  const auto codes = Codebook(reading_);
  codes_line_.found = codes_line_.added = static_cast<std::int64_t>(codes.size());
  if (reading_.Number("SELECT count(*) FROM code WHERE deductive")) codes_line_.remark = Say("whether a code is deductive has no place in the format");
  if (codes.empty()) return;
  xml_.Open("CodeBook");
  xml_.Open("Codes");
  std::size_t at = 0;
  WriteCodes(codes, at, 0);
  xml_.Close();
  xml_.Close();
}

void ProjectWriter::WriteCodes(const std::vector<Code>& codes, std::size_t& at, int depth) {
  while (at < codes.size() && codes[at].depth == depth) {
    const Code& code = codes[at++];
    CodeHead(xml_, code);
    xml_.Leaf("Description", code.definition);
    for (const auto& [column, name] : kCodeNotes) {
      auto row = reading_.Query(std::string("SELECT ") + column + " FROM code WHERE id = ?", code.id);
      if (!row.Step() || row.View(0).empty()) continue;
      const Id note = DerivedId("code-note", ToString(code.id) + column);
      notes_.push_back({note, name, "general", row.Text(0), Id{}, std::nullopt});
      Reference("NoteRef", note);
    }
    NoteRefs(code.id);
    WriteCodes(codes, at, depth + 1);
    xml_.Close();
  }
}

void ProjectWriter::Notes() {
  // What is about a quote that stays here stays too.
  std::unordered_set<Id> silent;
  for (const auto& quote : withheld_) {
    if (const auto notes = notes_on_.find(quote); notes != notes_on_.end()) silent.insert(notes->second.begin(), notes->second.end());
  }
  memos_line_.added -= static_cast<std::int64_t>(silent.size());
  memos_line_.dropped += static_cast<std::int64_t>(silent.size());
  std::erase_if(notes_, [&](const OutgoingNote& note) { return silent.contains(note.id); });
  if (notes_.empty()) return;
  xml_.Open("Notes");
  for (const auto& note : notes_) {
    xml_.Open("Note");
    Guid("guid", note.id);
    xml_.Attribute("name", note.name);
    if (note.at) Stamped(note.author, *note.at);
    if (note.kind != "general") xml_.Leaf("Description", note.kind);
    xml_.Open("PlainTextContent");
    xml_.Text(note.text);
    xml_.Close();
    xml_.Close();
  }
  xml_.Close();
}

void ProjectWriter::KeptList(const char* list, const char* kind) {
  bool open = false;
  for (auto& kept : kept_[kind]) {
    ++kept_line_.found;
    if (!Tidy(kept.element, known_)) {
      ++kept_line_.dropped;
      continue;
    }
    if (!open) xml_.Open(list);
    open = true;
    ++kept_line_.added;
    xml_.Write(kept.element);
  }
  if (open) xml_.Close();
}

std::vector<Line> ProjectWriter::Lines(const Registry& registry) {
  if (changed_texts_ > 0) sources_line_.remark = SayCount("in {0} names are replaced or words withheld, as everywhere outside the study", "in {0} names are replaced or words withheld, as everywhere outside the study", changed_texts_);
  if (quotes_line_.dropped > 0) quotes_line_.remark = Say("those who said them did not agree to be quoted");
  if (reading_.Number("SELECT EXISTS (SELECT 1 FROM coding WHERE origin <> 'import')")) codings_line_.remark = Say("whether they were made by hand or by a search has no place in the format");
  if (codings_line_.dropped > 0) codings_line_.remark = Say("they stand on words that stay here");
  if (kept_line_.dropped > 0) kept_line_.remark = Say("what they refer to is gone");
  if (values_line_.dropped > 0) values_line_.remark = Say("values of people, and values that do not fit their type, have no place in the format");
  std::vector<Line> lines = {users_line_, codes_line_, variables_line_, values_line_, cases_line_, sources_line_, quotes_line_, codings_line_, memos_line_, kept_line_};
  if (const std::int64_t files = reading_.Number("SELECT count(*) FROM source_original"); files > 0) {
    Line line{.what = Say("Files of PDFs"), .found = files, .added = files_, .dropped = files - files_};
    if (files_held_ > 0) line.remark = SayCount("on {0} stands a name that the study hides, or what someone said who did not agree", "on {0} stand names that the study hides, or what people said who did not agree", files_held_);
    else if (line.dropped > 0) line.remark = Say("PDFs that were brought in as documents go out as texts, which every tool can code");
    lines.push_back(line);
  }
  // Whatever else the study holds, of every plugin: named, so that nobody thinks that it went along.
  static const std::set<std::string> kHandled = {"researcher", "code",     "variable", "variable_value", "study_case",    "source",         "span",            "quote",
                                                 "coding",     "memo",     "setting",  "quote_about",    "source_about",  "exchange_kept",  "exchange_alias",  "exchange_import",
                                                 "exchange_line",   "original",        "source_original"};
  for (const auto& component : registry.components()) {
    for (const auto& table : component.tables) {
      if (kHandled.contains(table)) continue;
      const std::int64_t count = reading_.Number("SELECT count(*) FROM " + table);
      if (count > 0) lines.push_back({.what = RowsLabel(registry, table), .found = count, .dropped = count, .remark = Say("the format has no place for them")});
    }
  }
  std::erase_if(lines, [](const Line& line) { return line.found == 0; });
  return lines;
}

std::vector<Line> WriteProject(Reading& reading, const Registry& registry, const ExportOptions& options, Package& package, Job& job) {
  const Snapshot snapshot(reading);
  std::ofstream file(package.Path("project.qde"), std::ios::binary | std::ios::trunc);
  XmlWriter xml = FileWriter(file);
  ProjectWriter writer(reading, options, package, job, xml);
  writer.Write();
  Close(file, xml, "project.qde");
  return writer.Lines(registry);
}

std::vector<Line> WriteCodebook(Reading& reading, Package& package) {
  const Snapshot snapshot(reading);
  const auto codes = Codebook(reading);
  if (codes.empty()) throw Refuse("The codebook is empty; there is nothing to send out.");
  std::ofstream file(package.Path("codebook.qdc"), std::ios::binary | std::ios::trunc);
  XmlWriter xml = FileWriter(file);
  std::unordered_set<Id> known;
  Line line{.what = Say("Codes"), .found = static_cast<std::int64_t>(codes.size()), .added = static_cast<std::int64_t>(codes.size())};
  Line sets{.what = Say("Sets")};
  xml.Open("CodeBook");
  xml.Attribute("xmlns", "urn:QDA-XML:codebook:1.0");
  xml.Attribute("origin", kOrigin);
  xml.Open("Codes");
  for (std::size_t i = 0; i < codes.size(); ++i) {
    known.insert(codes[i].id);
    CodeHead(xml, codes[i]);
    // A codebook has no notes: all of the definition stands in the one description.
    std::string description = codes[i].definition;
    for (const auto& [column, name] : kCodeNotes) {
      auto row = reading.Query(std::string("SELECT ") + column + " FROM code WHERE id = ?", codes[i].id);
      if (!row.Step() || row.View(0).empty()) continue;
      description += (description.empty() ? "" : "\n") + std::string(name) + ": " + row.Text(0);
      line.remark = Say("when a code is for use, when not, and its example stand in its description");
    }
    xml.Leaf("Description", description);
    for (int open = codes[i].depth - (i + 1 < codes.size() ? codes[i + 1].depth : -1); open >= 0; --open) xml.Close();
  }
  auto kept = LoadKept(reading);
  bool open = false;
  for (auto& set : kept["Set"]) {
    std::erase_if(set.element.children, [](const Element& child) { return child.name != "Description" && child.name != "MemberCode"; });
    Tidy(set.element, known);
    if (!set.element.Child("MemberCode")) continue;
    for (auto& member : set.element.children) {
      for (auto& [key, value] : member.attributes) key = key == "targetGUID" ? "guid" : key;
    }
    if (!open) xml.Open("Sets");
    open = true;
    xml.Write(set.element);
    ++sets.found;
    ++sets.added;
  }
  if (open) xml.Close();
  xml.Close();
  Close(file, xml, "codebook.qdc");
  std::vector<Line> lines = {line};
  if (sets.found > 0) lines.push_back(sets);
  return lines;
}

}  // namespace meerstem::exchange
