// The markup of prose.
#include "core/view/markup.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  const auto words = view::PlainWords(view::ReadMarkup(input), [](const std::string& anchor) { return anchor; });
  Hold(words.size() <= 3 * input.size() + 2, "plain words are no longer than what was written");
}
