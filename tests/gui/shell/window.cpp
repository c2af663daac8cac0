#include "tests/gui/shell/window.h"

#include <chrono>
#include <thread>

#include <wx/app.h>
#include <wx/evtloop.h>
#include <wx/timer.h>

#include "core/store/statement_watch.h"
#include "core/study/people.h"
#include "gui/widgets/strings.h"
#include "tests/gui/shell/toy_part.h"

namespace meerstem::testing {

using Steady = std::chrono::steady_clock;

void WindowTest::SetUp() {
  RegisterCore(registry_);
  RegisterToys(registry_);
  gui::House house;
  house.registry = &registry_;
  house.researcher = "Ada";
  house.language_for = [](const std::string& tag) { return Language::Load(tag, MEERSTEM_DATA_DIR "/locale"); };
  const auto options = [this] { return Store::Options{.backups = false, .clock = clock_, .ids = ids_, .components = registry_.components()}; };
  house.create = [this, options](const std::string& path, const std::string& language) {
    auto store = Store::Create(path, options());
    store->Run({"study.new", Say("New study"), EnsureResearcher(*store, "Ada")}, [&](Writing& writing) { SeedStudy(writing, language); });
    store->Seal();
    return store;
  };
  house.open = [options](const std::string& path) { return Store::Open(path, options()); };
  Open(std::move(house));
  ASSERT_TRUE(frame_->NewStudy(folder_.path("toys.meerstem")));
  ASSERT_TRUE(Until([this] { return frame_->IsActive(); }));
}

void HandsTest::Open(gui::House house) {
  WatchStatements([](std::string_view sql) { ADD_FAILURE() << "The window's thread waits for the disk: " << sql; });
  frame_ = new gui::Frame(std::move(house));
  frame_->UseLanguage("en");
  frame_->Show();
}

void HandsTest::TearDown() {
  if (!frame_) return;
  // A test that failed in a dialog leaves it open, and its loop with it.
  for (wxWindow* window : wxTopLevelWindows) {
    if (auto* dialog = dynamic_cast<wxDialog*>(window); dialog && dialog->IsModal()) dialog->EndModal(wxID_CANCEL);
  }
  frame_->Close(true);
  bool gone = false;
  frame_ = nullptr;
  wxTheApp->CallAfter([&gone] { gone = true; });
  Until([&gone] { return gone; });
  WatchStatements({});
}

void HandsTest::Key(int key, int modifiers) {
  hands_.Char(key, modifiers);
  Settle();
}

void HandsTest::Settle() {
  for (int i = 0; i < 3; ++i) {
    bool reached = false;
    wxTheApp->CallAfter([&] { reached = true; });
    Until([&] { return reached; });
  }
}

bool HandsTest::HasKeyboard() {
  wxWindow* focus = wxWindow::FindFocus();
  return focus && pane() && (focus == pane()->widget()->Window() || pane()->widget()->Window()->IsDescendant(focus));
}

bool HandsTest::Until(const std::function<bool()>& holds) {
  const auto deadline = Steady::now() + std::chrono::seconds(10);
  while (!holds()) {
    if (Steady::now() > deadline) return false;
    wxTheApp->ProcessPendingEvents();
    wxEventLoopBase::GetActive()->YieldFor(wxEVT_CATEGORY_ALL);
    wxTheApp->ProcessIdle();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

bool HandsTest::InDialog(const std::string& title, const std::function<void()>& before, std::function<void(wxDialog&)> act) {
  struct Watch : wxTimer {
    std::function<void()> look;
    void Notify() override { look(); }
  } watch;
  bool acted = false;
  const auto deadline = Steady::now() + std::chrono::seconds(10);
  watch.look = [&] {
    for (wxWindow* window : wxTopLevelWindows) {
      auto* dialog = dynamic_cast<wxDialog*>(window);
      if (!dialog || !dialog->IsShown()) continue;
      if (!acted && dialog->IsActive() && gui::FromWx(dialog->GetTitle()) == title) {
        acted = true;
        act(*dialog);
      } else if (Steady::now() > deadline && dialog->IsModal()) {
        dialog->EndModal(wxID_CANCEL);
      }
    }
  };
  watch.Start(20);
  // A dialog out of a dialog gives the keyboard back to the one before.
  const wxWindow* outer = wxDynamicCast(wxGetActiveWindow(), wxDialog);
  before();
  const bool done = Until([&] { return acted && (outer || !wxDynamicCast(wxGetActiveWindow(), wxDialog)); });
  watch.Stop();
  return done && acted;
}

void WindowTest::AddSite(const std::string& name) {
  frame_->RunCommand("toy.add-site", {{"name", name}}, false);
  const std::int64_t before = Sites();
  ASSERT_TRUE(Until([&] { return Sites() == before + 1; }));
}

std::int64_t WindowTest::Sites() { return Number("SELECT count(*) FROM site"); }

std::size_t WindowTest::RowsShown() {
  const auto* pane = frame_->tabs()->active();
  if (!pane || !pane->model()) return 0;
  return std::get<view::Table>(pane->model()->body).rows->Count();
}

}  // namespace meerstem::testing

namespace {

class TestApp : public wxApp {
 public:
  bool OnInit() override { return true; }
  int OnRun() override {
    wxGUIEventLoop loop;
    const wxEventLoopActivator active(&loop);
    return RUN_ALL_TESTS();
  }
};

}  // namespace

wxIMPLEMENT_APP_NO_MAIN(TestApp);

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  // What wx finds wrong fails the test, instead of asking someone who is not there.
  wxSetAssertHandler([](const wxString& file, int line, const wxString&, const wxString& condition, const wxString& message) {
    ADD_FAILURE() << file.utf8_string() << ":" << line << ": " << condition.utf8_string() << ": " << message.utf8_string();
  });
  return wxEntry(argc, argv);
}
