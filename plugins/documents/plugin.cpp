#include "core/plugin/plugin.h"
#include "plugins/documents/part.h"

MEERSTEM_PLUGIN(.id = "documents", .version = "0.1.0", .create = &meerstem::documents::Register);
