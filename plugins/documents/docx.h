#pragma once

#include <string>
#include <vector>

#include "core/base/message.h"

namespace meerstem::documents {

/// A Word file as pandoc can read it: the strict form of the standard in the names of the usual one, and the words of text
/// boxes, which pandoc passes over, behind the paragraph to which the box is anchored. Most files come out as they went
/// in. kRefused, naming the file, when it is no whole zip, or one that swells beyond reason.
std::string ReadableDocx(const std::string& bytes, const std::string& file_name, std::vector<Message>& notes);

/// The same for one part of the package; `boxes` counts the text boxes that were opened. Any text, in linear time.
std::string ReadablePart(const std::string& xml, std::int64_t& boxes);

/// How many comments an OpenDocument text holds, which pandoc passes over. 0 for what is no such text.
std::int64_t CommentsOfOdt(const std::string& bytes);

}  // namespace meerstem::documents
