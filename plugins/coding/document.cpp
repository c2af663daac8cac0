// coding.document: one source with its speakers and the codings of it.
#include <algorithm>

#include "core/base/error.h"
#include "core/study/places.h"
#include "plugins/coding/lanes.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

/// The runs of a text with the speaker labels told apart; `hidden` labels are shown as nothing.
std::vector<view::Run> WithLabels(const std::vector<view::Run>& shown, const Text& text, const std::vector<StoredTurn>& turns, bool hide_interviewer) {
  std::vector<view::Run> runs;
  auto turn = turns.begin();
  for (const auto& run : shown) {
    if (run.role != view::Run::Role::kWords) {
      while (turn != turns.end() && turn->label.end <= run.stored.start) ++turn;
      const bool in_label = turn != turns.end() && turn->label.start <= run.stored.start && turn->label.end >= run.stored.end;
      if (in_label && hide_interviewer && turn->researcher) runs.push_back({{}, run.stored, view::Run::Role::kHidden});
      else runs.push_back(run);
      continue;
    }
    std::int64_t at = run.stored.start;
    const auto add = [&](std::int64_t end, view::Run::Role role) {
      if (at < end) runs.push_back({role == view::Run::Role::kHidden ? std::string() : std::string(text.Slice({at, end})), {at, end}, role});
      at = std::max(at, end);
    };
    while (turn != turns.end() && turn->label.end <= at) ++turn;
    for (auto next = turn; next != turns.end() && next->label.start < run.stored.end; ++next) {
      if (next->label.empty()) continue;
      add(std::min(next->label.start, run.stored.end), view::Run::Role::kWords);
      const bool hide = hide_interviewer && next->researcher;
      add(std::min(next->label.end, run.stored.end), hide ? view::Run::Role::kHidden : view::Run::Role::kLabel);
    }
    add(run.stored.end, view::Run::Role::kWords);
  }
  return runs;
}

/// Touches the words of somebody who withdrew: what was made of them is not shown either.
bool IsWithdrawn(const std::vector<StoredTurn>& turns, const Range& range) {
  return std::any_of(turns.begin(), turns.end(), [&](const StoredTurn& turn) { return turn.withdrawn && turn.words.Overlaps(range); });
}

void AddMarks(Reading& reading, const Id& source, const std::vector<StoredTurn>& turns, const std::vector<Id>& coders, const std::vector<Id>& codes, view::CodedText& body) {
  const auto has = [](const std::vector<Id>& wanted, const Id& id) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), id) != wanted.end();
  };
  const auto wanted_codes = WithDescendants(reading, codes);
  std::vector<view::Mark> marks;
  std::vector<Range> ranges;
  auto rows = reading.Query(
      "SELECT coding.id, quote.id, code.id, code_path.path, code.colour, span.start, span.end, researcher.name, coder_id "
      "FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id JOIN code ON code.id = coding.code_id "
      "JOIN code_path ON code_path.id = code.id LEFT JOIN researcher ON researcher.id = coder_id "
      "WHERE span.source_id = ? ORDER BY coding.at, coding.id",
      source);
  while (rows.Step()) {
    if (!has(coders, rows.GetId(8)) || !has(wanted_codes, rows.GetId(2)) || IsWithdrawn(turns, {rows.Int(5), rows.Int(6)})) continue;
    view::Mark mark;
    mark.key = ToString(rows.GetId(0));
    mark.range = {rows.Int(5), rows.Int(6)};
    mark.code = Verbatim(rows.Text(3));
    mark.colour = rows.Text(4);
    mark.coder = Verbatim(rows.Text(7));
    mark.entities = {{"coding", rows.GetId(0)}, {"quote", rows.GetId(1)}, {"code", rows.GetId(2)}};
    ranges.push_back(mark.range);
    marks.push_back(std::move(mark));
  }
  const Lanes lanes = AllocateLanes(ranges);
  body.lanes = lanes.count;
  for (const auto index : lanes.order) {
    marks[index].lane = lanes.lane[index];
    body.marks.push_back(std::move(marks[index]));
  }
}

/// A badge where a memo is about the source, a quote or a coding of it.
void AddBadges(Reading& reading, const Id& source, const std::vector<StoredTurn>& turns, view::CodedText& body) {
  auto rows = reading.Query(
      "SELECT memo.id, ifnull(about.start, 0), ifnull(about.end, 0), memo.text, memo.entity_kind, memo.entity_id FROM ("
      "SELECT ?1 AS id, 0 AS start, 0 AS end UNION ALL "
      "SELECT quote.id, span.start, span.end FROM span JOIN quote ON quote.span_id = span.id WHERE span.source_id = ?1 UNION ALL "
      "SELECT coding.id, span.start, span.end FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id WHERE span.source_id = ?1"
      ") about JOIN memo ON memo.entity_id = about.id ORDER BY about.start, about.end, memo.at, memo.id",
      source);
  while (rows.Step()) {
    if (IsWithdrawn(turns, {rows.Int(1), rows.Int(2)})) continue;
    view::Badge badge{.key = ToString(rows.GetId(0)), .range = {rows.Int(1), rows.Int(2)}, .words = Say("Memo: {0}", rows.Text(3))};
    badge.entities = {{"memo", rows.GetId(0)}, {rows.Text(4), rows.GetId(5)}};
    body.badges.push_back(std::move(badge));
  }
}

/// Moments of the recording and pages of the file.
void AddPlaces(Reading& reading, const Id& source, view::CodedText& body) {
  for (const auto& moment : MomentsOf(reading, source)) body.places.push_back({moment.range, Verbatim(SpellMoment(moment.from))});
  for (const auto& page : PagesOf(reading, source)) body.places.push_back({page.range, Say("p. {0}", page.number), {{"page", page.id}}});
  std::stable_sort(body.places.begin(), body.places.end(), [](const view::PlaceMark& a, const view::PlaceMark& b) { return a.range.start < b.range.start; });
}

/// The codes used last, in the codebook's order: as long as the same nine are used, each stays under its key.
void AddQuick(Reading& reading, view::CodedText& body) {
  constexpr std::size_t kKeys = 9;
  const auto recent = RecentCodes(reading, kKeys);
  if (recent.empty()) return;
  for (const auto& code : Codebook(reading)) {
    if (!code.codable || std::find(recent.begin(), recent.end(), code.id) == recent.end()) continue;
    body.quick.push_back({Verbatim(code.path), "coding.apply", {{"code", code.id}}});
  }
}

view::Model Build(Reading& reading, const Arguments& arguments, Job&) {
  const Id id = *arguments.Entity("source");
  const Source source = GetSource(reading, id);
  const auto text = TextOf(reading, id);
  const auto turns = TurnsOf(reading, id);
  view::CodedText body;
  body.source = {"source", id};
  body.runs = WithLabels(DisplayRuns(reading, {id, {0, text->size()}}, Purpose::kScreen), *text, turns, arguments.Flag("hide-interviewer-labels"));
  for (const auto& stored : turns) {
    view::Turn turn;
    turn.key = ToString(stored.id);
    turn.label = stored.label;
    turn.words = stored.words;
    turn.speaker = Verbatim(stored.person_name.empty() ? stored.speaker_label : stored.person_name);
    turn.stakeholder = Verbatim(stored.stakeholder_name);
    turn.researcher = stored.researcher;
    turn.entities = {{"turn", stored.id}, {"speaker", stored.speaker}};
    if (stored.person) turn.entities.push_back({"person", *stored.person});
    body.turns.push_back(std::move(turn));
  }
  AddMarks(reading, id, turns, arguments.Entities("coder"), arguments.Entities("code"), body);
  AddBadges(reading, id, turns, body);
  AddPlaces(reading, id, body);
  AddQuick(reading, body);
  body.ends = view::EndsEdit{"coding.move-ends", "quote", "quote", "start", "end"};
  if (arguments.Has("start") && arguments.Has("end")) {
    const auto start = std::clamp<std::int64_t>(arguments.Int("start"), 0, text->size());
    body.show = Range{start, std::clamp<std::int64_t>(arguments.Int("end"), start, text->size())};
  }
  view::Model model;
  model.title = Verbatim(source.title);
  model.population.facts = {{"turns", Say("Turns"), static_cast<std::int64_t>(turns.size())},
                            {"codings", Say("Codings"), static_cast<std::int64_t>(body.marks.size())},
                            {"memos", Say("Memos"), static_cast<std::int64_t>(body.badges.size())}};
  model.body = std::move(body);
  model.empty = Say("This source holds no words.");
  model.drops = {{"code", "span", "coding.apply", "code", "span"}};
  return model;
}

}  // namespace

void RegisterDocument(Registry& registry) {
  View view{.id = "coding.document", .kind = view::Kind::kCodedText, .label = Say("Document"), .help = Say("One source: who speaks, and which codes stand on which words.")};
  view.parameters = {EntityParameter("source", "source", Say("Source")),
                     FilterParameter("coder", "researcher", Say("Coder")),
                     FilterParameter("code", "code", Say("Code")),
                     {.name = "start", .type = ParameterType::kInteger, .label = Say("Show from character")},
                     {.name = "end", .type = ParameterType::kInteger, .label = Say("Show up to character")},
                     FlagParameter("hide-interviewer-labels", Say("Hide the interviewer's labels"))};
  view.in_navigator = false;
  view.build = Build;
  registry.Add(std::move(view));
}

}  // namespace meerstem::coding
