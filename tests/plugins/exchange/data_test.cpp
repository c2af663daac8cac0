// The study as tables: what they hold, and that the scripts beside them read it.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/base/csv.h"
#include "core/base/process.h"
#include "plugins/exchange/part.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

class DataOut : public ::testing::Test {
 protected:
  DataOut() : folder(study.folder().path("uit")) {
    source = AddConversation(study, "Gesprek \"1\", deel 1", {{"Ann", "family", "Noord", "Ze belt Karel, \"altijd\" 🙂.\nElke week."}, {"Els", "family", "Zuid", "Wij vertrouwen haar."}, {"Jo", "researcher", "Noord", "Hoe dat zo?"}});
    CodeWords(study, source, "Ze belt Karel, \"altijd\" 🙂.\nElke week.", "Relatie/Vertrouwen");
    CodeWords(study, source, "Elke week", "Tijd");
    CodeWords(study, source, "vertrouwen haar", "Relatie/Vertrouwen");
    CodeWords(study, source, "Hoe dat zo", "Tijd");
    study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) {
      for (const auto& [person, code] : {std::pair{"Ann", "NO-01"}, {"Els", "ZU-01"}}) EnsureMembership(writing, EnsurePerson(writing, person), EnsureCase(writing, code), "adult");
      writing.Do("UPDATE study_case SET started = '2023-01-05' WHERE id = ?", EnsureCase(writing, "NO-01"));
      EnsureCase(writing, "OO-01");
      writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Karel', 'de oudste')", writing.NewId());
      writing.Do("INSERT INTO variable (id, name, type, entity_kind) VALUES (?1, 'Leeftijd', 'integer', 'case')", writing.NewId());
      writing.Do("INSERT INTO variable_value (id, variable_id, entity_id, value) SELECT ?, variable.id, study_case.id, '44' FROM variable, study_case WHERE code = 'NO-01'", writing.NewId());
    });
  }
  void Out() { study.Do("exchange.export-data", {{"to", folder}}); }
  std::vector<std::vector<std::string>> Table(const std::string& name) {
    std::ifstream file(folder + "/" + name, std::ios::binary);
    std::stringstream all;
    all << file.rdbuf();
    CsvReader reader(all.str(), {.separator = ','});
    std::vector<std::vector<std::string>> rows;
    for (std::vector<std::string> cells; reader.Next(cells);) rows.push_back(cells);
    return rows;
  }
  TestStudy study{{exchange::Register}};
  std::string folder;
  Id source;
};

TEST_F(DataOut, CasesByCodes) {
  Out();
  const auto counts = Table("cases_codes.csv"), presence = Table("cases_codes_01.csv");
  ASSERT_EQ(counts.size(), 4u);
  EXPECT_EQ(counts[0], (std::vector<std::string>{"case", "code_0001", "code_0002", "code_0003"}));
  // Relatie holds what is coded below it; the interviewer's words count for nobody; who was not heard is missing.
  EXPECT_EQ(counts[1], (std::vector<std::string>{"NO-01", "1", "1", "1"}));
  EXPECT_EQ(counts[2], (std::vector<std::string>{"ZU-01", "1", "1", "0"}));
  EXPECT_EQ(counts[3], (std::vector<std::string>{"OO-01", "", "", ""}));
  EXPECT_EQ(presence, counts);
}

TEST_F(DataOut, QuotesAsTheyMayLeave) {
  study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) { writing.Do("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Els'"); });
  Out();
  const auto quotes = Table("quotes.csv");
  ASSERT_EQ(quotes.size(), 5u);
  EXPECT_EQ(quotes[1][9], "Ze belt de oudste, \"altijd\" 🙂. Elke week.");
  EXPECT_EQ(quotes[1][5], "Ann");
  EXPECT_EQ(quotes[1][8], "NO-01");
  EXPECT_EQ(quotes[3][9], "") << "she did not agree to be quoted";
  EXPECT_EQ(Table("codings.csv").size(), 5u);
}

TEST_F(DataOut, WhoIsLeftOutOfAnalysisIsNowhere) {
  study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) { writing.Do("UPDATE person SET may_analyse = 0, may_quote = 0 WHERE pseudonym = 'Els'"); });
  Out();
  EXPECT_EQ(Table("quotes.csv").size(), 4u);
  EXPECT_EQ(Table("cases_codes.csv")[2], (std::vector<std::string>{"ZU-01", "", "", ""}));
}

TEST_F(DataOut, TheDictionaryNamesEveryColumn) {
  Out();
  const auto dictionary = Table("dictionary.csv");
  std::size_t columns = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (!name.ends_with(".csv") || name == "dictionary.csv") continue;
    const auto table = Table(name);
    for (const auto& column : table[0]) {
      ++columns;
      EXPECT_EQ(std::count_if(dictionary.begin(), dictionary.end(), [&](const auto& row) { return row[0] == name && row[1] == column && !row[3].empty(); }), 1) << name << " " << column;
    }
  }
  EXPECT_EQ(columns + 1, dictionary.size());
  EXPECT_EQ(dictionary[0], (std::vector<std::string>{"table", "column", "type", "meaning", "labels"}));
}

TEST_F(DataOut, PythonReadsIt) {
  Out();
  const auto result = RunProcess(
      {"python3", "-c",
       "from read import *; q = tables['quotes'][0]; print(q['text'], q['start'] + 1, tables['cases'][0]['started'].year, tables['cases_codes'][2]['code_0001'], labels['codes']['codable']['1'], len(tables))"},
      {}, {.folder = folder});
  EXPECT_EQ(result.out, "Ze belt de oudste, \"altijd\" 🙂. Elke week. 6 2023 None yes 9\n") << result.err;
}

TEST_F(DataOut, SpssReadsIt) {
  Out();
  const auto result = RunProcess({"pspp", "-e", "errors.txt", "read.sps"}, {}, {.folder = folder});
  EXPECT_TRUE(result.ok()) << result.out << result.err;
  const auto shown = RunProcess({"pspp-convert", "-O", "csv", "cases_codes.sav", "back.csv"}, {}, {.folder = folder});
  EXPECT_TRUE(shown.ok()) << shown.err;
  const auto back = Table("back.csv");
  ASSERT_EQ(back.size(), 4u);
  EXPECT_EQ(Trim(back[2][0]), "ZU-01");
  EXPECT_EQ(Trim(back[2][1]), "1");
  EXPECT_TRUE(std::filesystem::exists(folder + "/quotes.sav"));
}

TEST_F(DataOut, WritesNothingOver) {
  Out();
  EXPECT_NE(study.Refusal("exchange.export-data", {{"to", folder}}).find("something in the folder"), std::string::npos);
  EXPECT_NE(study.Refusal("exchange.export-data", {{"to", study.folder().path("study.meerstem")}}).find("is a file"), std::string::npos);
  EXPECT_NE(study.Refusal("exchange.export-data", {{"to", study.folder().path("nergens/uit")}}).find("does not exist"), std::string::npos);
  std::filesystem::create_directories(study.folder().path("leeg"));
  folder = study.folder().path("leeg");
  Out();
  EXPECT_EQ(Table("cases.csv").size(), 4u);
}

}  // namespace
}  // namespace meerstem::testing
