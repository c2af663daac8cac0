#pragma once

#include <memory>
#include <string>
#include <vector>

class wxFileConfig;

namespace meerstem::gui {

/// What the window remembers between sittings, in the user's state folder: recent studies, language, zoom, what is
/// shown. Window thread. A folder that cannot be written costs the memory, nothing else.
class Settings {
 public:
  /// Empty folder: remember nothing.
  explicit Settings(const std::string& folder);
  ~Settings();

  std::string language() const;  ///< Empty: never chosen.
  void SetLanguage(const std::string& tag);
  int zoom() const;              ///< In per cent, 50 to 300.
  void SetZoom(int percent);
  bool shown(const std::string& panel) const;
  void SetShown(const std::string& panel, bool shown);
  /// Newest first; files that are gone are left out.
  std::vector<std::string> recent() const;
  void AddRecent(const std::string& path);

 private:
  std::unique_ptr<wxFileConfig> file_;
};

}  // namespace meerstem::gui
