#include <algorithm>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/command/parse.h"
#include "core/study/deletion.h"
#include "plugins/themes/chapters.h"
#include "plugins/themes/guides.h"
#include "plugins/themes/outline_file.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

Parameter GuideParameter() {
  return {.name = "guide", .type = ParameterType::kEntity, .label = Say("Topic guide"), .required = true, .entity_kind = "guide"};
}
Parameter TopicParameter() {
  return {.name = "topic", .type = ParameterType::kEntity, .label = Say("Topic"), .required = true, .entity_kind = "topic"};
}
Parameter ThemesParameter(bool required) {
  Parameter themes = ThemeParameter();
  themes.required = required;
  themes.list = true;
  themes.help = Say("Themes that this opens; a theme opens those below it.");
  return themes;
}

Id AddGuideRow(Writing& writing, const std::string& name, Outcome& outcome) {
  if (writing.Number("SELECT count(*) FROM topic_guide WHERE name = ?", name) > 0) throw Refuse("There is a topic guide “{0}” already; choose another name.", name);
  const Id guide = writing.NewId();
  writing.Do("INSERT INTO topic_guide (id, name, order_key) VALUES (?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM topic_guide))", guide, name);
  outcome.created.push_back(guide);
  return guide;
}

void LinkTopic(Writing& writing, const Id& topic, const std::vector<Id>& themes) {
  for (const auto& theme : themes) {
    if (writing.Number("SELECT count(*) FROM topic_theme WHERE topic_id = ? AND theme_id = ?", topic, theme) > 0) continue;
    writing.Do("INSERT INTO topic_theme (id, topic_id, theme_id) VALUES (?, ?, ?)", writing.NewId(), topic, theme);
  }
}

Id AddTopicRow(Writing& writing, const Id& guide, const std::string& text, const std::vector<Id>& themes) {
  if (writing.Number("SELECT count(*) FROM topic WHERE guide_id = ? AND text = ?", guide, text) > 0) throw Refuse("The topic “{0}” stands in this guide already.", text);
  const Id topic = writing.NewId();
  writing.Do("INSERT INTO topic (id, guide_id, text, order_key) VALUES (?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM topic))", topic, guide, text);
  LinkTopic(writing, topic, themes);
  return topic;
}

void UseGuide(Writing& writing, const Id& guide, const std::vector<Id>& sources) {
  for (const auto& source : sources) {
    if (writing.Number("SELECT count(*) FROM guide_use WHERE guide_id = ? AND source_id = ?", guide, source) > 0) continue;
    writing.Do("INSERT INTO guide_use (id, guide_id, source_id) VALUES (?, ?, ?)", writing.NewId(), guide, source);
  }
}

Parameter SourcesParameter(bool required) {
  return {.name = "source", .type = ParameterType::kEntity, .label = Say("Conversation"), .required = required, .list = true, .entity_kind = "source"};
}

Command LoadGuide(const Registry& registry) {
  Command command{.id = "themes.load-guide", .label = Say("Load a topic guide"), .help = Say("The topics of a conversation: CSV with the columns topic and themes (several with | between them), or a JSON data file.")};
  command.parameters = {{.name = "file", .type = ParameterType::kFile, .label = Say("File"), .required = true},
                        {.name = "name", .label = Say("Name"), .help = Say("Left out: the file's own.")},
                        SourcesParameter(false)};
  command.parameters.back().help = Say("Where this guide was used.");
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Outline outline = ReadGuideFile(arguments.Text("file"));
    std::string name = Trim(arguments.Text("name"));
    if (name.empty()) name = outline.name;
    if (name.empty()) name = std::filesystem::path(arguments.Text("file")).stem().string();
    std::vector<std::vector<Id>> themes;
    std::vector<view::Row> rows;
    for (const auto& entry : outline.entries) {
      auto& mine = themes.emplace_back();
      for (const auto& theme : entry.themes) {
        try {
          mine.push_back(ResolveEntity(whole, reading, "theme", theme));
        } catch (const Error& error) {
          throw Refuse("{0}: {1}", entry.place, error.message());
        }
      }
      rows.push_back({std::to_string(rows.size()), {{.value = entry.name}, {.value = Joined(entry.themes)}}, {}, {}});
    }
    Plan plan = Simply([outline, name, themes, sources = arguments.Entities("source")](Writing& writing, Outcome& outcome) {
      const Id guide = AddGuideRow(writing, name, outcome);
      for (std::size_t i = 0; i < outline.entries.size(); ++i) AddTopicRow(writing, guide, outline.entries[i].name, themes[i]);
      UseGuide(writing, guide, sources);
      outcome.show = view::Target{"themes.guides", {}};
    });
    view::Model preview;
    preview.population.facts = {{"topics", Say("Topics"), static_cast<std::int64_t>(rows.size())}};
    preview.body = view::Table{{{"topic", Say("Topic"), view::ColumnType::kText, 50}, {"themes", Say("Themes")}}, view::MakeRows(std::move(rows))};
    plan.preview = std::move(preview);
    return plan;
  };
  return command;
}

Command AddGuide() {
  Command command{.id = "themes.add-guide", .label = Say("New topic guide"), .help = Say("Begins a list of what is asked in conversations.")};
  command.parameters = {{.name = "name", .label = Say("Name"), .required = true}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string name = RequireName(arguments, "name");
    return Simply([name](Writing& writing, Outcome& outcome) { AddGuideRow(writing, name, outcome); });
  };
  return command;
}

Command RenameGuide() {
  Command command{.id = "themes.rename-guide", .label = Say("Rename a topic guide"), .help = Say("Changes its name only.")};
  command.parameters = {GuideParameter(), {.name = "name", .label = Say("Name"), .required = true}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string name = RequireName(arguments, "name");
    return Simply([name, guide = *arguments.Entity("guide")](Writing& writing, Outcome&) {
      if (writing.Number("SELECT count(*) FROM topic_guide WHERE name = ? AND id <> ?", name, guide) > 0) throw Refuse("There is a topic guide “{0}” already; choose another name.", name);
      writing.Do("UPDATE topic_guide SET name = ? WHERE id = ?", name, guide);
    });
  };
  return command;
}

Command DeleteGuide() {
  Command command{.id = "themes.delete-guide", .label = Say("Delete a topic guide"), .help = Say("What was asked in its conversations is then not known any more.")};
  command.parameters = {GuideParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([guide = *arguments.Entity("guide")](Writing& writing, Outcome&) { DeleteEntity(writing, "topic_guide", guide); });
  };
  return command;
}

Command AddTopic() {
  Command command{.id = "themes.add-topic", .label = Say("Add a topic"), .help = Say("Adds a topic or question to a guide, with the themes that it opens.")};
  command.parameters = {GuideParameter(), {.name = "text", .type = ParameterType::kProse, .label = Say("Topic or question"), .required = true}, ThemesParameter(false)};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string text = RequireName(arguments, "text");
    return Simply([arguments, text](Writing& writing, Outcome& outcome) { outcome.created.push_back(AddTopicRow(writing, *arguments.Entity("guide"), text, arguments.Entities("theme"))); });
  };
  return command;
}

Command SetTopic() {
  Command command{.id = "themes.set-topic", .label = Say("Change a topic"), .help = Say("Changes the words of a topic or question.")};
  command.parameters = {TopicParameter(), {.name = "text", .type = ParameterType::kProse, .label = Say("Topic or question"), .required = true}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string text = RequireName(arguments, "text");
    return Simply([text, topic = *arguments.Entity("topic")](Writing& writing, Outcome&) {
      if (writing.Number("SELECT count(*) FROM topic mine JOIN topic other ON other.guide_id = mine.guide_id AND other.id <> mine.id WHERE mine.id = ? AND other.text = ?", topic, text) > 0) {
        throw Refuse("The topic “{0}” stands in this guide already.", text);
      }
      writing.Do("UPDATE topic SET text = ? WHERE id = ?", text, topic);
    });
  };
  return command;
}

Command MoveTopic() {
  Command command{.id = "themes.move-topic", .label = Say("Move a topic"), .help = Say("Swaps a topic with the one above or below it.")};
  command.parameters = {TopicParameter(), {.name = "to", .type = ParameterType::kChoice, .label = Say("Where to"), .required = true, .choices = {{"up", Say("Up")}, {"down", Say("Down")}}}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const Id topic = *arguments.Entity("topic");
      std::vector<std::pair<Id, double>> topics;
      {
        auto rows = writing.Query("SELECT id, order_key FROM topic WHERE guide_id = (SELECT guide_id FROM topic WHERE id = ?) ORDER BY order_key, id", topic);
        while (rows.Step()) topics.emplace_back(rows.GetId(0), rows.Real(1));
      }
      const auto place = PlaceOneFurther(topics, topic, arguments.Text("to") == "up");
      if (!place) outcome.notes.push_back(Say("It stands at the end already."));
      else writing.Do("UPDATE topic SET order_key = ? WHERE id = ?", *place, topic);
    });
  };
  return command;
}

Command DeleteTopic() {
  Command command{.id = "themes.delete-topic", .label = Say("Delete a topic"), .help = Say("Takes a topic out of its guide; themes stay.")};
  command.parameters = {TopicParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([topic = *arguments.Entity("topic")](Writing& writing, Outcome&) { DeleteEntity(writing, "topic", topic); });
  };
  return command;
}

Command LinkTopicCommand() {
  Command command{.id = "themes.link-topic", .label = Say("Link a topic to themes"), .help = Say("Where the topic was put, these themes count as asked about.")};
  command.parameters = {TopicParameter(), ThemesParameter(true)};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) { LinkTopic(writing, *arguments.Entity("topic"), arguments.Entities("theme")); });
  };
  return command;
}

Command UnlinkTopic() {
  Command command{.id = "themes.unlink-topic", .label = Say("Unlink a topic from a theme"), .help = Say("The topic does not open the theme any more.")};
  command.parameters = {TopicParameter(), ThemeParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id topic = *arguments.Entity("topic"), theme = *arguments.Entity("theme");
      if (writing.Number("SELECT count(*) FROM topic_theme WHERE topic_id = ? AND theme_id = ?", topic, theme) == 0) throw Refuse("This topic is not linked to that theme.");
      writing.Do("DELETE FROM topic_theme WHERE topic_id = ? AND theme_id = ?", topic, theme);
    });
  };
  return command;
}

Command UseGuideCommand() {
  Command command{.id = "themes.use-guide", .label = Say("Say where a topic guide was used"), .help = Say("In those conversations its topics count as put; what is in no guide there counts as not asked.")};
  command.parameters = {GuideParameter(), SourcesParameter(true)};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) { UseGuide(writing, *arguments.Entity("guide"), arguments.Entities("source")); });
  };
  return command;
}

Command LeaveGuide() {
  Command command{.id = "themes.leave-guide", .label = Say("A topic guide was not used here"), .help = Say("Takes the guide away from conversations.")};
  command.parameters = {GuideParameter(), SourcesParameter(true)};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      for (const auto& source : arguments.Entities("source")) {
        if (writing.Number("SELECT count(*) FROM guide_use WHERE guide_id = ? AND source_id = ?", *arguments.Entity("guide"), source) == 0) throw Refuse("This guide is not linked to that conversation.");
        writing.Do("DELETE FROM guide_use WHERE guide_id = ? AND source_id = ?", *arguments.Entity("guide"), source);
      }
    });
  };
  return command;
}

}  // namespace

void RegisterGuideCommands(Registry& registry) {
  registry.Add(LoadGuide(registry));
  registry.Add(AddGuide());
  registry.Add(RenameGuide());
  registry.Add(DeleteGuide());
  registry.Add(AddTopic());
  registry.Add(SetTopic());
  registry.Add(MoveTopic());
  registry.Add(DeleteTopic());
  registry.Add(LinkTopicCommand());
  registry.Add(UnlinkTopic());
  registry.Add(UseGuideCommand());
  registry.Add(LeaveGuide());
}

}  // namespace meerstem::themes
