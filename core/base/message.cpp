#include "core/base/message.h"

#include <iterator>

namespace meerstem {

Message::Message() noexcept = default;
Message::Message(std::string id, std::string plural, std::vector<MessageArgument> arguments) : id(std::move(id)), plural(std::move(plural)), arguments(std::move(arguments)) {}
Message::Message(const Message& other) = default;
Message::Message(Message&& other) noexcept = default;
Message& Message::operator=(const Message& other) = default;
Message& Message::operator=(Message&& other) noexcept = default;
Message::~Message() = default;

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

namespace detail {

MessageArgument ToArgument(std::string value) { return value; }
MessageArgument ToArgument(const char* value) { return std::string(value); }
MessageArgument ToArgument(std::string_view value) { return std::string(value); }
MessageArgument ToArgument(double value) { return value; }
MessageArgument ToArgument(Date value) { return value; }
MessageArgument ToArgument(Localized value) { return value; }
MessageArgument ToArgument(Message value) { return std::make_shared<const Message>(std::move(value)); }
MessageArgument ToArgument(std::int64_t value) { return value; }

Message Compose(const char* id, const char* plural, MessageArgument* first, std::size_t count) {
  return {id, plural, {std::make_move_iterator(first), std::make_move_iterator(first + count)}};
}

}  // namespace detail

Message Say(const char* id) { return {id, {}, {}}; }

Message Verbatim(std::string text) { return text.empty() ? Message() : Say("{0}", std::move(text)); }
Message Verbatim(Localized text) { return text.texts.empty() ? Message() : Say("{0}", std::move(text)); }

}  // namespace meerstem
