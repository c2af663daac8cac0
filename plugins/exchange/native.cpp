#include "plugins/exchange/native.h"

#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/base/fold.h"

namespace meerstem::exchange {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSqlite{"SQLite format 3\0", 16};

/// QualCoder keeps a folder: its database is the file to read.
std::string DatabaseOf(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error) ? (fs::path(path) / "data.qda").string() : path;
}

bool IsMaxqda(const std::string& name) {
  const std::string ending = LowerAscii(fs::path(name).extension().string());
  return ending.starts_with(".mx") || ending.starts_with(".mqda") || ending.starts_with(".mex");
}

Error Maxqda(const std::string& name) {
  return Refuse("“{0}” is a project of MAXQDA, whose makers tell nobody how it is written; export it there as a REFI-QDA project and bring in that file.", name);
}

}  // namespace

std::string NativeName(const std::string& path) {
  fs::path file = fs::absolute(path);
  if (file.filename().empty()) file = file.parent_path();
  // QualCoder's database is called the same in every project.
  if (LowerAscii(file.filename().string()) == "data.qda") file = file.parent_path();
  return file.filename().string();
}

bool IsNative(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return fs::is_regular_file(DatabaseOf(path), error);
  if (!fs::is_regular_file(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  std::string head(kSqlite.size(), '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  return head == kSqlite || IsMaxqda(path);
}

Project ReadNative(const std::string& path, Job& job) {
  const std::string database = DatabaseOf(path), name = NativeName(path);
  if (IsMaxqda(database)) throw Maxqda(name);
  NativeFile file(database, name, job);
  Project project;
  if (file.Has("code_name") && file.Has("code_text") && file.Has("source")) project = ReadQualCoder(file);
  else if (file.Has("freecode") && file.Has("coding") && file.Has("source")) project = ReadRqda(file);
  else if (file.Has("highlights") && file.Has("tags") && file.Has("documents")) project = ReadTaguette(file);
  else throw Refuse("“{0}” is a database, but no project of QualCoder, Taguette or RQDA; export the project as REFI-QDA and bring in that file.", name);
  project.name = name;
  project.names_are_words = true;
  if (project.sources.empty() && project.codes.empty()) throw Refuse("“{0}” holds neither texts nor codes; there is nothing to bring in.", name);
  return project;
}

Id NativeProject::Coder(const std::string& name) {
  if (name.empty()) return {};
  const Id id = IdOf("coder", name);
  if (coders_.insert(id).second) project.users.push_back({id, name});
  return id;
}

Id NativeProject::Note(const std::string& what, const std::string& name, const std::string& text, const Stamp& stamp) {
  const std::string words = Trim(text);
  if (words.empty()) return {};
  const Id id = IdOf("memo", what);
  project.notes.push_back({id, Trim(name), words, {}, stamp});
  return id;
}

ForeignSource& NativeProject::AddText(std::int64_t number, const std::string& title, const std::string& bytes) {
  ForeignSource source{.id = IdOf("source", std::to_string(number) + " " + title), .title = Trim(title)};
  source.text = ForeignText(bytes);
  texts.emplace(number, project.sources.size());
  project.sources.push_back(std::move(source));
  return project.sources.back();
}

ForeignSource* NativeProject::TextOf(const std::optional<std::int64_t>& number) {
  const auto found = number ? texts.find(*number) : texts.end();
  if (found != texts.end()) return &project.sources[found->second];
  project.Drop("absent-text", file_);
  return nullptr;
}

ForeignSource* NativeProject::Lies(const Place& place) {
  ForeignSource* source = TextOf(place.text);
  if (!source || (place.start && place.end)) return source;
  project.Drop("no-position", source->title);
  return nullptr;
}

std::string NativeProject::Spell(const ForeignSource& source, const Place& place) {
  return ToString(source.id) + " " + std::to_string(*place.start) + "-" + std::to_string(*place.end) + " ";
}

void NativeProject::AddCoding(const std::optional<std::int64_t>& code, const Place& place) {
  ForeignSource* source = Lies(place);
  if (!source) return;
  const std::string what = Spell(*source, place) + std::to_string(code.value_or(0)) + " " + place.owner;
  const auto known = code ? codes.find(*code) : codes.end();
  const ForeignCoding coding{IdOf("coding", what), known == codes.end() ? IdOf("no code", what) : known->second, place.stamp};
  Selection selection{.id = IdOf("selection", what), .stamp = place.stamp, .start = *place.start, .end = *place.end, .name = place.words};
  if (const Id note = Note("coding " + what, {}, place.memo, place.stamp); !note.IsNil()) selection.notes.push_back(note);
  Select(*source, std::move(selection), &coding);
}

void NativeProject::Annotate(const Place& place) {
  ForeignSource* source = Lies(place);
  if (!source) return;
  const std::string what = Spell(*source, place) + place.owner;
  const Id note = Note("annotation " + what, {}, place.memo, place.stamp);
  if (!note.IsNil()) Select(*source, {.id = IdOf("annotated", what), .stamp = place.stamp, .start = *place.start, .end = *place.end, .notes = {note}}, nullptr);
}

void NativeProject::AddCase(const std::optional<std::int64_t>& number, const std::string& name, const std::string& memo) {
  if (number) cases.emplace(*number, project.cases.size());
  project.cases.push_back({IdOf("case", std::to_string(number.value_or(0)) + " " + name), Trim(name), Trim(memo), {}, {}, {}});
}

void NativeProject::LinkCase(const std::optional<std::int64_t>& number, const Place& place) {
  const auto found = number ? cases.find(*number) : cases.end();
  const auto text = place.text ? texts.find(*place.text) : texts.end();
  if (found == cases.end() || text == texts.end()) {
    project.Drop("case-media", found == cases.end() ? file_ : project.cases[found->second].name);
    return;
  }
  ForeignCase& about = project.cases[found->second];
  ForeignSource& source = project.sources[text->second];
  // The whole text, but for a line end that one of them does not count.
  if (!place.start || !place.end || (*place.start <= 0 && *place.end >= source.text->text().size() - 1)) {
    about.sources.push_back(source.id);
    return;
  }
  const Id selection = IdOf("case text", Spell(source, place) + ToString(about.id));
  Select(source, {.id = selection, .stamp = place.stamp, .start = *place.start, .end = *place.end}, nullptr);
  about.selections.push_back(selection);
}

void NativeProject::Select(ForeignSource& source, Selection selection, const ForeignCoding* coding) {
  selection.first_coding = static_cast<std::uint32_t>(source.codings.size());
  selection.codings = coding ? 1 : 0;
  if (coding) source.codings.push_back(*coding);
  source.selections.push_back(std::move(selection));
}

void NativeProject::TakeCodes(std::vector<std::pair<ForeignCode, Id>> taken) {
  std::map<Id, std::size_t> by_id;
  for (std::size_t i = 0; i < taken.size(); ++i) by_id.emplace(taken[i].first.id, i);
  enum class State : std::uint8_t { kWaiting, kOnTheWay, kDone };
  std::vector<State> states(taken.size(), State::kWaiting);
  std::vector<std::size_t> places(taken.size());
  for (std::size_t i = 0; i < taken.size(); ++i) {
    // Up to the first that is done or has nothing above it, then down again: parents come before their children.
    std::vector<std::size_t> way;
    for (std::size_t at = i; states[at] == State::kWaiting;) {
      states[at] = State::kOnTheWay;
      way.push_back(at);
      const auto above = by_id.find(taken[at].second);
      if (above == by_id.end()) break;
      if (states[above->second] == State::kOnTheWay) {
        project.Drop("cyclic-code", taken[at].first.name);
        taken[at].second = {};
        break;
      }
      at = above->second;
    }
    for (auto each = way.rbegin(); each != way.rend(); ++each) {
      auto& [code, parent] = taken[*each];
      if (const auto above = by_id.find(parent); above != by_id.end()) code.parent = places[above->second];
      states[*each] = State::kDone;
      places[*each] = project.codes.size();
      project.codes.push_back(std::move(code));
    }
  }
}

Id NativeProject::Variable(const std::string& name, const std::string& type) {
  const Id id = IdOf("variable", name);
  if (variables_.insert(id).second) project.variables.push_back({id, name, type});
  return id;
}

}  // namespace meerstem::exchange
