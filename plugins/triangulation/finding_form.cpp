// One finding as a form: its texts, the evidence of each voice as it stands now, judgements and verdict.
#include <algorithm>

#include "core/base/clock.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/ledger.h"

namespace meerstem::triangulation {
namespace {

class FindingForm {
 public:
  FindingForm(Reading& reading, const Standing& standing) : reading_(reading), standing_(standing), finding_(standing.finding) {}

  view::Form Build() {
    form_.sections = {{"finding", Say("Finding")}, {"numbers", Say("Evidence of the numbers")}, {"voices", Say("Evidence of the voices")}, {"silent", Say("Silent or not asked")},
                      {"judgements", Say("Judgements")}, {"inference", Say("What both together mean")}};
    Text("construct", Say("Construct"), finding_.construct, ParameterType::kText);
    Text("statement", Say("Finding"), finding_.statement);
    Text("quantitative", Say("What the numbers say"), finding_.quantitative);
    Text("qualitative", Say("What the voices say"), finding_.qualitative);
    Text("quantitative-category", Say("Category of the numbers"), finding_.quantitative_category, ParameterType::kText);
    Text("pillar", Say("Pillar"), finding_.pillar, ParameterType::kText);
    Text("qualitative-category", Say("Category of the voices"), finding_.qualitative_category, ParameterType::kText);
    for (const auto& shown : standing_.shown) Evidence(shown);
    Silences();
    Judgements();
    view::Field inference{.key = "inference", .section = "inference", .label = Say("Meta-inference"), .type = ParameterType::kProse};
    inference.value = finding_.inference.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = finding_.inference};
    if (standing_.Stale(finding_.inference_seen)) inference.value = {.value = finding_.inference, .state = view::State::kStale, .why = Say("The evidence has changed since it was written.")};
    inference.edit = view::Edit{"triangulation.infer", {{"finding", finding_.id}}, "inference", ParameterType::kProse, {}};
    form_.fields.push_back(std::move(inference));
    const Arguments bound{{"finding", finding_.id}};
    form_.actions = {{Say("Add a number to a finding"), "triangulation.add-value", bound}, {Say("Add a theme to a finding"), "triangulation.add-theme", bound},
                     {Say("Add a quote to a finding"), "triangulation.add-quote", bound}, {Say("Add what earlier studies found"), "triangulation.add-literature", bound},
                     {Say("Mark a voice as silent"), "triangulation.mark-silent", bound}, {Say("Judge how the strands fit"), "triangulation.judge", bound},
                     {Say("Resolve the verdict"), "triangulation.resolve", bound}};
    return std::move(form_);
  }

 private:
  void Text(const std::string& parameter, Message label, const std::string& text, ParameterType type = ParameterType::kProse) {
    view::Field field{.key = parameter, .section = "finding", .label = std::move(label), .type = type};
    field.value = text.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = text};
    field.edit = view::Edit{"triangulation.set-finding", {{"finding", finding_.id}}, parameter, type, {}};
    form_.fields.push_back(std::move(field));
  }

  void Evidence(const Shown& shown) {
    const auto& evidence = *shown.evidence;
    view::Field field{.key = ToString(evidence.id), .section = shown.quantitative ? "numbers" : "voices", .type = ParameterType::kProse};
    field.label = shown.reference.empty() || shown.quantitative ? KindLabel(evidence) : shown.reference;
    if (shown.quantitative) field.help = shown.reference;
    field.value.value = shown.state == view::State::kSuppressed ? Value{} : Value{shown.words};
    field.value.state = shown.state;
    field.value.why = shown.why;
    field.value.target = shown.target;
    field.entities = shown.entities;
    if (!evidence.led_to.empty()) field.remark_text = Verbatim(evidence.led_to);
    const Arguments bound{{"evidence", evidence.id}};
    if (shown.state == view::State::kStale && shown.token) field.actions.push_back({Say("Accept evidence as it stands now"), "triangulation.accept-evidence", bound});
    field.actions.push_back({Say("Take evidence out of a finding"), "triangulation.remove-evidence", bound});
    form_.fields.push_back(std::move(field));
  }

  static Message KindLabel(const struct Evidence& evidence) {
    if (evidence.kind == "quote") return Say("Quote");
    if (evidence.kind == "theme") return Say("Theme");
    if (evidence.kind == "value") return Say("Number");
    return Say("Earlier studies");
  }

  void Silences() {
    for (const auto& voice : VoicesOfStudy(reading_)) {
      const bool speaks = std::any_of(standing_.shown.begin(), standing_.shown.end(), [&](const Shown& shown) { return std::find(shown.voices.begin(), shown.voices.end(), voice.key) != shown.voices.end(); });
      if (speaks) continue;
      view::Field field{.key = "silent/" + voice.key, .section = "silent", .label = voice.label, .type = ParameterType::kChoice};
      field.choices = {{"silent", Say("asked and silent")}, {"not_asked", Say("not asked")}, {"none", Say("no mark")}};
      const auto found = finding_.silences.find(voice.key);
      field.value = found == finding_.silences.end() ? view::Cell{.state = view::State::kEmpty, .why = voice.heard ? Message{} : Say("Nobody heard.")} : view::Cell{.value = found->second.state};
      if (found != finding_.silences.end() && !found->second.note.empty()) field.value.why = Verbatim(found->second.note);
      field.edit = view::Edit{"triangulation.mark-silent", {{"finding", finding_.id}, {"voice", voice.key}}, "state", ParameterType::kChoice, field.choices};
      form_.fields.push_back(std::move(field));
    }
  }

  void Judged(const std::string& key, Message label, const Judgement& judgement) {
    view::Field field{.key = key, .section = "judgements", .label = std::move(label)};
    field.value = {.value = Verbatim(judgement.label.name), .colour = FitColour(judgement.label.fit), .glyph = FitGlyph(judgement.label.fit)};
    if (standing_.Stale(judgement.seen)) {
      field.value.state = view::State::kStale;
      field.value.why = Say("The evidence has changed since {0}.", DayOf(judgement.at));
    }
    if (!judgement.rationale.empty()) field.remark_text = Verbatim(judgement.rationale);
    form_.fields.push_back(std::move(field));
  }

  void Judgements() {
    for (const auto& judgement : finding_.judgements) {
      if (Revealed(finding_)) {
        Judged(ToString(judgement.id), Verbatim(judgement.name), judgement);
        continue;
      }
      view::Field field{.key = ToString(judgement.id), .section = "judgements", .label = Verbatim(judgement.name)};
      field.value = {.value = Say("has judged; hidden until a second analyst has")};
      form_.fields.push_back(std::move(field));
    }
    if (finding_.verdict) Judged("verdict", Revealed(finding_) ? Say("Verdict") : Say("Verdict (by one analyst alone)"), *finding_.verdict);
    else form_.fields.push_back({.key = "verdict", .section = "judgements", .label = Say("Verdict"), .value = {.state = view::State::kEmpty, .why = Say("Not resolved yet.")}});
  }

  Reading& reading_;
  const Standing& standing_;
  const Finding& finding_;
  view::Form form_;
};

}  // namespace

void AddFindingForm(Registry& registry) {
  View view{.id = "triangulation.finding", .kind = view::Kind::kForm, .label = Say("A finding"), .help = Say("One finding: evidence as it stands now, who judged, the verdict, what both strands mean together.")};
  Parameter finding = FindingParameter();
  finding.required = false;
  view.parameters = {finding};
  view.in_navigator = false;
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    view::Model model;
    model.empty = Say("Choose a finding of the ledger.");
    model.actions = {{Say("New finding"), "triangulation.add-finding", {}}};
    if (!arguments.Has("finding")) {
      model.body = view::Form{};
      return model;
    }
    const Standing standing = Looking(whole, reading, Purpose::kAnalysis, job).At(GetFinding(reading, *arguments.Entity("finding")));
    model.title = Say("Finding: {0}", standing.finding.construct);
    model.population.description = Say("Evidence as it stands now; what has changed since it was entered is marked");
    model.population.facts = {{"evidence", Say("Pieces of evidence"), static_cast<std::int64_t>(standing.shown.size())}};
    model.body = FindingForm(reading, standing).Build();
    return model;
  };
  registry.Add(std::move(view));
  registry.Add(Workspace{"triangulation.ledger-beside-finding", Say("Ledger beside a finding"), {{.view = "triangulation.ledger", .link = ""}, {.view = "triangulation.finding", .link = "finding"}}});
}

}  // namespace meerstem::triangulation
