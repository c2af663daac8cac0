#include <gtest/gtest.h>

#include "tests/plugins/coding/coding_study.h"

namespace meerstem::coding::testing {
namespace {

const view::Node* NodeOf(const view::Model& model, const std::string& label) {
  for (const auto& node : std::get<view::Tree>(model.body).nodes) {
    if (node.label == Verbatim(label)) return &node;
  }
  return nullptr;
}

TEST(Codes, AddingMakesParentsAndSaysEverything) {
  CodingStudy study;
  const auto outcome = study.Do("coding.add-code", {{"name", "Vertrouwen/Nabijheid"}, {"colour", "#123abc"}, {"definition", "Dichtbij zijn."},
                                                    {"include", "a"}, {"exclude", "b"}, {"example", "c"}, {"deductive", "yes"}, {"not-codable", "yes"}});
  ASSERT_EQ(outcome.created.size(), 1u);
  EXPECT_EQ(study.Count("SELECT count(*) FROM code"), 2);
  EXPECT_EQ(study.Text("SELECT colour || definition || include || exclude || example || deductive || codable FROM code WHERE name = 'Nabijheid'"),
            "#123abcDichtbij zijn.abc10");
  EXPECT_EQ(study.Text("SELECT codable FROM code WHERE name = 'Vertrouwen'"), "1");
  EXPECT_NE(study.Refusal("coding.add-code", {{"name", "Vertrouwen/Nabijheid"}}), "");
  EXPECT_NE(study.Refusal("coding.add-code", {{"name", "Vertrouwen//x"}}), "");
  EXPECT_NE(study.Refusal("coding.add-code", {{"name", "  "}}), "");
  EXPECT_NE(study.Refusal("coding.add-code", {{"name", "x"}, {"colour", "red"}}), "");
  study.Undo();
  EXPECT_EQ(study.Count("SELECT count(*) FROM code"), 0);
}

TEST(Codes, RenameRecolourDefine) {
  CodingStudy study;
  study.Do("coding.add-code", {{"name", "A/B"}});
  study.Do("coding.add-code", {{"name", "A/C"}});
  study.Do("coding.rename-code", {{"code", "A/B"}, {"name", " D "}});
  study.Do("coding.recolour", {{"code", "A/D"}, {"colour", "#00FF00"}});
  study.Do("coding.define", {{"code", "A/D"}, {"definition", "Wat het is"}, {"not-codable", "yes"}});
  EXPECT_EQ(study.Text("SELECT name || colour || definition || codable FROM code WHERE name = 'D'"), "D#00FF00Wat het is0");
  EXPECT_NE(study.Refusal("coding.rename-code", {{"code", "A/D"}, {"name", "C"}}), "");
  EXPECT_NE(study.Refusal("coding.rename-code", {{"code", "A/D"}, {"name", "x/y"}}), "");
  EXPECT_NE(study.Refusal("coding.recolour", {{"code", "A/D"}, {"colour", "#00FF0"}}), "");
  EXPECT_NE(study.Refusal("coding.define", {{"code", "A/D"}}), "");
}

TEST(Codes, MoveRefusesACircle) {
  CodingStudy study;
  study.Do("coding.add-code", {{"name", "A/B/C"}});
  study.Do("coding.add-code", {{"name", "D"}});
  EXPECT_EQ(study.Refusal("coding.move-code", {{"code", "A"}, {"parent", "A/B/C"}}),
            "“A” cannot stand under “A/B/C”: that is the code itself or lies below it.");
  EXPECT_NE(study.Refusal("coding.move-code", {{"code", "A"}, {"parent", "A"}}), "");
  study.Do("coding.move-code", {{"code", "A/B"}, {"parent", "D"}});
  EXPECT_EQ(study.Text("SELECT path FROM code_path WHERE path LIKE '%C'"), "D/B/C");
  study.Do("coding.move-code", {{"code", "D/B"}});
  EXPECT_EQ(study.Text("SELECT path FROM code_path WHERE path LIKE '%C'"), "B/C");
  study.Do("coding.add-code", {{"name", "D/B"}});
  EXPECT_NE(study.Refusal("coding.move-code", {{"code", "B"}, {"parent", "D"}}), "");
  EXPECT_TRUE(study.store().Check().empty());
}

TEST(Codes, SeveralMoveAtOnceWithWhatLiesBelowThem) {
  CodingStudy study;
  for (const char* path : {"A/B/C", "D", "E/F", "G/F"}) study.Do("coding.add-code", {{"name", path}});
  study.Do("coding.move-code", {{"code", "A"}, {"code", "A/B/C"}, {"code", "E/F"}, {"parent", "D"}});
  EXPECT_EQ(study.Text("SELECT group_concat(path, ' ') FROM (SELECT path FROM code_path ORDER BY path)"), "D D/A D/A/B D/A/B/C D/F E G G/F");
  study.Undo();
  const std::string before = study.Dump();
  EXPECT_NE(study.Refusal("coding.move-code", {{"code", "E/F"}, {"code", "G/F"}, {"parent", "D"}}), "") << "two of one name";
  EXPECT_EQ(study.Dump(), before);
}

TEST(Codes, MergeCollapsesPerQuoteAndCoderAndKeepsMemos) {
  CodingStudy study;
  study.AddText("T", "een twee drie vier");
  study.Do("coding.add-code", {{"name", "A/Kind"}});
  study.Do("coding.add-code", {{"name", "B"}});
  study.Code("T", "een", "A");
  study.Code("T", "een", "B");
  study.DoAs("Bo", "coding.apply", {{"source", "T"}, {"text", "een"}, {"code", "A"}});
  study.Code("T", "twee", "A");
  study.Change("INSERT INTO memo (id, entity_kind, entity_id, text, at) SELECT randomblob(16), 'coding', coding.id, 'bij deze', 1 FROM coding "
               "JOIN code ON code.id = code_id JOIN researcher r ON r.id = coder_id JOIN quote q ON q.id = quote_id JOIN span s ON s.id = span_id "
               "WHERE code.name = 'B' AND start = 0");
  study.Change("INSERT INTO memo (id, entity_kind, entity_id, text, at) SELECT randomblob(16), 'code', id, 'over A', 1 FROM code WHERE name = 'A'");
  const auto before = study.Dump();
  const auto outcome = study.Do("coding.merge-codes", {{"from", "A"}, {"into", "B"}});
  EXPECT_EQ(outcome.notes.size(), 1u);
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), 3);
  EXPECT_EQ(study.Count("SELECT count(*) FROM memo"), 2);
  EXPECT_EQ(study.Count("SELECT count(*) FROM memo WHERE entity_id IN (SELECT id FROM coding UNION SELECT id FROM code)"), 2);
  EXPECT_EQ(study.Text("SELECT path FROM code_path WHERE path LIKE '%Kind'"), "B/Kind");
  EXPECT_TRUE(study.store().Check().empty());
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  EXPECT_NE(study.Refusal("coding.merge-codes", {{"from", "A"}, {"into", "A/Kind"}}), "");
  EXPECT_NE(study.Refusal("coding.merge-codes", {{"from", "A"}, {"into", "A"}}), "");
}

TEST(Codes, DeletePreviewsAndComesBackWhole) {
  CodingStudy study;
  study.AddText("T", "een twee drie vier");
  study.Do("coding.add-code", {{"name", "A/Kind"}});
  study.Do("coding.add-code", {{"name", "B"}});
  study.Code("T", "een", "A");
  study.Code("T", "twee", "A");
  study.Code("T", "twee", "B");
  study.Code("T", "drie", "A/Kind");
  const auto before = study.Dump();
  Job job;
  const auto arguments = study.engine().Parse(study.engine().CommandOf("coding.delete-code").parameters, {{"code", "A"}});
  const auto plan = study.engine().Prepare("coding.delete-code", arguments, job);
  const auto words = study.Words(*plan.preview);
  ASSERT_EQ(words.size(), 3u);
  EXPECT_EQ(words[1], (std::vector<std::string>{"A", "goes", "2", "0"}));
  EXPECT_EQ(words[2], (std::vector<std::string>{"A/Kind", "moves up", "0", "0"}));
  EXPECT_EQ(study.Dump(), before);
  study.Do("coding.delete-code", {{"code", "A"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), 2);
  EXPECT_EQ(study.Count("SELECT count(*) FROM quote"), 2);
  EXPECT_EQ(study.Count("SELECT count(*) FROM span"), 2);
  EXPECT_EQ(study.Text("SELECT path FROM code_path WHERE path LIKE '%Kind'"), "Kind");
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  study.Do("coding.delete-code", {{"code", "A"}, {"with-below", "yes"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM code"), 1);
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), 1);
  EXPECT_TRUE(study.store().Check().empty());
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  study.Redo();
  EXPECT_EQ(study.Count("SELECT count(*) FROM code"), 1);
}

TEST(Codebook, CountsOwnAndBelow) {
  CodingStudy study;
  study.AddInterview("G", {{"Lies", "researcher", "hoe gaat het"}, {"Coach1", "coach", "goed wel"}, {"Mama1", "family", "ook goed dank u"}});
  study.AddInterview("H", {{"Coach1", "coach", "nog eens goed"}});
  study.Do("coding.add-code", {{"name", "A/B"}, {"definition", "d"}});
  study.Code("G", "goed wel", "A");
  study.Code("G", "goed wel", "A/B");
  study.Code("G", "dank u", "A/B");
  study.Code("H", "eens", "A/B");
  study.Code("G", "hoe gaat", "A");
  const auto model = study.See("coding.codebook");
  const auto* a = NodeOf(model, "A");
  const auto* b = NodeOf(model, "B");
  ASSERT_TRUE(a && b);
  const auto numbers = [](const view::Node& node) {
    std::vector<std::int64_t> values;
    for (int i = 0; i < 4; ++i) values.push_back(std::get<std::int64_t>(node.cells[i].value));
    return values;
  };
  EXPECT_EQ(numbers(*a), (std::vector<std::int64_t>{1, 3, 2, 2}));
  EXPECT_EQ(numbers(*b), (std::vector<std::int64_t>{3, 3, 2, 2}));
  EXPECT_EQ(b->parent, a->key);
  EXPECT_EQ(b->rename->command, "coding.rename-code");
  EXPECT_EQ(b->target->view, "coding.retrieve");
  EXPECT_EQ(model.drops[0].command, "coding.move-code");
  EXPECT_TRUE(view::IsEmpty(CodingStudy().See("coding.codebook")));
}

}  // namespace
}  // namespace meerstem::coding::testing
