#pragma once

#include <cstddef>
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
  };
  /// What can be filtered by, and stand as columns: stakeholder type, site, outcome.
  struct Facet {
    std::string key;
    Message label;
    std::vector<Value> values;
  };
  struct Quote {
    std::string text;
    std::string before, after;       ///< The words around it that may be shown.
    Message reference;
    std::vector<std::size_t> rows;
    std::vector<std::vector<std::size_t>> values;  ///< [facet]: indices of its values.
  };
  /// A finding of the ledger.
  struct Finding {
    std::string construct, statement, inference;
    Message quantitative, qualitative, fit;
    std::string glyph;
  };
  Message row_title;
  std::vector<Value> rows;
  std::vector<Facet> facets;
  std::vector<Quote> quotes;
  std::vector<Finding> findings;
  std::vector<std::pair<Message, std::vector<std::pair<Message, Message>>>> tables;  ///< Title, and lines of label and value.
};

}  // namespace meerstem::view
