// A plugin made for another interface, or that does not say who it is.
#include "core/plugin/plugin.h"

namespace meerstem {
[[maybe_unused]] static void Create(Registry&) {}
}  // namespace meerstem

#ifdef TOY_NOBODY
MEERSTEM_PLUGIN(.version = "1.0");
#else
MEERSTEM_PLUGIN(.api = TOY_API, .id = "face", .version = "1.0", .create = &meerstem::Create);
#endif
