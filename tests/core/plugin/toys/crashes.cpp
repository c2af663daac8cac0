// A plugin that ends the program, while it is loaded or while it registers, unless TOY_CALM is set.
#include <cstdlib>

#include "core/plugin/plugin.h"

namespace meerstem {
static void Crash() {
  if (!std::getenv("TOY_CALM")) std::abort();
}
#ifdef TOY_IN_CREATE
static void Create(Registry&) { Crash(); }
#else
__attribute__((constructor)) static void AtLoad() { Crash(); }
static void Create(Registry&) {}
#endif
}  // namespace meerstem

MEERSTEM_PLUGIN(.id = "crashes", .version = "1.0", .create = &meerstem::Create);
