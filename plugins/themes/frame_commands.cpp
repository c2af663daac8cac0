// Loading a frame and saying which themes of the study answer to it.
#include <algorithm>
#include <filesystem>
#include <map>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "plugins/themes/frames.h"
#include "plugins/themes/outline_file.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

Parameter FrameParameter() {
  return {.name = "frame", .type = ParameterType::kEntity, .label = Say("Frame"), .required = true, .entity_kind = "frame"};
}
Parameter ExpectedParameter() {
  return {.name = "expected", .type = ParameterType::kEntity, .label = Say("Expected theme"), .required = true, .entity_kind = "expected-theme"};
}

Id AddTheme(Writing& writing, const std::string& name, const std::string& description, Outcome& outcome) {
  const Id id = writing.NewId();
  writing.Do("INSERT INTO theme (id, parent_id, name, description, order_key) VALUES (?, NULL, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM theme))", id, name, description);
  outcome.created.push_back(id);
  return id;
}

void Match(Writing& writing, const Id& expected, const Id& theme) {
  if (writing.Number("SELECT count(*) FROM frame_match WHERE frame_theme_id = ? AND theme_id = ?", expected, theme) > 0) return;
  writing.Do("INSERT INTO frame_match (id, frame_theme_id, theme_id) VALUES (?, ?, ?)", writing.NewId(), expected, theme);
}

view::Model PreviewOf(const Outline& outline) {
  view::Model preview;
  std::vector<view::Row> rows;
  for (const auto& entry : outline.entries) {
    rows.push_back({std::to_string(rows.size()), {{.value = entry.name}, {.value = entry.parent}, {.value = entry.description}}, {}, {}});
  }
  preview.population.facts = {{"themes", Say("Expected themes"), static_cast<std::int64_t>(rows.size())}};
  preview.body = view::Table{{{"name", Say("Expected theme")}, {"parent", Say("Below")}, {"description", Say("Description")}}, view::MakeRows(std::move(rows))};
  return preview;
}

void Load(Writing& writing, const Outline& outline, const std::string& name, bool make_themes, Outcome& outcome) {
  if (writing.Number("SELECT count(*) FROM frame WHERE name = ?", name) > 0) throw Refuse("There is a frame “{0}” already; choose another name.", name);
  const Id frame = writing.NewId();
  writing.Do("INSERT INTO frame (id, name, origin, order_key) VALUES (?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM frame))", frame, name, outline.origin);
  outcome.created.push_back(frame);
  // Themes of the same name are the first guess at what answers to it; the researcher judges.
  std::map<std::string, std::vector<Id>> themes;
  for (const auto& theme : Themes(writing)) themes[FoldText(theme.name)].push_back(theme.id);
  std::map<std::string, Id> placed;
  std::int64_t matched = 0, order = 0;
  for (const auto& entry : outline.entries) {
    const Id id = writing.NewId();
    const std::optional<Id> parent = entry.parent.empty() ? std::nullopt : std::optional(placed.at(entry.parent));
    placed[entry.parent.empty() ? entry.name : entry.parent + kSlash + entry.name] = id;
    writing.Do("INSERT INTO frame_theme (id, frame_id, parent_id, name, description, order_key) VALUES (?, ?, ?, ?, ?, ?)", id, frame, parent, entry.name, entry.description, ++order);
    auto& same = themes[FoldText(entry.name)];
    matched += !same.empty();
    if (same.empty() && make_themes) same.push_back(AddTheme(writing, entry.name, entry.description, outcome));
    for (const auto& theme : same) Match(writing, id, theme);
  }
  if (matched > 0) outcome.notes.push_back(SayCount("{0} expected theme is matched with a theme of the same name; look whether that is right.", "{0} expected themes are matched with themes of the same name; look whether that is right.", matched));
  outcome.show = view::Target{"themes.frame", {{"frame", frame}}};
}

Command LoadFrame() {
  Command command{.id = "themes.load-frame", .label = Say("Load a deductive frame"), .help = Say("A list of expected themes: CSV with the columns name, description and parent, or a JSON data file. The themes of the study are then held against it.")};
  command.parameters = {{.name = "file", .type = ParameterType::kFile, .label = Say("File"), .required = true},
                        {.name = "name", .label = Say("Name"), .help = Say("Left out: the file's own.")},
                        {.name = "make-themes", .type = ParameterType::kBoolean, .label = Say("Make themes of what has none yet")}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    Outline outline = ReadFrameFile(arguments.Text("file"));
    std::string name = Trim(arguments.Text("name"));
    if (name.empty()) name = outline.name;
    if (name.empty()) name = std::filesystem::path(arguments.Text("file")).stem().string();
    Plan plan = Simply([outline, name, make = arguments.Flag("make-themes")](Writing& writing, Outcome& outcome) { Load(writing, outline, name, make, outcome); });
    plan.preview = PreviewOf(outline);
    return plan;
  };
  return command;
}

Command AddExpected() {
  Command command{.id = "themes.add-expected", .label = Say("Add an expected theme"), .help = Say("Adds a theme to a frame; a frame of that name is begun when there is none.")};
  command.parameters = {{.name = "frame", .label = Say("Frame"), .required = true},
                        {.name = "name", .label = Say("Name"), .required = true},
                        {.name = "description", .type = ParameterType::kProse, .label = Say("Description")},
                        {.name = "parent", .type = ParameterType::kEntity, .label = Say("Below"), .entity_kind = "expected-theme"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string frame_name = RequireName(arguments, "frame"), name = RequireName(arguments, "name");
    return Simply([arguments, frame_name, name](Writing& writing, Outcome& outcome) {
      std::optional<Id> frame;
      {
        auto row = writing.Query("SELECT id FROM frame WHERE name = ?", frame_name);
        if (row.Step()) frame = row.GetId(0);
      }
      if (!frame) {
        frame = writing.NewId();
        writing.Do("INSERT INTO frame (id, name, order_key) VALUES (?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM frame))", *frame, frame_name);
      }
      const auto parent = arguments.Entity("parent");
      if (parent && writing.Number("SELECT count(*) FROM frame_theme WHERE id = ? AND frame_id = ?", *parent, *frame) == 0) throw Refuse("What it is to stand below belongs to another frame.");
      if (writing.Number("SELECT count(*) FROM frame_theme WHERE frame_id = ? AND parent_id IS ? AND name = ?", *frame, parent, name) > 0) {
        throw Refuse("There is an expected theme “{0}” already; choose another name.", name);
      }
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO frame_theme (id, frame_id, parent_id, name, description, order_key) VALUES (?, ?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM frame_theme))",
                 outcome.created.back(), *frame, parent, name, arguments.Text("description"));
    });
  };
  return command;
}

Command SetExpected() {
  Command command{.id = "themes.set-expected", .label = Say("Rename or describe an expected theme"), .help = Say("Changes the name, the description or both.")};
  command.parameters = {ExpectedParameter(), {.name = "name", .label = Say("Name")}, {.name = "description", .type = ParameterType::kProse, .label = Say("Description")}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id expected = *arguments.Entity("expected");
      if (arguments.Has("name")) {
        const std::string name = RequireName(arguments, "name");
        if (writing.Number("SELECT count(*) FROM frame_theme mine JOIN frame_theme other ON other.frame_id = mine.frame_id AND other.parent_id IS mine.parent_id AND other.id <> mine.id "
                           "WHERE mine.id = ? AND other.name = ?",
                           expected, name) > 0) {
          throw Refuse("There is an expected theme “{0}” already; choose another name.", name);
        }
        writing.Do("UPDATE frame_theme SET name = ? WHERE id = ?", name, expected);
      }
      if (arguments.Has("description")) writing.Do("UPDATE frame_theme SET description = ? WHERE id = ?", arguments.Text("description"), expected);
    });
  };
  return command;
}

Command MatchExpected() {
  Command command{.id = "themes.match-expected", .label = Say("Say which theme answers to an expected one"), .help = Say("The evidence of the theme then confirms what was expected.")};
  Parameter themes = ThemeParameter();
  themes.list = true;
  command.parameters = {ExpectedParameter(), themes};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      for (const auto& theme : arguments.Entities("theme")) Match(writing, *arguments.Entity("expected"), theme);
    });
  };
  return command;
}

Command UnmatchExpected() {
  Command command{.id = "themes.unmatch-expected", .label = Say("This theme does not answer to the expected one"), .help = Say("Both stay; the theme counts as new unless it answers to another.")};
  command.parameters = {ExpectedParameter(), ThemeParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id expected = *arguments.Entity("expected"), theme = *arguments.Entity("theme");
      if (writing.Number("SELECT count(*) FROM frame_match WHERE frame_theme_id = ? AND theme_id = ?", expected, theme) == 0) throw Refuse("These two are not matched.");
      writing.Do("DELETE FROM frame_match WHERE frame_theme_id = ? AND theme_id = ?", expected, theme);
    });
  };
  return command;
}

Command DeleteExpected() {
  Command command{.id = "themes.delete-expected", .label = Say("Delete an expected theme"), .help = Say("Takes it and what stands below it out of the frame; the study's own themes stay.")};
  command.parameters = {ExpectedParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id expected = *arguments.Entity("expected");
      std::vector<Id> below;
      {
        auto rows = writing.Query("WITH RECURSIVE below (id, depth) AS (SELECT ?, 0 UNION SELECT frame_theme.id, depth + 1 FROM frame_theme JOIN below ON parent_id = below.id) SELECT id FROM below ORDER BY depth DESC", expected);
        while (rows.Step()) below.push_back(rows.GetId(0));
      }
      for (const auto& id : below) DeleteEntity(writing, "frame_theme", id);
    });
  };
  return command;
}

Command DeleteFrame() {
  Command command{.id = "themes.delete-frame", .label = Say("Delete a frame"), .help = Say("Takes away what was expected; the study's own themes stay.")};
  command.parameters = {FrameParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) { DeleteEntity(writing, "frame", *arguments.Entity("frame")); });
  };
  return command;
}

}  // namespace

void RegisterFrameCommands(Registry& registry) {
  registry.Add(LoadFrame());
  registry.Add(AddExpected());
  registry.Add(SetExpected());
  registry.Add(MatchExpected());
  registry.Add(UnmatchExpected());
  registry.Add(DeleteExpected());
  registry.Add(DeleteFrame());
}

}  // namespace meerstem::themes
