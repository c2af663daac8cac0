#include "core/plugin/plugin.h"
#include "plugins/themes/part.h"

MEERSTEM_PLUGIN(.id = "themes", .version = "0.1.0", .create = &meerstem::themes::Register);
