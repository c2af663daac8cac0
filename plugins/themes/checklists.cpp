// Reporting checklists: data files whose points are filled from the study where it knows the answer; the researchers write
// the rest.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/read_file.h"
#include "core/base/text.h"
#include "core/plugin/shipped.h"
#include "core/study/instruments.h"
#include "plugins/themes/checklist_facts.h"
#include "plugins/themes/part.h"

namespace meerstem::themes {
namespace {

constexpr std::size_t kFileLimit = 1u << 20;

struct Point {
  std::string key;
  Localized part;
  Localized topic;
  Localized question;
  std::string from;         ///< Of StudyFacts(); empty: only the researchers know.
};

struct Checklist {
  std::string name;
  std::string source;       ///< The publication.
  std::vector<Point> points;
};

Checklist ReadChecklist(const std::string& bytes, const std::string& file) {
  const Json json = Json::Parse(bytes, file);
  Checklist list{json.At("name").Text(), json.At("source").Text(), {}};
  std::set<std::string> keys;
  for (const auto& node : json.At("items").Items()) {
    Point point{node.At("key").Text(), node.At("part").Texts(), node.At("topic").Texts(), node.At("question").Texts(), {}};
    if (!keys.insert(point.key).second) throw node.Wrong(Say("the point “{0}” stands in the file twice.", point.key));
    if (const auto from = node.Maybe("from")) point.from = from->OneOf(StudyFacts());
    list.points.push_back(std::move(point));
  }
  if (list.points.empty()) throw json.At("items").Wrong(Say("a checklist has at least one point."));
  return list;
}

Parameter ChecklistParameter() {
  return {.name = "checklist", .type = ParameterType::kEntity, .label = Say("Checklist"), .required = true, .entity_kind = "checklist"};
}

Checklist ChecklistOf(Reading& reading, const Id& id) {
  auto row = reading.Query("SELECT json, key FROM checklist WHERE id = ?", id);
  if (!row.Step()) throw Refuse("This checklist does not exist any more.");
  return ReadChecklist(row.Text(0), row.Text(1));
}

Command AddChecklist(const std::string& folder) {
  const Parameter shipped = ShippedParameter(folder, Say("Checklist that comes with Meerstem"));
  Command command{.id = "themes.add-checklist", .label = Say("Add a reporting checklist"), .help = Say("Brings a checklist such as COREQ or SRQR into the study, from those that come with Meerstem or from a JSON file.")};
  command.parameters = {shipped, {.name = "file", .type = ParameterType::kFile, .label = Say("Checklist file")}};
  command.prepare = [folder](Reading& reading, const Arguments& arguments, Job&) {
    if (arguments.Has("file") == arguments.Has("shipped")) {
      throw Usage("Say which checklist: --shipped with the name of one that comes with Meerstem, or --file with a file.");
    }
    const std::filesystem::path path = arguments.Has("file") ? arguments.Text("file") : folder + "/" + arguments.Text("shipped") + ".json";
    const std::string bytes = ReadFile(path.string(), kFileLimit), key = path.stem().string();
    const Checklist list = ReadChecklist(bytes, path.filename().string());
    if (reading.Number("SELECT count(*) FROM checklist WHERE name = ?", list.name) > 0) throw Refuse("The checklist “{0}” is in the study already.", list.name);
    return Simply([bytes, key, name = list.name](Writing& writing, Outcome& outcome) {
      const Id id = writing.NewId();
      writing.Do("INSERT INTO checklist (id, key, name, json) VALUES (?, ?, ?, ?)", id, key, name, bytes);
      outcome.created.push_back(id);
      outcome.show = view::Target{"themes.checklist", {{"checklist", id}}};
    });
  };
  return command;
}

Command AnswerPoint() {
  Command command{.id = "themes.answer-checklist", .label = Say("Answer a point of a checklist"), .help = Say("Writes what the report says to this point, and where. No words: the answer goes.")};
  command.parameters = {ChecklistParameter(), {.name = "item", .label = Say("Point"), .required = true}, {.name = "text", .type = ParameterType::kProse, .label = Say("Answer")}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id checklist = *arguments.Entity("checklist");
    const std::string item = arguments.Text("item"), text = Trim(arguments.Text("text"));
    const auto points = ChecklistOf(reading, checklist).points;
    if (std::none_of(points.begin(), points.end(), [&](const Point& point) { return point.key == item; })) {
      throw Refuse("This checklist has no point “{0}”; its points are {1} to {2}.", item, points.front().key, points.back().key);
    }
    return Simply([checklist, item, text](Writing& writing, Outcome&) {
      writing.Do("DELETE FROM checklist_answer WHERE checklist_id = ? AND item = ?", checklist, item);
      if (!text.empty()) writing.Do("INSERT INTO checklist_answer (id, checklist_id, item, text) VALUES (?, ?, ?, ?)", writing.NewId(), checklist, item, text);
    });
  };
  return command;
}

Command RemoveChecklist() {
  Command command{.id = "themes.remove-checklist", .label = Say("Remove a checklist"), .help = Say("Takes the checklist and its answers out of the study.")};
  command.parameters = {ChecklistParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([id = *arguments.Entity("checklist")](Writing& writing, Outcome&) {
      writing.Do("DELETE FROM checklist_answer WHERE checklist_id = ?", id);
      writing.Do("DELETE FROM checklist WHERE id = ?", id);
    });
  };
  return command;
}

view::Model SeeChecklist(const Registry& registry, Reading& reading, const Arguments& arguments) {
  const Id id = *arguments.Entity("checklist");
  const Checklist list = ChecklistOf(reading, id);
  std::map<std::string, std::string> answers;
  auto stored = reading.Query("SELECT item, text FROM checklist_answer WHERE checklist_id = ?", id);
  while (stored.Step()) answers[stored.Text(0)] = stored.Text(1);
  std::vector<view::Row> rows;
  std::int64_t filled = 0, answered = 0;
  for (const auto& point : list.points) {
    view::Cell known{.state = view::State::kEmpty}, answer{.state = view::State::kEmpty};
    Message sentence;
    for (const auto& each : StudyFact(registry, reading, point.from)) sentence = sentence.empty() ? each : Say("{0} {1}", sentence, each);
    if (!sentence.empty()) {
      known = {.value = sentence};
      ++filled;
    }
    if (const auto found = answers.find(point.key); found != answers.end()) {
      answer = {.value = found->second};
      ++answered;
    }
    answer.edit = view::Edit{"themes.answer-checklist", {{"checklist", id}, {"item", point.key}}, "text", ParameterType::kProse, {}};
    rows.push_back({point.key, {{.value = point.key}, {.value = Verbatim(point.part)}, {.value = Verbatim(point.topic)}, {.value = Verbatim(point.question)}, std::move(known), std::move(answer)}, {}, {}});
  }
  view::Model model;
  model.title = Say("Checklist {0}", list.name);
  model.population.facts = {{"points", Say("Points"), static_cast<std::int64_t>(list.points.size())}, {"known", Say("Known to the study"), filled}, {"answered", Say("Answered"), answered}};
  model.notes = {Say("In our own words, after {0}.", list.source), Say("What the study knows is counted anew each time; the answers are the researchers' own.")};
  model.body = view::Table{{{"item", Say("No."), view::ColumnType::kText, 4},
                            {"part", Say("Part"), view::ColumnType::kText, 14},
                            {"topic", Say("Topic"), view::ColumnType::kText, 18},
                            {"question", Say("Question"), view::ColumnType::kText, 26},
                            {"known", Say("What the study knows"), view::ColumnType::kText, 26},
                            {"answer", Say("Answer"), view::ColumnType::kText, 26}},
                           view::MakeRows(std::move(rows))};
  model.actions = {{Say("Remove a checklist"), "themes.remove-checklist", {{"checklist", id}}}};
  return model;
}

view::Model SeeChecklists(Reading& reading, const Arguments&, Job&) {
  std::vector<view::Row> rows;
  auto lists = reading.Query("SELECT id, name, (SELECT count(*) FROM checklist_answer WHERE checklist_id = checklist.id) FROM checklist ORDER BY name");
  while (lists.Step()) {
    const Id id = lists.GetId(0);
    rows.push_back({ToString(id), {{.value = lists.Text(1)}, {.value = static_cast<std::int64_t>(ChecklistOf(reading, id).points.size())}, {.value = lists.Int(2)}}, {{"checklist", id}}, view::Target{"themes.checklist", {{"checklist", id}}}});
  }
  view::Model model;
  model.body = view::Table{{{"name", Say("Checklist")}, {"points", Say("Points"), view::ColumnType::kInteger}, {"answered", Say("Answered"), view::ColumnType::kInteger}}, view::MakeRows(std::move(rows))};
  model.empty = Say("There is no reporting checklist in the study yet. It says, point by point, what a report of this kind tells its readers.");
  const std::pair<const char*, const char*> shipped[] = {{"coreq", "COREQ"}, {"srqr", "SRQR"}, {"gramms", "GRAMMS"}};
  for (const auto& [key, name] : shipped) model.actions.push_back({Say("Add {0}", name), "themes.add-checklist", {{"shipped", std::string(key)}}});
  return model;
}

EntityKind ChecklistKind() {
  EntityKind kind{.kind = "checklist", .table = "checklist", .label = Say("checklist")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM checklist WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, name FROM checklist ORDER BY name");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"themes.checklist", {{"checklist", id}}}; };
  return kind;
}

}  // namespace

void RegisterChecklists(Registry& registry) {
  registry.Add(ChecklistKind());
  registry.Add(AddChecklist(registry.data_folder() + "/themes"));
  registry.Add(AnswerPoint());
  registry.Add(RemoveChecklist());
  View all{.id = "themes.checklists", .kind = view::Kind::kTable, .label = Say("Reporting checklists"), .help = Say("The checklists in the study, and how far each is answered.")};
  all.build = SeeChecklists;
  registry.Add(std::move(all));
  View one{.id = "themes.checklist", .kind = view::Kind::kTable, .label = Say("Reporting checklist"), .help = Say("A checklist point by point: what the study knows, and what the researchers answer.")};
  one.parameters = {ChecklistParameter()};
  one.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) { return SeeChecklist(whole, reading, arguments); };
  registry.Add(std::move(one));
}

}  // namespace meerstem::themes
