#include "tests/gui/shell/toy_part.h"

#include <chrono>
#include <thread>

#include "core/base/error.h"
#include "core/study/deletion.h"
#include "core/study/people.h"

namespace meerstem::testing {
namespace {

view::Model Sites(Reading& reading, const Arguments& arguments, Job&) {
  std::vector<view::Row> rows;
  auto query = reading.Query("SELECT id, name FROM site WHERE name LIKE '%' || ? || '%' ORDER BY order_key", arguments.Text("text"));
  while (query.Step()) {
    const Id id = query.GetId(0);
    rows.push_back({ToString(id), {{.value = query.Text(1)}}, {{"site", id}}, {}});
  }
  view::Model model;
  model.body = view::Table{{{"name", Say("Name")}}, view::MakeRows(std::move(rows))};
  model.empty = Say("No site yet.");
  return model;
}

view::Model Endless(Reading&, const Arguments&, Job& job) {
  for (;;) {
    job.Progress(0.25, Say("counting"));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace

void RegisterToys(Registry& registry) {
  registry.Add(View{.id = "toy.sites",
                    .label = Say("Sites"),
                    .parameters = {{.name = "text", .type = ParameterType::kText, .label = Say("Name holds"), .live = true}},
                    .key = "Ctrl+Shift+1",
                    .build = Sites});
  registry.Add(View{.id = "toy.endless", .label = Say("Endless"), .build = Endless});
  registry.Add(Command{.id = "toy.add-site",
                       .label = Say("Found a site"),
                       .parameters = {{.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true}},
                       .key = "Ctrl+J",
                       .prepare = [](Reading&, const Arguments& arguments, Job&) {
                         const std::string name = arguments.Text("name");
                         if (name == "Nowhere") throw Refuse("“{0}” is no place.", name);
                         return Simply([name](Writing& writing, Outcome&) { EnsureSite(writing, name); });
                       }});
  registry.Add(Command{.id = "toy.remove-site",
                       .label = Say("Leave a site"),
                       .parameters = {{.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .required = true, .entity_kind = "site"},
                                      {.name = "other", .type = ParameterType::kEntity, .label = Say("Other"), .entity_kind = "person"}},
                       .prepare = [](Reading&, const Arguments& arguments, Job&) {
                         const Id site = *arguments.Entity("site");
                         return Simply([site](Writing& writing, Outcome&) { DeleteEntity(writing, "site", site); });
                       }});
}

}  // namespace meerstem::testing
