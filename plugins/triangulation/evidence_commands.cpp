// Evidence comes into a finding and leaves it again; where a voice is silent, that is said.
#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/command/parse.h"
#include "core/study/deletion.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/ledger.h"
#include "plugins/triangulation/view_value.h"

namespace meerstem::triangulation {
namespace {

Parameter LedToParameter() {
  return {.name = "led-to", .type = ParameterType::kProse, .label = Say("Why here"), .help = Say("Which question led here and where it leads next: the thread from one strand to the other.")};
}
Parameter StakeholderParameter() {
  return {.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .help = Say("Left out: every type that speaks in it."), .entity_kind = "stakeholder"};
}
Parameter EvidenceParameter() {
  return {.name = "evidence", .type = ParameterType::kEntity, .label = Say("Evidence"), .required = true, .entity_kind = "evidence"};
}

/// Puts `evidence` behind what the finding has, with what it says at this moment.
void Insert(Writing& writing, Outcome& outcome, const Id& finding, Evidence evidence) {
  GetFinding(writing, finding);
  const Id id = writing.NewId();
  writing.Do(
      "INSERT INTO finding_evidence (id, finding_id, kind, quote_id, entity_kind, entity_id, stakeholder_id, source_id, view, arguments, view_row, view_column, value, text, led_to, "
      "seen, author_id, at, order_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id, finding, evidence.kind, evidence.quote, evidence.entity_kind, evidence.entity, evidence.stakeholder, evidence.source, evidence.view, evidence.arguments, evidence.row,
      evidence.column, evidence.value, evidence.text, evidence.led_to, evidence.seen, Actor(writing), writing.now(), OrderBehind(writing, "finding_evidence"));
  outcome.created.push_back(id);
}

Command AddQuote() {
  Command command{.id = "triangulation.add-quote", .label = Say("Add a quote to a finding"), .help = Say("A quote, or the selected words, as evidence of the voices.")};
  command.parameters = {FindingParameter(), {.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .entity_kind = "quote"},
                        {.name = "span", .type = ParameterType::kSpan, .label = Say("Selected words")}, LedToParameter()};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto quote = arguments.Entity("quote");
    const auto span = arguments.Span("span");
    if (!quote == !span) throw Refuse("Give a quote, or the words: --quote, or --source with --text.");
    const Id finding = *arguments.Entity("finding");
    for (const auto& evidence : GetFinding(reading, finding).evidence) {
      if (quote && evidence.quote == quote) throw Refuse("This quote stands in the finding already.");
    }
    return Simply([=, led_to = Trim(arguments.Text("led-to"))](Writing& writing, Outcome& outcome) {
      const Id id = quote ? *quote : EnsureQuote(writing, *span);
      const SourceSpan place = SpanOf(writing, id);
      Insert(writing, outcome, finding, {.kind = "quote", .quote = id, .led_to = led_to, .seen = HashOf(TextOf(writing, place.source)->Slice(place.range))});
    });
  };
  return command;
}

Command AddTheme(const Registry& registry) {
  Command command{.id = "triangulation.add-theme", .label = Say("Add a theme to a finding"), .help = Say("A theme with its quotes, of one stakeholder type or of all, as evidence of the voices.")};
  command.parameters = {FindingParameter(), {.name = "theme", .type = ParameterType::kEntity, .label = Say("Theme"), .required = true, .entity_kind = "theme"}, StakeholderParameter(), LedToParameter()};
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    Evidence evidence{.kind = "theme", .entity_kind = "theme", .entity = arguments.Entity("theme"), .stakeholder = arguments.Entity("stakeholder"), .led_to = Trim(arguments.Text("led-to"))};
    evidence.seen = Looking(whole, reading, Purpose::kScreen, job).At(evidence).token;
    return Simply([evidence, finding = *arguments.Entity("finding")](Writing& writing, Outcome& outcome) { Insert(writing, outcome, finding, evidence); });
  };
  return command;
}

/// Views that are made from the ledger would be evidence for themselves.
bool MayBeEvidence(const View& view) {
  static const std::set<std::string> kOfTheLedger = {"triangulation.ledger", "triangulation.agreement", "triangulation.completeness", "triangulation.side-by-side", "triangulation.pillars",
                                                     "triangulation.thread", "triangulation.labels"};
  return !kOfTheLedger.contains(view.id) && (view.kind == view::Kind::kTable || view.kind == view::Kind::kMatrix || view.kind == view::Kind::kChart);
}

Command AddValue(const Registry& registry) {
  Command command{.id = "triangulation.add-value", .label = Say("Add a number to a finding"), .help = Say("A cell of a view, or a whole view, as evidence of the numbers; the value as it stands is kept beside it.")};
  Parameter view{.name = "view", .type = ParameterType::kChoice, .label = Say("View"), .required = true};
  view.study_choices = [&whole = registry.whole()](Reading&) {
    std::vector<Choice> choices;
    for (const auto& each : whole.views()) {
      if (MayBeEvidence(each)) choices.push_back({each.id, each.label});
    }
    return choices;
  };
  command.parameters = {FindingParameter(), view,
                        {.name = "with", .label = Say("Settings of the view"), .help = Say("name=value, as on the console: rows=theme. May be repeated."), .list = true},
                        {.name = "row", .label = Say("Row"), .help = Say("Its key or what its first cell says; total where there is one.")},
                        {.name = "column", .label = Say("Column"), .help = Say("Its key; total where there is one.")}, LedToParameter()};
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    Evidence evidence{.kind = "value", .view = arguments.Text("view"), .arguments = JoinSettings(arguments.Texts("with")), .row = arguments.Text("row"), .column = arguments.Text("column"),
                      .led_to = Trim(arguments.Text("led-to"))};
    const ViewValue value = ValueOf(whole, reading, evidence.view, evidence.arguments, evidence.row, evidence.column, job);
    evidence.value = value.plain;
    evidence.seen = value.token;
    return Simply([evidence, finding = *arguments.Entity("finding")](Writing& writing, Outcome& outcome) { Insert(writing, outcome, finding, evidence); });
  };
  return command;
}

Command AddLiterature() {
  Command command{.id = "triangulation.add-literature", .label = Say("Add what earlier studies found"), .help = Say("A finding of the literature as a voice of its own, with the source where it stands.")};
  command.parameters = {FindingParameter(), {.name = "text", .type = ParameterType::kProse, .label = Say("What was found"), .required = true},
                        {.name = "reference", .type = ParameterType::kEntity, .label = Say("Source"), .entity_kind = "source"}, LedToParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string text = RequireText(arguments, "text", Say("Say with --text what was found."));
    return Simply([arguments, text](Writing& writing, Outcome& outcome) {
      Insert(writing, outcome, *arguments.Entity("finding"),
             {.kind = "literature", .source = arguments.Entity("reference"), .text = text, .led_to = Trim(arguments.Text("led-to")), .seen = HashOf(text)});
    });
  };
  return command;
}

/// The stored evidence of an id, by way of its finding.
Evidence GetEvidence(Reading& reading, const Id& id) {
  auto row = reading.Query("SELECT finding_id FROM finding_evidence WHERE id = ?", id);
  if (row.Step()) {
    for (auto& evidence : GetFinding(reading, row.GetId(0)).evidence) {
      if (evidence.id == id) return evidence;
    }
  }
  throw Refuse("This evidence is no longer in the ledger.");
}

Command RemoveEvidence() {
  Command command{.id = "triangulation.remove-evidence", .label = Say("Take evidence out of a finding"), .help = Say("The quote, theme or view itself stays.")};
  command.parameters = {EvidenceParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Evidence evidence = GetEvidence(writing, *arguments.Entity("evidence"));
      DeleteEntity(writing, "finding_evidence", evidence.id);
      if (evidence.quote) DropLooseQuotes(writing, {*evidence.quote});
    });
  };
  return command;
}

Command AcceptEvidence(const Registry& registry) {
  Command command{.id = "triangulation.accept-evidence", .label = Say("Accept evidence as it stands now"),
                  .help = Say("Takes the mark of change away: the words or the value of today are what counts. Judgements keep their mark.")};
  command.parameters = {EvidenceParameter()};
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const Evidence evidence = GetEvidence(reading, *arguments.Entity("evidence"));
    const Shown shown = Looking(whole, reading, Purpose::kScreen, job).At(evidence);
    if (!shown.token) throw Refuse("There is nothing to accept: {0}", shown.why);
    std::string value = evidence.value;
    if (evidence.kind == "value") value = ValueOf(whole, reading, evidence.view, evidence.arguments, evidence.row, evidence.column, job).plain;
    return Simply([id = evidence.id, token = *shown.token, value](Writing& writing, Outcome&) { writing.Do("UPDATE finding_evidence SET seen = ?, value = ? WHERE id = ?", token, value, id); });
  };
  return command;
}

Command MarkSilent() {
  Command command{.id = "triangulation.mark-silent", .label = Say("Mark a voice as silent"), .help = Say("Asked and silent is not the same as never asked; a mark is taken away with --state none.")};
  Parameter voice{.name = "voice", .type = ParameterType::kChoice, .label = Say("Voice"), .required = true};
  voice.study_choices = [](Reading& reading) {
    std::vector<Choice> choices;
    for (const auto& each : VoicesOfStudy(reading)) choices.push_back({each.key, each.label});
    return choices;
  };
  command.parameters = {FindingParameter(), voice,
                        {.name = "state", .type = ParameterType::kChoice, .label = Say("What it is"), .required = true,
                         .choices = {{"silent", Say("asked and silent")}, {"not_asked", Say("not asked")}, {"none", Say("no mark")}}},
                        {.name = "note", .label = Say("Note")}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const Id finding = GetFinding(writing, *arguments.Entity("finding")).id;
      const std::string key = arguments.Text("voice"), state = arguments.Text("state");
      writing.Do("DELETE FROM finding_silence WHERE finding_id = ? AND voice = ?", finding, key);
      if (state == "none") return;
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO finding_silence (id, finding_id, voice, state, note) VALUES (?, ?, ?, ?, ?)", outcome.created.back(), finding, key, state, Trim(arguments.Text("note")));
    });
  };
  return command;
}

}  // namespace

void AddEvidenceCommands(Registry& registry) {
  registry.Add(AddQuote());
  registry.Add(AddTheme(registry));
  registry.Add(AddValue(registry));
  registry.Add(AddLiterature());
  registry.Add(RemoveEvidence());
  registry.Add(AcceptEvidence(registry));
  registry.Add(MarkSilent());
}

}  // namespace meerstem::triangulation
