#include "core/plugin/plugin.h"
#include "plugins/triangulation/part.h"

MEERSTEM_PLUGIN(.id = "triangulation", .version = "0.1.0", .create = &meerstem::triangulation::Register);
