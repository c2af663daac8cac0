#include "core/base/date.h"

#include <gtest/gtest.h>

namespace meerstem {
namespace {

TEST(Date, IsReadAsPeopleTypeIt) {
  EXPECT_EQ(ParseDate("2023-06-14"), (Date{2023, 6, 14}));
  EXPECT_EQ(ParseDate("14/06/2023"), (Date{2023, 6, 14}));
  EXPECT_EQ(ParseDate("4/6/2023"), (Date{2023, 6, 4}));
  EXPECT_EQ(ParseDate("29/02/2024"), (Date{2024, 2, 29}));
  for (const char* wrong : {"", "2023", "2023-06", "29/02/2023", "31-04-2023", "2023-13-01", "2023-00-10", "2023-06-00", "14/06/23", "14.06.2023", "2023-06-14 ",
                            "2023-06-14T00:00", "a/b/c", "-1-2-3", "2023--6-14"}) {
    EXPECT_FALSE(ParseDate(wrong)) << wrong;
  }
}

TEST(Date, IsoAndBack) {
  EXPECT_EQ(ToIso({2023, 6, 4}), "2023-06-04");
  for (int day = 1; day <= 28; ++day) {
    for (int month = 1; month <= 12; ++month) EXPECT_EQ(ParseDate(ToIso({1999, month, day})), (Date{1999, month, day}));
  }
}

TEST(Date, MonthsEndOnTheLastDay) {
  EXPECT_EQ(AddMonths({2022, 8, 31}, 6), (Date{2023, 2, 28}));
  EXPECT_EQ(AddMonths({2023, 8, 31}, 6), (Date{2024, 2, 29}));
  EXPECT_EQ(AddMonths({2022, 12, 15}, 1), (Date{2023, 1, 15}));
  EXPECT_EQ(AddMonths({2022, 11, 30}, 3), (Date{2023, 2, 28}));
  EXPECT_EQ(AddMonths({2022, 1, 31}, 0), (Date{2022, 1, 31}));
  EXPECT_EQ(AddMonths({2022, 3, 31}, -1), (Date{2022, 2, 28}));
  EXPECT_EQ(AddMonths({2022, 1, 31}, -2), (Date{2021, 11, 30}));
  EXPECT_EQ(AddMonths({2024, 2, 29}, 12), (Date{2025, 2, 28}));
}

TEST(Date, Order) {
  EXPECT_LT((Date{2022, 12, 31}), (Date{2023, 1, 1}));
  EXPECT_LT((Date{2023, 1, 31}), (Date{2023, 2, 1}));
}

}  // namespace
}  // namespace meerstem
