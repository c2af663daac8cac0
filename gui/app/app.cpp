#include "gui/app/app.h"

#include <clocale>
#include <cstdio>

#include <wx/msgdlg.h>

#include "gui/app/arguments.h"
#include "gui/shell/frame.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

/// Opens the views that the command line names, as the console would read their parameters.
void ShowViews(Frame& frame, const std::vector<StartArguments::Shown>& views) {
  for (const auto& shown : views) {
    try {
      bool workspace = false;
      for (const auto& each : frame.session().registry().workspaces()) workspace |= each.id == shown.id;
      if (workspace) {
        frame.OpenAny(shown.id, true);
        continue;
      }
      auto& engine = frame.session().engine();
      std::vector<Parameter> parameters = engine.ViewOf(shown.id).parameters;
      // What is missing is asked for in the window.
      for (auto& parameter : parameters) parameter.required = false;
      view::Target target{shown.id, {}};
      frame.OnWorker(Tr("Looking for what to open"), [&] { target.arguments = engine.Parse(parameters, shown.raw); });
      frame.OpenTarget(target, true, nullptr);
    } catch (const Error& error) {
      frame.ShowNotice(error.message(), NoticeKind::kRefused);
    }
  }
}

}  // namespace

bool App::OnInit() {
  SetAppName(wxASCII_STR("meerstem"));
  // GTK takes the user's locale over; numbers in data are never written with its comma.
  std::setlocale(LC_NUMERIC, "C");
  StartArguments arguments;
  try {
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i) words.push_back(FromWx(argv[i]));
    arguments = ReadArguments(words);
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", (*CurrentLanguage())(error.message()).c_str());
    return false;
  }
  const Folders folders = Folders::BesideProgram();
  SetCurrentLanguage(Language::Load(arguments.language.empty() ? "en" : arguments.language, folders.locales));
  program_ = std::make_unique<Program>(folders, [](const std::string& plugin) {
    wxMessageDialog dialog(nullptr, Tr("The last start stopped inside the plugin “{0}”. Load it again?", plugin), ToWx("Meerstem"), wxYES_NO | wxICON_QUESTION);
    dialog.SetYesNoLabels(Tr("Load it"), Tr("Leave it out"));
    return dialog.ShowModal() == wxID_YES;
  });

  House house;
  house.registry = &program_->registry();
  house.plugins = program_->plugins();
  house.state_folder = folders.state;
  house.researcher = Program::DefaultResearcher();
  house.language_for = [this](const std::string& tag) { return program_->LanguageFor(tag); };
  house.create = [this](const std::string& path, const std::string& language) {
    return program_->Create(path, language, Program::DefaultResearcher());
  };
  house.open = [this](const std::string& path) {
    try {
      return program_->Open(path, false);
    } catch (const Error& error) {
      // Someone else writes in it: then it can still be read.
      if (error.code() != ErrorCode::kBusy) throw;
      return program_->Open(path, true);
    }
  };
  frame_ = new Frame(std::move(house));
  if (!arguments.language.empty()) frame_->UseLanguage(arguments.language);
  frame_->Show();
  if (!arguments.study.empty() && frame_->OpenStudy(arguments.study)) ShowViews(*frame_, arguments.views);
  return true;
}

int App::OnRun() {
  std::setlocale(LC_NUMERIC, "C");
  return wxApp::OnRun();
}

bool App::OnExceptionInMainLoop() {
  Message sentence;
  try {
    throw;
  } catch (const Error& error) {
    sentence = error.message();
  } catch (const std::exception& error) {
    sentence = Say("Something went wrong inside Meerstem ({0}); the study stays as it was.", error.what());
  }
  if (frame_) frame_->ShowNotice(sentence, NoticeKind::kRefused);
  return true;
}

}  // namespace meerstem::gui
