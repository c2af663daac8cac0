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
  std::uint32_t Both(std::uint32_t a, std::uint32_t b) const { return met_[At(a, b)] + met_[At(b, a)] + Common(a, b); }
  /// Of the quotes (turns, paragraphs) of either code, the part that meets: from 0 to 1.
  double Jaccard(std::uint32_t a, std::uint32_t b) const;
  /// Quotes that were left out for want of consent.
  std::int64_t withheld() const { return withheld_; }

 private:
  std::size_t At(std::uint32_t a, std::uint32_t b) const { return static_cast<std::size_t>(a) * own_.size() + b; }
  std::uint32_t Common(std::uint32_t a, std::uint32_t b) const { return shared_[At(a, b)] + shared_[At(b, a)]; }
  void Places(const CodedStudy::Stock& stock, const Text* text, const std::vector<char>& asked);
  void Units(const CodedStudy::Stock& stock, const Text* text, const std::vector<char>& asked);

  Unit unit_;
  std::int64_t words_;
  std::int64_t withheld_ = 0;
  std::vector<std::uint32_t> own_;     ///< Quotes, turns or paragraphs with the code.
  // Counted where the first code's row is at hand, not in one triangle, and added up when asked: rows stay in the
  // processor's cache while one quote is looked at.
  std::vector<std::uint32_t> met_;     ///< Quotes of the first code that meet one of the second.
  std::vector<std::uint32_t> shared_;  ///< Quotes, turns or paragraphs that carry both themselves; in either order.
};

}  // namespace meerstem::coding
