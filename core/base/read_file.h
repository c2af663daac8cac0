#pragma once

#include <cstddef>
#include <string>

namespace meerstem {

/// All bytes of a file. kRefused, naming the file, when it is missing, a folder, unreadable or larger than `limit`.
std::string ReadFile(const std::string& path, std::size_t limit);

}  // namespace meerstem
