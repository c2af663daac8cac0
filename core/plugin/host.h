#pragma once

#include <string>
#include <vector>

#include "core/base/message.h"
#include "core/plugin/registry.h"

namespace meerstem {

/// One library of the plugin folder and what became of it.
struct PluginReport {
  std::string file;
  std::string id;
  std::string version;
  bool loaded = false;
  Message why_not;
};

/// Finds, checks, orders and loads plugins; never unloads. Used once, at start-up, on the main thread.
class PluginHost {
 public:
  struct Options {
    std::string folder;        ///< Holds the libraries.
    std::string state_folder;  ///< The user's: the mark of a load that is under way stands here. Empty: no mark.
    /// Asked when the last start stopped inside this plugin: load it again? Unset: yes.
    std::function<bool(const std::string& id)> ask_after_crash;
  };
  explicit PluginHost(Options options) : options_(std::move(options)) {}

  /// Loads what can be loaded; the reports say in words why something was not. Commands and views of a plugin are
  /// guarded: an exception that is not an Error becomes one that names the plugin.
  std::vector<PluginReport> Load(Registry& registry);

 private:
  Options options_;
};

}  // namespace meerstem
