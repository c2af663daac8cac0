// What the evidence of a finding says at this moment: live quotes, themes and numbers, each with what has changed since.
#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/error.h"
#include "core/study/coded_study.h"
#include "core/study/derive.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core/study/sorting.h"
#include "core/study/sources.h"
#include "plugins/triangulation/ledger.h"
#include "plugins/triangulation/view_value.h"

namespace meerstem::triangulation {
namespace {

std::string BytesOf(const Id& id) { return {id.bytes.begin(), id.bytes.end()}; }

void Gone(Shown& shown, Message why) {
  shown.token = std::nullopt;
  shown.state = view::State::kStale;
  shown.why = std::move(why);
}

}  // namespace

/// What is heard of each theme, by stakeholder type and by all: counted in one sweep, kept until the voices change.
struct ThemeVoices {
  struct Count {
    std::int64_t quotes = 0;
    std::vector<std::uint32_t> people;    ///< Each once.
    std::array<std::uint64_t, 2> sum{};   ///< Of the quotes' ids: the same for the same quotes, in whatever order.
  };
  std::vector<Group> groups;
  std::map<Id, std::size_t> places;       ///< By entity.
  std::vector<Count> all;
  std::vector<std::map<Id, Count>> by_type;
};

namespace {

void Add(ThemeVoices::Count& count, const CodedStudy::Quote& quote, const std::vector<std::uint32_t>& people) {
  ++count.quotes;
  for (const auto person : people) {
    if (std::find(count.people.rbegin(), count.people.rend(), person) == count.people.rend()) count.people.push_back(person);
  }
  std::uint64_t high = 0, low = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    high = high << 8 | quote.id.bytes[i];
    low = low << 8 | quote.id.bytes[8 + i];
  }
  count.sum[0] += high * 0x9E3779B97F4A7C15ull;
  count.sum[1] += (low ^ high) * 0xC2B2AE3D27D4EB4Full;
}

ThemeVoices ReadThemes(Reading& reading, const Dimension& dimension) {
  ThemeVoices voices;
  const auto study = CodedStudyOf(reading);
  const Sorting sorting(reading, dimension, *study);
  voices.groups = sorting.groups();
  voices.all.resize(voices.groups.size());
  voices.by_type.resize(voices.groups.size());
  for (std::size_t i = 0; i < voices.groups.size(); ++i) {
    for (const auto& entity : voices.groups[i].entities) voices.places[entity.id] = i;
  }
  QuoteNumbers numbers;
  std::vector<std::uint32_t> groups;
  for (const auto& place : QuotePlaces(*study, {.include_remarks = false})) {
    const auto& source = study->source(place.source);
    const auto& stock = study->stock(place.source);
    const auto& quote = stock.quotes[place.quote];
    if (!CodedStudy::MayUse(source, stock, quote.turn, quote.range(), Purpose::kAnalysis)) continue;
    NumbersOf(*study, source, stock, quote, false, numbers);
    sorting.Of(place.source, stock, quote, numbers, groups);
    for (const auto group : groups) {
      Add(voices.all[group], quote, numbers.people);
      for (const auto type : numbers.stakeholders) Add(voices.by_type[group][study->frame->stakeholders.ids[type]], quote, numbers.people);
    }
  }
  return voices;
}

}  // namespace

Looking::Looking(const Registry& registry, Reading& reading, Purpose purpose, Job& job) : registry_(registry), reading_(reading), purpose_(purpose), job_(job) {
  for (const auto& type : StakeholderTypes(reading)) stakeholders_[type.id] = type.key;
}
void Looking::Quote(const Evidence& evidence, Shown& shown) {
  if (!evidence.quote) return Gone(shown, Say("The quote is no longer in the study."));
  const SourceSpan span = SpanOf(reading_, *evidence.quote);
  shown.entities = {{"quote", *evidence.quote}};
  shown.target = view::Target{"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}};
  const auto study = CodedStudyOf(reading_);
  const auto number = study->frame->source_numbers.at(span.source);
  const auto& source = study->source(number);
  const auto& stock = study->stock(number);
  if (source.kind == "remark" || source.kind == "literature") {
    shown.voices = {source.kind == "remark" ? "remarks" : "literature"};
  } else {
    const CodedStudy::Quote quote{*evidence.quote, static_cast<std::int32_t>(span.range.start), static_cast<std::int32_t>(span.range.end), CodedStudy::TurnAt(stock, span.range.start), 0, 0};
    for (const auto& type : FactsOf(*study, source, stock, quote, false).stakeholders) shown.voices.push_back(stakeholders_[type]);
  }
  shown.reference = Reference(reading_, span);
  // Whether the words may be shown here does not change what they are.
  shown.token = HashOf(TextOf(reading_, span.source)->Slice(span.range));
  if (MayUse(reading_, span, purpose_)) {
    shown.words = Verbatim(DisplayText(reading_, span, purpose_));
  } else {
    shown.state = view::State::kSuppressed;
    shown.why = Say("No consent for this use.");
  }
}

void Looking::Theme(const Evidence& evidence, Shown& shown) {
  const Dimension* dimension = registry_.FindDimension("theme");
  if (!dimension || !evidence.entity) return Gone(shown, Say("The theme is no longer in the study."));
  const auto themes = Keep<ThemeVoices>(reading_, "triangulation.themes", [&] { return ReadThemes(reading_, *dimension); });
  const auto place = themes->places.find(*evidence.entity);
  if (place == themes->places.end()) return Gone(shown, Say("The theme is no longer in the study."));
  static const ThemeVoices::Count kNothing;
  const ThemeVoices::Count* count = &themes->all[place->second];
  const auto& types = themes->by_type[place->second];
  if (evidence.stakeholder) {
    const auto found = types.find(*evidence.stakeholder);
    count = found == types.end() ? &kNothing : &found->second;
    if (count->quotes > 0) shown.voices = {stakeholders_[*evidence.stakeholder]};
  } else {
    for (const auto& [type, one] : types) shown.voices.push_back(stakeholders_[type]);
  }
  Id token;
  std::memcpy(token.bytes.data(), count->sum.data(), token.bytes.size());
  shown.token = token;
  const Group& group = themes->groups[place->second];
  shown.entities = {{evidence.entity_kind, *evidence.entity}};
  shown.words = Say("Theme “{0}”: {1}, {2}", group.label, SayCount("{0} quote", "{0} quotes", count->quotes),
                    SayCount("{0} person", "{0} people", static_cast<std::int64_t>(count->people.size())));
  if (const EntityKind* kind = registry_.FindKind(evidence.entity_kind); kind && kind->open) shown.target = kind->open(*evidence.entity);
}

void Looking::Number(const Evidence& evidence, Shown& shown) {
  shown.quantitative = true;
  shown.voices = {"numbers"};
  try {
    const ViewValue value = ValueOf(registry_, reading_, evidence.view, evidence.arguments, evidence.row, evidence.column, job_);
    shown.token = value.token;
    shown.target = value.target;
    shown.entities = value.cell.entities;
    shown.reference = value.population;
    shown.what = value.what;
    shown.number = view::Cell{.value = value.cell.value, .state = value.cell.state};
    Message said = std::holds_alternative<Message>(value.cell.value) ? std::get<Message>(value.cell.value) : Message{};
    if (const auto* whole = std::get_if<std::int64_t>(&value.cell.value)) said = Say("{0}", *whole);
    else if (const auto* real = std::get_if<double>(&value.cell.value)) said = Say("{0}", *real);
    else if (const auto* text = std::get_if<std::string>(&value.cell.value)) said = Verbatim(*text);
    else if (const auto* date = std::get_if<Date>(&value.cell.value)) said = Say("{0}", *date);
    if (said.empty() && value.cell.state != view::State::kValue) said = view::StateLabel(value.cell.state);
    shown.words = said.empty() ? value.what : Say("{0}: {1}", value.what, said);
    if (evidence.seen && *evidence.seen != value.token && !evidence.value.empty()) shown.why = Say("It was {0} when it was entered.", evidence.value);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kCancelled) throw;
    Gone(shown, error.message());
    shown.words = Verbatim(evidence.view);
  }
}

void Looking::Literature(const Evidence& evidence, Shown& shown) {
  shown.voices = {"literature"};
  shown.words = Verbatim(evidence.text);
  shown.token = HashOf(evidence.text);
  if (!evidence.source) return;
  shown.reference = Verbatim(GetSource(reading_, *evidence.source).title);
  shown.entities = {{"source", *evidence.source}};
  shown.target = view::Target{"coding.document", {{"source", *evidence.source}}};
}

Shown Looking::At(const Evidence& evidence) {
  Shown shown{.evidence = &evidence};
  if (evidence.kind == "quote") Quote(evidence, shown);
  else if (evidence.kind == "theme") Theme(evidence, shown);
  else if (evidence.kind == "value") Number(evidence, shown);
  else Literature(evidence, shown);
  shown.entities.push_back({"evidence", evidence.id});
  if (shown.token && shown.state == view::State::kValue && evidence.seen && *evidence.seen != *shown.token) {
    shown.state = view::State::kStale;
    if (shown.why.empty()) shown.why = Say("Changed since it was entered.");
  }
  return shown;
}

Standing Looking::At(Finding finding) {
  Standing standing{.finding = std::move(finding)};
  std::string tokens;
  for (const auto& evidence : standing.finding.evidence) {
    standing.shown.push_back(At(evidence));
    const Shown& shown = standing.shown.back();
    tokens += BytesOf(evidence.id) + (shown.token ? BytesOf(*shown.token) : "gone");
  }
  for (const auto& [voice, silence] : standing.finding.silences) tokens += voice + silence.state;
  standing.token = HashOf(tokens);
  if (purpose_ == Purpose::kExport) {
    Finding& own = standing.finding;
    for (auto* words : {&own.construct, &own.statement, &own.quantitative, &own.qualitative, &own.quantitative_category, &own.pillar, &own.qualitative_category, &own.inference}) *words = DisplayWords(reading_, *words);
    for (auto& [voice, silence] : own.silences) silence.note = DisplayWords(reading_, silence.note);
    for (auto& judgement : own.judgements) judgement.rationale = DisplayWords(reading_, judgement.rationale);
    if (own.verdict) own.verdict->rationale = DisplayWords(reading_, own.verdict->rationale);
  }
  return standing;
}

std::vector<Standing> TheLedger(const Registry& registry, Reading& reading, Purpose purpose, Job& job) {
  std::vector<Standing> ledger;
  Looking looking(registry, reading, purpose, job);
  auto findings = Findings(reading);
  ledger.reserve(findings.size());
  for (auto& finding : findings) {
    job.Progress(static_cast<double>(ledger.size()) / static_cast<double>(findings.size()));
    ledger.push_back(looking.At(std::move(finding)));
  }
  return ledger;
}

}  // namespace meerstem::triangulation
