#pragma once

#include <atomic>
#include <string>

namespace meerstem::testing {

/// A disk that fails on command: a shim over SQLite's own VFS, one per process. Counts operations on files (not on shared
/// memory) and fails all of a kind once its allowance is used up; -1: it never fails.
class FaultyVfs {
 public:
  /// Registers it; the name to give to Store::Options.
  static std::string Name();
  static std::atomic<int> writes_left;  ///< Then: disk full.
  static std::atomic<int> syncs_left;   ///< Then: an I/O error.
  static std::atomic<int> reads_left;   ///< Then: an I/O error.
  static void Heal() { writes_left = syncs_left = reads_left = -1; }
};

}  // namespace meerstem::testing
