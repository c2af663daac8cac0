// What a person waits for in the coded text of the window, on an invented project: bench_window [S|M|L|dense [FILE]]; dense is
// one source with 3,000 codings.
// Needs a display: tests/gui/with_display.sh bench_window L. Painted frames are timed from the event that asks for them
// to the end of their drawing, beside the time of putting one bitmap of the same size on the same window.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include <wx/app.h>
#include <wx/dcclient.h>
#include <wx/dcmemory.h>
#include <wx/evtloop.h>
#include <wx/frame.h>
#include <wx/sizer.h>

#include "core/base/error.h"
#include "core/base/language.h"
#include "core/command/engine.h"
#include "gui/widgets/coded_text_canvas.h"
#include "plugins/coding/part.h"
#include "tests/bench/project.h"
#include "tests/support/test_study.h"

namespace meerstem::bench {
namespace {

using Steady = std::chrono::steady_clock;

double Milliseconds(const std::function<void()>& work) {
  const auto begin = Steady::now();
  work();
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

double Quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

/// The study behind one widget; commands of the widget are not run.
class Host final : public gui::WidgetHost, public gui::Drafts {
 public:
  explicit Host(Store& store) : store_(store), language_(Language::Load("nl", "")) {}
  void Open(const view::Target&, bool) override {}
  void Execute(const std::string&, const Arguments&) override {}
  void Selected(const gui::Selection&) override {}
  void PopupCommands(wxWindow*, const gui::Selection&, const std::vector<view::Action>&) override {}
  void Rebuild(const Arguments&) override {}
  std::shared_ptr<void> Ask(std::function<void(Reading&, Job&)> look, std::function<void(const Error*)> answered) override {
    Job job;
    look(*store_.Read(), job);
    answered(nullptr);
    return nullptr;
  }
  std::shared_ptr<const Language> KeptLanguage() const override { return language_; }
  double zoom() const override { return 1; }
  gui::Drafts& drafts() override { return *this; }
  std::optional<std::string> Recall(const std::string&) const override { return std::nullopt; }
  void Keep(const std::string&, const std::string&) override {}
  void Forget(const std::string&) override {}

 private:
  Store& store_;
  std::shared_ptr<const Language> language_;
};

/// A window of which it is known when it was painted.
class Watched {
 public:
  explicit Watched(wxWindow* window) : window_(window) {
    window->Bind(wxEVT_PAINT, [this](wxPaintEvent& event) {
      event.Skip();
      ++painted_;
    });
  }
  /// From `ask` to the end of the painting that it led to.
  double Frame(const std::function<void()>& ask) {
    const int before = painted_;
    return Milliseconds([&] {
      ask();
      window_->Refresh();
      const auto deadline = Steady::now() + std::chrono::seconds(10);
      while (painted_ == before && Steady::now() < deadline) {
        window_->Update();
        if (painted_ == before) wxEventLoopBase::GetActive()->YieldFor(wxEVT_CATEGORY_ALL);
      }
    });
  }

 private:
  wxWindow* window_;
  int painted_ = 0;
};

class App final : public wxApp {
 public:
  bool OnInit() override { return true; }
  int OnRun() override {
    wxGUIEventLoop loop;
    const wxEventLoopActivator active(&loop);
    try {
      return Measure();
    } catch (const Error& error) {
      std::fprintf(stderr, "%s\n", (*Language::Load("en", ""))(error.message()).c_str());
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    return 1;
  }

 private:
  static void Settle() {
    for (int i = 0; i < 20; ++i) {
      wxTheApp->ProcessPendingEvents();
      wxEventLoopBase::GetActive()->YieldFor(wxEVT_CATEGORY_ALL);
      wxTheApp->ProcessIdle();
    }
  }
  int Measure() const;
};

int App::Measure() const {
  const std::string size = argc > 1 ? wxString(argv[1]).utf8_string() : "S";
  meerstem::testing::TestFolder folder;
  const std::string path = argc > 2 ? wxString(argv[2]).utf8_string() : folder.path("project.meerstem");
  Registry registry;
  RegisterCore(registry);
  coding::Register(registry);
  if (!std::filesystem::exists(path)) Generate(path, size == "dense" ? Size{size, 1, 9000, 400, 3000} : SizeOf(size), registry.components());
  const auto clock = std::make_shared<SystemClock>();
  const auto store = Store::Open(path, {.backups = false, .clock = clock, .ids = std::make_shared<IdSource>(clock), .components = registry.components()});
  Engine engine(registry, *store);
  const Id actor = EnsureResearcher(*store, "Ada");
  Id densest;
  std::int64_t marks = 0;
  {
    const auto reading = store->Read();
    auto row = reading->Query("SELECT source_id, count(*) FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id GROUP BY source_id ORDER BY 2 DESC LIMIT 1");
    if (!row.Step()) return 1;
    densest = row.GetId(0);
    marks = row.Int(1);
  }
  Job job;
  const auto build = [&] { return std::make_shared<view::Model>(engine.Build("coding.document", {{"source", densest}}, job)); };

  Host host(*store);
  auto* frame = new wxFrame(nullptr, wxID_ANY, wxString(), wxDefaultPosition, wxSize(1000, 800));
  auto* canvas = new gui::CodedTextCanvas(frame, host, {.moved = [] {}, .menu = [] {}, .dropped = [](Range, const std::vector<view::Entity>&) {}, .takes_drops = [] { return false; },
                                                        .leave = [] {}, .ends = [](std::size_t, Range) {}, .quick = [](std::size_t) {}, .badges = [](const std::vector<std::size_t>&) {},
                                                        .dragged = []() -> wxCustomDataObject* { return nullptr; }});
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(canvas, wxSizerFlags(1).Expand());
  frame->SetSizer(sizer);
  frame->Show();
  Settle();
  Watched watched(canvas);

  std::shared_ptr<view::Model> model;
  const double first = watched.Frame([&] {
    model = build();
    canvas->SetModel(model);
  });
  std::printf("%s: the densest source has %lld codings in %d lanes\n", size.c_str(), static_cast<long long>(marks), std::get<view::CodedText>(model->body).lanes);
  std::printf("source to first painted frame           %8.1f ms\n", first);

  std::vector<double> frames;
  for (int i = 0; i < 400; ++i) {
    frames.push_back(watched.Frame([&] {
      wxScrollWinEvent down(wxEVT_SCROLLWIN_LINEDOWN, 0, wxVERTICAL);
      canvas->GetEventHandler()->ProcessEvent(down);
    }));
  }
  std::vector<double> pages;
  for (int i = 0; i < 100; ++i) {
    pages.push_back(watched.Frame([&] {
      wxScrollWinEvent up(i % 2 ? wxEVT_SCROLLWIN_PAGEUP : wxEVT_SCROLLWIN_PAGEDOWN, 0, wxVERTICAL);
      canvas->GetEventHandler()->ProcessEvent(up);
    }));
  }
  std::vector<double> codings;
  for (int i = 0; i < 20; ++i) {
    codings.push_back(watched.Frame([&] {
      const std::int64_t start = 500 + 40 * i;
      Arguments arguments{{"span", SourceSpan{densest, {start, start + 30}}}};
      arguments.Add("new-code", std::string("Nieuw/Code"));
      engine.Execute("coding.apply", arguments, actor, job);
      const auto after = build();
      const auto reading = store->Read();
      view::Compare(*model, *after, reading.get());
      model = after;
      canvas->SetModel(model);
    }));
    store->Undo(actor);
  }
  const wxSize area = canvas->GetClientSize();
  wxBitmap picture(area.x, area.y);
  auto* blank = new wxFrame(nullptr, wxID_ANY, wxString(), wxDefaultPosition, wxSize(1000, 800));
  auto* panel = new wxPanel(blank);
  panel->SetBackgroundStyle(wxBG_STYLE_PAINT);
  panel->Bind(wxEVT_PAINT, [&](wxPaintEvent&) { wxPaintDC(panel).DrawBitmap(picture, 0, 0); });
  blank->Show();
  Settle();
  Watched bitmap(panel);
  std::vector<double> plain;
  for (int i = 0; i < 200; ++i) plain.push_back(bitmap.Frame([] {}));

  const auto line = [](const char* what, const std::vector<double>& values) {
    std::printf("%-40s%8.1f ms median, %6.1f ms at 95 %%\n", what, Quantile(values, 0.5), Quantile(values, 0.95));
  };
  line("scroll by three lines to paint", frames);
  line("scroll by a page to paint", pages);
  line("one bitmap of that size", plain);
  std::printf("frames of scrolling within 16.7 ms      %8.1f %%\n", 100.0 * static_cast<double>(std::count_if(frames.begin(), frames.end(), [](double ms) { return ms <= 16.7; })) / static_cast<double>(frames.size()));
  line("code a selection until it is painted", codings);
  blank->Destroy();
  frame->Destroy();
  return 0;
}

}  // namespace
}  // namespace meerstem::bench

wxIMPLEMENT_APP_NO_MAIN(meerstem::bench::App);

int main(int argc, char** argv) { return wxEntry(argc, argv); }
