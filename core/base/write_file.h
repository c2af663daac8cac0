#pragma once

#include <functional>
#include <string>

namespace meerstem {

/// kRefused, naming what is wrong, when no file can be put there: no such folder, or not a file. `study` is the one file
/// that may not be written over; empty: none.
void RequireFileTarget(const std::string& path, const std::string& study = {});

/// Has `write` write a draft beside `target` and puts it in its place when it is whole: whoever reads finds the old file or
/// the new one, never half of it. kDisk when it cannot be replaced.
void ReplaceFile(const std::string& target, const std::function<void(const std::string& draft)>& write);
void ReplaceFile(const std::string& target, const std::string& bytes);

}  // namespace meerstem
