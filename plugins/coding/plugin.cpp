#include "core/plugin/plugin.h"
#include "plugins/coding/part.h"

MEERSTEM_PLUGIN(.id = "coding", .version = "0.1.0", .create = &meerstem::coding::Register);
