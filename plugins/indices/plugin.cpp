#include "core/plugin/plugin.h"
#include "plugins/indices/part.h"

MEERSTEM_PLUGIN(.id = "indices", .version = "0.1.0", .needs = nullptr, .create = &meerstem::indices::Register);
