// The page that describes a study for SQL says what is there: its views, tables and columns, and its examples run.
#include <fstream>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

class SqlPage : public ::testing::Test {
 protected:
  SqlPage() : study({}) {
    const Id talk = AddConversation(study, "Gesprek", {{"Ann", "family", "Noord", "Ze belt als het moeilijk gaat."}});
    CodeWords(study, talk, "als het moeilijk gaat", "Relatie/Vertrouwen");
    study.store().Run({"test", Say("test"), study.actor()}, [](Writing& writing) {
      EnsureMembership(writing, EnsurePerson(writing, "Ann"), EnsureCase(writing, "NO-01"), "adult");
    });
    std::ifstream file(MEERSTEM_SOURCE_DIR "/core/study/sql.md");
    std::stringstream all;
    all << file.rdbuf();
    page = all.str();
  }
  std::set<std::string> ColumnsOf(const std::string& table) {
    std::set<std::string> columns;
    auto reading = study.store().Read();
    auto rows = reading->Query("SELECT name FROM pragma_table_info(?)", table);
    while (rows.Step()) columns.insert(rows.Text(0));
    return columns;
  }
  static std::vector<std::string> Words(const std::string& text) {
    std::vector<std::string> words;
    static const std::regex kWord("[a-z_]+");
    for (std::sregex_iterator at(text.begin(), text.end(), kWord), end; at != end; ++at) words.push_back(at->str());
    return words;
  }
  /// The cells of each row of the table whose head begins with `| first |`.
  std::vector<std::vector<std::string>> TableOf(const std::string& first) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(page.substr(page.find("| " + first + " |")));
    std::string line;
    for (int n = 0; std::getline(lines, line) && line.starts_with('|'); ++n) {
      if (n < 2) continue;
      auto& row = rows.emplace_back();
      std::istringstream cells(line.substr(1));
      for (std::string cell; std::getline(cells, cell, '|');) row.push_back(Trim(cell));
    }
    return rows;
  }
  TestStudy study;
  std::string page;
};

TEST_F(SqlPage, ViewsHaveTheColumnsThatItNames) {
  const auto rows = TableOf("view");
  ASSERT_EQ(rows.size(), 4u);
  for (const auto& row : rows) {
    const auto words = Words(row[1]);
    EXPECT_EQ(ColumnsOf(Words(row[0])[0]), std::set<std::string>(words.begin(), words.end())) << row[0];
  }
}

TEST_F(SqlPage, TablesHaveTheColumnsThatItNames) {
  const auto rows = TableOf("table");
  ASSERT_GT(rows.size(), 10u);
  for (const auto& row : rows) {
    std::set<std::string> columns;
    for (const auto& table : Words(row[0])) {
      const auto of = ColumnsOf(table);
      EXPECT_FALSE(of.empty()) << table;
      columns.insert(of.begin(), of.end());
    }
    for (const auto& word : Words(row[2])) EXPECT_TRUE(columns.contains(word)) << row[0] << ": " << word;
  }
}

TEST_F(SqlPage, ExamplesRun) {
  std::vector<std::int64_t> counts;
  auto reading = study.store().Read();
  for (auto at = page.find("```sql\n"); at != std::string::npos; at = page.find("```sql\n", at + 1)) {
    std::string sql = page.substr(at + 7, page.find("```", at + 7) - at - 7);
    sql.erase(sql.rfind(';'));
    auto rows = reading->Query(sql);
    std::int64_t count = 0;
    while (rows.Step()) ++count;
    counts.push_back(count);
  }
  EXPECT_EQ(counts, (std::vector<std::int64_t>{1, 1, 0}));
}

}  // namespace
}  // namespace meerstem::testing
