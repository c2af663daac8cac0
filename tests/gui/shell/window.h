#pragma once

#include <functional>
#include <future>
#include <string>

#include <gtest/gtest.h>
#include <wx/dialog.h>
#include <wx/uiaction.h>

#include "gui/shell/frame.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {

/// The window and a user's hands. Events run only in Until, which gives up at a deadline. While the window is there, a
/// statement on its thread fails the test: it never waits for the disk.
class HandsTest : public ::testing::Test {
 protected:
  void TearDown() override;
  void Open(gui::House house);
  gui::Frame& frame() { return *frame_; }
  gui::Session& session() { return frame_->session(); }
  /// Runs events until it holds; false after ten seconds.
  static bool Until(const std::function<bool()>& holds);
  /// What the test itself asks of the study, beside the window's thread.
  template <class Asking>
  static auto Aside(Asking asking) {
    return std::async(std::launch::async, std::move(asking)).get();
  }
  std::int64_t Number(const std::string& sql) {
    return Aside([&] { return session().store().Read()->Number(sql); });
  }
  std::string Text(const std::string& sql) {
    return Aside([&] {
      const auto reading = session().store().Read();
      auto rows = reading->Query(sql);
      return rows.Step() ? rows.Text(0) : std::string();
    });
  }
  bool IsWhole() {
    return Aside([&] { return session().store().Check().empty(); });
  }
  void Key(int key, int modifiers = 0);
  /// What is in the queues of GTK and wx is done; what workers bring comes later.
  static void Settle();
  gui::ViewPane* pane() { return frame().tabs()->active(); }
  bool HasKeyboard();
  /// Once a dialog of that title has the keyboard: acts on it. For dialogs that `before` opens, modally or by a key.
  bool InDialog(const std::string& title, const std::function<void()>& before, std::function<void(wxDialog&)> act);

  TestFolder folder_;
  gui::Frame* frame_ = nullptr;
  wxUIActionSimulator hands_;
};

/// The window on an empty study with the toy part.
class WindowTest : public HandsTest {
 protected:
  void SetUp() override;
  void AddSite(const std::string& name);
  std::int64_t Sites();
  std::size_t RowsShown();

  Registry registry_;
  std::shared_ptr<FixedClock> clock_ = std::make_shared<FixedClock>();
  std::shared_ptr<IdSource> ids_ = std::make_shared<IdSource>(clock_, 1);
};

}  // namespace meerstem::testing
