// The words of a page, and the places in them.
#include "plugins/exchange/html_text.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  const auto page = exchange::WordsOfHtml(input);
  const std::size_t bytes = page.words.size() - page.breaks.size();
  std::size_t before = 0;
  for (std::size_t at = 0; at <= bytes; ++at) {
    const std::size_t start = page.Place(at, false), end = page.Place(at, true);
    Hold(before <= end && end <= start && start <= page.words.size(), "places stay in order");
    before = start;
  }
}
