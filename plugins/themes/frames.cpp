#include "plugins/themes/frames.h"

#include <map>

#include "plugins/themes/part.h"

namespace meerstem::themes {
namespace {

void Walk(const std::map<Id, std::vector<ExpectedTheme>>& children, const Id& parent, const std::string& frame, const std::string& above, std::vector<ExpectedTheme>& out) {
  const auto found = children.find(parent);
  if (found == children.end()) return;
  for (ExpectedTheme theme : found->second) {
    theme.within = above.empty() ? theme.name : above + "/" + theme.name;
    theme.path = frame + "/" + theme.within;
    const Id id = theme.id;
    const std::string own = theme.within;
    out.push_back(std::move(theme));
    Walk(children, id, frame, own, out);
  }
}

}  // namespace

std::vector<ExpectedTheme> ExpectedThemes(Reading& reading, const std::optional<Id>& frame) {
  std::map<Id, std::vector<Id>> matches;
  {
    auto rows = reading.Query("SELECT DISTINCT frame_theme_id, theme_id FROM frame_match JOIN theme ON theme.id = theme_id ORDER BY theme.order_key");
    while (rows.Step()) matches[rows.GetId(0)].push_back(rows.GetId(1));
  }
  std::map<Id, std::vector<ExpectedTheme>> children;  // At the top below their frame, whose id no theme has.
  {
    auto rows = reading.Query("SELECT id, frame_id, parent_id, name, description FROM frame_theme ORDER BY order_key, name");
    while (rows.Step()) {
      ExpectedTheme theme{rows.GetId(0), rows.GetId(1), rows.MaybeId(2), rows.Text(3), {}, {}, rows.Text(4), {}};
      if (const auto match = matches.find(theme.id); match != matches.end()) theme.matches = match->second;
      children[theme.parent.value_or(theme.frame)].push_back(std::move(theme));
    }
  }
  std::vector<ExpectedTheme> themes;
  auto frames = reading.Query("SELECT id, name FROM frame ORDER BY order_key, name");
  while (frames.Step()) {
    if (!frame || *frame == frames.GetId(0)) Walk(children, frames.GetId(0), frames.Text(1), {}, themes);
  }
  return themes;
}

EntityKind FrameKind() {
  EntityKind kind{.kind = "frame", .table = "frame", .label = Say("frame")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM frame WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, name FROM frame ORDER BY order_key, name");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"themes.frame", {{"frame", id}}}; };
  return kind;
}

EntityKind ExpectedThemeKind() {
  EntityKind kind{.kind = "expected-theme", .table = "frame_theme", .label = Say("expected theme")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    for (const auto& theme : ExpectedThemes(reading)) {
      if (theme.id == id) return theme.path;
    }
    return std::nullopt;
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    for (const auto& theme : ExpectedThemes(reading)) all.emplace_back(theme.id, theme.path);
    return all;
  };
  return kind;
}

void RegisterFrames(Registry& registry) {
  registry.Add(FrameKind());
  registry.Add(ExpectedThemeKind());
  RegisterFrameCommands(registry);
  RegisterFrameView(registry);
}

}  // namespace meerstem::themes
