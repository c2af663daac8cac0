// coding.codebook: the tree of codes with what is coded under each.
#include <unordered_map>

#include "core/study/people.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

struct Counts {
  std::int64_t own = 0;
  std::set<std::size_t> quotes;  ///< With the descendants'; indices into the list of quotes.
};

view::Cell Number(std::int64_t value, std::optional<view::Target> target = {}) {
  view::Cell cell{.value = value};
  if (value > 0) cell.target = std::move(target);
  return cell;
}

/// What is said of a code besides its definition.
struct Description {
  bool deductive = false;
  Message rules;  ///< Include, exclude and example, as far as they are given.
};

std::map<Id, Description> Described(Reading& reading) {
  std::map<Id, Description> all;
  auto rows = reading.Query("SELECT id, deductive, include, exclude, example FROM code");
  while (rows.Step()) {
    Description& one = all[rows.GetId(0)];
    one.deductive = rows.Int(1) != 0;
    const auto add = [&one](const Message& part) { one.rules = one.rules.empty() ? part : Say("{0} · {1}", one.rules, part); };
    if (!rows.Text(2).empty()) add(Say("Include when: {0}", rows.Text(2)));
    if (!rows.Text(3).empty()) add(Say("Exclude when: {0}", rows.Text(3)));
    if (!rows.Text(4).empty()) add(Say("Example: {0}", rows.Text(4)));
  }
  return all;
}

/// How many quotes of each stakeholder type stand under a code; a quote of two types counts in both.
struct TypeCounts {
  std::vector<StakeholderType> types;
  std::map<Id, std::size_t> place;
};

TypeCounts TypesOf(Reading& reading) {
  TypeCounts counts;
  for (auto& type : StakeholderTypes(reading)) {
    if (type.researcher) continue;
    counts.place[type.id] = counts.types.size();
    counts.types.push_back(std::move(type));
  }
  return counts;
}

view::Model Build(Reading& reading, const Arguments& arguments, Job& job) {
  const auto codes = Codebook(reading);
  const auto quotes = Quotes(reading, {});
  std::unordered_map<Id, std::size_t> index;
  for (std::size_t i = 0; i < quotes.size(); ++i) index[quotes[i].id] = i;
  std::map<Id, Counts> counts;
  std::set<Id> interviewer_only;
  {
    auto rows = reading.Query("SELECT DISTINCT quote_id, code_id FROM coding");
    while (rows.Step()) {
      const auto found = index.find(rows.GetId(0));
      if (found == index.end()) {
        interviewer_only.insert(rows.GetId(0));
        continue;
      }
      auto& mine = counts[rows.GetId(1)];
      ++mine.own;
      mine.quotes.insert(found->second);
    }
  }
  // Children come after their parents: from the end, each hands what it holds to the one above.
  for (auto code = codes.rbegin(); code != codes.rend(); ++code) {
    if (code->parent) counts[*code->parent].quotes.insert(counts[code->id].quotes.begin(), counts[code->id].quotes.end());
  }
  job.Progress(0.5);
  view::Tree tree;
  tree.label_title = Say("Code");
  tree.columns = {{"quotes", Say("Quotes"), view::ColumnType::kInteger},
                  {"all_quotes", Say("With those below"), view::ColumnType::kInteger},
                  {"people", Say("People"), view::ColumnType::kInteger},
                  {"sources", Say("Sources"), view::ColumnType::kInteger},
                  {"origin", Say("From")},
                  {"definition", Say("Definition"), view::ColumnType::kText, 40}};
  const TypeCounts types = arguments.Flag("by-type") ? TypesOf(reading) : TypeCounts();
  for (const auto& type : types.types) tree.columns.insert(tree.columns.end() - 2, view::Column{"type:" + type.key, Verbatim(type.name), view::ColumnType::kInteger});
  const auto described = Described(reading);
  for (const auto& code : codes) {
    const auto& mine = counts[code.id];
    std::set<Id> people, sources;
    std::vector<std::int64_t> of_type(types.types.size());
    for (const auto i : mine.quotes) {
      for (const auto& stakeholder : quotes[i].stakeholders) {
        if (const auto found = types.place.find(stakeholder); found != types.place.end()) ++of_type[found->second];
      }
      people.insert(quotes[i].people.begin(), quotes[i].people.end());
      sources.insert(quotes[i].span.source);
    }
    const auto target = RetrieveOf(code.id);
    view::Node node;
    node.key = ToString(code.id);
    if (code.parent) node.parent = ToString(*code.parent);
    node.label = Verbatim(code.name);
    view::Cell definition{.value = code.definition};
    if (code.definition.empty()) definition = {.state = view::State::kEmpty};
    definition.edit = view::Edit{"coding.define", {{"code", code.id}}, "definition", ParameterType::kProse, {}};
    node.cells = {Number(mine.own, target), Number(static_cast<std::int64_t>(mine.quotes.size()), target),
                  Number(static_cast<std::int64_t>(people.size()), target), Number(static_cast<std::int64_t>(sources.size()), target)};
    for (std::size_t i = 0; i < of_type.size(); ++i) {
      view::Target behind = target;
      behind.arguments.Set("stakeholder", types.types[i].id);
      node.cells.push_back(Number(of_type[i], behind));
    }
    const auto& words = described.at(code.id);
    node.cells.push_back({.value = !code.codable ? Say("heading only") : words.deductive ? Say("theory") : Say("the data")});
    definition.why = words.rules;
    node.cells.push_back(std::move(definition));
    node.entities = {{"code", code.id}};
    node.target = target;
    node.rename = view::Edit{"coding.rename-code", {{"code", code.id}}, "name", ParameterType::kText, {}};
    node.colour = code.colour;
    tree.nodes.push_back(std::move(node));
  }
  view::Model model;
  model.body = std::move(tree);
  model.population.description = Say("Quotes in which others than the interviewer speak; people and sources count each once, the codes below included.");
  model.population.facts = {{"codes", Say("Codes"), static_cast<std::int64_t>(codes.size())},
                            {"quotes", Say("Quotes"), static_cast<std::int64_t>(quotes.size())},
                            {"interviewer_only", Say("Coded, but only the interviewer speaks"), static_cast<std::int64_t>(interviewer_only.size())}};
  model.empty = Say("The codebook is empty.");
  model.actions = {{Say("Add a code"), "coding.add-code", {}}};
  model.drops = {{"code", "code", "coding.move-code", "code", "parent"}, {"span", "code", "coding.apply", "span", "code"}};
  return model;
}

}  // namespace

void RegisterCodebook(Registry& registry) {
  View view{.id = "coding.codebook", .kind = view::Kind::kTree, .label = Say("Codebook"), .help = Say("All codes, and how much is coded with each.")};
  view.key = "Ctrl+Shift+B";
  view.parameters = {FlagParameter("by-type", Say("Quotes per stakeholder type"))};
  view.build = Build;
  registry.Add(std::move(view));
}

}  // namespace meerstem::coding
