#pragma once

#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/store/store.h"
#include "plugins/exchange/xml_reader.h"

/// What earlier imports left in the study unseen, on its way out again.
namespace meerstem::exchange {

struct KeptElement {
  Id id;
  Element element;
  bool in_study = false;
};

/// By kind (the element's name), in the order in which they came.
std::map<std::string, std::vector<KeptElement>> LoadKept(Reading& reading);

/// Adds the GUIDs of the element and all below it.
void CollectIds(const Element& element, std::unordered_set<Id>& ids);

/// Takes out what refers to things that are gone, and puts children into the order of the schema. False: nothing is
/// left that says anything (a link without an end, a coding without a code).
bool Tidy(Element& element, const std::unordered_set<Id>& known);

}  // namespace meerstem::exchange
