#pragma once

#include "core/plugin/registry.h"
#include "core/store/store.h"

namespace meerstem::testing {

/// A plugin's part of the schema, small: notes that need a person and may have a code, and links that need both.
Component ToyComponent();
void RegisterToy(Registry& registry);

/// Options with core and the toy, a fixed clock and seeded ids.
Store::Options ToyOptions(std::uint64_t seed = 1);

/// 1, or what the environment's MEERSTEM_LONG multiplies the dose by.
int Dose();

/// Every tracked row of the registered components, in order.
std::string DumpOf(Store& store, const std::vector<Component>& components);

/// The English sentence of the Error that `call` throws; empty: none.
std::string SentenceOf(const std::function<void()>& call);

}  // namespace meerstem::testing
