// Word lists: forms that belong together (gezin, gezinnen, huisgezin), chosen from what a search found and kept with the
// study. Nothing is ever stemmed in silence: a list holds what somebody ticked or typed.
#include <algorithm>
#include <sstream>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"
#include "plugins/coding/finding.h"

namespace meerstem::coding {
namespace {

EntityKind WordListKind() {
  EntityKind kind{.kind = "word-list", .table = "word_list", .label = Say("word list")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM word_list WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, name FROM word_list ORDER BY order_key, name");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"coding.search", {{"list", id}}}; };
  return kind;
}

/// One form a line, trimmed, each once whatever its capitals and accents. Refuses a list of nothing.
std::string CleanForms(const std::string& text) {
  std::istringstream lines(text);
  std::set<std::string> seen;
  std::string forms;
  for (std::string line; std::getline(lines, line);) {
    const std::string form = Trim(line);
    if (!form.empty() && seen.insert(FoldText(form)).second) forms += (forms.empty() ? "" : "\n") + form;
  }
  if (forms.empty()) throw Refuse("A word list needs at least one word.");
  return forms;
}

std::string NameIn(Reading& reading, const Arguments& arguments, const Id& itself) {
  const std::string name = Trim(arguments.Text("name"));
  if (name.empty()) throw Refuse("A name is needed; it may not be empty.");
  if (reading.Number("SELECT count(*) FROM word_list WHERE name = ? AND id <> ?", name, itself) > 0) {
    throw Refuse("There is a word list “{0}” already; choose another name.", name);
  }
  return name;
}

/// The forms that a search finds, as it is asked by the arguments.
std::vector<WordForm> Forms(Reading& reading, const Arguments& arguments, Job& job) {
  SearchQuery query = QueryFrom(reading, arguments);
  query.text = arguments.Text("text");
  query.mode = ModeOf(arguments.Text("mode"));
  return FormsAt(reading, FindPlaces(reading, query, job));
}

view::Table FormTable(const std::vector<WordForm>& forms) {
  std::vector<view::Row> rows;
  for (const auto& form : forms) {
    view::Row row{.key = form.folded, .cells = {{.value = form.shown}, {.value = form.count}, {.value = form.sources}}, .entities = {}, .target = {}};
    row.target = view::Target{"coding.search", {{"text", form.shown}, {"mode", std::string("whole-word")}}};
    rows.push_back(std::move(row));
  }
  return {{{"form", Say("Form")}, {"places", Say("Places"), view::ColumnType::kInteger}, {"sources", Say("Sources"), view::ColumnType::kInteger}}, view::MakeRows(std::move(rows))};
}

void AddSearchParameters(std::vector<Parameter>& parameters) {
  Parameter text{.name = "text", .label = Say("Words")};
  text.live = true;
  parameters.push_back(text);
  parameters.push_back(ModeParameter());
  for (auto& parameter : ScopeParameters()) parameters.push_back(std::move(parameter));
  parameters.push_back(FlagParameter("include-researchers", Say("The interviewer's words too")));
}

Command SaveWordList() {
  Command command{.id = "coding.save-word-list", .label = Say("Save a word list"),
                  .help = Say("Keeps words that belong together under a name: the forms that a search finds, of which you tick those that you mean, or words that you type.")};
  Parameter forms{.name = "form", .label = Say("Further words")};
  forms.list = true;
  Parameter rows{.name = "rows", .type = ParameterType::kRows, .label = Say("Chosen forms")};
  rows.list = true;
  command.parameters = {{.name = "name", .label = Say("Name"), .required = true}};
  AddSearchParameters(command.parameters);
  command.parameters.push_back(forms);
  command.parameters.push_back(rows);
  command.prepare = [](Reading& reading, const Arguments& arguments, Job& job) {
    const std::string name = NameIn(reading, arguments, {});
    auto found = Forms(reading, arguments, job);
    if (const auto chosen = arguments.Texts("rows"); !chosen.empty()) {
      std::erase_if(found, [&](const WordForm& form) { return std::find(chosen.begin(), chosen.end(), form.folded) == chosen.end(); });
    }
    std::string all;
    for (const auto& form : found) all += form.folded + "\n";
    for (const auto& form : arguments.Texts("form")) all += form + "\n";
    Plan plan = Simply([name, all](Writing& writing, Outcome& outcome) {
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO word_list (id, name, forms, order_key) VALUES (?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM word_list))",
                 outcome.created.back(), name, CleanForms(all));
      outcome.show = view::Target{"coding.search", {{"list", outcome.created.back()}}};
    });
    view::Model preview;
    preview.population.facts = {{"forms", Say("Forms"), static_cast<std::int64_t>(found.size())}};
    preview.body = FormTable(found);
    preview.empty = Say("The search finds no words; what you type yourself is kept.");
    plan.preview = std::move(preview);
    return plan;
  };
  return command;
}

Command SetWordList() {
  Command command{.id = "coding.set-word-list", .label = Say("Change a word list"), .help = Say("Gives a word list another name, other words or both; one word a line.")};
  command.parameters = {EntityParameter("list", "word-list", Say("Word list")), {.name = "name", .label = Say("Name")}, {.name = "forms", .type = ParameterType::kProse, .label = Say("Forms")}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id list = *arguments.Entity("list");
    const auto name = arguments.Has("name") ? std::optional(NameIn(reading, arguments, list)) : std::nullopt;
    const auto forms = arguments.Has("forms") ? std::optional(CleanForms(arguments.Text("forms"))) : std::nullopt;
    return Simply([list, name, forms](Writing& writing, Outcome&) {
      writing.Do("UPDATE word_list SET name = ifnull(?, name), forms = ifnull(?, forms) WHERE id = ?", name, forms, list);
    });
  };
  return command;
}

Command DeleteWordList() {
  Command command{.id = "coding.delete-word-list", .label = Say("Delete a word list"), .help = Say("Takes a word list out of the study; nothing coded changes.")};
  command.parameters = {EntityParameter("list", "word-list", Say("Word list"))};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([list = *arguments.Entity("list")](Writing& writing, Outcome&) { writing.Do("DELETE FROM word_list WHERE id = ?", list); });
  };
  return command;
}

view::Model BuildForms(Reading& reading, const Arguments& arguments, Job& job) {
  const auto forms = Forms(reading, arguments, job);
  view::Model model;
  std::int64_t places = 0;
  for (const auto& form : forms) places += form.count;
  model.population.facts = {{"forms", Say("Forms"), static_cast<std::int64_t>(forms.size())}, {"places", Say("Places"), places}};
  model.body = FormTable(forms);
  model.empty = Say("Type the words to look for.");
  return model;
}

view::Model BuildLists(Reading& reading, const Arguments&, Job&) {
  std::vector<view::Row> rows;
  auto lists = reading.Query("SELECT id, name, forms FROM word_list ORDER BY order_key, name");
  while (lists.Step()) {
    const Id id = lists.GetId(0);
    view::Row row{.key = ToString(id), .cells = {}, .entities = {{"word-list", id}}, .target = view::Target{"coding.search", {{"list", id}}}};
    row.cells = {{.value = lists.Text(1), .edit = view::Edit{"coding.set-word-list", {{"list", id}}, "name", ParameterType::kText, {}}},
                 {.value = lists.Text(2), .edit = view::Edit{"coding.set-word-list", {{"list", id}}, "forms", ParameterType::kProse, {}}}};
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.body = view::Table{{{"name", Say("Name")}, {"forms", Say("Forms"), view::ColumnType::kText, 60}}, view::MakeRows(std::move(rows))};
  model.empty = Say("There is no word list yet; search for a part of a word and choose among the forms found.");
  model.actions = {{Say("Save a word list"), "coding.save-word-list", {}}};
  return model;
}

}  // namespace

void RegisterWordLists(Registry& registry) {
  registry.Add(WordListKind());
  registry.Add(SaveWordList());
  registry.Add(SetWordList());
  registry.Add(DeleteWordList());
  View forms{.id = "coding.word-forms", .kind = view::Kind::kTable, .label = Say("Word forms"), .help = Say("The whole words in which something stands, each with how often: what a search for a part of a word really found.")};
  AddSearchParameters(forms.parameters);
  forms.build = BuildForms;
  registry.Add(std::move(forms));
  View lists{.id = "coding.word-lists", .kind = view::Kind::kTable, .label = Say("Word lists"), .help = Say("Words that are looked for together.")};
  lists.build = BuildLists;
  registry.Add(std::move(lists));
}

}  // namespace meerstem::coding
