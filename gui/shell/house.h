#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/language.h"
#include "core/plugin/host.h"
#include "core/plugin/registry.h"
#include "core/store/store.h"

namespace meerstem::gui {

/// What the window stands on, as functions, so that a test can give it a registry and studies of its own.
struct House {
  const Registry* registry = nullptr;
  std::vector<PluginReport> plugins;
  std::function<std::shared_ptr<const Language>(const std::string& tag)> language_for;
  std::function<std::unique_ptr<Store>(const std::string& path, const std::string& language)> create;
  std::function<std::unique_ptr<Store>(const std::string& path)> open;
  std::string state_folder;  ///< The user's own; empty: keep no settings.
  std::string researcher;
};

}  // namespace meerstem::gui
