#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/plugin/registry.h"
#include "core/study/coded_study.h"
#include "core/study/quotes.h"

namespace meerstem {

/// Tells of each quote of a study in which groups of a dimension it lies, by numbers: what sweeps over a million quotes
/// work with. Holds what it needs of the grouping; the study must outlive it. One thread.
class Sorting {
 public:
  /// As the dimension stands, by codes where it can.
  Sorting(Reading& reading, const Dimension& dimension, const CodedStudy& study);
  Sorting(const Dimension& dimension, Grouping grouping, const CodedStudy& study);

  const std::vector<Group>& groups() const { return groups_; }
  /// Fills `into`, whose room is used again, with group numbers, each once. `numbers` are the quote's own.
  void Of(std::uint32_t source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote, const QuoteNumbers& numbers, std::vector<std::uint32_t>& into) const;
  /// The same of someone who is heard in a source, whatever they say.
  void OfVoice(std::uint32_t source, const QuoteNumbers& numbers, std::vector<std::uint32_t>& into) const;

 private:
  using Places = std::vector<std::vector<std::uint32_t>>;  ///< By number: groups.
  void Add(const std::vector<std::uint32_t>& numbers, std::vector<std::uint32_t>& into) const;

  std::string unit_;
  std::vector<Group> groups_;
  Places places_;                                          ///< Of sources, people, cases, types, sites, or codes.
  std::unordered_map<Id, std::vector<std::uint32_t>> quotes_;
};

}  // namespace meerstem
