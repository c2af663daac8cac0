// Numbers, dates and plurals at the edge, without any catalogue.
#include "core/base/language.h"

#include <limits>

#include <gtest/gtest.h>

namespace meerstem {
namespace {

TEST(Language, NumbersInBoth) {
  const auto dutch = Language::Load("nl", "");
  const auto english = Language::English();
  EXPECT_EQ(dutch->Number(1234.5), "1.234,5");
  EXPECT_EQ(english->Number(1234.5), "1,234.5");
  EXPECT_EQ(dutch->Number(std::int64_t{-1234567}), "-1.234.567");
  EXPECT_EQ(english->Number(std::int64_t{999}), "999");
  EXPECT_EQ(english->Number(std::int64_t{-100}), "-100");
  EXPECT_EQ(dutch->Number(0.1 + 0.2), "0,3");
  EXPECT_EQ(dutch->Number(2.0), "2");
  EXPECT_EQ(dutch->Number(2.0, 2), "2,00");
  EXPECT_EQ(english->Number(-0.126, 2), "-0.13");
  EXPECT_EQ(english->Number(std::numeric_limits<double>::quiet_NaN()), "");
  EXPECT_EQ(english->Number(1e15), "1,000,000,000,000,000");
}

TEST(Language, DaysAreBelgian) {
  EXPECT_EQ(Language::Load("nl", "")->Day({2023, 6, 4}), "04/06/2023");
  EXPECT_EQ(Language::English()->Day({2023, 6, 4}), "04/06/2023");
}

TEST(Language, ValuesAndMessages) {
  const auto english = Language::English();
  EXPECT_EQ(english->Show({}), "");
  EXPECT_EQ(english->Show(Date{2023, 6, 4}), "04/06/2023");
  EXPECT_EQ(english->Show(std::string("x")), "x");
  EXPECT_EQ(english->Show(1.498932), "1.499");
  EXPECT_EQ(english->Show(-1234.5), "-1,234.5");
  EXPECT_EQ(english->Show(0.05141712), "0.0514");
  EXPECT_EQ(english->Show(0.0), "0");
  EXPECT_EQ(Language::Load("nl", "")->Show(-0.000012345), "-1,23e-05");
  EXPECT_EQ(Language::Load("nl", "")->Show(1.2345e-9), "1,23e-09");
  const auto say = [&](const Message& message) { return (*english)(message); };
  EXPECT_EQ(say(Say("{1} before {0}, {1}", "a", 2)), "2 before a, 2");
  EXPECT_EQ(say(Say("{0} of {1}", SayCount("{0} quote", "{0} quotes", 1), SayCount("{0} quote", "{0} quotes", 1200))), "1 quote of 1,200 quotes");
  EXPECT_EQ(say(Say("nothing {3} there {x}")), "nothing  there {x}");
  EXPECT_EQ(say(Say("it holds {0}", "{0} braces")), "it holds {0} braces");
  EXPECT_EQ(say({}), "");
  EXPECT_EQ(say(Verbatim(Localized{{{"nl", "wonen"}, {"en", "housing"}}})), "housing");
  EXPECT_EQ((*Language::Load("nl", ""))(Verbatim(Localized{{{"nl", "wonen"}, {"en", "housing"}}})), "wonen");
  EXPECT_EQ(say(Verbatim(Localized{{{"fr", "logement"}}})), "logement");
}

TEST(Language, NamesInOrder) {
  const auto dutch = Language::Load("nl", "");
  EXPECT_LT(dutch->Compare("Één", "Elif"), 0);
  EXPECT_LT(dutch->Compare("anna", "Bart"), 0);
  EXPECT_EQ(dutch->Compare("Zoë", "Zoë"), 0);
}

TEST(Language, AMissingFolderIsEnglish) {
  EXPECT_EQ((*Language::Load("nl", "/nonexistent"))(Say("Title")), "Title");
  EXPECT_EQ(Language::Load("xx", "")->tag(), "en");
}

}  // namespace
}  // namespace meerstem
