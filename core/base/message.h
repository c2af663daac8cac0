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
struct Message {
  std::string id;
  std::string plural;      ///< msgid of the plural; empty: none. The count is argument 0.
  std::vector<MessageArgument> arguments;

  bool empty() const { return id.empty(); }
  bool operator==(const Message& other) const;
};

namespace detail {
inline MessageArgument ToArgument(std::string value) { return value; }
inline MessageArgument ToArgument(const char* value) { return std::string(value); }
inline MessageArgument ToArgument(std::string_view value) { return std::string(value); }
inline MessageArgument ToArgument(double value) { return value; }
inline MessageArgument ToArgument(Date value) { return value; }
inline MessageArgument ToArgument(Localized value) { return value; }
inline MessageArgument ToArgument(Message value) { return std::make_shared<const Message>(std::move(value)); }
template <class Integer>
  requires std::is_integral_v<Integer>
MessageArgument ToArgument(Integer value) {
  return static_cast<std::int64_t>(value);
}
}  // namespace detail

/// `Say("No code is named “{0}”.", name)`. The string literal is what xgettext collects.
template <class... Arguments>
Message Say(std::string id, Arguments&&... arguments) {
  return {std::move(id), {}, {detail::ToArgument(std::forward<Arguments>(arguments))...}};
}

/// `SayCount("{0} quote", "{0} quotes", n)`: argument 0 is the count and chooses the form.
template <class... Arguments>
Message SayCount(std::string id, std::string plural, std::int64_t count, Arguments&&... arguments) {
  return {std::move(id), std::move(plural), {count, detail::ToArgument(std::forward<Arguments>(arguments))...}};
}

/// A text of the data itself (a code's name, a title): the same in every language.
inline Message Verbatim(std::string text) { return text.empty() ? Message{} : Message{"{0}", {}, {std::move(text)}}; }
inline Message Verbatim(Localized text) { return text.texts.empty() ? Message{} : Message{"{0}", {}, {std::move(text)}}; }

}  // namespace meerstem
