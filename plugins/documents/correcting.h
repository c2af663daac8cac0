#pragma once

#include <string>

#include "core/command/parameters.h"
#include "core/store/store.h"

namespace meerstem::documents {

/// Tells whether a paragraph still shows what someone saw; says nothing of its words.
std::string ParagraphKey(Reading& reading, const SourceSpan& paragraph);

}  // namespace meerstem::documents
