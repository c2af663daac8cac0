#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/view/sorted.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

view::Table Families() {
  const auto row = [](std::string key, view::Cell score, view::Cell name) { return view::Row{std::move(key), {std::move(score), std::move(name)}, {}, {}}; };
  return {{{"score", Say("Score"), view::ColumnType::kInteger}, {"name", Say("Name")}},
          view::MakeRows({row("a", {.value = std::int64_t{10}}, {.value = "Zoë"}),
                          row("b", {.state = view::State::kUnknown}, {.value = "élan"}),
                          row("c", {.value = std::int64_t{9}}, {.value = "Eik"}),
                          row("d", {.value = 9.5}, {.state = view::State::kEmpty}),
                          row("e", {.value = std::int64_t{9}}, {.value = "zoe"})})};
}

std::string Order(const std::string& by) {
  TestStudy study({});
  const auto reading = study.store().Read();
  view::Table table = Families();
  Job job;
  view::Sort(*reading, table, by, job);
  std::string keys, paged;
  for (std::size_t i = 0; i < table.rows->Count(); ++i) keys += table.rows->Key(i);
  for (std::size_t first = 0; first < table.rows->Count(); first += 2) {
    for (const auto& row : table.rows->Page(*reading, first, 2)) paged += row.key;
  }
  EXPECT_EQ(keys, paged);
  return keys;
}

TEST(Sorted, NumbersBySizeAndNoNumberLastInEitherDirection) {
  EXPECT_EQ(Order("score"), "cedab");
  EXPECT_EQ(Order("-score"), "adceb");
}

TEST(Sorted, WordsAsInADictionary) {
  EXPECT_EQ(Order("name"), "cbead");
  EXPECT_EQ(Order("-name"), "aebcd");
}

TEST(Sorted, AColumnThatIsNotThereIsRefusedWithTheNamesOfThoseThatAre) {
  try {
    Order("colour");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_EQ((*Language::English())(error.message()), "--sort: there is no column “colour”; there is score, name.");
  }
}

}  // namespace
}  // namespace meerstem::testing
