#pragma once

#include "core/plugin/registry.h"

namespace meerstem::registrations {

/// The whole plugin: instruments, registrations, answers.
void Register(Registry& registry);

}  // namespace meerstem::registrations
