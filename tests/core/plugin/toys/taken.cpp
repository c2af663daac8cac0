// A plugin whose second contribution has an id that core has already.
#include "core/plugin/plugin.h"

namespace meerstem {
static void Create(Registry& registry) {
  registry.Add(Component{.name = "taken", .migrations = {"CREATE TABLE taken (x);"}});
  registry.Add(Dimension{"site", Say("Site"), "site", [](Reading&) { return Grouping{}; }});
}
}  // namespace meerstem

MEERSTEM_PLUGIN(.id = "taken", .version = "1.0", .create = &meerstem::Create);
