#include <gtest/gtest.h>

#include "tests/plugins/coding/coding_study.h"

namespace meerstem::coding::testing {
namespace {

/// The value of a cell, -1 where there is none; row and column by key.
std::int64_t At(const view::Model& model, const std::string& row, const std::string& column) {
  const auto& matrix = std::get<view::Matrix>(model.body);
  const view::Cell* cell = nullptr;
  for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
    for (std::size_t j = 0; j < matrix.columns.size(); ++j) {
      if (matrix.rows[i].key == row && matrix.columns[j].key == column) cell = &matrix.cells[i][j];
      if (matrix.rows[i].key == row && column.empty()) cell = &matrix.row_totals[i];
      if (row.empty() && matrix.columns[j].key == column) cell = &matrix.column_totals[j];
    }
  }
  if (!cell) return -2;
  const auto* value = std::get_if<std::int64_t>(&cell->value);
  return value ? *value : -1;
}

const view::Cell& CellAt(const view::Model& model, std::size_t row, std::size_t column) { return std::get<view::Matrix>(model.body).cells.at(row).at(column); }

class Matrix : public ::testing::Test {
 protected:
  Matrix() {
    study.AddInterview("G", {{"Lies", "researcher", "hoe ging het"}, {"Coach1", "coach", "het ging goed"}, {"Mama1", "family", "ja heel goed"}});
    study.AddInterview("H", {{"Coach2", "coach", "niet zo goed"}, {"Coach1", "coach", "toch wel"}});
    study.AddText("R", "gezin komt niet opdagen", "remark");
    study.Do("coding.add-code", {{"name", "A/B"}});
    study.Do("coding.add-code", {{"name", "C"}});
    study.Do("coding.add-code", {{"name", "D"}});
    // One quote across the coach and the mother.
    study.Do("coding.apply", {{"source", "G"}, {"text", "ging goed\n\nMama1: ja heel"}, {"code", "A/B"}});
    study.Code("G", "het ging goed", "A");
    study.Code("H", "niet zo goed", "A/B");
    study.Code("H", "toch wel", "C");
    study.Code("R", "komt niet opdagen", "C");
    study.Code("G", "hoe ging het", "C");
  }
  view::Model See(const RawArguments& raw) { return study.See("coding.matrix", raw); }
  CodingStudy study;
};

TEST_F(Matrix, AQuoteAcrossTwoSpeakersCountsInBothColumnsAndOnceInTheTotal) {
  const auto quotes = See({{"rows", "code"}, {"columns", "stakeholder"}, {"count", "quotes"}});
  EXPECT_EQ(At(quotes, "A/B", "coach"), 2);
  EXPECT_EQ(At(quotes, "A/B", "family"), 1);
  EXPECT_EQ(At(quotes, "A/B", ""), 2);
  // The parent's row counts what was said under its child.
  EXPECT_EQ(At(quotes, "A", "coach"), 3);
  EXPECT_EQ(At(quotes, "A", ""), 3);
  EXPECT_EQ(At(quotes, "", "coach"), 4);
  EXPECT_EQ(std::get<view::Matrix>(quotes.body).total->value, Value(std::int64_t{4}));
  const auto people = See({});
  EXPECT_EQ(At(people, "A/B", "coach"), 2);
  EXPECT_EQ(At(people, "A/B", "family"), 1);
  EXPECT_EQ(At(people, "A/B", ""), 3);
  EXPECT_EQ(At(people, "", "coach"), 2);
  const auto sources = See({{"count", "sources"}});
  EXPECT_EQ(At(sources, "A", "coach"), 2);
  EXPECT_EQ(At(sources, "A", "family"), 1);
  const auto words = See({{"count", "words"}, {"rows", "top-code"}});
  EXPECT_EQ(At(words, "C", "coach"), 2);
  EXPECT_EQ(At(words, "A/B", "coach"), -2);
}

TEST_F(Matrix, SilenceIsNotAbsence) {
  const auto model = See({{"count", "quotes"}});
  const auto& matrix = std::get<view::Matrix>(model.body);
  ASSERT_EQ(matrix.columns.size(), 3u);
  ASSERT_EQ(matrix.columns[0].key, "coordinator");
  for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
    if (matrix.rows[i].key != "D") continue;
    EXPECT_NE(matrix.cells[i][0].state, view::State::kSilent);  // No coordinator was heard.
    EXPECT_EQ(matrix.cells[i][1].state, view::State::kSilent);
    EXPECT_EQ(matrix.cells[i][1].value, Value(std::int64_t{0}));
    EXPECT_EQ(matrix.cells[i][2].state, view::State::kSilent);
  }
}

TEST_F(Matrix, RemarksStayOutUnlessAskedFor) {
  EXPECT_EQ(At(See({{"rows", "code"}, {"columns", "source-kind"}, {"count", "quotes"}}), "C", "interview"), 1);
  EXPECT_LE(At(See({{"rows", "code"}, {"columns", "source-kind"}, {"count", "quotes"}}), "C", "remark"), 0);
  EXPECT_EQ(At(See({{"rows", "code"}, {"columns", "source-kind"}, {"count", "quotes"}, {"with-remarks", "yes"}}), "C", "remark"), 1);
  EXPECT_EQ(At(See({{"rows", "code"}, {"columns", "source-kind"}, {"count", "quotes"}, {"source-kind", "remark"}}), "C", "remark"), 1);
  EXPECT_LE(At(See({{"rows", "code"}, {"columns", "source-kind"}, {"count", "quotes"}, {"source-kind", "remark"}}), "C", "interview"), 0);
}

TEST_F(Matrix, EveryCellOpensExactlyWhatItCounts) {
  for (const auto& [rows, columns] : {std::pair("code", "stakeholder"), std::pair("top-code", "source"), std::pair("code", "person"), std::pair("stakeholder", "code"),
                                      std::pair("code", "top-code"), std::pair("source-kind", "code")}) {
    for (const RawArguments& filter : {RawArguments{}, RawArguments{{"code", "A"}}, RawArguments{{"with-remarks", "yes"}}}) {
      RawArguments raw{{"rows", rows}, {"columns", columns}, {"count", "quotes"}};
      raw.insert(raw.end(), filter.begin(), filter.end());
      const auto model = See(raw);
      const auto& matrix = std::get<view::Matrix>(model.body);
      int opened = 0;
      for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
        for (std::size_t j = 0; j < matrix.columns.size(); ++j) {
          const auto& cell = CellAt(model, i, j);
          if (!cell.target) continue;
          ++opened;
          Job job;
          const auto behind = study.engine().Build(cell.target->view, cell.target->arguments, job);
          EXPECT_EQ(behind.population.facts[0].value, cell.value) << rows << " " << matrix.rows[i].key << " × " << columns << " " << matrix.columns[j].key;
        }
      }
      EXPECT_GT(opened, 0) << rows << " × " << columns;
    }
  }
}

TEST_F(Matrix, ConsentWithheldIsLeftOutAndSaid) {
  study.Change("UPDATE person SET may_analyse = 0 WHERE pseudonym = 'Mama1'");
  const auto model = See({{"count", "quotes"}});
  EXPECT_EQ(At(model, "A/B", "coach"), 1);
  bool said = false;
  for (const auto& fact : model.population.facts) said |= fact.id == "withheld" && fact.value == Value(std::int64_t{1});
  EXPECT_TRUE(said);
}

TEST_F(Matrix, OnlyTheCodesAskedFor) {
  const auto model = See({{"code", "A"}});
  const auto& matrix = std::get<view::Matrix>(model.body);
  ASSERT_EQ(matrix.rows.size(), 2u);
  EXPECT_EQ(matrix.rows[1].key, "A/B");
  EXPECT_EQ(matrix.rows[1].depth, 1);
  EXPECT_EQ(matrix.cells.size(), 2u);
  EXPECT_EQ(matrix.row_totals.size(), 2u);
  const auto turned = See({{"rows", "stakeholder"}, {"columns", "code"}, {"code", "A"}});
  EXPECT_EQ(std::get<view::Matrix>(turned.body).cells[0].size(), 2u);
}

}  // namespace
}  // namespace meerstem::coding::testing
