#pragma once

#include <wx/app.h>

#include "core/plugin/program.h"
#include "gui/shell/tr.h"
#include "tests/gui/shell/window.h"

namespace meerstem::testing {

/// The window with every plugin, worked by keys and mouse.
class RealHouseTest : public HandsTest {
 protected:
  void OpenHouse() {
    static const Program program({MEERSTEM_PLUGIN_DIR, MEERSTEM_DATA_DIR, MEERSTEM_DATA_DIR "/locale", {}});
    ASSERT_FALSE(program.plugins().empty());
    for (const auto& plugin : program.plugins()) ASSERT_TRUE(plugin.loaded) << plugin.file;
    gui::House house;
    house.registry = &program.registry();
    house.plugins = program.plugins();
    house.researcher = "Ada";
    house.language_for = [](const std::string& tag) { return program.LanguageFor(tag); };
    house.create = [](const std::string& path, const std::string& language) { return program.Create(path, language, "Ada"); };
    house.open = [](const std::string& path) { return program.Open(path, false); };
    Open(std::move(house));
  }

  /// Opens a view as the console would name it, and waits until it is shown and has the keyboard.
  bool See(const std::string& view, const RawArguments& raw = {}) {
    auto& engine = session().engine();
    std::vector<Parameter> parameters = engine.ViewOf(view).parameters;
    for (auto& parameter : parameters) parameter.required = false;
    const Arguments asked = Aside([&] { return engine.Parse(parameters, raw); });
    frame().OpenTarget({view, asked}, true, nullptr);
    return Until([&] { return pane() && pane()->view() == view && pane()->arguments() == asked && pane()->model() && !pane()->building() && HasKeyboard(); });
  }
  /// The row of a table that is selected.
  view::Row Chosen(const gui::ViewPane& table) {
    const auto& rows = *std::get<view::Table>(table.model()->body).rows;
    for (auto& row : Aside([&] { return rows.Page(*session().store().Read(), 0, rows.Count()); })) {
      if (row.entities == table.selection().entities) return row;
    }
    return {};
  }
  bool Undone(const std::function<bool()>& as_before, const std::function<bool()>& as_after) {
    // The menu takes the name of the step from a worker.
    Until([&] { return frame().undo()->UndoLabel() == Say("Undo: {0}", Aside([&] { return session().store().NextUndo(); })->entry.label); });
    Key('Z', wxMOD_CONTROL);
    if (!Until(as_before)) return false;
    Until([&] { return frame().undo()->can_redo(); });
    Key('Z', wxMOD_CONTROL | wxMOD_SHIFT);
    return Until(as_after);
  }
};

}  // namespace meerstem::testing
