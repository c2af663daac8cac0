#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/store/database.h"
#include "core/store/store.h"

namespace meerstem {

/// Idle reading connections. Shared with every lease, so that one given back after the Store is gone finds a place.
struct Store::Pool {
  std::mutex mutex;
  std::vector<std::unique_ptr<Database>> idle;
  bool closed = false;
  std::shared_ptr<Derived> derived = std::make_shared<Derived>();
};

}  // namespace meerstem
