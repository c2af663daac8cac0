#pragma once

#include <map>
#include <string>

#include "tests/support/test_study.h"

namespace meerstem::testing {

/// Writes a zip of these entries and returns its path.
std::string WriteZip(const TestFolder& folder, const std::string& name, const std::map<std::string, std::string>& entries);
/// The entries of a zip; none where it is no zip.
std::map<std::string, std::string> ReadZip(const std::string& path);

}  // namespace meerstem::testing
