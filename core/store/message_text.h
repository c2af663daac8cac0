#pragma once

#include <string>

#include "core/base/message.h"

namespace meerstem {

/// A Message as the journal keeps it: JSON `["id","plural",arguments...]`, and back. Unreadable text: empty Message.
std::string ToStored(const Message& message);
Message MessageFromStored(const std::string& text);

}  // namespace meerstem
