#pragma once

#include <cstdint>

#include "core/plugin/registry.h"
#include "core_fingerprint.h"

namespace meerstem {

inline constexpr std::uint32_t kPluginMagic = 0x4D454552;
inline constexpr std::uint32_t kPluginApi = 1;

/// The face of a plugin: the one symbol that its library exports, `meerstem_plugin`. Plain data, so that the host
/// can judge it before it calls anything.
struct PluginFace {
  std::uint32_t magic = kPluginMagic;
  std::uint32_t size = sizeof(PluginFace);
  std::uint32_t api = kPluginApi;
  const char* id = nullptr;
  const char* version = nullptr;
  const char* const* needs = nullptr;  ///< Ids of plugins that must be there, nullptr-terminated; may be nullptr.
  void (*create)(Registry&) = nullptr; ///< Registers everything. May throw Error: the plugin is then left out.
};

}  // namespace meerstem

/// Exports the face, and puts the build's fingerprint into the name of an ELF section, where the host reads it
/// without running a line of the library.
#define MEERSTEM_PLUGIN(...)                                                                                   \
  extern "C" __attribute__((visibility("default"), used)) const ::meerstem::PluginFace meerstem_plugin = {__VA_ARGS__}; \
  __attribute__((section(MEERSTEM_FINGERPRINT_SECTION), used)) static const char meerstem_built_with = 0
