#include "tests/gui/shell/toy_part.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "core/base/error.h"
#include "core/study/deletion.h"
#include "core/study/people.h"

namespace meerstem::testing {
namespace {

std::atomic<bool> shut = false;

view::Cell Renamed(const Id& id, const std::string& name, ParameterType type) {
  view::Cell cell{.value = name};
  cell.edit = view::Edit{"toy.rename-site", {{"site", id}}, "name", type, {}};
  return cell;
}

view::Model Sites(Reading& reading, const Arguments& arguments, Job&) {
  std::vector<view::Row> rows;
  auto query = reading.Query("SELECT id, name FROM site WHERE name LIKE '%' || ? || '%' ORDER BY order_key", arguments.Text("text"));
  while (query.Step()) {
    const Id id = query.GetId(0);
    rows.push_back({ToString(id), {Renamed(id, query.Text(1), ParameterType::kText)}, {{"site", id}}, {}});
  }
  view::Model model;
  model.body = view::Table{{{"name", Say("Name")}}, view::MakeRows(std::move(rows))};
  model.empty = Say("No site yet.");
  return model;
}

view::Model Grid(Reading& reading, const Arguments&, Job&) {
  view::Matrix matrix;
  matrix.columns = {{.key = "name", .label = Say("Name")}};
  auto query = reading.Query("SELECT id, name FROM site ORDER BY order_key");
  while (query.Step()) {
    const Id id = query.GetId(0);
    matrix.rows.push_back({.key = ToString(id), .label = Say("Site"), .entities = {{"site", id}}});
    matrix.cells.push_back({Renamed(id, query.Text(1), ParameterType::kProse)});
  }
  view::Model model;
  model.body = std::move(matrix);
  return model;
}

Id Numbered(std::size_t index) {
  Id id;
  for (std::size_t byte = 0; byte < 4; ++byte) id.bytes[15 - byte] = static_cast<std::uint8_t>((index + 1) >> (8 * byte));
  return id;
}

struct Million final : view::Rows {
  std::size_t Count() const override { return 1'000'000; }
  std::string Key(std::size_t index) const override { return std::to_string(index); }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    reading.Number("SELECT count(*) FROM site");
    std::vector<view::Row> rows;
    for (std::size_t i = first; i < std::min(Count(), first + count); ++i) rows.push_back({Key(i), {{.value = static_cast<std::int64_t>(i)}}, {{"number", Numbered(i)}}, {}});
    return rows;
  }
};

view::Model Many(Reading&, const Arguments&, Job&) {
  view::Model model;
  model.body = view::Table{{{"number", Say("Number"), view::ColumnType::kInteger}}, std::make_shared<Million>()};
  return model;
}

std::vector<std::pair<Id, std::string>> Places(Reading& reading) {
  while (shut) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::vector<std::pair<Id, std::string>> places;
  auto query = reading.Query("SELECT id, name FROM site ORDER BY order_key");
  while (query.Step()) places.emplace_back(query.GetId(0), query.Text(1));
  return places;
}

view::Model Endless(Reading&, const Arguments&, Job& job) {
  for (;;) {
    job.Progress(0.25, Say("counting"));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace

ShutGate::ShutGate() { shut = true; }
ShutGate::~ShutGate() { shut = false; }

void RegisterToys(Registry& registry) {
  registry.Add(EntityKind{.kind = "place", .table = "site", .label = Say("place"), .list = Places});
  registry.Add(Command{.id = "toy.rename-site",
                       .label = Say("Rename a site"),
                       .parameters = {{.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .required = true, .entity_kind = "site"},
                                      {.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true}},
                       .prepare = [](Reading&, const Arguments& arguments, Job&) {
                         return Simply([arguments](Writing& writing, Outcome&) {
                           writing.Do("UPDATE site SET name = ? WHERE id = ?", arguments.Text("name"), *arguments.Entity("site"));
                         });
                       }});
  registry.Add(Command{.id = "toy.visit",
                       .label = Say("Visit a place"),
                       .parameters = {{.name = "place", .type = ParameterType::kEntity, .label = Say("Place"), .required = true, .entity_kind = "place", .makes = "new"},
                                      {.name = "new", .type = ParameterType::kText, .label = Say("New place")}},
                       .prepare = [](Reading&, const Arguments& arguments, Job&) {
                         return Simply([arguments](Writing& writing, Outcome&) {
                           if (arguments.Has("place")) writing.Do("UPDATE site SET name = name || ' again' WHERE id = ?", *arguments.Entity("place"));
                           else EnsureSite(writing, arguments.Text("new"));
                         });
                       }});
  registry.Group(Say("Ends"));
  registry.Add(Command{.id = "toy.close-down",
                       .label = Say("Close down"),
                       .parameters = {{.name = "why", .type = ParameterType::kText, .label = Say("Why"), .required = true}},
                       .impossible = [](Reading& reading, const Arguments&) { return reading.Number("SELECT count(*) FROM site") ? Message() : Say("There is no site to close."); },
                       .prepare = [](Reading&, const Arguments&, Job&) {
                         return Simply([](Writing& writing, Outcome&) { writing.Do("DELETE FROM site"); });
                       }});
  registry.Group({});
  registry.Add(View{.id = "toy.sites",
                    .label = Say("Sites"),
                    .parameters = {{.name = "text", .type = ParameterType::kText, .label = Say("Name holds"), .live = true}},
                    .key = "Ctrl+Shift+1",
                    .build = Sites});
  registry.Add(View{.id = "toy.grid", .kind = view::Kind::kMatrix, .label = Say("Grid"), .build = Grid});
  registry.Add(View{.id = "toy.many", .label = Say("Many"), .build = Many});
  registry.Add(View{.id = "toy.endless", .label = Say("Endless"), .build = Endless});
  registry.Add(Command{.id = "toy.add-site",
                       .label = Say("Found a site"),
                       .help = Say("A place where people meet."),
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
