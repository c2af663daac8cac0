#pragma once

#include <cstdint>
#include <vector>

#include "core/command/job.h"
#include "core/study/coded_study.h"
#include "plugins/coding/expression.h"

namespace meerstem::coding {

/// How often codes meet, for all pairs at once. Where places are compared (overlap, words between), a quote of A counts
/// when it meets one of B, a quote of B when it meets one of A, one that carries both once. Where turns or paragraphs
/// are compared, each counts in which both stand. Codes count as such, without those below them.
class Cooccurrence {
 public:
  enum class Unit { kOverlap, kWords, kTurn, kParagraph };
  Cooccurrence(Reading& reading, const CodedStudy& study, Unit unit, std::int64_t words, bool with_remarks, Job& job);

  /// By numbers of codes; in a pair whichever order.
  std::uint32_t Own(std::uint32_t code) const { return own_[code]; }
  std::uint32_t Both(std::uint32_t a, std::uint32_t b) const { return met_[Pair(a, b)] + shared_[Pair(a, b)]; }
  /// Of the quotes (turns, paragraphs) of either code, the part that meets: from 0 to 1.
  double Jaccard(std::uint32_t a, std::uint32_t b) const;
  /// Quotes that were left out for want of consent.
  std::int64_t withheld() const { return withheld_; }

 private:
  std::size_t At(std::uint32_t a, std::uint32_t b) const { return static_cast<std::size_t>(a) * own_.size() + b; }
  std::size_t Pair(std::uint32_t a, std::uint32_t b) const { return a < b ? At(a, b) : At(b, a); }
  void Places(const CodedStudy::Stock& stock, const Text* text, const std::vector<char>& asked);
  void Units(const CodedStudy::Stock& stock, const Text* text, const std::vector<char>& asked);

  Unit unit_;
  std::int64_t words_;
  std::int64_t withheld_ = 0;
  std::vector<std::uint32_t> own_;     ///< Quotes, turns or paragraphs with the code.
  // Counted in the row of the first code, which stays in the processor's cache while a quote is looked at; both orders are
  // added up into the upper triangle at the end.
  std::vector<std::uint32_t> met_;     ///< Quotes of one code that meet one of the other, and do not carry it.
  std::vector<std::uint32_t> shared_;  ///< Quotes, turns or paragraphs that carry both.
};

}  // namespace meerstem::coding
