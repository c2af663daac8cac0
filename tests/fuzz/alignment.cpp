// A text and its corrected form, NUL between them: what is paired is equal and in order, and every range has a place.
#include "core/study/alignment.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  const auto nul = input.find('\0');
  if (nul == std::string_view::npos) return;
  const Text before(CleanText(input.substr(0, nul))), after(CleanText(input.substr(nul + 1)));
  const Alignment alignment(before, after);
  std::int64_t old_at = 0, new_at = 0;
  for (const auto& match : alignment.matches()) {
    Hold(match.before >= old_at && match.after >= new_at && match.size > 0, "pairs are in order");
    old_at = match.before + match.size;
    new_at = match.after + match.size;
    Hold(old_at <= before.size() && new_at <= after.size() && before.Slice({match.before, old_at}) == after.Slice({match.after, new_at}), "pairs are equal");
  }
  for (std::int64_t start = 0; start < before.size(); start += 5) {
    const Range now = alignment.Follow({start, std::min(before.size(), start + 7)});
    Hold(now.start >= 0 && now.start <= now.end && now.end <= after.size(), "a range has a place");
  }
}
