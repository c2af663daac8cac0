// What a rule set can say, and how it is changed.
#include "plugins/indices/rule_edit.h"

#include <gtest/gtest.h>

#include "tests/plugins/indices/tiny_study.h"

namespace meerstem::indices {
namespace {

Answer Given(int value) { return {Answer::Kind::kKnown, value}; }
const Answer kNever{Answer::Kind::kMissing};
const Answer kNotKnown{Answer::Kind::kUnknown};
const Answer kNoConcern{Answer::Kind::kNotApplicable};

Criterion Three(Across across) { return {.id = "c", .items = {{"a", 2}, {"b", 2}, {"c", 2}}, .across = across}; }
Verdict Of(const Criterion& criterion, const std::vector<Answer>& answers) {
  std::vector<std::vector<Answer>> by_item;
  for (const auto& answer : answers) by_item.push_back({answer});
  return Judge(criterion, by_item).verdict;
}

TEST(Silence, MissingAndUnknownEachHaveTheirRule) {
  Criterion criterion = Three(Across::kAny);
  EXPECT_EQ(Of(criterion, {Given(4), Given(4), kNever}), Verdict::kUnknown);
  criterion.missing = Silence::kLeaveOut;
  EXPECT_EQ(Of(criterion, {Given(4), Given(4), kNever}), Verdict::kSufficient);
  EXPECT_EQ(Of(criterion, {Given(4), Given(4), kNotKnown}), Verdict::kUnknown);
  criterion.unknown = Silence::kLeaveOut;
  EXPECT_EQ(Of(criterion, {Given(4), kNotKnown, kNever}), Verdict::kSufficient);
  EXPECT_EQ(Of(criterion, {kNever, kNotKnown, kNever}), Verdict::kUnknown) << "left out is not sufficient";
  criterion.without_persons = Verdict::kSufficient;
  EXPECT_EQ(Of(criterion, {kNever, kNotKnown, kNever}), Verdict::kUnknown) << "somebody was there";
  EXPECT_EQ(Of(criterion, {kNoConcern, kNoConcern, kNoConcern}), Verdict::kSufficient);
}

TEST(Silence, NotApplicableCanBeSufficient) {
  Criterion criterion = Three(Across::kShare);
  EXPECT_EQ(Of(criterion, {Given(1), kNoConcern, kNoConcern}), Verdict::kInsufficient);
  criterion.not_applicable_is_sufficient = true;
  EXPECT_EQ(Of(criterion, {Given(1), kNoConcern, kNoConcern}), Verdict::kSufficient) << "one of three";
  criterion.share_percent = 33;
  EXPECT_EQ(Of(criterion, {Given(1), kNoConcern, kNoConcern}), Verdict::kInsufficient);
}

TEST(Across, TheMedianIsNotTheMean) {
  EXPECT_EQ(Of(Three(Across::kMedian), {Given(1), Given(3), Given(3)}), Verdict::kSufficient);
  EXPECT_EQ(Of(Three(Across::kMean), {Given(1), Given(2), Given(3)}), Verdict::kInsufficient);
  EXPECT_EQ(Of(Three(Across::kMedian), {Given(2), Given(2), Given(5)}), Verdict::kInsufficient);
  EXPECT_EQ(Of(Three(Across::kMean), {Given(2), Given(2), Given(5)}), Verdict::kSufficient);
}

TEST(RuleEdit, WhatIsWrittenReadsBack) {
  RuleSet rules = ReadRuleSet(Rules(), "three.json");
  rules = WithRule(rules, "", "baseline", "first_complete");
  rules = WithRule(rules, "", "roster", "both");
  rules = WithRule(rules, "", "carried", "unknown");
  rules = WithRule(rules, "", "max_carried_months", "9");
  rules = WithRule(rules, "work", "persons", "named");
  rules = WithRule(rules, "work", "person", "A2");
  rules = WithRule(rules, "home", "across", "share");
  rules = WithRule(rules, "home", "share_percent", "40");
  rules = WithRule(rules, "home", "not_applicable", "sufficient");
  rules = WithItem(rules, "home", "work", 3);
  const RuleSet again = ReadRuleSet(WriteRuleSet(rules), "again");
  EXPECT_EQ(WriteRuleSet(again), WriteRuleSet(rules));
  // Where it comes from is told in the reader's language; a plain text counts as English.
  std::string plain = Rules();
  plain.insert(plain.find('{') + 1, "\"source\": \"Ours\", ");
  EXPECT_EQ(ReadRuleSet(plain, "plain").source, (Localized{{{"en", "Ours"}}}));
  rules.source = {{{"en", "Ours"}, {"nl", "Van ons"}}};
  EXPECT_EQ(ReadRuleSet(WriteRuleSet(rules), "both").source, rules.source);
  EXPECT_TRUE(again.complete_baseline);
  EXPECT_EQ(again.roster, Roster::kBoth);
  EXPECT_FALSE(again.carried_counts);
  EXPECT_EQ(again.max_carried_months, 9);
  EXPECT_EQ(again.criteria[1].person, "A2");
  EXPECT_EQ(again.criteria[0].share_percent, 40);
  EXPECT_EQ(again.criteria[0].items.size(), 2u);
  EXPECT_EQ(again.criteria[0].items[1].insufficient_at_most, 3);
  EXPECT_FALSE(WithRule(again, "", "max_carried_months", "").max_carried_months);
  EXPECT_EQ(NextVersion({"1", "pilot", "7"}), "8");
}

TEST(RuleEdit, EachChangeIsAVersionAndAllIsUndone) {
  Tiny study;
  const std::string before = study.Dump();
  study.Do("indices.set-rule", {{"what", "threshold"}, {"value", "3"}});
  study.Do("indices.set-rule-item", {{"criterion", "home"}, {"item", "home"}, {"insufficient-at-most", "4"}});
  EXPECT_EQ(study.Facts(study.See("indices.outcomes"))["rule_set_version"], "3");
  const auto form = std::get<view::Form>(study.See("indices.edit-rule-set").body);
  EXPECT_EQ(form.fields[0].value.value, Value(std::string("3")));
  EXPECT_EQ(study.Facts(study.See("indices.edit-rule-set", {{"rule-set", "three 1"}}))["rule_set_version"], "1") << "the first stays";
  for (const auto& field : form.fields) {
    ASSERT_TRUE(field.edit) << field.key;
    EXPECT_NE(study.registry().FindCommand(field.edit->command), nullptr);
  }
  study.Undo();
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST(RuleEdit, RefusesInOneSentence) {
  Tiny study;
  EXPECT_EQ(study.Refusal("indices.set-rule", {{"what", "colour"}, {"value", "red"}}),
            "A rule set has no choice “colour”; it has threshold, baseline, follow_up, follow_up_months, max_carried_months, carried, roster, rated_by, rater.");
  EXPECT_EQ(study.Refusal("indices.set-rule", {{"what", "threshold"}, {"value", "many"}}), "“many” is not a whole number.");
  EXPECT_EQ(study.Refusal("indices.set-rule", {{"what", "threshold"}, {"value", "9"}}), "“three”, at threshold: a whole number from 1 to 3 is expected.");
  EXPECT_EQ(study.Refusal("indices.set-rule", {{"criterion", "garden"}, {"what", "persons"}, {"value", "any"}}), "The rule set has no criterion “garden”; it has home, work, school.");
  EXPECT_EQ(study.Refusal("indices.set-rule", {{"what", "threshold"}, {"value", "2"}}), "That is what the rule set says already.");
  EXPECT_EQ(study.Refusal("indices.set-rule-item", {{"criterion", "home"}, {"item", "home"}}), "“three”, at criteria[0].items: a criterion has at least one item.");
  EXPECT_NE(study.Refusal("indices.set-rule-item", {{"criterion", "home"}, {"item", "work"}, {"insufficient-at-most", "2"}}).find("use the level “any” to mix"), std::string::npos);
}

TEST(Roster, WhoJoinedLaterCountsOnlyAsIs) {
  Tiny study;
  study.Registered("J", "2022-01-01", {"home=5", "work@A1=5", "school@K1=5"});
  study.Registered("J", "2022-09-01", {"school@K2=1"});
  study.Write([](Writing& writing) { writing.Do("UPDATE membership SET joined = '2022-05-01' WHERE person_id IN (SELECT id FROM person WHERE pseudonym = 'JK2')"); });
  const auto after = [&] { return study.Words(study.See("indices.scores"))[1][9]; };
  EXPECT_EQ(after(), "1");
  study.Do("indices.set-rule", {{"what", "roster"}, {"value", "both"}});
  EXPECT_EQ(after(), "0");
  study.Do("indices.set-rule", {{"what", "roster"}, {"value", "fixed"}});
  EXPECT_EQ(after(), "0");
}

TEST(Baseline, TheFirstCompleteOneCanBeLater) {
  Tiny study;
  study.Registered("C", "2022-01-01", {"home=1"});
  study.Registered("C", "2022-03-01", {"work@A1=1", "school@K1=5"});
  study.Registered("C", "2022-08-01", {"home=5"});
  study.Registered("C", "2022-09-01", {"work@A1=5"});
  EXPECT_EQ(study.Words(study.See("indices.scores"))[1][2], "01/01/2022");
  study.Do("indices.set-rule", {{"what", "baseline"}, {"value", "first_complete"}});
  const auto row = study.Words(study.See("indices.scores"))[1];
  EXPECT_EQ(row[2], "01/03/2022");
  EXPECT_EQ(row[8], "01/09/2022") << "six months after that";
}

}  // namespace
}  // namespace meerstem::indices
