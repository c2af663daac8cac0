#include "core/plugin/plugin.h"
#include "plugins/exchange/part.h"

MEERSTEM_PLUGIN(.id = "exchange", .version = "0.1.0", .create = &meerstem::exchange::Register);
