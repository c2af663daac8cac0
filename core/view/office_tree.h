#pragma once

#include <string>
#include <vector>

#include "core/base/language.h"
#include "core/store/store.h"
#include "core/view/model.h"
#include "core/view/private_folder.h"

/// What the writer of DOCX, ODT and PDF is made of; nothing outside core/view needs it.
namespace meerstem::view {

struct OfficeNeeds {
  std::string format;    ///< docx or odt.
  bool vectors = true;   ///< Figures as SVG; otherwise PNG.
};

/// The prose of a model as pandoc's JSON; its figures go as files into `folder`.
std::string OfficeTree(const Model& model, const Language& language, Reading& reading, const PrivateFolder& folder, const OfficeNeeds& needs);

/// A line of the table of contents, and the bookmark that its heading carries.
struct ContentsEntry {
  int level = 1;
  std::string bookmark;
  std::string text;
};
/// A table of contents as raw XML of the format.
std::string ContentsOfDocx(const std::string& title, const std::vector<ContentsEntry>& entries);
std::string ContentsOfOdt(const std::string& title, const std::vector<ContentsEntry>& entries);

/// Writes our own look, from core/view/house, as a reference document for pandoc.
void WriteHouseStyle(const std::string& format, const std::string& path);

void WriteFile(const std::filesystem::path& path, const std::string& bytes);

}  // namespace meerstem::view
