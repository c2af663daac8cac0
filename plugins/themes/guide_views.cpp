#include <algorithm>

#include "plugins/themes/guides.h"
#include "plugins/themes/hearing.h"
#include "plugins/themes/part.h"

namespace meerstem::themes {
namespace {

EntityKind GuideKind() {
  EntityKind kind{.kind = "guide", .table = "topic_guide", .label = Say("topic guide")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM topic_guide WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, name FROM topic_guide ORDER BY order_key, name");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.open = [](const Id&) { return view::Target{"themes.guides", {}}; };
  return kind;
}

EntityKind TopicKind() {
  EntityKind kind{.kind = "topic", .table = "topic", .label = Say("topic")};
  static constexpr char kName[] = "SELECT topic.id, topic_guide.name || '/' || text FROM topic JOIN topic_guide ON topic_guide.id = guide_id";
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(std::string(kName) + " WHERE topic.id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(1);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query(std::string(kName) + " ORDER BY topic_guide.order_key, topic.order_key, topic.id");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.open = [](const Id&) { return view::Target{"themes.guides", {}}; };
  return kind;
}

view::Action LoadAction() { return {Say("Load a topic guide"), "themes.load-guide", {}}; }

/// A guide's topics, each with the themes that it opens, and where the guide was used.
void AddGuide(Reading& reading, const std::vector<Theme>& themes, const Id& guide, view::Tree& tree) {
  const std::string key = ToString(guide);
  auto topics = reading.Query("SELECT id, text FROM topic WHERE guide_id = ? ORDER BY order_key, id", guide);
  while (topics.Step()) {
    const Id topic = topics.GetId(0);
    view::Node node{.key = ToString(topic), .parent = key, .label = Verbatim(topics.Text(1))};
    std::vector<std::string> names;
    for (const auto& theme : themes) {
      if (reading.Number("SELECT count(*) FROM topic_theme WHERE topic_id = ? AND theme_id = ?", topic, theme.id) > 0) names.push_back(theme.path);
    }
    node.cells = {{.value = Joined(names)}};
    if (names.empty()) node.cells = {{.state = view::State::kEmpty, .why = Say("It opens no theme, so nothing counts as asked by it.")}};
    node.entities = {{"topic", topic}};
    node.rename = view::Edit{"themes.set-topic", {{"topic", topic}}, "text", ParameterType::kProse, {}};
    tree.nodes.push_back(std::move(node));
  }
  auto uses = reading.Query("SELECT source.id, title FROM guide_use JOIN source ON source.id = source_id WHERE guide_id = ? ORDER BY source.order_key", guide);
  while (uses.Step()) {
    view::Node node{.key = key + "/" + ToString(uses.GetId(0)), .parent = key, .label = Say("Used in: {0}", uses.Text(1))};
    node.cells.resize(1);
    node.entities = {{"source", uses.GetId(0)}};
    node.target = view::Target{"coding.document", {{"source", uses.GetId(0)}}};
    tree.nodes.push_back(std::move(node));
  }
}

View Guides() {
  View view{.id = "themes.guides", .kind = view::Kind::kTree, .label = Say("Topic guides"), .help = Say("What was asked: the topics of each guide, the themes that they open, and the conversations in which the guide was used.")};
  view.build = [](Reading& reading, const Arguments&, Job&) {
    view::Tree tree{.label_title = Say("Guide, topic"), .columns = {{"themes", Say("Opens"), view::ColumnType::kText, 50}}, .nodes = {}};
    const auto themes = Themes(reading);
    auto guides = reading.Query("SELECT id, name FROM topic_guide ORDER BY order_key, name");
    while (guides.Step()) {
      const Id guide = guides.GetId(0);
      view::Node node{.key = ToString(guide), .parent = {}, .label = Verbatim(guides.Text(1))};
      const auto used = reading.Number("SELECT count(*) FROM guide_use WHERE guide_id = ?", guide);
      node.cells = {{.value = SayCount("used in {0} conversation", "used in {0} conversations", used)}};
      node.entities = {{"guide", guide}};
      node.rename = view::Edit{"themes.rename-guide", {{"guide", guide}}, "name", ParameterType::kText, {}};
      tree.nodes.push_back(std::move(node));
      AddGuide(reading, themes, guide, tree);
    }
    view::Model model;
    const auto unknown = reading.Number("SELECT count(*) FROM source WHERE kind IN ('interview', 'focus_group') AND id NOT IN (SELECT source_id FROM guide_use)");
    model.population.facts = {{"unknown", Say("Interviews and focus groups without a guide"), unknown}};
    model.body = std::move(tree);
    model.drops = {{"source", "guide", "themes.use-guide", "source", "guide"}, {"theme", "topic", "themes.link-topic", "theme", "topic"}};
    model.actions = {LoadAction(), {Say("New topic guide"), "themes.add-guide", {}}};
    model.empty = Say("No topic guide is in the study, so nobody can tell silence from a question that was not put.");
    return model;
  };
  return view;
}

View AskedView(const Registry& registry) {
  View view{.id = "themes.asked", .kind = view::Kind::kMatrix, .label = Say("Asked and answered"), .help = Say("Per conversation and theme: how many quotes, or whether it was asked and nobody spoke of it, or not asked.")};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job& job) {
    const Hearing hearing(whole, reading);
    const auto themes = Themes(reading);
    view::Matrix matrix{.row_title = Say("Conversation"), .column_title = Say("Theme")};
    for (const auto& theme : themes) {
      matrix.columns.push_back({.key = ToString(theme.id), .label = Verbatim(theme.name), .entities = {{"theme", theme.id}}, .target = view::Target{"themes.quotes", {{"theme", theme.id}}}});
    }
    // A quote of a theme counts in the source that it stands in.
    std::map<std::pair<Id, Id>, std::int64_t> counts;
    for (const auto& theme : themes) {
      for (const auto& quote : hearing.quotes().Of(theme.id)) {
        const auto& speakers = hearing.SpeakersOf(quote);
        if (!speakers.empty()) ++counts[{theme.id, hearing.speakers()[speakers.front()].source}];
      }
    }
    std::set<Id> heard;
    for (const auto& speaker : hearing.speakers()) {
      if (speaker.conversation) heard.insert(speaker.source);
    }
    std::int64_t unknown = 0;
    auto sources = reading.Query(
        "SELECT source.id, title, (SELECT group_concat(name, '; ') FROM (SELECT name FROM guide_use JOIN topic_guide ON topic_guide.id = guide_id WHERE source_id = source.id ORDER BY topic_guide.order_key)) "
        "FROM source ORDER BY order_key");
    while (sources.Step()) {
      const Id source = sources.GetId(0);
      if (!heard.contains(source)) continue;
      job.Progress(0);
      const bool known = !sources.IsNull(2);
      unknown += !known;
      matrix.rows.push_back({.key = ToString(source), .label = Verbatim(sources.Text(1)), .entities = {{"source", source}}, .target = view::Target{"coding.document", {{"source", source}}},
                             .note = known ? Verbatim(sources.Text(2)) : Say("guide not known")});
      auto& line = matrix.cells.emplace_back();
      for (const auto& theme : themes) {
        const auto count = counts.find({theme.id, source});
        const Asked asked = hearing.questions().Was(theme.id, source);
        view::Cell cell;
        if (count != counts.end()) {
          cell = {.value = count->second};
          if (asked == Asked::kNo) {
            cell.glyph = "!";
            cell.why = Say("In no topic guide of this conversation: they spoke of it by themselves.");
          }
          const view::Target quotes{"themes.quotes", {{"theme", theme.id}, {"dimension", std::string("source")}, {"group", sources.Text(1)}}};
          cell.target = quotes;
        } else if (asked == Asked::kUnknown) {
          cell = {.state = view::State::kUnknown, .why = Say("Nothing was said of it, and no guide says whether it was asked.")};
        } else {
          cell = Silence(hearing.questions(), theme.id, {source});
        }
        line.push_back(std::move(cell));
      }
    }
    view::Model model;
    model.population.description = Say("Conversations in which others than the interviewer were heard; cells count quotes");
    model.population.facts = {{"conversations", Say("Conversations"), static_cast<std::int64_t>(matrix.rows.size())}, {"unknown", Say("Without a known guide"), unknown}};
    model.notes = SilenceNotes(hearing.questions());
    model.notes.push_back(Say("! : spoken of without being asked."));
    model.empty = Say("There are no themes and conversations yet to hold beside each other.");
    model.actions = {LoadAction(), {Say("Say where a topic guide was used"), "themes.use-guide", {}}};
    model.body = std::move(matrix);
    return model;
  };
  return view;
}

}  // namespace

void RegisterGuideViews(Registry& registry) {
  registry.Add(GuideKind());
  registry.Add(TopicKind());
  registry.Add(Guides());
  registry.Add(AskedView(registry));
}

void RegisterGuides(Registry& registry) {
  RegisterGuideCommands(registry);
  RegisterGuideViews(registry);
}

}  // namespace meerstem::themes
