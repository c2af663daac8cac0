#include "core/base/message.h"

namespace meerstem {

bool Message::operator==(const Message& other) const {
  if (id != other.id || plural != other.plural || arguments.size() != other.arguments.size()) return false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto* mine = std::get_if<std::shared_ptr<const Message>>(&arguments[i]);
    const auto* theirs = std::get_if<std::shared_ptr<const Message>>(&other.arguments[i]);
    if (mine && theirs) {
      if (!(**mine == **theirs)) return false;
    } else if (arguments[i] != other.arguments[i]) {
      return false;
    }
  }
  return true;
}

}  // namespace meerstem
