#pragma once

#include <vector>

#include "core/base/text.h"
#include "core/study/places.h"

namespace meerstem::documents {

/// Times that a transcriber wrote into the text: "[00:12:03]", "(12:03)", "#00:12:03-5#", "Anna 0:03" and "12:03" at the
/// beginning or end of a line. Only where they run on through the text as a recording does, three at least: "we spraken
/// af om (9:30)" is no moment. Each reaches to the next.
std::vector<Moment> FindStamps(const Text& text);

}  // namespace meerstem::documents
