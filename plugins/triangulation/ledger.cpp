#include "plugins/triangulation/ledger.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/study/instruments.h"
#include "core/study/people.h"

namespace meerstem::triangulation {
namespace {

Label ReadLabel(const Statement& row, int first) {
  return {row.GetId(first), row.Text(first + 1), ReadLocalized(row.Text(first + 2)), ReadLocalized(row.Text(first + 3)), row.Text(first + 4)};
}

constexpr const char* kFinding =
    "SELECT id, construct, statement, quantitative, qualitative, quantitative_category, pillar, qualitative_category, inference, inference_seen FROM finding ";

Finding ReadFinding(const Statement& row) {
  Finding finding{row.GetId(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Text(8), row.MaybeId(9), {}, {}, {}, {}};
  return finding;
}

/// What hangs on the findings, each table in one read.
void Fill(Reading& reading, std::vector<Finding>& findings, const std::optional<Id>& only) {
  std::map<Id, Finding*> places;
  for (auto& finding : findings) places[finding.id] = &finding;
  const auto place = [&](const Id& id) { return places.contains(id) ? places[id] : nullptr; };
  auto evidence = reading.Query(
      "SELECT finding_id, id, kind, quote_id, entity_kind, entity_id, stakeholder_id, source_id, view, arguments, view_row, view_column, value, text, led_to, seen, author_id, at "
      "FROM finding_evidence WHERE ?1 IS NULL OR finding_id = ?1 ORDER BY order_key, id",
      only);
  while (evidence.Step()) {
    if (Finding* finding = place(evidence.GetId(0))) {
      finding->evidence.push_back({evidence.GetId(1), evidence.Text(2), evidence.MaybeId(3), evidence.Text(4), evidence.MaybeId(5), evidence.MaybeId(6), evidence.MaybeId(7),
                                   evidence.Text(8), evidence.Text(9), evidence.Text(10), evidence.Text(11), evidence.Text(12), evidence.Text(13), evidence.Text(14),
                                   evidence.MaybeId(15), evidence.MaybeId(16), evidence.Int(17)});
    }
  }
  for (const bool verdict : {false, true}) {
    const std::string table = verdict ? "finding_verdict" : "finding_judgement";
    auto rows = reading.Query("SELECT finding_id, judged.id, researcher_id, ifnull(researcher.name, ''), label.id, label.key, label.name, label.definition, label.fit, rationale, seen, at FROM " + table +
                                  " judged JOIN finding_label label ON label.id = label_id LEFT JOIN researcher ON researcher.id = researcher_id WHERE ?1 IS NULL OR finding_id = ?1 ORDER BY at, judged.id",
                              only);
    while (rows.Step()) {
      Finding* finding = place(rows.GetId(0));
      if (!finding) continue;
      Judgement judgement{rows.GetId(1), rows.GetId(2), rows.Text(3), ReadLabel(rows, 4), rows.Text(9), rows.GetId(10), rows.Int(11)};
      if (verdict) finding->verdict = std::move(judgement);
      else finding->judgements.push_back(std::move(judgement));
    }
  }
  auto silences = reading.Query("SELECT finding_id, voice, state, note FROM finding_silence WHERE ?1 IS NULL OR finding_id = ?1", only);
  while (silences.Step()) {
    if (Finding* finding = place(silences.GetId(0))) finding->silences[silences.Text(1)] = {silences.Text(2), silences.Text(3)};
  }
}

}  // namespace

std::vector<Label> Labels(Reading& reading) {
  std::vector<Label> labels;
  auto rows = reading.Query("SELECT id, key, name, definition, fit FROM finding_label ORDER BY order_key, id");
  while (rows.Step()) labels.push_back(ReadLabel(rows, 0));
  return labels;
}

Label LabelOfKey(Reading& reading, const std::string& key) {
  std::string keys;
  for (auto& label : Labels(reading)) {
    if (label.key == key) return label;
    keys += (keys.empty() ? "" : ", ") + label.key;
  }
  throw Refuse("There is no label “{0}”; there is {1}.", key, keys);
}

Parameter LabelParameter() {
  Parameter parameter{.name = "label", .type = ParameterType::kChoice, .label = Say("Label"), .required = true};
  parameter.study_choices = [](Reading& reading) {
    std::vector<Choice> choices;
    for (const auto& label : Labels(reading)) choices.push_back({label.key, Verbatim(label.name)});
    return choices;
  };
  return parameter;
}

namespace {

struct Fit {
  const char* key;
  const char* glyph;
  const char* colour;
};
/// Okabe–Ito, light enough for words upon them.
constexpr Fit kFits[] = {{"agreement", "=", "#B9E3D5"}, {"partial", "≈", "#D5EEF9"}, {"complementarity", "+", "#FBF3B0"}, {"dissonance", "≠", "#F4C6A8"}, {"silence", "∅", "#E4E4E4"}};

const Fit& FitOf(const std::string& key) {
  const auto found = std::find_if(std::begin(kFits), std::end(kFits), [&](const Fit& fit) { return fit.key == key; });
  return found == std::end(kFits) ? kFits[4] : *found;
}

}  // namespace

const char* FitGlyph(const std::string& fit) { return FitOf(fit).glyph; }
const char* FitColour(const std::string& fit) { return FitOf(fit).colour; }

Message FitName(const std::string& fit) {
  if (fit == "agreement") return Say("Agreement");
  if (fit == "partial") return Say("Partial agreement");
  if (fit == "complementarity") return Say("Complementarity");
  if (fit == "dissonance") return Say("Dissonance");
  return Say("Silence");
}

std::vector<Choice> FitChoices() {
  std::vector<Choice> choices;
  for (const auto& fit : kFits) choices.push_back({fit.key, FitName(fit.key)});
  return choices;
}

std::vector<Finding> Findings(Reading& reading) {
  std::vector<Finding> findings;
  auto rows = reading.Query(std::string(kFinding) + "ORDER BY order_key, id");
  while (rows.Step()) findings.push_back(ReadFinding(rows));
  Fill(reading, findings, std::nullopt);
  return findings;
}

Finding GetFinding(Reading& reading, const Id& id) {
  std::vector<Finding> findings;
  {
    auto row = reading.Query(std::string(kFinding) + "WHERE id = ?", id);
    if (!row.Step()) throw Refuse("This finding is no longer in the ledger.");
    findings.push_back(ReadFinding(row));
  }
  Fill(reading, findings, id);
  return std::move(findings.front());
}

Parameter FindingParameter() {
  return {.name = "finding", .type = ParameterType::kEntity, .label = Say("Finding"), .required = true, .entity_kind = "finding"};
}

std::vector<Voice> VoicesOfStudy(Reading& reading) {
  std::vector<Voice> voices = {{"numbers", Say("Numbers"), reading.Number("SELECT EXISTS (SELECT 1 FROM registration)") > 0}};
  std::set<Id> heard;
  auto rows = reading.Query(
      "SELECT DISTINCT ifnull(person.stakeholder_id, source.stakeholder_id) FROM source LEFT JOIN speaker ON speaker.source_id = source.id "
      "LEFT JOIN person ON person.id = speaker.person_id WHERE source.kind <> 'remark' AND source.kind <> 'literature'");
  while (rows.Step()) {
    if (!rows.IsNull(0)) heard.insert(rows.GetId(0));
  }
  for (const auto& type : StakeholderTypes(reading)) {
    if (!type.researcher) voices.push_back({type.key, Verbatim(type.name), heard.contains(type.id)});
  }
  voices.push_back({"remarks", Say("Remarks"), reading.Number("SELECT EXISTS (SELECT 1 FROM source WHERE kind = 'remark')") > 0});
  voices.push_back({"literature", Say("Literature"), true});
  return voices;
}

}  // namespace meerstem::triangulation
