#include "core/study/sorting.h"

#include <algorithm>

namespace meerstem {
namespace {

void AddOnce(std::vector<std::uint32_t>& numbers, std::uint32_t number) {
  if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) numbers.push_back(number);
}

}  // namespace

Sorting::Sorting(Reading& reading, const Dimension& dimension, const CodedStudy& study)
    : Sorting(dimension, dimension.by_code ? dimension.by_code(reading) : dimension.groups(reading), study) {}

Sorting::Sorting(const Dimension& dimension, Grouping grouping, const CodedStudy& study) : unit_(dimension.unit), groups_(std::move(grouping.groups)) {
  const auto& frame = *study.frame;
  const auto put = [&](std::uint32_t number, std::size_t group) {
    if (number == CodedStudy::kNone) return;
    if (places_.size() <= number) places_.resize(number + 1);
    AddOnce(places_[number], static_cast<std::uint32_t>(group));
  };
  for (const auto& [code, group] : grouping.codes) put(study.codes->Find(code), group);
  for (const auto& [unit, group] : grouping.members) {
    if (unit_ == "quote") AddOnce(quotes_[unit], static_cast<std::uint32_t>(group));
    else if (unit_ == "person") put(frame.persons.Find(unit), group);
    else if (unit_ == "case") put(frame.cases.Find(unit), group);
    else if (unit_ == "stakeholder") put(frame.stakeholders.Find(unit), group);
    else if (unit_ == "site") put(frame.sites.Find(unit), group);
    else if (unit_ == "source") {
      const auto found = frame.source_numbers.find(unit);
      if (found != frame.source_numbers.end()) put(found->second, group);
    }
  }
}

void Sorting::Add(const std::vector<std::uint32_t>& numbers, std::vector<std::uint32_t>& into) const {
  for (const auto number : numbers) {
    if (number >= places_.size()) continue;
    for (const auto group : places_[number]) AddOnce(into, group);
  }
}

void Sorting::Of(std::uint32_t source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote, const QuoteNumbers& numbers, std::vector<std::uint32_t>& into) const {
  if (unit_ != "quote") return OfVoice(source, numbers, into);
  into.clear();
  for (auto c = quote.first; c < quote.last; ++c) {
    const auto code = stock.codings[c].code;
    if (code >= places_.size()) continue;  // None is beyond all.
    for (const auto group : places_[code]) AddOnce(into, group);
  }
  if (quotes_.empty()) return;
  if (const auto found = quotes_.find(quote.id); found != quotes_.end()) {
    for (const auto group : found->second) AddOnce(into, group);
  }
}

void Sorting::OfVoice(std::uint32_t source, const QuoteNumbers& numbers, std::vector<std::uint32_t>& into) const {
  into.clear();
  if (unit_ == "source") {
    if (source < places_.size()) into = places_[source];
  } else if (unit_ == "person") {
    Add(numbers.people, into);
  } else if (unit_ == "case") {
    Add(numbers.cases, into);
  } else if (unit_ == "stakeholder") {
    Add(numbers.stakeholders, into);
  } else if (unit_ == "site") {
    Add(numbers.sites, into);
  }
}

}  // namespace meerstem
