#include "core/view/parts.h"

#include "core/view/grid.h"

namespace meerstem::view {

Message PartLabel(const std::string& id) {
  if (id == "people") return Say("people");
  if (id == "conversations" || id == "sources") return Say("conversations");
  if (id == "cases") return Say("cases");
  if (id == "quotes") return Say("quotes");
  if (id == "words") return Say("words");
  if (id == "remarks") return Say("remarks");
  if (id == "dates") return Say("dates");
  if (id == "carried") return Say("carried");
  if (id == "against") return Say("contradicting");
  return Verbatim(id);
}

std::vector<std::pair<std::string, Value>> PartsShown(const Cell& cell) {
  std::vector<std::pair<std::string, Value>> shown;
  if (cell.state == State::kSuppressed || !HasValue(cell)) return shown;
  for (const auto& part : cell.parts) {
    if (!std::holds_alternative<std::monostate>(part.second)) shown.push_back(part);
  }
  return shown;
}

}  // namespace meerstem::view
