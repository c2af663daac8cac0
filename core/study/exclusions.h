#pragma once

#include <cstdint>
#include <unordered_set>

#include "core/store/store.h"

/// What the cleaning of the data leaves out of every count.
namespace meerstem {

struct Exclusions {
  std::unordered_set<Id> cases, registrations, answers;
};
Exclusions ReadExclusions(Reading& reading);

/// How many families were left out, to be said with every count of them.
std::int64_t ExcludedFamilies(Reading& reading, const std::string& subject = "family");
/// The families that count: neither left out nor professionals.
std::int64_t CountedFamilies(Reading& reading, const std::string& subject = "family");

}  // namespace meerstem
