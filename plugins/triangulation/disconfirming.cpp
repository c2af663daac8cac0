// Disconfirming cases: where the numbers go one way and the voices the other, ranked, with what they say.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/study/sorting.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"
#include "plugins/triangulation/presence.h"
#include "plugins/triangulation/voices.h"

namespace meerstem::triangulation {
namespace {

std::vector<Choice> DirectionChoices() { return {{"better", Say("for the better")}, {"worse", Say("for the worse")}, {"none", Say("neither")}}; }

/// Themes, or codes: +1 for the better, −1 for the worse.
std::map<Id, int> Directions(Reading& reading, const std::string& kind) {
  std::map<Id, int> directions;
  auto rows = reading.Query("SELECT entity_id, direction FROM voice_direction WHERE entity_kind = ?", kind);
  while (rows.Step()) directions[rows.GetId(0)] = rows.View(1) == "better" ? 1 : -1;
  return directions;
}

Command SetDirection() {
  Command command{.id = "triangulation.set-direction", .label = Say("Say of which change a theme speaks"),
                  .help = Say("For the better or for the worse: what it means for a family when this theme or code is heard. Disconfirming cases are found by it.")};
  command.parameters = {{.name = "theme", .type = ParameterType::kEntity, .label = Say("Theme"), .entity_kind = "theme"}, {.name = "code", .type = ParameterType::kEntity, .label = Say("Code"), .entity_kind = "code"},
                        {.name = "direction", .type = ParameterType::kChoice, .label = Say("Direction"), .required = true, .choices = DirectionChoices()}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const auto theme = arguments.Entity("theme"), code = arguments.Entity("code");
    if (!theme == !code) throw Refuse("Give a theme or a code: --theme or --code.");
    return Simply([=, direction = arguments.Text("direction")](Writing& writing, Outcome& outcome) {
      const Id entity = theme ? *theme : *code;
      writing.Do("DELETE FROM voice_direction WHERE entity_id = ?", entity);
      if (direction == "none") return;
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO voice_direction (id, entity_kind, entity_id, direction) VALUES (?, ?, ?, ?)", outcome.created.back(), theme ? "theme" : "code", entity, direction);
    });
  };
  return command;
}

/// The themes and codes with a direction, and the quotes that have one.
class Directed {
 public:
  struct Kind {
    std::string entity_kind;
    const Group* group = nullptr;
    std::string dimension;
    int direction = 0;
    std::size_t place = 0;
    const Presence* presence = nullptr;
  };
  Directed(const Registry& registry, Reading& reading, std::shared_ptr<const CodedStudy> study) : study_(std::move(study)) {
    for (const char* name : {"theme", "code"}) {
      const Dimension* dimension = registry.FindDimension(name);
      const auto directions = Directions(reading, name);
      if (!dimension || directions.empty()) continue;
      presences_.push_back(PresenceOf(reading, *dimension));
      const auto& groups = presences_.back()->groups;
      std::map<std::size_t, int> places;
      for (std::size_t g = 0; g < groups.size(); ++g) {
        for (const auto& entity : groups[g].entities) {
          const auto found = directions.find(entity.id);
          if (found == directions.end()) continue;
          kinds.push_back({name, &groups[g], dimension->id, found->second, g, presences_.back().get()});
          places[g] = found->second;
        }
      }
      sortings_.push_back({Sorting(reading, *dimension, *study_), std::move(places)});
    }
  }
  /// +1, −1, or 0 for a quote that speaks of neither or of both.
  int Of(const QuotePlace& place) const {
    static const QuoteNumbers kNobody;
    const auto& stock = study_->stock(place.source);
    bool better = false, worse = false;
    std::vector<std::uint32_t> groups;
    for (const auto& [sorting, directions] : sortings_) {
      sorting.Of(place.source, stock, stock.quotes[place.quote], kNobody, groups);
      for (const auto group : groups) {
        const auto found = directions.find(group);
        if (found != directions.end()) (found->second > 0 ? better : worse) = true;
      }
    }
    return better == worse ? 0 : better ? 1 : -1;
  }
  std::vector<Kind> kinds;

 private:
  std::shared_ptr<const CodedStudy> study_;
  std::vector<std::pair<Sorting, std::map<std::size_t, int>>> sortings_;
  std::vector<std::shared_ptr<const Presence>> presences_;
};

struct Contrary {
  const Family* family = nullptr;
  std::vector<QuotePlace> against;
  std::int64_t with = 0;
  std::int64_t weight() const { return static_cast<std::int64_t>(against.size()) * std::abs(*family->change()); }
};

view::Model Disconfirming(const Registry& registry, Reading& reading, Purpose purpose, Job& job) {
  const auto families = FamiliesOf(registry, reading, job);
  const auto linked = LinkedQuotes(reading);
  const auto& study = linked->shared_study();
  const Directed directed(registry, reading, study);
  std::vector<Contrary> contrary;
  std::int64_t looked_at = 0;
  for (const auto& family : families->list) {
    const auto change = family.change();
    const auto& mine = linked->Of(family.study_case);
    if (!change || *change == 0 || mine.empty()) continue;
    ++looked_at;
    Contrary one{.family = &family};
    for (const auto& place : mine) {
      const auto& source = study->source(place.source);
      const auto& quote = study->stock(place.source).quotes[place.quote];
      const int direction = directed.Of(place);
      if (direction == 0 || !CodedStudy::MayUse(source, study->stock(place.source), quote.turn, quote.range(), purpose)) continue;
      // A lower score is better.
      if ((direction > 0) == (*change > 0)) one.against.push_back(place);
      else ++one.with;
    }
    if (!one.against.empty()) contrary.push_back(std::move(one));
  }
  std::stable_sort(contrary.begin(), contrary.end(), [](const Contrary& a, const Contrary& b) {
    return std::make_tuple(-a.weight(), a.with, a.family->code) < std::make_tuple(-b.weight(), b.with, b.family->code);
  });
  std::vector<view::Row> rows;
  const auto rank = [&] { return view::Cell{.value = static_cast<std::int64_t>(rows.size() + 1)}; };
  for (const auto& one : contrary) {
    const bool worse = *one.family->change() > 0;
    view::Row row{.key = ToString(one.family->study_case), .entities = {{"case", one.family->study_case}}, .target = view::Target{"triangulation.timeline", {{"case", one.family->study_case}}}};
    Message words;
    for (std::size_t i = 0; i < one.against.size(); ++i) {
      const auto& quote = study->stock(one.against[i].source).quotes[one.against[i].quote];
      const SourceSpan span{study->source(one.against[i].source).id, quote.range()};
      row.entities.push_back({"quote", quote.id});
      if (i > 1) continue;
      Message said = Say("“{0}” ({1})", Shortened(DisplayText(reading, span, purpose), 200), Reference(reading, span));
      words = OnNewLine(std::move(words), std::move(said));
    }
    const auto& first = one.against.front();
    view::Cell evidence{.value = std::move(words), .target = PlaceOf({study->source(first.source).id, study->stock(first.source).quotes[first.quote].range()})};
    row.cells = {rank(), {.value = worse ? Say("Worse in the numbers, better in the voices") : Say("Better in the numbers, worse in the voices"), .glyph = worse ? "↓↑" : "↑↓"}, {.value = one.family->code},
                 ScoresCell(*one.family), {.value = static_cast<std::int64_t>(one.against.size())}, {.value = one.with}, std::move(evidence)};
    rows.push_back(std::move(row));
  }
  for (const auto& kind : directed.kinds) {
    std::vector<const Family*> against, with;
    for (const auto& [study_case, count] : kind.presence->heard[kind.place]) {
      const Family* family = families->Find(study_case);
      if (!family || !family->change() || *family->change() == 0) continue;
      (((*family->change() < 0) == (kind.direction > 0)) ? with : against).push_back(family);
    }
    if (against.empty() || !with.empty()) continue;
    view::Row row{.key = kind.entity_kind + "/" + kind.group->key, .entities = kind.group->entities};
    row.target = view::Target{"triangulation.behind", {{"rows", kind.dimension}, {"row", kind.group->key}, {"columns", std::string("case")}, {"column", against.front()->code}}};
    std::string codes;
    for (const auto* family : against) {
      row.entities.push_back({"case", family->study_case});
      codes += (codes.empty() ? "" : ", ") + family->code;
    }
    row.cells = {rank(), {.value = kind.direction > 0 ? Say("Speaks for the better, heard only where it got worse") : Say("Speaks for the worse, heard only where it got better"), .glyph = "⊘"},
                 {.value = kind.group->label}, {.state = view::State::kEmpty}, {.value = static_cast<std::int64_t>(against.size())}, {.value = std::int64_t{0}}, {.value = Say("Families: {0}", codes)}};
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.population = About(*families, Say("Families whose score changed and that are linked to a voice"), looked_at);
  model.population.facts.push_back({"directed", Say("Themes and codes with a direction"), static_cast<std::int64_t>(directed.kinds.size())});
  model.notes = {Say("Ranked by the contrary quotes times the criteria that changed. What a theme or code speaks for is said with triangulation.set-direction; a quote that speaks for both counts for neither.")};
  model.body = view::Table{{{"rank", Say("Rank"), view::ColumnType::kInteger}, {"kind", Say("Against expectation")}, {"name", Say("Family or theme")}, {"scores", Say("Scores")},
                            {"against", Say("Contrary"), view::ColumnType::kInteger}, {"with", Say("In line"), view::ColumnType::kInteger}, {"evidence", Say("Evidence"), view::ColumnType::kText, 70}},
                           view::MakeRows(std::move(rows))};
  model.empty = directed.kinds.empty() ? Say("No theme or code has a direction yet; say of which change each speaks.") : Say("No family speaks against its numbers.");
  model.actions = {{Say("Say of which change a theme speaks"), "triangulation.set-direction", {}}};
  if (families->population.facts.empty()) SayNoScores(registry, model);
  return model;
}

view::Model DirectionsOf(const Registry& registry, Reading& reading) {
  std::vector<view::Row> rows;
  for (const char* name : {"theme", "code"}) {
    const Dimension* dimension = registry.FindDimension(name);
    if (!dimension) continue;
    const auto directions = Directions(reading, name);
    for (const auto& group : GroupNames(reading, *dimension)) {
      if (group.entities.empty()) continue;
      const auto found = directions.find(group.entities.front().id);
      view::Row row{.key = ToString(group.entities.front().id), .entities = group.entities};
      view::Cell direction{.state = view::State::kEmpty};
      if (found != directions.end()) direction = {.value = found->second > 0 ? Say("for the better") : Say("for the worse"), .glyph = found->second > 0 ? "↑" : "↓"};
      direction.edit = view::Edit{"triangulation.set-direction", {{name, group.entities.front().id}}, "direction", ParameterType::kChoice, DirectionChoices()};
      row.cells = {{.value = dimension->label}, {.value = group.key}, std::move(direction)};
      rows.push_back(std::move(row));
    }
  }
  view::Model model;
  model.body = view::Table{{{"kind", Say("Kind")}, {"name", Say("Name")}, {"direction", Say("Speaks for a change")}}, view::MakeRows(std::move(rows))};
  model.population.description = Say("What it means for a family when a theme or code is heard");
  model.empty = Say("There are no themes or codes yet.");
  return model;
}

}  // namespace

void AddDisconfirming(Registry& registry) {
  registry.Add(SetDirection());
  View view{.id = "triangulation.disconfirming", .kind = view::Kind::kTable, .label = Say("Disconfirming cases"),
            .help = Say("Families that improved while the voices say worse, or the reverse, and themes heard only where the outcome is against expectation; ranked, with the evidence.")};
  view.parameters = {UseParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Disconfirming(whole, reading, UseOf(arguments), job); };
  registry.Add(std::move(view));
  View directions{.id = "triangulation.directions", .kind = view::Kind::kTable, .label = Say("What themes speak for"), .help = Say("The direction of each theme and code: for the better, for the worse, or neither.")};
  directions.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job&) { return DirectionsOf(whole, reading); };
  registry.Add(std::move(directions));
}

}  // namespace meerstem::triangulation
