// A plugin with another fingerprint; its constructor would end the program if anybody loaded it.
#include <cstdlib>

#include "core/plugin/plugin.h"

#undef MEERSTEM_FINGERPRINT_SECTION
#define MEERSTEM_FINGERPRINT_SECTION "meerstem.0123456789abcdef"

namespace meerstem {
static void Create(Registry&) {}
__attribute__((constructor)) static void Never() { std::abort(); }
}  // namespace meerstem

MEERSTEM_PLUGIN(.id = "other", .version = "1.0", .create = &meerstem::Create);
