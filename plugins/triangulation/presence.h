#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/plugin/registry.h"
#include "core/store/store.h"

/// In which families a theme, code or other grouping of quotes is heard.
namespace meerstem::triangulation {

struct Presence {
  std::vector<Group> groups;
  /// By group: the families in which it is heard, with the number of its quotes there. By id.
  std::vector<std::vector<std::pair<Id, std::int64_t>>> heard;
  /// Families with any linked voice, whatever it says, sorted: only of these can a theme be absent.
  std::vector<Id> linked;
  std::int64_t withheld = 0;  ///< Quotes left out for lack of consent.
  std::int64_t In(std::size_t group, const Id& study_case) const;
  bool Linked(const Id& study_case) const;
};
/// Conversations only: a remark is the registrar's voice about a family. Kept until the voices change.
std::shared_ptr<const Presence> PresenceOf(Reading& reading, const Dimension& dimension);

/// `--types` over the dimensions that group quotes.
Parameter TypesParameter(const Registry& registry, Message label);

}  // namespace meerstem::triangulation
