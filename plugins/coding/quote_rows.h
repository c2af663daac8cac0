#pragma once

#include <memory>
#include <vector>

#include "core/study/coded_study.h"
#include "core/study/display.h"
#include "core/view/model.h"

namespace meerstem::coding {

/// A row of coded words: a coding, or a quote with all that it is coded with.
struct QuoteItem {
  std::uint32_t source;
  std::uint32_t quote;
  std::uint32_t coding = CodedStudy::kNone;  ///< In Stock::codings; kNone: the quote with all its codes.
};

/// Items as a table: words, code, source, start, end, person, stakeholder, site, case, coder, quote_id. Words and names
/// are fetched with the page. `key` of a row: the coding's id, or the quote's.
view::Table QuoteTable(std::shared_ptr<const CodedStudy> study, std::vector<QuoteItem> items, Purpose purpose, bool include_researchers);

}  // namespace meerstem::coding
