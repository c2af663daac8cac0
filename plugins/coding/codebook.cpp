// coding.codebook: the tree of codes with what is coded under each.
#include "core/study/coded_study.h"
#include "core/study/people.h"
#include "plugins/coding/counts.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

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

view::Model Build(Reading& reading, const Arguments& arguments, Job& job) {
  const auto counted = CodeCountsOf(reading);
  const CodeCounts& counts = *counted;
  const auto& study = counts.study;
  const auto& codes = study->codes->list;
  job.Progress(0.5);
  view::Tree tree;
  tree.label_title = Say("Code");
  tree.columns = {{"quotes", Say("Quotes"), view::ColumnType::kInteger},
                  {"all_quotes", Say("With those below"), view::ColumnType::kInteger},
                  {"people", Say("People"), view::ColumnType::kInteger},
                  {"sources", Say("Sources"), view::ColumnType::kInteger},
                  {"origin", Say("From")},
                  {"definition", Say("Definition"), view::ColumnType::kText, 40}};
  std::vector<StakeholderType> types;
  if (arguments.Flag("by-type")) types = StakeholderTypes(reading);
  std::erase_if(types, [](const StakeholderType& type) { return type.researcher; });
  for (const auto& type : types) tree.columns.insert(tree.columns.end() - 2, view::Column{"type:" + type.key, Verbatim(type.name), view::ColumnType::kInteger});
  const auto described = Described(reading);
  for (const auto& code : codes) {
    const auto& mine = counts.of[study->codes->Find(code.id)];
    const auto target = RetrieveOf(code.id);
    view::Node node;
    node.key = ToString(code.id);
    if (code.parent) node.parent = ToString(*code.parent);
    node.label = Verbatim(code.name);
    view::Cell definition{.value = code.definition};
    if (code.definition.empty()) definition = {.state = view::State::kEmpty};
    definition.edit = view::Edit{"coding.define", {{"code", code.id}}, "definition", ParameterType::kProse, {}};
    node.cells = {Number(mine.own, target), Number(mine.quotes, target), Number(mine.people, target), Number(mine.sources, target)};
    for (const auto& type : types) {
      view::Target behind = target;
      behind.arguments.Set("stakeholder", type.id);
      const auto number = study->frame->stakeholders.Find(type.id);
      node.cells.push_back(Number(number < mine.of_type.size() ? mine.of_type[number] : 0, behind));
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
                            {"quotes", Say("Quotes"), counts.quotes},
                            {"interviewer_only", Say("Coded, but only the interviewer speaks"), counts.interviewer_only}};
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
