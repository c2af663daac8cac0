#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/text.h"

namespace meerstem {

/// Words of `text` (runs that hold a letter or digit, by ICU's word rules), in code points.
std::vector<Range> Words(const Text& text);
std::int64_t CountWords(std::string_view utf8);
/// Sentences by ICU's rules, mended for Dutch abbreviations (dhr., mevr., bv. ...); white space at the ends left out.
std::vector<Range> Sentences(const Text& text);
/// Paragraphs: runs between blank lines or line ends that hold something other than white space; ends trimmed.
std::vector<Range> Paragraphs(const Text& text);
/// `range` without the white space at its ends; empty when there is nothing else.
Range TrimRange(const Text& text, Range range);
/// `range` grown to whole words.
Range GrowToWords(const Text& text, Range range);

}  // namespace meerstem
