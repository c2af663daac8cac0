// Two analysts judge how the strands fit, each without seeing the other; then one verdict is resolved.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/statistics/agreement.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/ledger.h"

namespace meerstem::triangulation {
namespace {

Parameter RationaleParameter() { return {.name = "rationale", .type = ParameterType::kProse, .label = Say("Rationale")}; }

Command Judge(const Registry& registry) {
  Command command{.id = "triangulation.judge", .label = Say("Judge how the strands fit"),
                  .help = Say("Your own judgement; nobody sees it until two analysts have judged. Until then you may judge anew, afterwards the verdict is resolved.")};
  command.parameters = {FindingParameter(), LabelParameter(), RationaleParameter()};
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const Standing standing = Looking(whole, reading, Purpose::kScreen, job).At(GetFinding(reading, *arguments.Entity("finding")));
    if (standing.finding.evidence.empty()) throw Refuse("“{0}” has no evidence yet; there is nothing to judge.", standing.finding.construct);
    return Simply([arguments, token = standing.token](Writing& writing, Outcome& outcome) {
      const auto actor = Actor(writing);
      if (!actor) throw Refuse("A judgement has an author; say who you are.");
      const Finding finding = GetFinding(writing, *arguments.Entity("finding"));
      if (Revealed(finding)) throw Refuse("Two analysts have judged “{0}” and can see each other's judgement; what changes now is the verdict (triangulation.resolve).", finding.construct);
      if (finding.verdict) throw Refuse("“{0}” has a verdict already: a judgement now would not be independent.", finding.construct);
      const Label label = LabelOfKey(writing, arguments.Text("label"));
      writing.Do("DELETE FROM finding_judgement WHERE finding_id = ? AND researcher_id = ?", finding.id, *actor);
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO finding_judgement (id, finding_id, researcher_id, label_id, rationale, seen, at) VALUES (?, ?, ?, ?, ?, ?, ?)", outcome.created.back(), finding.id, *actor,
                 label.id, Trim(arguments.Text("rationale")), token, writing.now());
      const auto judged = writing.Number("SELECT count(*) FROM finding_judgement WHERE finding_id = ?", finding.id);
      outcome.notes.push_back(judged < static_cast<std::int64_t>(kAnalysts) ? Say("Kept, and hidden until a second analyst has judged.") : Say("Two analysts have judged: their judgements can be seen now."));
    });
  };
  return command;
}

Command Resolve(const Registry& registry) {
  Command command{.id = "triangulation.resolve", .label = Say("Resolve the verdict"), .help = Say("The label on which the analysts agree after having seen both judgements, and why.")};
  command.parameters = {FindingParameter(), LabelParameter(), RationaleParameter(),
                        {.name = "alone", .type = ParameterType::kBoolean, .label = Say("By one analyst alone"), .help = Say("Where nobody else will judge; the verdict says so.")}};
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const Standing standing = Looking(whole, reading, Purpose::kScreen, job).At(GetFinding(reading, *arguments.Entity("finding")));
    if (standing.finding.evidence.empty()) throw Refuse("“{0}” has no evidence yet; there is nothing to judge.", standing.finding.construct);
    return Simply([arguments, token = standing.token](Writing& writing, Outcome& outcome) {
      const Finding finding = GetFinding(writing, *arguments.Entity("finding"));
      if (!Revealed(finding) && !arguments.Flag("alone")) {
        throw Refuse("{0} of {1} analysts have judged “{2}”; a verdict comes after that, or with --alone.", finding.judgements.size(), kAnalysts, finding.construct);
      }
      const Label label = LabelOfKey(writing, arguments.Text("label"));
      writing.Do("DELETE FROM finding_verdict WHERE finding_id = ?", finding.id);
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO finding_verdict (id, finding_id, researcher_id, label_id, rationale, seen, at) VALUES (?, ?, ?, ?, ?, ?, ?)", outcome.created.back(), finding.id, Actor(writing),
                 label.id, Trim(arguments.Text("rationale")), token, writing.now());
    });
  };
  return command;
}

view::Cell Undefined(Message why) { return {.state = view::State::kUndefined, .why = std::move(why)}; }

view::Model Agreement(Reading& reading) {
  const auto findings = Findings(reading);
  const auto labels = Labels(reading);
  const auto place = [&](const Label& label) {
    return static_cast<std::size_t>(std::find_if(labels.begin(), labels.end(), [&](const Label& each) { return each.id == label.id; }) - labels.begin());
  };
  struct Pair {
    std::vector<std::size_t> one, other;
    std::vector<view::Entity> differ;
  };
  std::map<std::pair<std::string, std::string>, Pair> pairs;
  std::int64_t judged = 0;
  for (const auto& finding : findings) {
    if (!Revealed(finding)) continue;
    ++judged;
    auto both = finding.judgements;
    std::sort(both.begin(), both.end(), [](const Judgement& a, const Judgement& b) { return a.name < b.name; });
    for (std::size_t a = 0; a < both.size(); ++a) {
      for (std::size_t b = a + 1; b < both.size(); ++b) {
        Pair& pair = pairs[{both[a].name, both[b].name}];
        pair.one.push_back(place(both[a].label));
        pair.other.push_back(place(both[b].label));
        if (both[a].label.id != both[b].label.id) pair.differ.push_back({"finding", finding.id});
      }
    }
  }
  std::vector<view::Row> rows;
  for (const auto& [names, pair] : pairs) {
    const auto agreement = statistics::CohenKappa(pair.one, pair.other);
    view::Row row{.key = names.first + "/" + names.second, .entities = pair.differ};
    row.cells = {{.value = names.first}, {.value = names.second}, {.value = agreement->n}, {.value = agreement->agreed}, {.value = 100 * agreement->observed}};
    if (!agreement->kappa) row.cells.push_back(Undefined(Say("Both used one and the same label throughout: agreement by chance is certain.")));
    else row.cells.push_back({.value = *agreement->kappa});
    if (!agreement->kappa || !agreement->error) row.cells.push_back(Undefined(Say("There is no κ, or it does not vary.")));
    else row.cells.push_back({.value = *agreement->error});
    row.cells.push_back({.value = static_cast<std::int64_t>(pair.differ.size())});
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.body = view::Table{{{"first", Say("First analyst")},
                            {"second", Say("Second analyst")},
                            {"n", Say("n (judged by both)"), view::ColumnType::kInteger},
                            {"agreed", Say("Same label"), view::ColumnType::kInteger},
                            {"percent", Say("Agreement (%)"), view::ColumnType::kPercent},
                            {"kappa", Say("Cohen's κ"), view::ColumnType::kReal},
                            {"error", Say("Standard error"), view::ColumnType::kReal},
                            {"differ", Say("Different labels"), view::ColumnType::kInteger}},
                           view::MakeRows(std::move(rows))};
  model.population.description = Say("Findings that two analysts judged independently");
  model.population.facts = {{"findings", Say("Findings"), static_cast<std::int64_t>(findings.size())}, {"judged", Say("Judged by two"), judged}};
  model.notes = {Say("κ compares with what the same use of the labels would give by chance; with few findings it moves with every one of them. Labels count as unordered. These are the first, "
                     "independent judgements, not the resolved verdicts.")};
  model.empty = Say("No finding has been judged by two analysts yet.");
  return model;
}

}  // namespace

void AddJudging(Registry& registry) {
  registry.Add(Judge(registry));
  registry.Add(Resolve(registry));
  View view{.id = "triangulation.agreement", .kind = view::Kind::kTable, .label = Say("Agreement of the analysts"),
            .help = Say("How often two analysts gave a finding the same label before they saw each other's: percent and Cohen's κ.")};
  view.build = [](Reading& reading, const Arguments&, Job&) { return Agreement(reading); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::triangulation
