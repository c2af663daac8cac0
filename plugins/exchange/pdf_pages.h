#pragma once

#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/study/places.h"

/// Where the pages of a PDF begin and end in the text that a project gives of it: it says the words and not their pages.
namespace meerstem::exchange {

/// The pages that stand in `text`, in their order. Only letters and digits count, so that line ends, broken words and
/// signs may differ; a head or foot that the text leaves out is passed over. A page of which no stretch of words is found
/// after the one before is not there.
std::vector<Page> PagesIn(const Text& text, const std::vector<std::string>& printed);

}  // namespace meerstem::exchange
