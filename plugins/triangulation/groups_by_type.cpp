// Group statistics by qualitative type: the numbers of families in which a theme is heard, beside those in which another is.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>

#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"
#include "plugins/triangulation/presence.h"

namespace meerstem::triangulation {
namespace {

constexpr std::int64_t kLeastForPercent = 10;

/// A column: a type, or the families that nobody was heard of.
struct Type {
  view::Heading heading;
  std::vector<const Family*> families;
};

using Of = std::function<std::optional<double>(const Family&)>;

view::Cell Mean(const Type& type, const Of& value) {
  double sum = 0;
  std::int64_t n = 0;
  for (const auto* family : type.families) {
    const auto one = value(*family);
    if (!one) continue;
    sum += *one;
    ++n;
  }
  if (n == 0) return {.state = view::State::kUndefined, .why = Say("No family of this type has it.")};
  return {.value = std::round(100 * sum / static_cast<double>(n)) / 100, .parts = {{"cases", n}}};
}

/// A share of the families that have an exact change; few families are counted, not made into percentages.
view::Cell Share(const Type& type, const std::function<bool(const Family&)>& yes) {
  std::int64_t n = 0, count = 0;
  for (const auto* family : type.families) {
    if (!family->change()) continue;
    ++n;
    count += yes(*family);
  }
  if (n == 0) return {.state = view::State::kUndefined, .why = Say("No family of this type has an exact score at both.")};
  view::Cell cell{.value = n < kLeastForPercent ? Say("{0} of {1}", count, n) : Say("{0} % ({1} of {2})", std::round(1000.0 * static_cast<double>(count) / static_cast<double>(n)) / 10, count, n)};
  if (n < kLeastForPercent) cell.why = Say("n is below {0}: counts only.", kLeastForPercent);
  return cell;
}

/// Numeric variables of families: the study's own.
std::vector<std::pair<std::string, std::unordered_map<Id, double>>> Variables(Reading& reading) {
  std::vector<std::pair<std::string, std::unordered_map<Id, double>>> variables;
  auto all = reading.Query("SELECT id, name FROM variable WHERE entity_kind = 'case' AND type IN ('integer', 'float') ORDER BY order_key, id");
  while (all.Step()) {
    auto& [name, values] = variables.emplace_back(all.Text(1), std::unordered_map<Id, double>());
    auto rows = reading.Query("SELECT entity_id, value FROM variable_value WHERE variable_id = ?", all.GetId(0));
    while (rows.Step()) {
      const std::string text = rows.Text(1);
      double value = 0;
      if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc()) values[rows.GetId(0)] = value;
    }
  }
  return variables;
}

view::Model Build(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  const Dimension& dimension = *registry.FindDimension(arguments.Text("types"));
  const auto families = FamiliesOf(registry, reading, job);
  const auto presence = PresenceOf(reading, dimension);
  std::vector<Type> types;
  for (std::size_t g = 0; g < presence->groups.size(); ++g) {
    const Group& group = presence->groups[g];
    if (arguments.Flag("top") && group.depth > 0) continue;
    Type type{{.key = group.key, .label = group.label, .entities = group.entities, .depth = group.depth, .colour = group.colour, .glyph = group.glyph}, {}};
    for (const auto& [study_case, count] : presence->heard[g]) {
      if (const Family* family = families->Find(study_case)) type.families.push_back(family);
    }
    types.push_back(std::move(type));
  }
  Type unheard{{.key = "-", .label = Say("No voice")}, {}}, all{{.key = "all", .label = Say("All families")}, {}};
  for (const auto& family : families->list) {
    all.families.push_back(&family);
    if (!presence->Linked(family.study_case)) unheard.families.push_back(&family);
  }
  types.push_back(std::move(unheard));
  types.push_back(std::move(all));

  view::Matrix matrix;
  matrix.row_title = Say("Of the families");
  matrix.column_title = dimension.label;
  for (const auto& type : types) matrix.columns.push_back(type.heading);
  const auto row = [&](std::string key, Message label, const std::function<view::Cell(const Type&)>& cell) {
    matrix.rows.push_back({.key = std::move(key), .label = std::move(label)});
    auto& line = matrix.cells.emplace_back();
    for (const auto& type : types) {
      line.push_back(cell(type));
      for (const auto* family : type.families) line.back().entities.push_back({"case", family->study_case});
    }
  };
  const auto real = [](const std::optional<std::int64_t>& value) { return value ? std::optional(static_cast<double>(*value)) : std::nullopt; };
  row("families", Say("Families"), [](const Type& type) { return view::Cell{.value = static_cast<std::int64_t>(type.families.size())}; });
  row("n", Say("With an exact score at both"), [](const Type& type) {
    return view::Cell{.value = static_cast<std::int64_t>(std::count_if(type.families.begin(), type.families.end(), [](const Family* family) { return family->change().has_value(); }))};
  });
  row("before", Say("Mean score at baseline"), [&](const Type& type) { return Mean(type, [&](const Family& family) { return real(family.before); }); });
  row("after", Say("Mean score at follow-up"), [&](const Type& type) { return Mean(type, [&](const Family& family) { return real(family.after); }); });
  row("change", Say("Mean change"), [&](const Type& type) { return Mean(type, [&](const Family& family) { return real(family.change()); }); });
  row("better", Say("Better"), [](const Type& type) { return Share(type, [](const Family& family) { return *family.change() < 0; }); });
  row("same", Say("Same"), [](const Type& type) { return Share(type, [](const Family& family) { return *family.change() == 0; }); });
  row("worse", Say("Worse"), [](const Type& type) { return Share(type, [](const Family& family) { return *family.change() > 0; }); });
  for (const auto& [name, values] : Variables(reading)) {
    row("variable/" + name, Say("Mean of {0}", name), [&values](const Type& type) {
      return Mean(type, [&values](const Family& family) {
        const auto found = values.find(family.study_case);
        return found == values.end() ? std::nullopt : std::optional(found->second);
      });
    });
  }
  view::Model model;
  model.population = About(*families, Say("Families by what is heard of them; a family counts in each type that is heard"), static_cast<std::int64_t>(families->list.size()));
  model.population.facts.push_back({"linked", Say("Families with a voice"), static_cast<std::int64_t>(presence->linked.size())});
  model.population.facts.push_back({"withheld", Say("Left out without consent"), presence->withheld});
  model.notes = {Say("A score counts insufficient criteria: a change below 0 is better. Below {0} families there are counts and no percentages.", kLeastForPercent)};
  model.alternative = Say("Scores and change of families by {0}.", dimension.label);
  model.body = std::move(matrix);
  model.empty = Say("There is nothing to lay side by side yet: themes come from coding, outcomes from registrations.");
  if (families->population.facts.empty()) SayNoScores(registry, model);
  return model;
}

}  // namespace

void AddGroups(Registry& registry) {
  View view{.id = "triangulation.types", .kind = view::Kind::kMatrix, .label = Say("Numbers by type of voice"),
            .help = Say("Scores, change and variables of the families in which each theme or code is heard.")};
  view.parameters = {TypesParameter(registry, Say("Types")), {.name = "top", .type = ParameterType::kBoolean, .label = Say("Only the upper level"), .live = true}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Build(whole, reading, arguments, job); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::triangulation
