#include "plugins/exchange/pdf_pages.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/base/fold.h"

namespace meerstem::exchange {
namespace {

constexpr std::size_t kStretch = 24;       // So many letters in a row are hardly found elsewhere.
constexpr std::size_t kStep = 12;          // From one stretch that is looked for to the next.
constexpr std::size_t kAhead = 200'000;    // Letters; looks no further, so that a long text of other words costs little.

/// What is left of a text when only letters and digits count, without case and accents; and where each stood.
struct Letters {
  std::u32string letters;
  std::vector<std::int64_t> places;

  explicit Letters(std::string_view text) {
    const std::string folded = FoldText(text);
    const auto size = static_cast<std::int32_t>(folded.size());
    std::int64_t place = 0;
    for (std::int32_t i = 0; i < size; ++place) {
      UChar32 c = 0;
      U8_NEXT(folded.data(), i, size, c);
      if (c < 0 || !u_isalnum(c)) continue;
      letters.push_back(static_cast<char32_t>(c));
      places.push_back(place);
    }
  }
};

/// Where the page begins in the text from `from` on, by the first of its stretches that is found.
std::optional<std::size_t> Begin(const std::u32string& page, std::u32string_view text, std::size_t from) {
  const std::u32string_view ahead = text.substr(0, from + kAhead + page.size());
  for (std::size_t i = 0; i + kStretch <= page.size(); i += kStep) {
    std::size_t found = ahead.find(std::u32string_view(page).substr(i, kStretch), from);
    if (found == std::u32string_view::npos) continue;
    // Back to where page and text part: what stands before that on the page may not stand in the text at all.
    for (std::size_t j = i; j > 0 && found > from && page[j - 1] == text[found - 1]; --j) --found;
    return found;
  }
  return std::nullopt;
}

/// Where the page that begins at `begin` ends, by the last of its stretches that is found.
std::size_t End(const std::u32string& page, std::u32string_view text, std::size_t begin) {
  const std::u32string_view ahead = text.substr(0, begin + 2 * page.size() + kStretch);
  for (std::size_t i = 0; i + kStretch <= page.size(); i += kStep) {
    const std::size_t found = ahead.rfind(std::u32string_view(page).substr(page.size() - i - kStretch, kStretch));
    if (found == std::u32string_view::npos || found < begin) continue;
    std::size_t end = found + kStretch;
    for (std::size_t j = page.size() - i; j < page.size() && end < text.size() && page[j] == text[end]; ++j) ++end;
    return end;
  }
  return begin;
}

}  // namespace

std::vector<Page> PagesIn(const Text& text, const std::vector<std::string>& printed) {
  const Letters all(text.utf8());
  struct Place {
    std::size_t number, begin, end;
  };
  std::vector<Place> places;
  std::size_t from = 0;
  for (std::size_t i = 0; i < printed.size(); ++i) {
    const Letters page(printed[i]);
    const auto begin = Begin(page.letters, all.letters, from);
    if (!begin) continue;
    places.push_back({i + 1, *begin, End(page.letters, all.letters, *begin)});
    from = std::max(from, places.back().end);
  }
  std::vector<Page> pages;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    Page page{.range = {all.places[place.begin], place.end > place.begin ? all.places[place.end - 1] + 1 : all.places[place.begin]}, .number = static_cast<std::int64_t>(place.number)};
    // Nothing is between a page and the next one.
    if (i + 1 < places.size() && places[i + 1].number == place.number + 1) page.range.end = all.places[places[i + 1].begin];
    if (place.number == printed.size()) page.range.end = text.size();
    if (place.number == 1) page.range.start = 0;
    pages.push_back(page);
  }
  return pages;
}

}  // namespace meerstem::exchange
