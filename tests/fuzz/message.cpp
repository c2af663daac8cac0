// Texts for people as the journal keeps them, and as they are shown.
#include "core/base/date.h"
#include "core/base/language.h"
#include "core/store/message_text.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  const Message message = MessageFromStored(std::string(input));
  (*Language::English())(message);
  Hold(MessageFromStored(ToStored(message)) == message, "a message is read again as it was kept");
  if (const auto day = ParseDate(input)) Hold(ParseDate(ToIso(*day)) == day, "a date is read again as it was written");
}
