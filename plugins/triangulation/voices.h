#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/store/store.h"
#include "core/study/coded_study.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "core/view/model.h"

/// Quotes of families, for the displays that go from a family to its voices.
namespace meerstem::triangulation {

/// Which quotes of conversations are linked to which family: its members speak in them, or they are about it.
class Linked {
 public:
  /// What of `before` still holds is taken over.
  Linked(std::shared_ptr<const CodedStudy> study, const Linked* before);
  const CodedStudy& study() const { return *study_; }
  const std::shared_ptr<const CodedStudy>& shared_study() const { return study_; }
  /// In the order of sources and positions.
  const std::vector<QuotePlace>& Of(const Id& study_case) const;
  bool Any(const Id& study_case) const { return !Of(study_case).empty(); }

 private:
  void Add(std::uint32_t source);
  void Remove(const CodedStudy& study, std::uint32_t source);
  std::shared_ptr<const CodedStudy> study_;
  std::vector<std::vector<QuotePlace>> by_case_;  ///< By number.
};
/// As the study stands; after an edit only the sources that it touched are looked at again.
std::shared_ptr<const Linked> LinkedQuotes(Reading& reading);

/// The codes on a quote, each once, by their path.
std::vector<std::string> CodesOn(const CodedStudy& study, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote);
/// "Relatie/Nabij zijn; Gezin": a cell of codes that takes a new one in place, on exactly these words.
view::Cell CodesCell(const std::vector<std::string>& codes, const SourceSpan& span);
view::Target PlaceOf(const SourceSpan& span);
/// One below the other; either may be empty.
Message OnNewLine(Message above, Message below);
/// At most so many characters, cut between words.
std::string Shortened(const std::string& words, std::int64_t longest);

}  // namespace meerstem::triangulation
