#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/date.h"

namespace meerstem {

struct Message;

/// A text that the data itself holds in several languages (instrument labels): pairs of language tag and text.
struct Localized {
  std::vector<std::pair<std::string, std::string>> texts;
  bool operator==(const Localized&) const = default;
};

using MessageArgument = std::variant<std::string, std::int64_t, double, Date, Localized, std::shared_ptr<const Message>>;

/// A text meant for people before it has a language: a msgid (English, with {0}, {1} ...) and its arguments.
/// It becomes a sentence only at the edge, in Language. Empty id: no text.
///
/// What makes, copies and ends one stands in the .cpp file: cells, headings and parameters are full of messages, and
/// each file that handles them would compile it all again.
struct Message {
  Message() noexcept;
  Message(std::string id, std::string plural, std::vector<MessageArgument> arguments);
  Message(const Message& other);
  Message(Message&& other) noexcept;
  Message& operator=(const Message& other);
  Message& operator=(Message&& other) noexcept;
  ~Message();

  std::string id;
  std::string plural;      ///< msgid of the plural; empty: none. The count is argument 0.
  std::vector<MessageArgument> arguments;

  bool empty() const { return id.empty(); }
  bool operator==(const Message& other) const;
};

namespace detail {
MessageArgument ToArgument(std::string value);
MessageArgument ToArgument(const char* value);
MessageArgument ToArgument(std::string_view value);
MessageArgument ToArgument(double value);
MessageArgument ToArgument(Date value);
MessageArgument ToArgument(Localized value);
MessageArgument ToArgument(Message value);
MessageArgument ToArgument(std::int64_t value);
template <class Integer>
  requires std::is_integral_v<Integer>
MessageArgument ToArgument(Integer value) {
  return ToArgument(static_cast<std::int64_t>(value));
}
/// Takes the `count` arguments from `first` on.
Message Compose(const char* id, const char* plural, MessageArgument* first, std::size_t count);
}  // namespace detail

/// `Say("No code is named “{0}”.", name)`. The string literal is what xgettext collects.
Message Say(const char* id);
template <class... Arguments>
Message Say(const char* id, Arguments&&... arguments) {
  MessageArgument all[] = {detail::ToArgument(std::forward<Arguments>(arguments))...};
  return detail::Compose(id, "", all, sizeof...(Arguments));
}

/// `SayCount("{0} quote", "{0} quotes", n)`: argument 0 is the count and chooses the form.
template <class... Arguments>
Message SayCount(const char* id, const char* plural, std::int64_t count, Arguments&&... arguments) {
  MessageArgument all[] = {detail::ToArgument(count), detail::ToArgument(std::forward<Arguments>(arguments))...};
  return detail::Compose(id, plural, all, 1 + sizeof...(Arguments));
}

/// A text of the data itself (a code's name, a title): the same in every language.
Message Verbatim(std::string text);
Message Verbatim(Localized text);

}  // namespace meerstem
