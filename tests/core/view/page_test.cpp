// What filters of a page may tell apart.
#include "core/view/page.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "core/base/language.h"

namespace meerstem::view {
namespace {

constexpr std::int64_t kBelow = 3;

/// `people` who each say one thing, about a family of their own.
void Speak(Page& page, std::size_t type, std::size_t site, const std::vector<std::size_t>& outcome, std::size_t people) {
  for (std::size_t i = 0; i < people; ++i) {
    const std::size_t who = page.quotes.size();
    page.quotes.push_back({.text = "Ja.", .reference = Verbatim("Ann, coach"), .bare = Verbatim("Ann"), .rows = {0}, .values = {{type}, {site}, outcome}, .people = {who}, .families = {who}});
  }
}

Page ThreeFacets() {
  Page page;
  page.rows = {{"t", Verbatim("Thema"), ""}};
  page.facets = {{"type", Verbatim("Type"), {{"coach", Verbatim("coach"), ""}, {"family", Verbatim("gezin"), ""}}},
                 {"site", Verbatim("Plaats"), {{"noord", Verbatim("Noord"), ""}, {"zuid", Verbatim("Zuid"), ""}}},
                 {"outcome", Verbatim("Uitkomst"), {{"left", Verbatim("eruit"), "", Verbatim("beter")}, {"within", Verbatim("erbinnen"), "", Verbatim("beter")}, {"worse", Verbatim("slechter"), ""}}, true}};
  return page;
}

/// Whoever reads can count the quotes of any choice of values; each such count must stand for enough people, or nobody.
std::set<std::size_t> PeopleWith(const Page& page, const std::vector<std::vector<std::size_t>>& wanted) {
  std::set<std::size_t> people;
  for (const auto& quote : page.quotes) {
    bool in = true;
    for (std::size_t f = 0; f < wanted.size(); ++f) in &= wanted[f] == quote.values[f];
    if (in) people.insert(quote.people.begin(), quote.people.end());
  }
  return people;
}

TEST(Coarsening, LeavesWhatStandsForEnough) {
  Page page = ThreeFacets();
  Speak(page, 0, 0, {0}, 3);
  Speak(page, 1, 1, {2}, 4);
  EXPECT_TRUE(SmallClasses(page, kBelow).empty());
  EXPECT_FALSE(Coarsen(page, kBelow));
  EXPECT_EQ(page.facets.size(), 3u);
  EXPECT_EQ(page.facets[2].values.size(), 3u) << "what no quote has is not this one's to take away";
}

TEST(Coarsening, TakesOutcomesTogetherBeforeItLeavesThemOff) {
  Page page = ThreeFacets();
  Speak(page, 1, 0, {0}, 2);
  Speak(page, 1, 0, {1}, 2);
  Speak(page, 1, 0, {2}, 3);
  EXPECT_EQ(SmallClasses(page, kBelow).size(), 2u);
  EXPECT_TRUE(Coarsen(page, kBelow));
  ASSERT_EQ(page.facets.size(), 3u);
  ASSERT_EQ(page.facets[2].values.size(), 2u);
  EXPECT_EQ((*Language::English())(page.facets[2].values[0].label), "beter");
  EXPECT_EQ(PeopleWith(page, {{0}, {0}, {0}}).size(), 4u) << "and the type that nobody has is gone";
}

TEST(Coarsening, NoCombinationThatIsLeftStandsForFew) {
  Page page = ThreeFacets();
  Speak(page, 0, 0, {}, 6);
  Speak(page, 0, 1, {}, 1);
  Speak(page, 1, 0, {0}, 2);
  Speak(page, 1, 0, {1}, 2);
  Speak(page, 1, 1, {0}, 4);
  Speak(page, 1, 1, {2}, 1);
  ASSERT_FALSE(SmallClasses(page, kBelow).empty());
  EXPECT_EQ((*Language::English())(SmallClasses(page, kBelow).front().says), "coach × Zuid");
  EXPECT_TRUE(Coarsen(page, kBelow));
  EXPECT_TRUE(SmallClasses(page, kBelow).empty());
  EXPECT_EQ(page.quotes.size(), 16u) << "no word goes, only what it could be told by";
  std::set<std::vector<std::vector<std::size_t>>> combinations;
  for (const auto& quote : page.quotes) combinations.insert(quote.values);
  for (const auto& values : combinations) {
    const bool tells = std::any_of(values.begin(), values.end(), [](const auto& own) { return !own.empty(); });
    if (tells) { EXPECT_GE(PeopleWith(page, values).size(), 3u); }
  }
  EXPECT_GT(combinations.size(), 1u) << "something is left to filter by";
  for (const auto& quote : page.quotes) {
    const bool whole = page.facets.size() >= 2 && page.facets[1].key == "site" && !quote.values[0].empty() && !quote.values[1].empty();
    EXPECT_EQ((*Language::English())(quote.reference), whole ? "Ann, coach" : "Ann") << "nor does the reference say what a filter may not";
  }
}

TEST(Coarsening, WhatWasLeftOffCannotBeToldByWhatIsLeft) {
  Page page = ThreeFacets();
  Speak(page, 0, 0, {}, 4);
  Speak(page, 1, 0, {}, 2);
  EXPECT_TRUE(Coarsen(page, kBelow));
  for (const auto& facet : page.facets) EXPECT_NE(facet.key, "type") << "two without a type, where all others are coaches, would be the families";
}

TEST(Coarsening, WithNobodyToHideAmongAllFacetsGo) {
  Page page = ThreeFacets();
  Speak(page, 1, 0, {2}, 2);
  EXPECT_TRUE(Coarsen(page, kBelow));
  EXPECT_TRUE(page.facets.empty());
  for (const auto& quote : page.quotes) EXPECT_TRUE(quote.values.empty());
}

}  // namespace
}  // namespace meerstem::view
