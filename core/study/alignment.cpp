#include "core/study/alignment.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace meerstem {
namespace {

using Symbols = std::vector<std::int32_t>;

constexpr std::size_t kFurthest = 1500;        ///< Differences that are followed one by one.
constexpr std::size_t kEffort = 60'000'000;    ///< Steps for one stretch.
constexpr int kDeepest = 40;
constexpr std::int64_t kLongWord = 40;         ///< Scripts without spaces: such stretches are compared by character.
constexpr std::int64_t kEnoughToMove = 20;     ///< Characters that cannot be the same by chance.
constexpr std::int64_t kEnoughToSeek = 8;      ///< Nor, nearby, where nothing else stood with the same words.
constexpr std::int64_t kSeekFurther = 20;      ///< Times the length of the words.
constexpr std::size_t kSearched = std::size_t{2} << 30;

/// Pieces of a text with their places, in code points.
struct Pieces {
  Symbols symbols;
  std::vector<std::int64_t> starts;  ///< One more than symbols.
  std::vector<bool> words;           ///< Holds a letter or digit.
};

/// The same piece has the same number in both texts.
class Numbering {
 public:
  std::int32_t operator()(std::string_view piece) {
    return numbers_.emplace(piece, static_cast<std::int32_t>(numbers_.size())).first->second;
  }

 private:
  std::unordered_map<std::string_view, std::int32_t> numbers_;
};

bool IsWordCharacter(UChar32 c) { return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

/// Lines with their line ends.
Pieces Lines(const Text& text, Numbering& number) {
  Pieces pieces;
  const std::string& utf8 = text.utf8();
  for (std::size_t at = 0; at < utf8.size();) {
    const auto end = utf8.find('\n', at);
    const std::size_t next = end == std::string::npos ? utf8.size() : end + 1;
    pieces.symbols.push_back(number(std::string_view(utf8).substr(at, next - at)));
    pieces.starts.push_back(text.CodePoint(at));
    at = next;
  }
  pieces.starts.push_back(text.size());
  return pieces;
}

/// Words, and every other character by itself.
Pieces WordsOf(const Text& text, const Range& range, Numbering& number) {
  Pieces pieces;
  const std::string_view slice = text.Slice(range);
  std::int64_t position = range.start, start = range.start;
  std::int32_t at = 0, begun = 0;
  const auto size = static_cast<std::int32_t>(slice.size());
  bool in_word = false;
  const auto close = [&](std::int32_t until, bool word) {
    if (until == begun) return;
    pieces.symbols.push_back(number(slice.substr(static_cast<std::size_t>(begun), static_cast<std::size_t>(until - begun))));
    pieces.starts.push_back(start);
    pieces.words.push_back(word);
    begun = until;
    start = position;
  };
  while (at < size) {
    const std::int32_t here = at;
    UChar32 c;
    U8_NEXT(slice.data(), at, size, c);
    const bool word = IsWordCharacter(c);
    if (!word || !in_word) close(here, in_word);
    in_word = word;
    ++position;
  }
  close(size, in_word);
  pieces.starts.push_back(range.end);
  return pieces;
}

/// Equal pairs of two sequences in order: Myers' greedy search as far as the budget goes, beyond it what stands once in
/// both as posts between which the search goes on.
class Pairing {
 public:
  Pairing(const Symbols& a, const Symbols& b) : a_(a), b_(b) {}
  std::vector<std::pair<std::size_t, std::size_t>> Pairs() {
    Pair(0, a_.size(), 0, b_.size(), 0);
    return std::move(pairs_);
  }

 private:
  void Pair(std::size_t a, std::size_t a_end, std::size_t b, std::size_t b_end, int depth) {
    while (a < a_end && b < b_end && a_[a] == b_[b]) pairs_.emplace_back(a++, b++);
    std::size_t tail = 0;
    while (a < a_end - tail && b < b_end - tail && a_[a_end - tail - 1] == b_[b_end - tail - 1]) ++tail;
    if (a < a_end - tail && b < b_end - tail && !Search(a, a_end - tail, b, b_end - tail) && depth < kDeepest) {
      ByPosts(a, a_end - tail, b, b_end - tail, depth);
    }
    for (; tail > 0; --tail) pairs_.emplace_back(a_end - tail, b_end - tail);
  }

  bool Search(std::size_t a, std::size_t a_end, std::size_t b, std::size_t b_end) {
    const auto n = static_cast<std::ptrdiff_t>(a_end - a), m = static_cast<std::ptrdiff_t>(b_end - b);
    const auto most = static_cast<std::ptrdiff_t>(std::min({kFurthest, kEffort / static_cast<std::size_t>(n + m), static_cast<std::size_t>(n + m)}));
    // furthest[d][k + d]: how far into `a` d differences reach on diagonal k.
    std::vector<std::vector<std::int32_t>> furthest;
    for (std::ptrdiff_t d = 0; d <= most; ++d) {
      std::vector<std::int32_t> now(static_cast<std::size_t>(2 * d + 1));
      for (std::ptrdiff_t k = -d; k <= d; k += 2) {
        std::ptrdiff_t x = d == 0 ? 0 : Step(furthest.back(), d, k).first;
        while (x < n && x - k < m && x - k >= 0 && a_[a + static_cast<std::size_t>(x)] == b_[b + static_cast<std::size_t>(x - k)]) ++x;
        now[static_cast<std::size_t>(k + d)] = static_cast<std::int32_t>(x);
        if (x >= n && x - k >= m) {
          furthest.push_back(std::move(now));
          Back(furthest, a, b, d, k);
          return true;
        }
      }
      furthest.push_back(std::move(now));
    }
    return false;
  }

  /// Where diagonal k begins with d differences, and the diagonal from which it came.
  static std::pair<std::ptrdiff_t, std::ptrdiff_t> Step(const std::vector<std::int32_t>& before, std::ptrdiff_t d, std::ptrdiff_t k) {
    const auto reach = [&](std::ptrdiff_t diagonal) -> std::ptrdiff_t {
      return std::abs(diagonal) > d - 1 ? -1 : before[static_cast<std::size_t>(diagonal + d - 1)];
    };
    const std::ptrdiff_t put_in = reach(k + 1), taken_out = reach(k - 1) < 0 ? -1 : reach(k - 1) + 1;
    return put_in > taken_out || taken_out < 0 ? std::pair(put_in, k + 1) : std::pair(taken_out, k - 1);
  }

  void Back(const std::vector<std::vector<std::int32_t>>& furthest, std::size_t a, std::size_t b, std::ptrdiff_t d, std::ptrdiff_t k) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (; d >= 0; --d) {
      std::ptrdiff_t x = furthest[static_cast<std::size_t>(d)][static_cast<std::size_t>(k + d)];
      const auto [begin, from] = d == 0 ? std::pair<std::ptrdiff_t, std::ptrdiff_t>(0, 0) : Step(furthest[static_cast<std::size_t>(d - 1)], d, k);
      while (x > begin) {
        --x;
        found.emplace_back(a + static_cast<std::size_t>(x), b + static_cast<std::size_t>(x - k));
      }
      k = from;
    }
    pairs_.insert(pairs_.end(), found.rbegin(), found.rend());
  }

  void ByPosts(std::size_t a, std::size_t a_end, std::size_t b, std::size_t b_end, int depth) {
    struct Seen {
      std::size_t in_a = 0, in_b = 0, times_a = 0, times_b = 0;
    };
    std::unordered_map<std::int32_t, Seen> seen;
    for (std::size_t i = a; i < a_end; ++i) {
      auto& symbol = seen[a_[i]];
      symbol.in_a = i;
      ++symbol.times_a;
    }
    for (std::size_t i = b; i < b_end; ++i) {
      auto& symbol = seen[b_[i]];
      symbol.in_b = i;
      ++symbol.times_b;
    }
    // The longest rising row of the places in b, in the order of a.
    std::vector<std::pair<std::size_t, std::size_t>> posts;
    for (std::size_t i = a; i < a_end; ++i) {
      const auto& symbol = seen[a_[i]];
      if (symbol.times_a == 1 && symbol.times_b == 1) posts.emplace_back(i, symbol.in_b);
    }
    if (posts.empty()) return;
    std::vector<std::size_t> ends, previous(posts.size(), posts.size());
    for (std::size_t i = 0; i < posts.size(); ++i) {
      const auto at = std::lower_bound(ends.begin(), ends.end(), i, [&](std::size_t x, std::size_t y) { return posts[x].second < posts[y].second; });
      if (at != ends.begin()) previous[i] = *std::prev(at);
      if (at == ends.end()) ends.push_back(i);
      else *at = i;
    }
    std::vector<std::pair<std::size_t, std::size_t>> row;
    for (std::size_t i = ends.back(); i < posts.size(); i = previous[i]) row.push_back(posts[i]);
    std::reverse(row.begin(), row.end());
    for (const auto& [in_a, in_b] : row) {
      // A pair before it may have run on over it.
      if (in_a < a || in_b < b) continue;
      Pair(a, in_a, b, in_b, depth + 1);
      pairs_.emplace_back(in_a, in_b);
      a = in_a + 1;
      b = in_b + 1;
    }
    Pair(a, a_end, b, b_end, depth + 1);
  }

  const Symbols& a_;
  const Symbols& b_;
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;
};

void Add(std::vector<Alignment::Match>& matches, std::int64_t before, std::int64_t after, std::int64_t size) {
  if (size <= 0) return;
  if (!matches.empty() && matches.back().before + matches.back().size == before && matches.back().after + matches.back().size == after) {
    matches.back().size += size;
  } else {
    matches.push_back({before, after, size});
  }
}

/// A stretch of some script without spaces, or one that was beyond the budget: what is equal at its two ends.
void ByCharacter(const Text& before, const Text& after, Range old_range, Range new_range, std::vector<Alignment::Match>& matches) {
  if (std::max(old_range.size(), new_range.size()) < kLongWord) return;
  const auto at = [](const Text& text, std::int64_t position) { return text.Slice({position, position + 1}); };
  std::int64_t head = 0, tail = 0;
  const std::int64_t most = std::min(old_range.size(), new_range.size());
  while (head < most && at(before, old_range.start + head) == at(after, new_range.start + head)) ++head;
  while (head + tail < most && at(before, old_range.end - tail - 1) == at(after, new_range.end - tail - 1)) ++tail;
  Add(matches, old_range.start, new_range.start, head);
  Add(matches, old_range.end - tail, new_range.end - tail, tail);
}

/// The words of two stretches that differ. A blank or a comma between two words that changed both is no stay for anything.
void ByWord(const Text& before, const Text& after, const Range& old_range, const Range& new_range, std::vector<Alignment::Match>& matches) {
  Numbering number;
  const Pieces old_words = WordsOf(before, old_range, number), new_words = WordsOf(after, new_range, number);
  const auto pairs = Pairing(old_words.symbols, new_words.symbols).Pairs();
  std::int64_t old_at = old_range.start, new_at = new_range.start;
  for (std::size_t i = 0; i < pairs.size();) {
    std::size_t next = i + 1;
    bool words = old_words.words[pairs[i].first];
    while (next < pairs.size() && pairs[next].first == pairs[next - 1].first + 1 && pairs[next].second == pairs[next - 1].second + 1) {
      words = words || old_words.words[pairs[next].first];
      ++next;
    }
    const Range old_run{old_words.starts[pairs[i].first], old_words.starts[pairs[next - 1].first + 1]};
    const std::int64_t new_start = new_words.starts[pairs[i].second];
    const bool at_edge = (old_run.start == old_range.start && new_start == new_range.start) ||
                         (old_run.end == old_range.end && new_start + old_run.size() == new_range.end);
    // Only where something was replaced: a blank beside what was merely put in or taken out stays where it is.
    const bool between = (old_run.start > old_at && new_start > new_at);
    if (words || at_edge || !between) {
      ByCharacter(before, after, {old_at, old_run.start}, {new_at, new_start}, matches);
      Add(matches, old_run.start, new_start, old_run.size());
      old_at = old_run.end;
      new_at = new_start + old_run.size();
    }
    i = next;
  }
  ByCharacter(before, after, {old_at, old_range.end}, {new_at, new_range.end}, matches);
}

}  // namespace

Alignment::Alignment(const Text& before, const Text& after) : before_(before), after_(after) {
  Numbering number;
  const Pieces old_lines = Lines(before, number), new_lines = Lines(after, number);
  std::int64_t old_at = 0, new_at = 0;
  const auto between = [&](std::int64_t old_end, std::int64_t new_end) {
    if (old_at < old_end && new_at < new_end) ByWord(before, after, {old_at, old_end}, {new_at, new_end}, matches_);
  };
  for (const auto& [old_line, new_line] : Pairing(old_lines.symbols, new_lines.symbols).Pairs()) {
    const std::int64_t size = old_lines.starts[old_line + 1] - old_lines.starts[old_line];
    between(old_lines.starts[old_line], new_lines.starts[new_line]);
    Add(matches_, old_lines.starts[old_line], new_lines.starts[new_line], size);
    old_at = old_lines.starts[old_line] + size;
    new_at = new_lines.starts[new_line] + size;
  }
  between(before.size(), after.size());
}

std::size_t Alignment::Behind(std::int64_t position) const {
  return static_cast<std::size_t>(std::partition_point(matches_.begin(), matches_.end(), [&](const Match& match) { return match.before + match.size <= position; }) -
                                  matches_.begin());
}

Range Alignment::Paired(const Range& range) const {
  // The stretch that was replaced before match `index`, old and new.
  const auto gap = [&](std::size_t index) {
    const Match none{0, 0, 0};
    const Match& left = index == 0 ? none : matches_[index - 1];
    const bool last = index == matches_.size();
    return std::pair(Range{left.before + left.size, last ? before_.size() : matches_[index].before},
                     Range{left.after + left.size, last ? after_.size() : matches_[index].after});
  };
  const std::size_t first = Behind(range.start), last = Behind(range.end - 1);
  const bool starts_in = first < matches_.size() && matches_[first].before <= range.start;
  const bool ends_in = last < matches_.size() && matches_[last].before < range.end;
  if (!starts_in && !ends_in && first == last) return gap(first).second;  // All of it lies in one replaced stretch.
  Range now;
  if (starts_in) {
    now.start = matches_[first].after + range.start - matches_[first].before;
  } else {
    const auto [old_gap, new_gap] = gap(first);
    now.start = 2 * (range.start - old_gap.start) <= old_gap.size() ? new_gap.start : new_gap.end;
  }
  if (ends_in) {
    now.end = matches_[last].after + range.end - matches_[last].before;
  } else {
    const auto [old_gap, new_gap] = gap(last);
    now.end = 2 * (range.end - old_gap.start) >= old_gap.size() ? new_gap.end : new_gap.start;
  }
  return now;
}

bool Alignment::StoodElsewhere(const Range& after) const {
  const auto match = std::partition_point(matches_.begin(), matches_.end(), [&](const Match& each) { return each.after + each.size <= after.start; });
  return match != matches_.end() && match->after <= after.start && after.end <= match->after + match->size;
}

bool Alignment::IsNew(const Range& after) const {
  return std::none_of(matches_.begin(), matches_.end(), [&](const Match& match) { return match.after < after.end && after.start < match.after + match.size; });
}

Range Alignment::Literally(const Range& range, const Range& place) const {
  const std::string_view words = before_.Slice(range);
  const std::int64_t reach = range.size() * (range.size() < kEnoughToSeek ? 1 : kSeekFurther);
  const Range near{std::max<std::int64_t>(0, place.start - reach), std::min(after_.size(), place.end + reach)};
  const std::string_view around = after_.Slice(near);
  const std::size_t base = after_.Byte(near.start);
  std::optional<Range> best;
  const auto distance = [&](const Range& found) { return std::min(std::abs(found.start - place.start), std::abs(found.end - place.end)); };
  for (auto at = around.find(words); at != std::string_view::npos; at = around.find(words, at + 1)) {
    const std::int64_t start = after_.CodePoint(base + at);
    const Range found{start, start + range.size()};
    // Further away the same words may be someone else's: those that stood there before.
    if (distance(found) > range.size() && StoodElsewhere(found)) continue;
    if (!best || distance(found) < distance(*best)) best = found;
  }
  if (best) return *best;
  const std::string& all = after_.utf8();
  if (range.size() < kEnoughToMove || searched_ > kSearched) return place;
  searched_ += all.size();
  const auto at = all.find(words);
  if (at == std::string::npos || all.find(words, at + 1) != std::string::npos) return place;
  const std::int64_t start = after_.CodePoint(at);
  const Range moved{start, start + range.size()};
  return IsNew(moved) ? moved : place;
}

Range Alignment::Follow(const Range& range) const {
  if (range.empty()) return {};
  Range now = Paired(range);
  if (now.empty()) now.end = now.start;
  if (after_.Slice(now) != before_.Slice(range)) now = Literally(range, now);
  // A blank that was left over is no word.
  if (Trim(after_.Slice(now)).empty() && !Trim(before_.Slice(range)).empty()) now.end = now.start;
  return now;
}

}  // namespace meerstem
