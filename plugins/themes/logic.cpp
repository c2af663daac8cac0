#include "plugins/themes/logic.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"

namespace meerstem::themes {
namespace {

Parameter BoxParameter(std::string name = "box", Message label = Say("Box")) {
  return {.name = std::move(name), .type = ParameterType::kEntity, .label = std::move(label), .required = true, .entity_kind = "logic-box"};
}

void RequireFree(Reading& reading, const std::string& name, const Id& itself) {
  if (name.empty()) throw Refuse("A name is needed; it may not be empty.");
  if (reading.Number("SELECT count(*) FROM logic_box WHERE name = ? AND id <> ?", name, itself) > 0) throw Refuse("There is a box “{0}” already; choose another name.", name);
}

std::vector<Parameter> About(bool required) {
  return {{.name = "name", .label = Say("Name"), .required = required},
          {.name = "stage", .type = ParameterType::kChoice, .label = Say("Stage"), .required = required, .choices = StageChoices()},
          {.name = "level", .type = ParameterType::kChoice, .label = Say("About whom"), .choices = LevelChoices()},
          {.name = "description", .type = ParameterType::kProse, .label = Say("Description")}};
}

Command AddBox() {
  Command command{.id = "themes.add-box", .label = Say("New box in the logic model"), .help = Say("What is put in, done or brought about, at a stage, for families, coaches, organisations or the network.")};
  command.parameters = About(true);
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const std::string name = Trim(arguments.Text("name"));
    RequireFree(reading, name, {});
    return Simply([arguments, name](Writing& writing, Outcome& outcome) {
      RequireFree(writing, name, {});
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO logic_box (id, name, stage, level, description, order_key) VALUES (?, ?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM logic_box))",
                 outcome.created.back(), name, arguments.Text("stage"), arguments.Text("level"), Trim(arguments.Text("description")));
    });
  };
  return command;
}

Command SetBox() {
  Command command{.id = "themes.set-box", .label = Say("Change a box"), .help = Say("What is not given stays.")};
  command.parameters = {BoxParameter()};
  for (auto& parameter : About(false)) command.parameters.push_back(std::move(parameter));
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id box = *arguments.Entity("box");
      if (arguments.Has("name")) RequireFree(writing, Trim(arguments.Text("name")), box);
      for (const char* column : {"name", "stage", "level", "description"}) {
        if (arguments.Has(column)) writing.Do(std::string("UPDATE logic_box SET ") + column + " = ? WHERE id = ?", Trim(arguments.Text(column)), box);
      }
    });
  };
  return command;
}

Command DeleteBox() {
  Command command{.id = "themes.delete-box", .label = Say("Delete a box"), .help = Say("Its arrows go with it; themes stay.")};
  command.parameters = {BoxParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([box = *arguments.Entity("box")](Writing& writing, Outcome&) { DeleteEntity(writing, "logic_box", box); });
  };
  return command;
}

Command DrawArrow() {
  Command command{.id = "themes.draw-arrow", .label = Say("Draw an arrow"), .help = Say("One box brings about another; drawn again with --remove, it goes.")};
  command.parameters = {BoxParameter("from", Say("From the box")), BoxParameter("to", Say("To the box")),
                        {.name = "because", .label = Say("Because"), .help = Say("The assumption behind it.")},
                        {.name = "remove", .type = ParameterType::kBoolean, .label = Say("Take the arrow away")}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const Id from = *arguments.Entity("from"), to = *arguments.Entity("to");
    if (from == to) throw Refuse("An arrow leads from one box to another.");
    return Simply([arguments, from, to](Writing& writing, Outcome& outcome) {
      if (arguments.Flag("remove")) return writing.Do("DELETE FROM logic_arrow WHERE from_id = ? AND to_id = ?", from, to);
      if (writing.Number("SELECT count(*) FROM logic_arrow WHERE from_id = ? AND to_id = ?", from, to) > 0) {
        return writing.Do("UPDATE logic_arrow SET because = ? WHERE from_id = ? AND to_id = ?", Trim(arguments.Text("because")), from, to);
      }
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO logic_arrow (id, from_id, to_id, because) VALUES (?, ?, ?, ?)", outcome.created.back(), from, to, Trim(arguments.Text("because")));
    });
  };
  return command;
}

Command HangTheme() {
  Command command{.id = "themes.hang-theme", .label = Say("Hang a theme on a box"), .help = Say("What the theme's quotes say is evidence for the box; with --remove, no longer.")};
  command.parameters = {BoxParameter(),
                        {.name = "theme", .type = ParameterType::kEntity, .label = Say("Theme"), .required = true, .list = true, .entity_kind = "theme"},
                        {.name = "remove", .type = ParameterType::kBoolean, .label = Say("Take it off")}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const Id box = *arguments.Entity("box");
      for (const auto& theme : arguments.Entities("theme")) {
        const bool there = writing.Number("SELECT count(*) FROM logic_theme WHERE box_id = ? AND theme_id = ?", box, theme) > 0;
        if (arguments.Flag("remove")) {
          writing.Do("DELETE FROM logic_theme WHERE box_id = ? AND theme_id = ?", box, theme);
        } else if (!there) {
          outcome.created.push_back(writing.NewId());
          writing.Do("INSERT INTO logic_theme (id, box_id, theme_id) VALUES (?, ?, ?)", outcome.created.back(), box, theme);
        }
      }
    });
  };
  return command;
}

Command HangIndicator(const Registry& registry) {
  Command command{.id = "themes.hang-indicator", .label = Say("Hang an indicator on a box"), .help = Say("A view whose numbers are evidence for the box, live; with --remove, no longer.")};
  Parameter view{.name = "view", .type = ParameterType::kChoice, .label = Say("View")};
  view.study_choices = [&whole = registry.whole()](Reading&) {
    std::vector<Choice> choices;
    for (const auto& each : whole.views()) {
      if (each.kind == view::Kind::kTable || each.kind == view::Kind::kMatrix || each.kind == view::Kind::kChart) choices.push_back({each.id, each.label});
    }
    return choices;
  };
  command.parameters = {BoxParameter(), {.name = "name", .label = Say("Name"), .required = true}, view,
                        {.name = "with", .label = Say("Settings of the view"), .help = Say("name=value, as on the console: rows=theme. May be repeated."), .list = true},
                        {.name = "remove", .type = ParameterType::kBoolean, .label = Say("Take it off")}};
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const std::string name = Trim(arguments.Text("name")), id = arguments.Text("view");
    if (name.empty()) throw Refuse("A name is needed; it may not be empty.");
    const std::string lines = JoinSettings(arguments.Texts("with"));
    if (!arguments.Flag("remove")) {
      if (id.empty()) throw Refuse("Say with --view which numbers are meant, such as indices.outcomes.");
      const View* shown = whole.FindView(id);
      if (!shown) throw Refuse("There is no view “{0}”; the plugin that has it may not be loaded.", id);
      // Refuses now what could not be built later.
      ParseArguments(whole, reading, shown->parameters, ReadSettings(lines));
    }
    return Simply([arguments, name, id, lines](Writing& writing, Outcome& outcome) {
      const Id box = *arguments.Entity("box");
      writing.Do("DELETE FROM logic_indicator WHERE box_id = ? AND name = ?", box, name);
      if (arguments.Flag("remove")) return;
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO logic_indicator (id, box_id, name, view, arguments) VALUES (?, ?, ?, ?, ?)", outcome.created.back(), box, name, id, lines);
    });
  };
  return command;
}

EntityKind BoxKind() {
  EntityKind kind{.kind = "logic-box", .table = "logic_box", .label = Say("box of the logic model")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM logic_box WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    for (const auto& box : LogicBoxes(reading)) all.emplace_back(box.id, box.name);
    return all;
  };
  return kind;
}

}  // namespace

std::vector<Choice> StageChoices() {
  return {{"input", Say("Put in")},          {"activity", Say("Done")},         {"short", Say("Effect, short term")},
          {"middle", Say("Effect, middle term")}, {"long", Say("Effect, long term")}, {"impact", Say("Impact")}};
}
std::vector<Choice> LevelChoices() { return {{"family", Say("Families")}, {"coach", Say("Coaches")}, {"organisation", Say("Organisations")}, {"network", Say("The network")}}; }

std::vector<LogicBox> LogicBoxes(Reading& reading) {
  std::vector<LogicBox> boxes;
  auto rows = reading.Query(
      "SELECT id, name, stage, level, description FROM logic_box ORDER BY CASE stage WHEN 'input' THEN 0 WHEN 'activity' THEN 1 WHEN 'short' THEN 2 "
      "WHEN 'middle' THEN 3 WHEN 'long' THEN 4 ELSE 5 END, order_key, name");
  while (rows.Step()) boxes.push_back({rows.GetId(0), rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4)});
  return boxes;
}

std::vector<LogicArrow> LogicArrows(Reading& reading) {
  std::vector<LogicArrow> arrows;
  auto rows = reading.Query("SELECT id, from_id, to_id, because FROM logic_arrow ORDER BY id");
  while (rows.Step()) arrows.push_back({rows.GetId(0), rows.GetId(1), rows.GetId(2), rows.Text(3)});
  return arrows;
}

std::vector<LogicIndicator> LogicIndicators(Reading& reading) {
  std::vector<LogicIndicator> indicators;
  auto rows = reading.Query("SELECT id, box_id, name, view, arguments FROM logic_indicator ORDER BY name, id");
  while (rows.Step()) indicators.push_back({rows.GetId(0), rows.GetId(1), rows.Text(2), rows.Text(3), rows.Text(4)});
  return indicators;
}

void RegisterLogic(Registry& registry) {
  registry.Add(BoxKind());
  registry.Add(AddBox());
  registry.Add(SetBox());
  registry.Add(DeleteBox());
  registry.Add(DrawArrow());
  registry.Add(HangTheme());
  registry.Add(HangIndicator(registry));
  RegisterLogicViews(registry);
}

}  // namespace meerstem::themes
