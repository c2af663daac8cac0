#pragma once

#include <functional>
#include <string_view>

namespace meerstem {

/// From now on `watcher` is told of every statement that the calling thread begins; empty: of none. For tests that hold
/// a thread, such as the window's, to leaving the disk alone.
void WatchStatements(std::function<void(std::string_view sql)> watcher);

}  // namespace meerstem
