#pragma once

#include <string>
#include <vector>

#include "core/store/store.h"
#include "plugins/registrations/common.h"

/// When an instrument is due.
namespace meerstem::registrations {

struct Occasion {
  Id id;
  std::string name;
  std::string rule;  ///< every, after, closing
  int months = 0;
};
/// In their order: intake first, closing last.
std::vector<Occasion> OccasionsOf(Reading& reading, const Id& instrument);
/// “Every 3 months”, “6 months after the start” ...
Message RuleInWords(const Occasion& occasion);

}  // namespace meerstem::registrations
