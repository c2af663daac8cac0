// Rule sets: what is read can be written, and is read again as the same.
#include "plugins/indices/rule_file.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  const std::string written = indices::WriteRuleSet(indices::ReadRuleSet(std::string(input), "fuzz.json"));
  Hold(indices::WriteRuleSet(indices::ReadRuleSet(written, "again.json")) == written, "a rule set is read again as it was written");
}
