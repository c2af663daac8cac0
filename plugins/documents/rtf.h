#pragma once

#include <string>
#include <string_view>

namespace meerstem::documents {

/// RTF with every character as UTF-8, whatever its code pages and fonts: pandoc knows only the western one. Footnotes
/// are no longer such as may be passed over; everything else stays as it was. Any bytes, in linear time.
std::string RtfInUnicode(std::string_view rtf);

}  // namespace meerstem::documents
