#include "core/plugin/plugin.h"
#include "plugins/registrations/part.h"

MEERSTEM_PLUGIN(.id = "registrations", .version = "0.1.0", .needs = nullptr, .create = &meerstem::registrations::Register);
