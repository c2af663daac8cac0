// What the filters of a page may tell apart without pointing at somebody.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/view/page.h"

namespace meerstem::view {
namespace {

using Values = std::vector<std::vector<std::size_t>>;

/// Quotes with the same values of every facet.
struct Class {
  std::vector<std::size_t> quotes;
  std::set<std::size_t> people, families;
  void Add(std::size_t number, const Page::Quote& quote) {
    quotes.push_back(number);
    people.insert(quote.people.begin(), quote.people.end());
    families.insert(quote.families.begin(), quote.families.end());
  }
  std::int64_t In(const Page::Facet& facet) const { return static_cast<std::int64_t>(facet.of_families ? families.size() : people.size()); }
};

std::map<Values, Class> ClassesOf(const Page& page) {
  std::map<Values, Class> classes;
  for (std::size_t i = 0; i < page.quotes.size(); ++i) classes[page.quotes[i].values].Add(i, page.quotes[i]);
  return classes;
}

/// For how few a class stands in any facet that it tells something of; nullopt: it tells nothing.
std::optional<std::int64_t> Fewest(const Page& page, const Values& values, const Class& one) {
  std::optional<std::int64_t> fewest;
  for (std::size_t f = 0; f < page.facets.size(); ++f) {
    if (!values[f].empty()) fewest = std::min(fewest.value_or(one.In(page.facets[f])), one.In(page.facets[f]));
  }
  return fewest;
}

/// Whom each value of a facet stands for over the whole page.
std::vector<std::int64_t> Weights(const Page& page, std::size_t f) {
  std::vector<Class> by_value(page.facets[f].values.size());
  for (std::size_t i = 0; i < page.quotes.size(); ++i) {
    for (const auto value : page.quotes[i].values[f]) by_value[value].Add(i, page.quotes[i]);
  }
  std::vector<std::int64_t> weights;
  for (const auto& one : by_value) weights.push_back(one.In(page.facets[f]));
  return weights;
}

/// Where some value of the facet stands for too few, all that can be taken together are.
bool TakeTogether(Page& page, std::size_t f, std::int64_t below) {
  Page::Facet& facet = page.facets[f];
  const auto weights = Weights(page, f);
  const bool small = std::any_of(weights.begin(), weights.end(), [&](std::int64_t n) { return n > 0 && n < below; });
  if (!small || std::all_of(facet.values.begin(), facet.values.end(), [](const Page::Value& value) { return value.coarse.empty(); })) return false;
  std::vector<Page::Value> values;
  std::vector<std::size_t> place;
  for (const auto& value : facet.values) {
    const Message& label = value.coarse.empty() ? value.label : value.coarse;
    const auto found = std::find_if(values.begin(), values.end(), [&](const Page::Value& one) { return one.label == label; });
    place.push_back(static_cast<std::size_t>(found - values.begin()));
    if (found == values.end()) values.push_back({value.key, label, value.coarse.empty() ? value.glyph : std::string()});
  }
  facet.values = std::move(values);
  for (auto& quote : page.quotes) {
    auto& own = quote.values[f];
    for (auto& value : own) value = place[value];
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
  }
  return true;
}

/// Leaves values off quotes, and knows what was left off.
class LeavingOff {
 public:
  LeavingOff(Page& page, std::int64_t below) : page_(page), below_(below) {
    for (const auto& quote : page.quotes) before_.push_back(quote.values);
  }

  bool All() {
    for (std::size_t f = 0; f < page_.facets.size(); ++f) {
      const auto weights = Weights(page_, f);
      for (std::size_t v = 0; v < weights.size(); ++v) {
        if (weights[v] > 0 && weights[v] < below_) Value(f, v);
      }
    }
    // Each round leaves off at least one value.
    for (bool more = true; more;) more = Classes() || Guessable();
    return any_;
  }

 private:
  void Clear(Page::Quote& quote, std::size_t f) {
    quote.values[f].clear();
    if (!page_.facets[f].of_families) quote.reference = quote.bare;
    any_ = true;
  }
  void Value(std::size_t f, std::size_t value) {
    for (auto& quote : page_.quotes) {
      if (std::find(quote.values[f].begin(), quote.values[f].end(), value) != quote.values[f].end()) Clear(quote, f);
    }
  }

  /// Of a class that stands for too few what tells of who speaks goes first: what became of families is what the page is for.
  bool Classes() {
    bool any = false;
    for (const auto& [values, one] : ClassesOf(page_)) {
      const auto n = Fewest(page_, values, one);
      if (!n || *n >= below_) continue;
      std::optional<std::size_t> facet;
      for (std::size_t f = page_.facets.size(); f-- > 0;) {
        if (!values[f].empty() && (!facet || page_.facets[*facet].of_families)) facet = f;
      }
      for (const auto quote : one.quotes) Clear(page_.quotes[quote], *facet);
      any = true;
    }
    return any;
  }

  /// Where those without a value are too few they could be told by it: the rarest of what is left goes too.
  bool Guessable() {
    for (std::size_t f = 0; f < page_.facets.size(); ++f) {
      Class without;
      for (std::size_t i = 0; i < page_.quotes.size(); ++i) {
        if (page_.quotes[i].values[f].empty() && !before_[i][f].empty()) without.Add(i, page_.quotes[i]);
      }
      if (without.quotes.empty() || without.In(page_.facets[f]) >= below_) continue;
      const auto weights = Weights(page_, f);
      std::optional<std::size_t> rarest;
      for (std::size_t v = 0; v < weights.size(); ++v) {
        if (weights[v] > 0 && (!rarest || weights[v] < weights[*rarest])) rarest = v;
      }
      if (!rarest) continue;
      Value(f, *rarest);
      return true;
    }
    return false;
  }

  Page& page_;
  std::int64_t below_;
  std::vector<Values> before_;
  bool any_ = false;
};

}  // namespace

void KeepUsed(Page& page) {
  for (std::size_t f = page.facets.size(); f-- > 0;) {
    auto& facet = page.facets[f];
    std::vector<std::size_t> place(facet.values.size());
    std::vector<Page::Value> kept;
    for (std::size_t v = 0; v < place.size(); ++v) {
      const bool used = std::any_of(page.quotes.begin(), page.quotes.end(), [&](const auto& quote) { return std::find(quote.values[f].begin(), quote.values[f].end(), v) != quote.values[f].end(); });
      place[v] = kept.size();
      if (used) kept.push_back(facet.values[v]);
    }
    for (auto& quote : page.quotes) {
      for (auto& value : quote.values[f]) value = place[value];
      if (kept.empty()) quote.values.erase(quote.values.begin() + static_cast<std::ptrdiff_t>(f));
    }
    if (kept.empty()) page.facets.erase(page.facets.begin() + static_cast<std::ptrdiff_t>(f));
    else facet.values = std::move(kept);
  }
}

std::vector<SmallClass> SmallClasses(const Page& page, std::int64_t below) {
  std::vector<SmallClass> small;
  for (const auto& [values, one] : ClassesOf(page)) {
    const auto n = Fewest(page, values, one);
    if (!n || *n >= below) continue;
    Message says;
    for (std::size_t f = 0; f < page.facets.size(); ++f) {
      for (const auto value : values[f]) {
        const Message& label = page.facets[f].values[value].label;
        says = says.empty() ? label : Say("{0} × {1}", says, label);
      }
    }
    small.push_back({std::max<std::int64_t>(*n, 1), std::move(says)});
  }
  return small;
}

bool Coarsen(Page& page, std::int64_t below) {
  bool any = false;
  for (std::size_t f = 0; f < page.facets.size(); ++f) any |= TakeTogether(page, f, below);
  any |= LeavingOff(page, below).All();
  if (any) KeepUsed(page);
  return any;
}

}  // namespace meerstem::view
