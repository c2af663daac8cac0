#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/language.h"
#include "core/plugin/host.h"
#include "core/plugin/registry.h"
#include "core/store/store.h"

namespace meerstem {

/// Where an installed or built Meerstem has its parts.
struct Folders {
  std::string plugins;
  std::string data;
  std::string locales;
  std::string state;  ///< The user's own; empty: keep nothing.
  /// Beside the running program (`bin/../lib/meerstem`, `share`, `share/locale`), state in XDG_STATE_HOME.
  static Folders BesideProgram();
};

/// Everything that is the same for console and window: the registry with core and all plugins, and how studies are
/// made and opened. One per process, made on the main thread; lives to the end.
class Program {
 public:
  /// `parts` are registered after core and before the plugins: what is linked in rather than loaded.
  explicit Program(Folders folders, std::function<bool(const std::string&)> ask_after_crash = {},
                   const std::vector<void (*)(Registry&)>& parts = {});

  const Registry& registry() const { return registry_; }
  const std::vector<PluginReport>& plugins() const { return plugins_; }
  const Folders& folders() const { return folders_; }
  std::shared_ptr<const Language> LanguageFor(const std::string& tag) const;

  /// A new study with its stakeholder types named in `language`, and `researcher` as its first coder.
  std::unique_ptr<Store> Create(const std::string& path, const std::string& language, const std::string& researcher) const;
  std::unique_ptr<Store> Open(const std::string& path, bool read_only) const;

  /// The login name: who codes when nobody says otherwise.
  static std::string DefaultResearcher();

 private:
  Store::Options Options(bool read_only) const;
  Folders folders_;
  Registry registry_;
  std::vector<PluginReport> plugins_;
  std::shared_ptr<const Clock> clock_;
  std::shared_ptr<IdSource> ids_;
};

}  // namespace meerstem
