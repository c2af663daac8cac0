#pragma once

#include <string>
#include <string_view>

namespace meerstem::documents {

/// The bytes of a text file as UTF-8, not yet cleaned.
struct Decoded {
  std::string utf8;
  std::string encoding;  ///< UTF-8, UTF-16LE, windows-1252 ...
};

/// Finds out in which encoding a text was written and decodes it. A BOM decides; then zero bytes at every second place
/// (UTF-16 without BOM); then whether it is valid UTF-8; then ICU's detection, with a preference for the western
/// encodings in which people here have written since 1995: on a page of text ICU is often in doubt between them and
/// some other.
Decoded Decode(std::string_view bytes);

/// The same with an encoding that the researcher names. kRefused when ICU knows no such encoding.
Decoded DecodeAs(std::string_view bytes, const std::string& encoding);

}  // namespace meerstem::documents
