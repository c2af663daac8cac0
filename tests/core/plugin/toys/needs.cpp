// A plugin that needs another one.
#include "core/plugin/plugin.h"

namespace meerstem {

static void Create(Registry& registry) {
  registry.Add(Dimension{TOY_ID, Say("Toy"), "quote", [](Reading&) { return Grouping{}; }});
}
static const char* const kNeeds[] = {TOY_NEED, nullptr};

}  // namespace meerstem

MEERSTEM_PLUGIN(.id = TOY_ID, .version = "1.0", .needs = meerstem::kNeeds, .create = &meerstem::Create);
