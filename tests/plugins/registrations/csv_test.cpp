#include "core/base/csv.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/language.h"

namespace meerstem {
namespace {

using Table = std::vector<std::vector<std::string>>;

Table Read(const std::string& bytes) {
  CsvReader reader(bytes);
  Table table;
  std::vector<std::string> cells;
  while (reader.Next(cells)) table.push_back(cells);
  return table;
}

std::string Refusal(const std::string& bytes) {
  try {
    Read(bytes);
    return {};
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kRefused);
    return (*Language::English())(error.message());
  }
}

TEST(Csv, SeparatorsAndLineEnds) {
  const Table expected = {{"a", "b"}, {"1", "2"}, {"3", ""}};
  EXPECT_EQ(Read("a,b\n1,2\n3,\n"), expected);
  EXPECT_EQ(Read("a;b\r\n1;2\r\n3;"), expected);
  EXPECT_EQ(Read("a\tb\r1\t2\r3\t\r"), expected);
  EXPECT_EQ(Read("\xEF\xBB\xBF" "a,b\n\n1,2\n\r\n3,\n\n"), expected);
  EXPECT_EQ(Read("sep=;\na;b\n1;2\n3;\n"), expected);
  EXPECT_EQ(Read("a;b,c\n"), (Table{{"a;b", "c"}})) << "a tie goes to the comma";
}

TEST(Csv, QuotedCells) {
  EXPECT_EQ(Read("a,\"x, \"\"y\"\"\r\nz\",c\n"), (Table{{"a", "x, \"y\"\nz", "c"}}));
  EXPECT_EQ(Read("\"\",\"\"\n"), (Table{{"", ""}}));
  EXPECT_EQ(Read("a\"b,c\n"), (Table{{"a\"b", "c"}})) << "inside a bare cell a quotation mark is a character";
  EXPECT_EQ(Read("\"a;b\";c\n"), (Table{{"a;b", "c"}}));
}

TEST(Csv, LineNumbersCountWhatStandsInsideQuotes) {
  CsvReader reader("a,b\n\"1\n2\n3\",x\n\ny,z\n");
  std::vector<std::string> cells;
  std::vector<std::int64_t> lines;
  while (reader.Next(cells)) lines.push_back(reader.line());
  EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 2, 6}));
}

TEST(Csv, Encodings) {
  CsvReader utf8("caf\xC3\xA9,\xE2\x82\xAC\n");
  EXPECT_EQ(utf8.encoding(), "utf-8");
  CsvReader windows("caf\xE9,\x80 \x92\n");
  EXPECT_EQ(windows.encoding(), "windows-1252");
  std::vector<std::string> cells;
  ASSERT_TRUE(windows.Next(cells));
  EXPECT_EQ(cells, (std::vector<std::string>{"café", "€ ’"}));
}

TEST(Csv, WhatIsNotATable) {
  EXPECT_EQ(Refusal("a,b\n1,\"2\n3,4\n"), "The quotation mark that opens on line 2 is never closed.");
  EXPECT_EQ(Refusal("a\n\"1\"x\n"), "Line 2: something stands behind a closing quotation mark; a quotation mark inside a cell is written twice.");
  EXPECT_NE(Refusal(std::string("a\nb\0c\n", 6)).find("Line 2 holds a NUL"), std::string::npos);
  EXPECT_NE(Refusal("a\n" + std::string(1'100'000, 'x')).find("Line 2 is longer than"), std::string::npos);
  EXPECT_NE(Refusal("a\n\"" + std::string(1'100'000, 'x')).find("opens on line 2 is not closed"), std::string::npos);
  EXPECT_NE(Refusal(std::string(1001, ',')).find("more than 1,000 columns"), std::string::npos);
  EXPECT_EQ(Read(""), Table{});
  EXPECT_EQ(Read("\n\n\r\n"), Table{});
  EXPECT_EQ(Read(std::string(999, ',')).front().size(), 1000u);
}

}  // namespace
}  // namespace meerstem
