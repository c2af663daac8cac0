#include "core/view/parts.h"

namespace meerstem::view {

Message PartLabel(const std::string& id) {
  if (id == "people") return Say("people");
  if (id == "conversations" || id == "sources") return Say("conversations");
  if (id == "cases") return Say("cases");
  if (id == "quotes") return Say("quotes");
  if (id == "words") return Say("words");
  if (id == "dates") return Say("dates");
  if (id == "carried") return Say("carried");
  return Verbatim(id);
}

}  // namespace meerstem::view
