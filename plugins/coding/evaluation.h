#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/command/job.h"
#include "core/plugin/registry.h"
#include "core/study/coded_study.h"
#include "core/study/quotes.h"
#include "plugins/coding/expression.h"

namespace meerstem::coding {

/// What queries and co-occurrence are about: the coded quotes in which others than the interviewer speak (or all coded
/// quotes), as far as they may be analysed.
bool IsAsked(const CodedStudy::Source& source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote, bool include_researchers);
/// How many would be asked about too, but for want of consent.
std::int64_t Withheld(const CodedStudy& study, bool include_researchers);

/// An expression held against a study. `not` is counted from the quotes that are asked about, and only those can be near,
/// in or around one another.
class Query {
 public:
  /// Refuses, with the place, what cannot be read and what the study does not hold.
  Query(const Registry& registry, Reading& reading, std::shared_ptr<const CodedStudy> study, const std::string& text, bool include_researchers);
  ~Query();
  Query(Query&&) noexcept;

  /// In the order of sources and positions. kCancelled when the job is.
  std::vector<QuotePlace> Places(Reading& reading, Job& job) const;

  struct Node;

 private:
  std::shared_ptr<const CodedStudy> study_;
  std::unique_ptr<Node> root_;
  bool include_researchers_;
};

/// What an expression over this study can be made of.
std::vector<Piece> ExpressionPieces(const Registry& registry, Reading& reading);

}  // namespace meerstem::coding
