// coding.history: what was done to one code, read back from the journal's records, the newest first.
#include <algorithm>
#include <cstring>

#include "core/base/clock.h"
#include "core/store/changeset.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

/// What one entry of the journal did to the code.
struct Event {
  JournalEntry entry;
  std::vector<Message> what;
  std::int64_t codings_added = 0;
  std::int64_t codings_gone = 0;
};

/// Where the columns stand in a changeset of this study.
std::map<std::string, std::size_t> ColumnsOf(Reading& reading, const std::string& table) {
  std::map<std::string, std::size_t> columns;
  auto rows = reading.Query("SELECT name, cid FROM pragma_table_info(?)", table);
  while (rows.Step()) columns[rows.Text(0)] = static_cast<std::size_t>(rows.Int(1));
  return columns;
}

using Values = std::vector<std::optional<std::string>>;

bool Holds(const Values& values, std::size_t column, const Id& id) {
  return column < values.size() && values[column] && values[column]->size() == id.bytes.size() && std::memcmp(values[column]->data(), id.bytes.data(), id.bytes.size()) == 0;
}

class Reader {
 public:
  Reader(Reading& reading, const Id& code) : reading_(reading), code_(code), code_columns_(ColumnsOf(reading, "code")), coding_columns_(ColumnsOf(reading, "coding")) {}

  /// False: the record is gone.
  bool Read(Event& event) {
    // An undo applies what was recorded the other way round; its record is that of the entry it undoes.
    const bool undone = event.entry.kind == "undo";
    const std::int64_t sequence = event.entry.target.value_or(event.entry.sequence);
    return VisitChanges(reading_, sequence, {"code", "coding"}, [&](const RowChange& change) {
      RowChange seen = change;
      if (undone) {
        std::swap(seen.before, seen.after);
        if (seen.kind != RowChange::Kind::kUpdated) seen.kind = seen.kind == RowChange::Kind::kInserted ? RowChange::Kind::kDeleted : RowChange::Kind::kInserted;
      }
      if (seen.table == "code") OfCode(seen, event);
      else OfCoding(seen, event);
    });
  }

 private:
  void OfCode(const RowChange& change, Event& event) const {
    const std::size_t key = code_columns_.at("id");
    if (!Holds(change.before, key, code_) && !Holds(change.after, key, code_)) return;
    if (change.kind == RowChange::Kind::kInserted) return event.what.push_back(Say("made as “{0}”", At(change.after, "name")));
    if (change.kind == RowChange::Kind::kDeleted) return event.what.push_back(Say("taken away"));
    const auto touched = [&](const char* column) { return At(change.before, column) != At(change.after, column); };
    if (touched("name")) event.what.push_back(Say("renamed from “{0}” to “{1}”", At(change.before, "name"), At(change.after, "name")));
    if (touched("parent_id")) event.what.push_back(Say("moved"));
    if (touched("definition")) event.what.push_back(Say("defined: “{0}”", At(change.after, "definition")));
    if (touched("include") || touched("exclude")) event.what.push_back(Say("rules of use changed"));
    if (touched("example")) event.what.push_back(Say("other example"));
    if (touched("deductive")) event.what.push_back(At(change.after, "deductive") == "1" ? Say("now from theory") : Say("now from the data"));
    if (touched("codable")) event.what.push_back(At(change.after, "codable") == "1" ? Say("now for coding") : Say("now a heading only"));
    if (touched("colour")) event.what.push_back(Say("other colour"));
  }

  void OfCoding(const RowChange& change, Event& event) const {
    const std::size_t column = coding_columns_.at("code_id");
    // An update that does not touch the code leaves its column out.
    if (Holds(change.after, column, code_)) ++event.codings_added;
    if (Holds(change.before, column, code_)) ++event.codings_gone;
  }

  std::string At(const Values& values, const char* column) const {
    const auto found = code_columns_.find(column);
    if (found == code_columns_.end() || found->second >= values.size()) return {};
    return values[found->second].value_or("");
  }

  Reading& reading_;
  Id code_;
  std::map<std::string, std::size_t> code_columns_;
  std::map<std::string, std::size_t> coding_columns_;
};

view::Model Build(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  const Code code = GetCode(reading, *arguments.Entity("code"));
  std::vector<std::int64_t> sequences;
  {
    // The summaries say which entries touched codes or codings at all.
    auto rows = reading.Query("SELECT seq FROM journal WHERE entities LIKE '%\"code\":%' OR entities LIKE '%\"coding\":%' ORDER BY seq DESC");
    while (rows.Step()) sequences.push_back(rows.Int(0));
  }
  Reader reader(reading, code.id);
  std::vector<view::Row> lines;
  std::int64_t purged = 0;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    if (i % 64 == 0) job.Progress(static_cast<double>(i) / static_cast<double>(sequences.size()));
    Event event;
    const auto entry = Store::Entry(reading, sequences[i]);
    if (!entry) continue;
    event.entry = *entry;
    if (!reader.Read(event)) {
      ++purged;
      continue;
    }
    if (event.codings_added > 0) event.what.push_back(SayCount("{0} coding added", "{0} codings added", event.codings_added));
    if (event.codings_gone > 0) event.what.push_back(SayCount("{0} coding taken away", "{0} codings taken away", event.codings_gone));
    if (event.what.empty()) continue;
    Message what = event.what.front();
    for (std::size_t j = 1; j < event.what.size(); ++j) what = Say("{0}; {1}", what, event.what[j]);
    view::Cell who{.value = NameOf(registry, reading, "researcher", entry->actor)};
    if (std::get<std::string>(who.value).empty()) who.state = view::State::kEmpty;
    const Message label = entry->kind == "undo" ? Say("Undo: {0}", entry->label) : entry->kind == "redo" ? Say("Redo: {0}", entry->label) : entry->label;
    lines.push_back({.key = std::to_string(entry->sequence), .cells = {{.value = ToIsoTime(entry->at)}, std::move(who), {.value = label}, {.value = what}}});
  }
  view::Model model;
  model.title = Say("History of “{0}”", code.path);
  model.population.facts = {{"events", Say("Changes"), static_cast<std::int64_t>(lines.size())}};
  if (purged > 0) {
    model.notes.push_back(SayCount("The record of {0} older change was purged; what it did to this code is not known any more.",
                                   "The records of {0} older changes were purged; what they did to this code is not known any more.", purged));
  }
  model.body = view::Table{{{"time", Say("When")}, {"researcher", Say("Who")}, {"step", Say("Step")}, {"what", Say("What happened to the code"), view::ColumnType::kText, 60}},
                           view::MakeRows(std::move(lines))};
  model.empty = Say("The journal knows of nothing that happened to this code.");
  return model;
}

}  // namespace

void RegisterHistory(Registry& registry) {
  View view{.id = "coding.history", .kind = view::Kind::kTable, .label = Say("History of a code"), .help = Say("What was done to one code, by whom and when: made, renamed, moved, defined, codings added and taken away.")};
  view.parameters = {EntityParameter("code", "code", Say("Code"))};
  view.in_navigator = false;
  view.build = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Build(registry, reading, arguments, job); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::coding
