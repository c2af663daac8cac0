#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/test_study.h"
#include "tests/support/zip_files.h"

namespace meerstem::testing {

/// A project's XML around these sections, in the order in which they are given.
std::string ProjectXml(const std::string& sections, const std::string& origin = "Tester 1.0");

/// `00000000-0000-4000-8000-00000000000N`
std::string Guid(int n);

/// What breaks the schema's rules in a project: order of children, attributes that must be there, GUIDs, colours, empty
/// lists. Written from the standard's text; empty: nothing.
std::vector<std::string> SchemaFaults(const std::string& xml);

}  // namespace meerstem::testing
