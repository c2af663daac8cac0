#include "plugins/coding/cooccurrence.h"

#include <algorithm>

#include "core/study/sources.h"
#include "plugins/coding/around.h"
#include "plugins/coding/evaluation.h"
#include "plugins/coding/meeting.h"

namespace meerstem::coding {
namespace {

/// The codes of a quote, each once.
void AddCodes(const CodedStudy::Stock& stock, const CodedStudy::Quote& quote, std::vector<std::uint32_t>& codes) {
  for (auto c = quote.first; c < quote.last; ++c) {
    const auto code = stock.codings[c].code;
    if (code != CodedStudy::kNone && std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  }
}

/// Adds the lower triangle of a square to the upper one, in blocks that fit the cache both ways.
void FoldOver(std::vector<std::uint32_t>& square, std::size_t size) {
  constexpr std::size_t kBlock = 32;
  for (std::size_t top = 0; top < size; top += kBlock) {
    for (std::size_t left = top; left < size; left += kBlock) {
      for (std::size_t a = top; a < std::min(size, top + kBlock); ++a) {
        for (std::size_t b = std::max(left, a + 1); b < std::min(size, left + kBlock); ++b) square[a * size + b] += square[b * size + a];
      }
    }
  }
}

}  // namespace

Cooccurrence::Cooccurrence(Reading& reading, const CodedStudy& study, Unit unit, std::int64_t words, bool with_remarks, Job& job)
    : unit_(unit), words_(words), own_(study.codes->place.size(), 0), met_(own_.size() * own_.size(), 0), shared_(met_.size(), 0) {
  std::vector<char> asked;
  for (std::uint32_t s = 0; s < study.size(); ++s) {
    if (s % 64 == 0) job.Progress(static_cast<double>(s) / static_cast<double>(study.size()));
    const auto& source = study.source(s);
    const auto& stock = study.stock(s);
    if (stock.codings.empty() || (!with_remarks && source.kind == "remark")) continue;
    asked.resize(stock.quotes.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const Asked standing = IsAsked(source, stock, stock.quotes[i], false);
      asked[i] = standing == Asked::kAsked;
      withheld_ += standing == Asked::kWithheld;
    }
    const bool looks = unit == Unit::kWords || unit == Unit::kParagraph;
    const auto text = looks ? TextOf(reading, source.id) : nullptr;
    if (unit == Unit::kOverlap || unit == Unit::kWords) Places(stock, text.get(), asked);
    else Units(stock, text.get(), asked);
  }
  FoldOver(met_, own_.size());
  FoldOver(shared_, own_.size());
}

void Cooccurrence::Places(const CodedStudy::Stock& stock, const Text* text, const std::vector<char>& asked) {
  const auto relation = unit_ == Unit::kOverlap ? Expression::Relation::kOverlaps : Expression::Relation::kNear;
  const Meeting meeting(stock, text, relation, Expression::Reach::kWords, words_);
  const auto& quotes = stock.quotes;
  // How far quotes up to each one reach: those before `first` end before the stretch that is looked at begins, which
  // moves on from quote to quote as they are in order.
  std::vector<std::int32_t> reach(quotes.size());
  std::int32_t farthest = -1;
  for (std::size_t i = 0; i < quotes.size(); ++i) reach[i] = farthest = std::max(farthest, quotes[i].end);
  std::size_t first = 0;
  std::vector<std::uint32_t> own, met(own_.size());
  std::vector<std::uint32_t> seen(own_.size(), CodedStudy::kNone);  // By code: the last quote that met it.
  for (std::uint32_t i = 0; i < quotes.size(); ++i) {
    if (!asked[i]) continue;
    const Range around = unit_ == Unit::kOverlap ? quotes[i].range() : meeting.Around(quotes[i]);
    while (first < quotes.size() && reach[first] <= around.start) ++first;
    own.clear();
    AddCodes(stock, quotes[i], own);
    for (const auto code : own) seen[code] = i;
    std::size_t others = 0;
    for (std::size_t j = first; j < quotes.size() && quotes[j].start < around.end; ++j) {
      if (quotes[j].end <= around.start || j == i || !asked[j]) continue;
      for (auto c = quotes[j].first; c < quotes[j].last; ++c) {
        const auto code = stock.codings[c].code;
        if (code == CodedStudy::kNone || seen[code] == i) continue;
        seen[code] = i;
        met[others++] = code;
      }
    }
    for (std::size_t a = 0; a < own.size(); ++a) {
      ++own_[own[a]];
      std::uint32_t* row = &met_[At(own[a], 0)];
      for (std::size_t other = 0; other < others; ++other) ++row[met[other]];
      for (std::size_t b = a + 1; b < own.size(); ++b) ++shared_[At(own[a], own[b])];
    }
  }
}

void Cooccurrence::Units(const CodedStudy::Stock& stock, const Text* text, const std::vector<char>& asked) {
  std::vector<Range> units;
  if (unit_ == Unit::kTurn) {
    for (const auto& turn : stock.turns) units.push_back(turn.words());
  } else {
    for (std::int64_t at = 0; at < text->size(); at = units.back().end + 1) units.push_back(LinesAround(*text, {at, at + 1}));
  }
  const Row row(stock, asked);
  std::vector<std::uint32_t> codes;
  for (const auto& unit : units) {
    codes.clear();
    row.EachIn(unit, [&](std::uint32_t quote) {
      AddCodes(stock, stock.quotes[quote], codes);
      return false;
    });
    for (std::size_t a = 0; a < codes.size(); ++a) {
      ++own_[codes[a]];
      for (std::size_t b = a + 1; b < codes.size(); ++b) ++shared_[At(codes[a], codes[b])];
    }
  }
}

double Cooccurrence::Jaccard(std::uint32_t a, std::uint32_t b) const {
  const double both = Both(a, b);
  const double either = static_cast<double>(own_[a]) + static_cast<double>(own_[b]) - static_cast<double>(shared_[Pair(a, b)]);
  return either > 0 ? both / either : 0;
}

}  // namespace meerstem::coding
