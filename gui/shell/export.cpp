#include "gui/shell/export.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <wx/filedlg.h>

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
  WriteView(shell, model, format, path.string());
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
