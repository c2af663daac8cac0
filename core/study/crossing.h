#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/plugin/registry.h"
#include "core/store/store.h"
#include "core/study/quotes.h"

/// Two dimensions laid across each other over the study's quotes: the one engine behind every matrix of voices.
namespace meerstem {

/// What lies in one cell, each thing once.
struct Crossed {
  std::int64_t people = 0;
  std::int64_t unnamed = 0;   ///< Quotes whose speaker is not known: people is then a lower bound.
  std::int64_t sources = 0;
  std::int64_t cases = 0;
  std::int64_t quotes = 0;
  std::int64_t words = 0;     ///< Only when the filter counts words.
  std::vector<Id> first_quotes;   ///< The first few of them.
};

struct Crossing {
  std::vector<Group> rows;
  std::vector<Group> columns;
  std::vector<std::vector<Crossed>> cells;  ///< [row][column]
  std::vector<Crossed> row_totals;          ///< Distinct over the row, in whatever column or in none.
  std::vector<Crossed> column_totals;       ///< Distinct over the column, in whatever row.
  std::vector<Crossed> rows_outside;        ///< Per row: what lies in no column ("not linked").
  Crossed outside_total;                    ///< Distinct over `rows_outside`, in whatever row.
  Crossed total;                            ///< Everything that lies in some row.
  std::vector<bool> heard;                  ///< Per column: was anybody heard there at all?
  std::int64_t quotes = 0;                  ///< All that were looked at, in some row or in none; of them linked to a case:
  std::int64_t with_case = 0;
  std::int64_t withheld = 0;                ///< Quotes left out for lack of consent.
};

/// Quotes of `filter` that may be analysed, counted by `rows` and `columns`. A quote counts once in each cell it
/// belongs to, and once in a total; in a group of people, types or sites only the speakers of that group are counted.
Crossing Cross(Reading& reading, const Dimension& rows, const Dimension& columns, QuoteFilter filter);

/// Keeps the quotes that lie in the group `key` of the dimension; an unknown key is refused. Key "-": in no group.
std::vector<QuoteFacts> InGroup(Reading& reading, const Dimension& dimension, const std::string& key, std::vector<QuoteFacts> quotes);

}  // namespace meerstem
