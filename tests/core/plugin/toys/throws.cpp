// A plugin that throws when it has registered half of what it brings.
#include <stdexcept>

#include "core/plugin/plugin.h"

namespace meerstem {
static void Create(Registry& registry) {
  registry.Add(Dimension{"half", Say("Half"), "quote", [](Reading&) { return Grouping{}; }});
  throw TOY_THROW;
}
}  // namespace meerstem

MEERSTEM_PLUGIN(.id = "throws", .version = "1.0", .create = &meerstem::Create);
