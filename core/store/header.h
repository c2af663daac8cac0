#pragma once

#include <string>

namespace meerstem {

/// SQLite's application_id of a study: "MEER".
inline constexpr int kApplicationId = 0x4D454552;

/// Does the file say of itself that it is a study, whole or not?
bool IsStudy(const std::string& path);

/// Looks at the first bytes of a file without SQLite, which would mend or touch what is not ours. Throws kDamaged with
/// one sentence when the file is empty, is something else, or has been cut off.
void RequireStudy(const std::string& path);

/// Does the file lie on a network share, where SQLite's shared memory and locks cannot be trusted?
bool OnNetworkShare(const std::string& path);

}  // namespace meerstem
