#include "gui/shell/export.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <wx/filedlg.h>
#include <wx/richmsgdlg.h>

#include "core/study/export_check.h"
#include "core/view/suppress.h"
#include "core/view/writers.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

/// The ending of a file in that format; the console's own table is plain text.
std::string EndingOf(const std::string& format) { return format == "table" ? "txt" : format; }

/// A title as a file name.
std::string FileName(std::string title) {
  for (char& letter : title) {
    if (letter == '/' || letter == '\\' || letter == ':' || letter == '\n') letter = '-';
  }
  return title;
}

constexpr std::int64_t kFew = 5;

struct Checked {
  std::vector<Identifying> found;
  std::shared_ptr<const view::Model> suppressed;  ///< The view without small counts; nullptr: it has none.
  std::optional<view::Target> where;              ///< The check of this view as it was asked for; nullopt: no plugin shows it.
};

/// On a worker: names are read from the study.
std::optional<view::Target> CheckOf(Session& session, const view::Model& model) {
  view::Target target{"people.export-check", {{"of", model.view}}};
  if (!session.registry().FindView(target.view)) return std::nullopt;
  for (const auto& [name, value] : session.engine().Spell(session.engine().ViewOf(model.view).parameters, model.arguments)) target.arguments.Add("with", name + "=" + value);
  return target;
}

void Ask(wxWindow* parent, Shell& shell, std::shared_ptr<const view::Model> model, const Checked& checked, const std::string& format, const std::string& path) {
  if (checked.found.empty()) return WriteView(shell, std::move(model), format, path);
  wxRichMessageDialog dialog(parent, Tr("This could identify somebody: {0}.", CountIdentifying(checked.found)), Tr("Export “{0}”", model->title),
                             (checked.where ? wxYES_NO : wxYES) | wxCANCEL | wxICON_WARNING);
  dialog.SetExtendedMessage(Tr("Found by rule. What makes a story recognisable is for whoever reads it."));
  if (checked.where) dialog.SetYesNoCancelLabels(Tr("Write the file"), Tr("Show where"), Tr("Cancel"));
  if (checked.suppressed) dialog.ShowCheckBox(Tr("Leave out counts below five"), true);
  const int answer = dialog.ShowModal();
  if (answer == wxID_YES) WriteView(shell, checked.suppressed && dialog.IsCheckBoxChecked() ? checked.suppressed : model, format, path);
  if (answer == wxID_NO) shell.OpenTarget(*checked.where, false, nullptr);
}

/// Looks first, on a worker, for what could identify somebody; asks when there is something.
void CheckThenWrite(wxWindow* parent, Shell& shell, std::shared_ptr<const view::Model> model, const std::string& format, const std::string& path) {
  Session& session = shell.session();
  const auto checked = std::make_shared<Checked>();
  session.jobs().Start(
      Jobs::Lane::kReading, Say("Looking through “{0}” before it leaves", model->title),
      [&session, model, checked](Job& job) {
        const auto reading = session.store().Read();
        checked->found = CheckExport(*reading, *model, job);
        checked->where = CheckOf(session, *model);
        if (view::SmallCells(*model, kFew, *reading).empty()) return;
        auto suppressed = std::make_shared<view::Model>(*model);
        view::SuppressBelow(*suppressed, kFew, *reading);
        checked->suppressed = std::move(suppressed);
      },
      [parent, &shell, model, checked, format, path](const Error* error) {
        if (error) shell.ShowNotice(error->message(), NoticeKind::kRefused);
        else Ask(parent, shell, model, *checked, format, path);
      });
}

}  // namespace

void ExportView(wxWindow* parent, Shell& shell, ViewPane& pane) {
  const auto model = pane.model();
  if (!model) {
    shell.ShowNotice(Say("There is nothing to export yet: the view has not been built."), NoticeKind::kNote);
    return;
  }
  const std::vector<std::string> formats = view::FormatsOf(model->kind());
  wxString wildcard;
  for (const auto& format : formats) {
    const std::string ending = EndingOf(format);
    if (!wildcard.empty()) wildcard += wxASCII_STR("|");
    wildcard += ToWx(format + " (*." + ending + ")|*." + ending);
  }
  wxFileDialog dialog(parent, Tr("Export “{0}”", model->title), wxString(), ToWx(FileName(FromWx(Shown(model->title)))), wildcard,
                      wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
  if (dialog.ShowModal() != wxID_OK) return;
  std::filesystem::path path(FromWx(dialog.GetPath()));
  std::string format = formats[static_cast<std::size_t>(std::max(0, dialog.GetFilterIndex()))];
  // An ending that is typed says more than the list below it.
  for (const auto& each : formats) {
    if (path.extension() == "." + EndingOf(each)) format = each;
  }
  if (path.extension() != "." + EndingOf(format)) path += "." + EndingOf(format);
  CheckThenWrite(parent, shell, model, format, path.string());
}

void WriteView(Shell& shell, std::shared_ptr<const view::Model> model, const std::string& format, const std::string& path) {
  Session& session = shell.session();
  session.jobs().Start(
      Jobs::Lane::kReading, Say("Exporting “{0}”", model->title),
      [&session, model, format, path, language = CurrentLanguage()](Job&) {
        const auto reading = session.store().Read();
        const std::string bytes = view::Write(*model, format, *language, *reading);
        // Beside its place first, so that a full disk leaves what stood there.
        const std::string beside = path + ".part";
        std::ofstream file(beside, std::ios::binary);
        file << bytes;
        file.close();
        if (!file || std::rename(beside.c_str(), path.c_str()) != 0) {
          std::remove(beside.c_str());
          throw Error(ErrorCode::kDisk, Say("“{0}” could not be written; choose another place.", path));
        }
      },
      [&shell, path](const Error* error) {
        if (error) shell.ShowNotice(error->message(), NoticeKind::kRefused);
        else shell.ShowNotice(Say("Written to {0}.", path), NoticeKind::kDone);
      });
}

}  // namespace meerstem::gui
