// An instrument as a tree: domains, items, points.
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

view::Model Show(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  view::Tree tree;
  tree.label_title = Say("Item");
  tree.columns = {{"level", Say("Level")}, {"value", Say("Value"), view::ColumnType::kInteger}, {"not_applicable", Say("May be n/a")}, {"question", Say("Question")}};
  const auto id = AnInstrument(reading, arguments);
  if (!id) {
    model.body = std::move(tree);
    SayNoInstrument(model);
    return model;
  }
  const Instrument instrument = GetInstrument(reading, *id);
  for (const auto& domain : instrument.domains) {
    tree.nodes.push_back({.key = domain.key, .label = Verbatim(domain.name), .cells = {{.value = LevelLabel(domain.level, instrument.subject)}, {}, {}, {}}});
    for (const auto index : domain.items) {
      const Item& item = instrument.items[index];
      view::Node node{.key = item.key, .parent = domain.key, .label = Verbatim(item.name)};
      node.cells = {{.value = LevelLabel(item.level, instrument.subject)}, {}, {.value = item.not_applicable ? Say("yes") : Say("no")}, {.value = Verbatim(item.question)}};
      node.entities = {{"item", item.id}};
      node.target = view::Target{"registrations.edit-item", {{"item", item.id}}};
      tree.nodes.push_back(std::move(node));
      for (const auto& point : item.points) {
        tree.nodes.push_back({.key = item.key + "/" + std::to_string(point.value),
                              .parent = item.key,
                              .label = Verbatim(point.label),
                              .cells = {{}, {.value = std::int64_t{point.value}}, {}, {}}});
      }
    }
  }
  model.title = Say("Instrument: {0}", instrument.name);
  model.population.facts = {{"instrument", Say("Instrument"), instrument.key},
                            {"version", Say("Version"), instrument.version},
                            {"items", Say("Items"), static_cast<std::int64_t>(instrument.items.size())}};
  model.body = std::move(tree);
  return model;
}

}  // namespace

void AddInstrumentView(Registry& registry) {
  View instrument;
  instrument.id = "registrations.instrument";
  instrument.kind = view::Kind::kTree;
  instrument.label = Say("Instrument");
  instrument.help = Say("Domains, items and the points of their scales; an item opens in the editor.");
  instrument.parameters = {InstrumentParameter()};
  instrument.build = &Show;
  registry.Add(std::move(instrument));
}

}  // namespace meerstem::registrations
