// Prose as DOCX, ODT and PDF, by pandoc and LibreOffice: child processes in a private folder, with limits.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/error.h"
#include "core/base/process.h"
#include "core/base/text.h"
#include "core/view/grid.h"
#include "core/view/office_tree.h"

namespace meerstem::view {

namespace fs = std::filesystem;

void WriteFile(const fs::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw Error(ErrorCode::kDisk, Say("A temporary file could not be written; look whether the disk is full."));
}

namespace {

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

/// Runs a program whose name stands first and says in words what went wrong.
void RunWriter(const std::vector<std::string>& argv, const std::string& format, ProcessLimits limits) {
  const ProcessResult result = RunProcess(argv, {}, limits);
  if (result.timed_out || result.too_much) throw Refuse("{0} took too long or too much for this text as {1}; write md or html instead.", argv.front(), format);
  if (!result.ok()) throw Refuse("{0} could not write {1}: {2}", argv.front(), format, Trim(result.err.substr(0, 300)));
}

bool IsThere(const std::string& program) { return !RunProcess({program, "--version"}, {}, {}).missing; }

/// DOCX and ODT: `document.FORMAT` in the folder.
void WriteDocument(const Model& model, const std::string& format, const Language& language, Reading& reading, const PrivateFolder& folder) {
  if (!IsThere("pandoc")) throw Refuse("Writing {0} needs pandoc, which is not installed; install Debian's package pandoc, or write md or html.", format);
  WriteFile(folder / "document.json", OfficeTree(model, language, reading, folder, {format, IsThere("rsvg-convert")}));
  ProcessLimits limits;
  limits.seconds = 120;
  limits.folder = folder.string();
  std::vector<std::string> argv = {"pandoc", "--from=json", "--to=" + format, "--output=document." + format};
  std::string style;
  if (!model.house_style.empty()) {
    std::error_code error;
    if (!fs::is_regular_file(model.house_style, error)) throw Refuse("The house style “{0}” is not there; choose a DOCX or ODT file.", model.house_style);
    if (fs::path(model.house_style).extension() == "." + format) style = fs::absolute(model.house_style).string();
  }
  if (style.empty()) WriteHouseStyle(format, style = (folder / ("style." + format)).string());
  argv.push_back("--reference-doc=" + style);
  argv.push_back("document.json");
  RunWriter(argv, format, limits);
}

}  // namespace

std::string WriteOffice(const Model& model, const std::string& format, const Language& language, Reading& reading) {
  const PrivateFolder folder;
  if (format != "pdf") {
    WriteDocument(model, format, language, reading, folder);
    return ReadFile(folder / ("document." + format));
  }
  const char* office = IsThere("soffice") ? "soffice" : "libreoffice";
  if (!IsThere(office)) throw Refuse("Writing a text as pdf needs LibreOffice, which is not installed; install Debian's package libreoffice-writer-nogui, or write docx or html.");
  WriteDocument(model, "odt", language, reading, folder);
  ProcessLimits limits;
  limits.seconds = 180;
  limits.memory = 0;  // It reserves more addresses than it uses.
  limits.folder = folder.string();
  RunWriter({office, "-env:UserInstallation=file://" + folder.string() + "/profile", "--headless", "--convert-to", "pdf", "document.odt"}, format, limits);
  const std::string bytes = ReadFile(folder / "document.pdf");
  if (bytes.empty()) throw Refuse("{0} could not write {1}: {2}", office, format, std::string("no file"));
  return bytes;
}

}  // namespace meerstem::view
