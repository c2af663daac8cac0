// Every item described: how many at each point, with n and what stands outside it; at baseline and follow-up of the same
// families beside each other, or group beside group.
#include <algorithm>

#include "core/study/exclusions.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/distribution.h"

namespace meerstem::registrations {
namespace {

/// Fewer than these are counted, not turned into percentages.
constexpr std::int64_t kLeastForPercent = 10;

/// A group at a moment: what fills one pair of columns.
struct Pair {
  std::size_t group = 0;
  Moment moment = kEveryone;
  std::string id;
  Message title;
};

std::vector<Pair> Pairs(const Split& split, const std::string& moment, const std::string& subject) {
  std::vector<Pair> pairs;
  for (std::size_t group = 0; group < split.groups.size(); ++group) {
    for (const auto one : {kEveryone, kBaseline, kFollowUp}) {
      const std::string key = kMoments[one];
      if (!moment.empty() && moment != key) continue;
      if (moment.empty() && split.groups.size() > 1 && one != kEveryone) continue;
      const Group& of = split.groups[group];
      pairs.push_back({group, one, of.key.empty() ? key : of.key + "/" + key, of.key.empty() ? MomentLabel(one, subject) : Say("{0}: {1}", of.label, MomentLabel(one, subject))});
    }
  }
  return pairs;
}

view::Cell Percent(std::int64_t count, std::int64_t n) {
  if (n == 0) return {.state = view::State::kUndefined, .why = Say("No one answered.")};
  if (n < kLeastForPercent) return {.state = view::State::kUndefined, .why = Say("n is below {0}: counts only.", kLeastForPercent)};
  return {.value = 100.0 * static_cast<double>(count) / static_cast<double>(n)};
}

/// The rows of one item: its points, then what stands outside the percentages.
class ItemRows {
 public:
  ItemRows(const Instrument& instrument, const Item& item, const std::vector<std::array<Bar, 3>>& bars, const std::vector<Pair>& pairs)
      : item_(item), level_(LevelLabel(item.level, instrument.subject)), bars_(bars), pairs_(pairs) {
    for (const auto& domain : instrument.domains) {
      if (domain.id == item.domain) domain_ = Verbatim(domain.name);
    }
  }

  void AddTo(std::vector<view::Row>& rows) const {
    for (std::size_t i = 0; i < item_.points.size(); ++i) {
      const auto& point = item_.points[i];
      view::Row row = Start(std::to_string(point.value), Say("{0}. {1}", point.value, point.label));
      for (const auto& pair : pairs_) {
        const Bar& bar = BarOf(pair);
        view::Cell cell{.value = std::int64_t{0}};
        if (i < bar.cases.size()) {
          cell.value = static_cast<std::int64_t>(bar.cases[i].size());
          for (const auto& study_case : bar.cases[i]) {
            const view::Entity entity{"case", study_case};
            if (cell.entities.empty() || cell.entities.back() != entity) cell.entities.push_back(entity);
          }
        }
        const auto count = std::get<std::int64_t>(cell.value);
        row.cells.push_back(std::move(cell));
        row.cells.push_back(Percent(count, bar.n));
      }
      rows.push_back(std::move(row));
    }
    Outside(rows, "n", Say("n answered"), [](const Bar& bar) { return bar.n; });
    Outside(rows, "carried", Say("of them carried"), [](const Bar& bar) { return bar.carried; });
    if (item_.not_applicable) Outside(rows, "n/a", Say("Not applicable"), [](const Bar& bar) { return bar.not_applicable; });
    Outside(rows, "unknown", Say("Unknown"), [](const Bar& bar) { return bar.unknown; });
    Outside(rows, "missing", Say("Nothing entered"), [](const Bar& bar) { return bar.missing; });
  }

 private:
  const Bar& BarOf(const Pair& pair) const { return bars_[pair.group][pair.moment]; }
  view::Row Start(const std::string& key, Message answer) const {
    view::Row row{.key = item_.key + "/" + key};
    row.cells = {{.value = level_}, {.value = domain_}, {.value = Verbatim(item_.name)}, {.value = std::move(answer)}};
    row.entities = {{"item", item_.id}};
    row.target = view::Target{"registrations.item", {{"item", item_.id}}};
    return row;
  }
  template <class Count>
  void Outside(std::vector<view::Row>& rows, const char* key, Message label, Count count) const {
    view::Row row = Start(key, std::move(label));
    for (const auto& pair : pairs_) {
      row.cells.push_back({.value = count(BarOf(pair))});
      row.cells.push_back({});
    }
    rows.push_back(std::move(row));
  }

  const Item& item_;
  Message level_;
  const std::vector<std::array<Bar, 3>>& bars_;
  const std::vector<Pair>& pairs_;
  Message domain_;
};

view::Model Describe(const Registry& registry, Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  std::vector<view::Column> columns = {{"level", Say("Level")}, {"domain", Say("Domain")}, {"item", Say("Item")}, {"answer", Say("Answer")}};
  const auto id = AnInstrument(reading, arguments);
  if (!id) {
    model.body = view::Table{columns, view::MakeRows({})};
    SayNoInstrument(model);
    return model;
  }
  const Instrument instrument = GetInstrument(reading, *id);
  const std::string level = arguments.Text("level"), domain = arguments.Text("domain");
  std::vector<Item> items;
  for (const auto& of : instrument.domains) {
    if ((!level.empty() && of.level != level) || (!domain.empty() && of.key != domain)) continue;
    for (const auto index : of.items) items.push_back(instrument.items[index]);
  }
  const WindowRule rule;
  const Split split = SplitCases(registry, reading, instrument.subject, arguments.Text("split"), arguments.Entity("variable"));
  const bool first = arguments.Text("member-rule") == "first";
  const Distributions found = CountAnswers(reading, instrument, items, split, first, rule);
  const auto pairs = Pairs(split, arguments.Text("moment"), instrument.subject);
  for (const auto& pair : pairs) {
    columns.push_back({pair.id, pair.title, view::ColumnType::kInteger});
    columns.push_back({pair.id + "_percent", Say("%"), view::ColumnType::kPercent});
  }
  std::vector<view::Row> rows;
  for (std::size_t i = 0; found.registered > 0 && i < items.size(); ++i) ItemRows(instrument, items[i], found.bars[i], pairs).AddTo(rows);
  model.body = view::Table{std::move(columns), view::MakeRows(std::move(rows))};
  SayWho(model.population, reading, instrument, found, rule);
  model.population.facts.push_back({"instrument", Say("Instrument"), instrument.key});
  model.population.facts.push_back({"version", Say("Version"), instrument.version});
  model.notes = {Say("Percentages are of those who answered; not applicable, unknown and nothing entered stand outside them.")};
  if (instrument.subject == "family") {
    model.notes.push_back(first ? Say("Of each family only the first member of this level counts.") : Say("Every member of this level who is in the family on the date counts."));
  }
  model.empty = Say("Nothing was registered yet.");
  model.actions = {{Say("Import registrations"), "registrations.import", {}}};
  return model;
}

/// Who the families are: how many adults and children, and how old at the first registration.
view::Model Composition(Reading& reading, const Arguments&, Job&) {
  std::vector<view::Row> rows;
  const auto add = [&](const std::string& key, const Message& label, const std::optional<Id>& site) {
    // Ages in the year of the family's first registration, or of its start: only years of birth are known.
    auto found = reading.Query(
        "WITH family AS (SELECT id, (SELECT count(*) FROM membership WHERE case_id = study_case.id AND role = 'adult') AS adults, "
        "(SELECT count(*) FROM membership WHERE case_id = study_case.id AND role = 'child') AS children, "
        "substr(ifnull((SELECT min(date) FROM registration WHERE case_id = study_case.id), started), 1, 4) AS year "
        "FROM study_case WHERE subject = 'family' AND id NOT IN (SELECT case_id FROM excluded_case) AND (?1 IS NULL OR site_id = ?1)), "
        "age AS (SELECT role, year - birth_year AS years FROM family JOIN membership ON case_id = family.id JOIN person ON person.id = person_id WHERE role IN ('adult', 'child')) "
        "SELECT (SELECT count(*) FROM family), (SELECT sum(adults) FROM family), (SELECT sum(children) FROM family), (SELECT avg(children) FROM family), "
        "(SELECT avg(years) FROM age WHERE role = 'child'), (SELECT min(years) FROM age WHERE role = 'child'), (SELECT max(years) FROM age WHERE role = 'child'), "
        "(SELECT count(*) FROM age WHERE role = 'child' AND years IS NULL), (SELECT avg(years) FROM age WHERE role = 'adult'), "
        "(SELECT count(*) FROM age WHERE role = 'adult' AND years IS NULL)",
        site);
    if (!found.Step() || found.Int(0) == 0) return;
    view::Row row{.key = key};
    if (site) row.entities = {{"site", *site}};
    row.cells = {{.value = label}};
    const auto whole = [&](int column) {
      row.cells.push_back(found.IsNull(column) ? view::Cell{.state = view::State::kUndefined, .why = Say("No year of birth is known.")} : view::Cell{.value = found.Int(column)});
    };
    const auto mean = [&](int column, const Message& why) {
      row.cells.push_back(found.IsNull(column) ? view::Cell{.state = view::State::kUndefined, .why = why} : view::Cell{.value = found.Real(column)});
    };
    for (const int column : {0, 1, 2}) whole(column);
    mean(3, {});
    mean(4, Say("No year of birth is known."));
    for (const int column : {5, 6, 7}) whole(column);
    mean(8, Say("No year of birth is known."));
    whole(9);
    rows.push_back(std::move(row));
  };
  add("all", Say("All"), std::nullopt);
  std::vector<std::pair<Id, std::string>> sites;
  {
    auto found = reading.Query("SELECT id, name FROM site ORDER BY order_key, name");
    while (found.Step()) sites.emplace_back(found.GetId(0), found.Text(1));
  }
  for (const auto& [id, name] : sites) add(name, Verbatim(name), id);
  view::Model model;
  model.population.description = Say("Families of the study, without those that the cleaning left out");
  model.population.facts = {{"families", Say("Families"), CountedFamilies(reading)}, {"excluded", Say("Left out by the cleaning"), ExcludedFamilies(reading)}};
  model.body = view::Table{{{"site", Say("Site")},
                            {"families", Say("Families"), view::ColumnType::kInteger},
                            {"adults", Say("Adults"), view::ColumnType::kInteger},
                            {"children", Say("Children"), view::ColumnType::kInteger},
                            {"children_per_family", Say("Children per family"), view::ColumnType::kReal},
                            {"child_age", Say("Mean age of children"), view::ColumnType::kReal},
                            {"youngest", Say("Youngest child"), view::ColumnType::kInteger},
                            {"oldest", Say("Oldest child"), view::ColumnType::kInteger},
                            {"child_age_unknown", Say("Children of unknown age"), view::ColumnType::kInteger},
                            {"adult_age", Say("Mean age of adults"), view::ColumnType::kReal},
                            {"adult_age_unknown", Say("Adults of unknown age"), view::ColumnType::kInteger}},
                           view::MakeRows(std::move(rows))};
  model.notes = {Say("Ages in the year of the first registration; a child that is still to be born counts from below zero.")};
  model.empty = Say("There are no families in the study yet.");
  model.actions = {{Say("Import families and members"), "registrations.import-households", {}}};
  return model;
}

}  // namespace

void AddDescribeViews(Registry& registry) {
  View describe;
  describe.id = "registrations.describe";
  describe.kind = view::Kind::kTable;
  describe.label = Say("Answers described");
  describe.help = Say("Every item with how many families or members stand at each point, with n, percent, carried, not applicable, unknown and missing; by moment or by group.");
  describe.parameters = {InstrumentParameter(),
                         {.name = "level", .type = ParameterType::kChoice, .label = Say("Level"), .live = true,
                          .choices = {{"household", LevelLabel("household")}, {"adult", LevelLabel("adult")}, {"child", LevelLabel("child")}}},
                         {.name = "domain", .type = ParameterType::kChoice, .label = Say("Domain"), .live = true, .study_choices = &DomainChoices},
                         {.name = "moment", .type = ParameterType::kChoice, .label = Say("Moment"), .help = Say("Left out: all of them, or with a split everyone at baseline."), .live = true,
                          .choices = {{"all", MomentLabel(kEveryone)}, {"baseline", MomentLabel(kBaseline)}, {"follow_up", MomentLabel(kFollowUp)}}},
                         {.name = "member-rule", .type = ParameterType::kChoice, .label = Say("Members"), .live = true,
                          .choices = {{"all", Say("all of the level")}, {"first", Say("the first of each family")}}, .fallback = "all"}};
  for (auto& parameter : SplitParameters(registry)) describe.parameters.push_back(std::move(parameter));
  describe.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Describe(whole, reading, arguments, job); };
  registry.Add(std::move(describe));

  View composition;
  composition.id = "registrations.composition";
  composition.kind = view::Kind::kTable;
  composition.label = Say("Composition of families");
  composition.help = Say("Adults and children of the families and their ages, whole and by site.");
  composition.build = &Composition;
  registry.Add(std::move(composition));
}

}  // namespace meerstem::registrations
