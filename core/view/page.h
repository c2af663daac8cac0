#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/view/model.h"

/// A page that leaves the house: one HTML file that needs nothing beside it, in which a steering group lays groups across
/// each other, filters, and goes from a number to its quotes and from a quote to the words around it.
namespace meerstem::view {

struct Page {
  struct Value {
    std::string key;
    Message label;
    std::string glyph;
    Message coarse = {};             ///< What it is taken together with others as, where it stands for too few.
  };
  /// What can be filtered by, and stand as columns: stakeholder type, site, outcome.
  struct Facet {
    std::string key;
    Message label;
    std::vector<Value> values;
    bool of_families = false;        ///< Its values tell of the families that a quote is linked to, otherwise of who speaks.
  };
  struct Quote {
    std::string text;
    std::string before, after;       ///< The words around it that may be shown.
    Message reference;
    Message bare;                    ///< The reference without what a facet tells of who speaks.
    std::vector<std::size_t> rows;
    std::vector<std::vector<std::size_t>> values;  ///< [facet]: indices of its values.
    std::vector<std::size_t> people, families;     ///< Who speaks and whom it is linked to, by any numbers: counted, never written.
  };
  /// A number and what it counts.
  struct Count {
    Message what;
    Cell value;
  };
  /// A finding of the ledger.
  struct Finding {
    std::string construct, statement, inference, quantitative, qualitative;
    Message fit;
    std::string glyph;
    std::vector<Count> numbers;      ///< Its evidence from the strand of numbers.
  };
  Message row_title;
  std::vector<Value> rows;
  std::vector<Facet> facets;
  std::vector<Quote> quotes;
  std::vector<Finding> findings;
  std::vector<std::pair<Message, std::vector<Count>>> tables;  ///< Title and lines; the lines of one add up to a whole that may be known.
};

/// Values and facets that no quote has go away.
void KeepUsed(Page& page);

/// Quotes that say the same of who speaks and whom they are linked to, where those are fewer than `below`.
struct SmallClass {
  std::int64_t n = 0;
  Message says;                      ///< “family × Noord × worse”.
};
std::vector<SmallClass> SmallClasses(const Page& page, std::int64_t below);

/// Values are taken together, and then left off quotes, until each combination that quotes still show stands for `below` or
/// more: whatever is filtered, or taken from each other, is then a sum of such combinations; and until those of whom
/// something was left off are as many. True: something went.
bool Coarsen(Page& page, std::int64_t below);

}  // namespace meerstem::view
