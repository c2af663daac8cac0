// The flow of the whole study: from families that were approached and people who spoke to findings.
#include "core/study/exclusions.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"

namespace meerstem::triangulation {
namespace {

view::Model Build(const Registry& registry, Reading& reading, Job& job) {
  std::vector<view::Row> rows;
  const auto add = [&](std::string key, Message strand, Message step, std::int64_t n, std::optional<view::Target> target, Message why = {}) {
    view::Cell count{.value = n, .why = std::move(why)};
    count.target = target;
    rows.push_back({.key = std::move(key), .cells = {{.value = std::move(strand)}, {.value = std::move(step)}, std::move(count)}, .target = std::move(target)});
  };
  const auto count = [&](const char* sql) { return reading.Number(sql); };
  const auto families = FamiliesOf(registry, reading, job);
  std::int64_t followed = 0, scored = 0;
  for (const auto& family : families->list) {
    followed += family.follow_up.has_value();
    scored += family.change().has_value();
  }
  const Message numbers = Say("Numbers"), voices = Say("Voices"), both = Say("Both");
  const view::Target flow{"registrations.flow", {}};
  add("known", numbers, Say("Families known"), count("SELECT count(*) FROM study_case WHERE subject = 'family'"), flow);
  add("registered", numbers, Say("Families registered"), count("SELECT count(DISTINCT case_id) FROM registration JOIN study_case ON study_case.id = case_id WHERE subject = 'family'"), flow);
  add("kept", numbers, Say("Families kept after cleaning"), CountedFamilies(reading), view::Target{"registrations.cleaning", {}}, SayCount("{0} left out", "{0} left out", ExcludedFamilies(reading)));
  add("followed", numbers, Say("Families followed long enough"), followed, view::Target{"indices.scores", {}});
  add("scored", numbers, Say("Families with an exact score at both"), scored, view::Target{"indices.outcomes", {}});
  add("registrations", numbers, Say("Registrations"), count("SELECT count(*) FROM registration"), view::Target{"registrations.cases", {}});
  add("remarks", numbers, Say("Remarks"), count("SELECT count(*) FROM source WHERE kind = 'remark'"), view::Target{"registrations.remarks", {}});
  add("conversations", voices, Say("Conversations"), count("SELECT count(*) FROM source WHERE kind IN ('interview', 'focus_group')"), view::Target{"documents.overview", {}});
  auto types = reading.Query(
      "SELECT type.key, type.name, count(DISTINCT person.id) FROM stakeholder_type type JOIN person ON person.stakeholder_id = type.id JOIN speaker ON speaker.person_id = person.id "
      "WHERE type.researcher = 0 GROUP BY type.id ORDER BY type.order_key");
  while (types.Step()) add("people/" + types.Text(0), voices, Say("People who spoke: {0}", types.Text(1)), types.Int(2), view::Target{"documents.overview", {}});
  add("quotes", voices, Say("Quotes"), count("SELECT count(*) FROM quote"), view::Target{"coding.retrieve", {}});
  add("codings", voices, Say("Codings"), count("SELECT count(*) FROM coding"), view::Target{"coding.codebook", {}});
  if (const Dimension* themes = registry.FindDimension("theme")) {
    add("themes", voices, Say("Themes"), static_cast<std::int64_t>(GroupNames(reading, *themes).size()), view::Target{"themes.list", {}});
  }
  add("linked", both, Say("Families with a voice and an outcome"), [&] {
    std::int64_t n = 0;
    auto linked = reading.Query(
        "SELECT case_id FROM membership JOIN speaker ON speaker.person_id = membership.person_id WHERE role <> 'coach' UNION SELECT case_id FROM quote_about UNION "
        "SELECT case_id FROM source_about JOIN source ON source.id = source_id WHERE kind <> 'remark'");
    while (linked.Step()) {
      const Family* family = families->Find(linked.GetId(0));
      n += family && family->change();
    }
    return n;
  }(), view::Target{"triangulation.cases", {{"heard", std::int64_t{1}}}});
  add("findings", both, Say("Findings"), count("SELECT count(*) FROM finding"), view::Target{"triangulation.ledger", {}});
  add("resolved", both, Say("Findings with a verdict"), count("SELECT count(DISTINCT finding_id) FROM finding_verdict"), view::Target{"triangulation.ledger", {}});
  view::Model model;
  model.population = About(*families, Say("From families and people to findings"), static_cast<std::int64_t>(families->list.size()));
  model.body = view::Table{{{"strand", Say("Strand")}, {"step", Say("Step")}, {"n", Say("n"), view::ColumnType::kInteger}}, view::MakeRows(std::move(rows))};
  return model;
}

}  // namespace

void AddStudyFlow(Registry& registry) {
  View view{.id = "triangulation.flow", .kind = view::Kind::kTable, .label = Say("Flow of the study"), .help = Say("Both strands from families and people to findings: how many at each step.")};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job& job) { return Build(whole, reading, job); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::triangulation
