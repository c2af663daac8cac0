#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace meerstem {

/// What has been computed from a study and is kept in memory while it is open, one value per key, with the version of
/// the study that it was computed from. Owned by the Store, shared by its reading connections; never by the writer,
/// which sees what is not committed yet. Thread-safe.
class Derived {
 public:
  struct Slot {
    std::mutex making;              ///< Held while the value is looked at or made: computed once, whoever asks.
    std::int64_t version = -1;
    std::shared_ptr<const void> value;
  };
  /// Stays where it is.
  Slot& Of(const std::string& key) {
    std::lock_guard lock(mutex_);
    return slots_[key];
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Slot> slots_;
};

}  // namespace meerstem
