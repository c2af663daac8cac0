// Views that stand in a chapter as a figure or a table, built anew whenever the chapter is.

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/command/parse.h"
#include "plugins/themes/chapters.h"

namespace meerstem::themes {
namespace {

bool MayStandInText(const View& view) {
  return view.kind == view::Kind::kTable || view.kind == view::Kind::kMatrix || view.kind == view::Kind::kChart || view.kind == view::Kind::kTree;
}

const View& ViewFor(const Registry& registry, const std::string& id) {
  const View* view = registry.FindView(id);
  if (!view) throw Refuse("There is no view “{0}”; the plugin that has it may not be loaded.", id);
  return *view;
}

Parameter ViewParameter(const Registry& registry) {
  Parameter parameter{.name = "view", .type = ParameterType::kChoice, .label = Say("View"), .required = true};
  parameter.study_choices = [&whole = registry.whole()](Reading&) {
    std::vector<Choice> choices;
    for (const auto& view : whole.views()) {
      if (MayStandInText(view)) choices.push_back({view.id, view.label});
    }
    return choices;
  };
  return parameter;
}

std::vector<Parameter> ShapeParameters() {
  return {{.name = "with", .label = Say("Settings of the view"), .help = Say("name=value, as on the console: rows=theme. May be repeated."), .list = true},
          {.name = "caption", .label = Say("Caption"), .help = Say("Without the number, which follows from the order.")},
          {.name = "as", .type = ParameterType::kChoice, .label = Say("Shown as"), .choices = {{"figure", Say("A figure")}, {"table", Say("A table")}}, .fallback = "figure"},
          {.name = "anchor", .label = Say("Name to refer by"), .help = Say("A text refers to it as [@name] and shows its number.")}};
}

/// Refuses now what could not be built later.
void Check(const Registry& registry, Reading& reading, const std::string& view, const std::string& settings) {
  ParseArguments(registry, reading, ViewFor(registry, view).parameters, ReadSettings(settings));
}

Command AddView(const Registry& registry) {
  Command command{.id = "themes.add-view", .label = Say("Add a figure or table"), .help = Say("A view that stands in the chapter with a caption and a number; it stays live.")};
  Parameter chapter = ChapterParameter();
  chapter.required = false;
  command.parameters = {chapter, ViewParameter(registry)};
  for (auto& parameter : ShapeParameters()) command.parameters.push_back(std::move(parameter));
  command.parameters.push_back(AfterParameter());
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    if (!arguments.Has("chapter") && !arguments.Has("after")) throw Refuse("Say in which chapter: give --chapter, or the block to put it --after.");
    const std::string settings = JoinSettings(arguments.Texts("with"));
    Check(whole, reading, arguments.Text("view"), settings);
    return Simply([arguments, settings](Writing& writing, Outcome& outcome) {
      const Id into = ChapterOf(writing, arguments);
      const Id id = writing.NewId();
      writing.Do("INSERT INTO chapter_block (id, chapter_id, kind, text, view, arguments, shape, anchor, order_key) VALUES (?, ?, 'view', ?, ?, ?, ?, ?, ?)", id,
                 into, Trim(arguments.Text("caption")), arguments.Text("view"), settings, arguments.Text("as"), Trim(arguments.Text("anchor")),
                 PlaceAfter(writing, into, arguments.Entity("after")));
      outcome.created.push_back(id);
    });
  };
  return command;
}

Command SetView(const Registry& registry) {
  Command command{.id = "themes.set-view", .label = Say("Change a figure or table"), .help = Say("Other settings, caption, shape or name; what is not given stays.")};
  command.parameters = {BlockParameter()};
  for (auto& parameter : ShapeParameters()) {
    parameter.fallback.clear();
    command.parameters.push_back(std::move(parameter));
  }
  command.impossible = OnlyOn({"view"}, Say("This block is no figure or table."));
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    ChapterBlock block = GetBlock(reading, *arguments.Entity("block"));
    if (block.kind != "view") throw Refuse("This block is no figure or table.");
    if (arguments.Has("with")) block.arguments = JoinSettings(arguments.Texts("with"));
    if (arguments.Has("caption")) block.text = Trim(arguments.Text("caption"));
    if (arguments.Has("as")) block.table = arguments.Text("as") == "table";
    if (arguments.Has("anchor")) block.anchor = Trim(arguments.Text("anchor"));
    Check(whole, reading, block.view, block.arguments);
    return Simply([block](Writing& writing, Outcome&) {
      writing.Do("UPDATE chapter_block SET text = ?, arguments = ?, shape = ?, anchor = ?, revision = revision + 1 WHERE id = ?", block.text, block.arguments,
                 block.table ? "table" : "figure", block.anchor, block.id);
    });
  };
  return command;
}

}  // namespace

void FillFigure(const Registry& registry, Reading& reading, const ChapterBlock& block, view::Block& shown, Job& job) {
  shown.kind = block.table ? view::Block::Kind::kTable : view::Block::Kind::kFigure;
  shown.anchor = block.anchor;
  try {
    const View& view = ViewFor(registry, block.view);
    const Arguments arguments = ParseArguments(registry, reading, view.parameters, ReadSettings(block.arguments));
    auto model = std::make_shared<view::Model>(view.build(reading, arguments, job));
    model->view = view.id;
    model->arguments = arguments;
    if (model->title.empty()) model->title = view.label;
    shown.text = block.text.empty() ? model->title : Verbatim(block.text);
    shown.target = view::Target{view.id, arguments};
    shown.figure = std::move(model);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kCancelled) throw;
    shown.text = Verbatim(block.text);
    shown.state = view::State::kStale;
    shown.why = error.message();
  }
}

void RegisterFigureCommands(Registry& registry) {
  registry.Add(AddView(registry));
  registry.Add(SetView(registry));
}

}  // namespace meerstem::themes
