#include "gui/shell/settings.h"

#include <algorithm>
#include <filesystem>

#include <wx/fileconf.h>
#include <wx/log.h>
#include <wx/sstream.h>

#include "gui/widgets/strings.h"

namespace meerstem::gui {
namespace {

constexpr std::size_t kRecent = 10;

wxString RecentKey(std::size_t index) { return wxString::Format(wxASCII_STR("recent/%zu"), index); }

}  // namespace

Settings::Settings(const std::string& folder) {
  const wxLogNull quiet;
  if (folder.empty()) {
    wxStringInputStream nothing{wxString()};
    file_ = std::make_unique<wxFileConfig>(nothing);
    return;
  }
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  const wxString path = ToWx((std::filesystem::path(folder) / "window.conf").string());
  file_ = std::make_unique<wxFileConfig>(wxString(), wxString(), path, wxString(), wxCONFIG_USE_LOCAL_FILE, wxConvUTF8);
}

Settings::~Settings() {
  const wxLogNull quiet;
  file_->Flush();
}

std::string Settings::language() const { return FromWx(file_->Read(wxASCII_STR("language"), wxString())); }
void Settings::SetLanguage(const std::string& tag) {
  file_->Write(wxASCII_STR("language"), ToWx(tag));
  file_->Flush();
}

int Settings::zoom() const { return std::clamp(static_cast<int>(file_->ReadLong(wxASCII_STR("zoom"), 100)), 50, 300); }
void Settings::SetZoom(int percent) { file_->Write(wxASCII_STR("zoom"), static_cast<long>(percent)); }

bool Settings::shown(const std::string& panel) const { return file_->ReadBool(ToWx("shown/" + panel), true); }
void Settings::SetShown(const std::string& panel, bool shown) { file_->Write(ToWx("shown/" + panel), shown); }

std::vector<std::string> Settings::recent() const {
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < kRecent; ++i) {
    const std::string path = FromWx(file_->Read(RecentKey(i), wxString()));
    std::error_code ignored;
    if (!path.empty() && std::filesystem::exists(path, ignored)) paths.push_back(path);
  }
  return paths;
}

void Settings::AddRecent(const std::string& path) {
  std::error_code failed;
  auto whole = std::filesystem::absolute(path, failed).string();
  if (failed) whole = path;
  auto paths = recent();
  std::erase(paths, whole);
  paths.insert(paths.begin(), whole);
  if (paths.size() > kRecent) paths.resize(kRecent);
  for (std::size_t i = 0; i < kRecent; ++i) file_->Write(RecentKey(i), i < paths.size() ? ToWx(paths[i]) : wxString());
  const wxLogNull quiet;
  file_->Flush();
}

}  // namespace meerstem::gui
