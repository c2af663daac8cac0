#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/store/store.h"

/// Values computed from a study and kept in memory between views, brought up to date by what the journal says has
/// changed. The journal's last number is the version: every change of a tracked table has one, undo and redo too.
namespace meerstem {

/// All reads in its lifetime see the study at one moment. Inside a Run there is nothing to do.
class OneMoment {
 public:
  explicit OneMoment(Reading& reading);
  ~OneMoment();
  OneMoment(const OneMoment&) = delete;
  std::int64_t version() const { return version_; }

 private:
  Database& database_;
  bool own_ = false;
  std::int64_t version_ = 0;
};

/// What happened between two versions.
struct Happened {
  std::set<std::string> tables;
  /// Rows of the watched tables that were touched, with every id that stood in them, before or after.
  std::vector<std::pair<std::string, std::vector<Id>>> rows;
  bool known = true;  ///< False: the record is gone or too long to be worth following; compute anew.
};
Happened Between(Reading& reading, std::int64_t from, std::int64_t to, const std::set<std::string>& watched, std::size_t at_most);

/// The kept value of `key`, first made or brought up to date by `make(before, from, to)`: `before` is nullptr at first,
/// and may be returned as it is. For a Writing, which sees what is not committed, made every time.
template <class T, class Make>
std::shared_ptr<const T> Derive(Reading& reading, const std::string& key, Make make) {
  Derived* derived = reading.database().derived();
  if (!derived) return make(std::shared_ptr<const T>(), std::int64_t{-1}, std::int64_t{-1});
  Derived::Slot& slot = derived->Of(key);
  std::lock_guard lock(slot.making);
  const OneMoment moment(reading);
  // Another reader may have seen a later moment already; what is newer is what this one will read next.
  if (!slot.value || slot.version < moment.version()) {
    std::shared_ptr<const T> value = make(std::static_pointer_cast<const T>(slot.value), slot.version, moment.version());
    slot.value = std::move(value);
    slot.version = moment.version();
  }
  return std::static_pointer_cast<const T>(slot.value);
}

template <class T>
struct Kept {
  T value;
  std::set<std::string> reads;
};

/// The value of `make`, kept under `key` until one of the tables that it read has changed. Whoever asks counts as having
/// read them.
template <class T, class Make>
std::shared_ptr<const T> Keep(Reading& reading, const std::string& key, Make make) {
  const auto kept = Derive<Kept<T>>(reading, key, [&](std::shared_ptr<const Kept<T>> before, std::int64_t from, std::int64_t to) {
    if (before) {
      const Happened happened = Between(reading, from, to, {}, 0);
      bool touched = !happened.known;
      for (const auto& table : happened.tables) touched = touched || before->reads.contains(table);
      if (!touched) return before;
    }
    Database& database = reading.database();
    const auto earlier = database.reads();
    database.ForgetReads();
    auto fresh = std::make_shared<Kept<T>>();
    fresh->value = make();
    fresh->reads = database.reads();
    database.AddReads(earlier);
    return std::shared_ptr<const Kept<T>>(std::move(fresh));
  });
  reading.database().AddReads(kept->reads);
  return {kept, &kept->value};
}

}  // namespace meerstem
