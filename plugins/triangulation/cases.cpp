// Cases by all sources, a row for each family; and extreme and typical cases with quotes beside their numbers.
#include <algorithm>
#include <tuple>
#include <cmath>

#include "core/base/text.h"
#include "core/study/sources.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"
#include "plugins/triangulation/view_value.h"
#include "plugins/triangulation/voices.h"

namespace meerstem::triangulation {
namespace {

constexpr std::int64_t kLongestQuote = 240;
constexpr std::size_t kNamed = 20;

view::Cell Nothing(Message why = {}) { return {.state = view::State::kEmpty, .why = std::move(why)}; }

/// Up to `most` quotes of a family; those that may be used.
view::Cell QuotesCell(Reading& reading, Displaying& displaying, const Linked& linked, const Id& study_case, std::size_t most, Purpose purpose) {
  const CodedStudy& study = linked.study();
  const auto& mine = linked.Of(study_case);
  if (mine.empty()) return Nothing(Say("Not linked to any quote."));
  Message words;
  std::size_t shown = 0;
  view::Cell cell;
  for (const auto& [s, q] : mine) {
    const auto& source = study.source(s);
    const auto& quote = study.stock(s).quotes[q];
    const SourceSpan span{source.id, quote.range()};
    if (cell.entities.size() < kNamed) cell.entities.push_back({"quote", quote.id});
    if (shown == most) break;
    if (!CodedStudy::MayUse(source, study.stock(s), quote.turn, quote.range(), purpose)) continue;
    if (shown == 0) cell.target = PlaceOf(span);
    words = OnNewLine(std::move(words), Say("“{0}” ({1})", Shortened(displaying.Line(span), kLongestQuote), Reference(reading, span)));
    ++shown;
  }
  if (shown == 0) return {.state = view::State::kSuppressed, .why = Say("No consent for this use.")};
  cell.value = std::move(words);
  cell.parts = {{"quotes", static_cast<std::int64_t>(mine.size())}};
  return cell;
}

view::Cell RemarksCell(Reading& reading, Displaying& displaying, const Id& study_case, Purpose purpose) {
  auto rows = reading.Query(
      "SELECT remark_id, count(*) OVER (), item.name FROM registration JOIN answer ON registration_id = registration.id JOIN item ON item.id = item_id WHERE case_id = ? AND remark_id IS NOT NULL "
      "ORDER BY date DESC, answer.id DESC LIMIT 1",
      study_case);
  if (!rows.Step()) return Nothing();
  const SourceSpan span{rows.GetId(0), {0, TextOf(reading, rows.GetId(0))->size()}};
  view::Cell cell{.parts = {{"remarks", rows.Int(1)}}, .target = view::Target{"registrations.remarks", {{"case", study_case}}}};
  if (MayUse(reading, span, purpose)) cell.value = Say("{0}: {1}", ReadLocalized(rows.Text(2)), displaying.Line(span));
  else cell.state = view::State::kSuppressed;
  return cell;
}

/// Memos on the family and on the conversations in which it speaks: what the researcher made of them.
view::Cell SummaryCell(Reading& reading, const Id& study_case) {
  auto rows = reading.Query(
      "SELECT text FROM memo WHERE entity_id = ?1 OR entity_id IN (SELECT source_id FROM speaker JOIN membership ON membership.person_id = speaker.person_id WHERE case_id = ?1 AND role <> 'coach') "
      "OR entity_id IN (SELECT source_id FROM source_about WHERE case_id = ?1) ORDER BY at, id",
      study_case);
  std::string all;
  while (rows.Step()) all += (all.empty() ? "" : "\n") + rows.Text(0);
  return all.empty() ? Nothing(Say("No memo on the family or its conversations.")) : view::Cell{.value = all};
}

view::Cell ConversationsCell(Reading& reading, const Id& study_case) {
  auto rows = reading.Query(
      "SELECT title, id FROM source WHERE kind <> 'remark' AND (id IN (SELECT source_id FROM source_about WHERE case_id = ?1) OR id IN (SELECT source_id FROM speaker JOIN membership "
      "ON membership.person_id = speaker.person_id WHERE case_id = ?1 AND role <> 'coach')) ORDER BY date, order_key",
      study_case);
  view::Cell cell;
  std::string titles;
  while (rows.Step()) {
    if (!cell.target) cell.target = view::Target{"coding.document", {{"source", rows.GetId(1)}}};
    titles += (titles.empty() ? "" : "; ") + rows.Text(0);
  }
  if (titles.empty()) return Nothing(Say("Nobody of this family was heard."));
  cell.value = titles;
  return cell;
}

view::Cell MovedCell(const Changes& changes, const Id& study_case) {
  const auto found = changes.find(study_case);
  if (found == changes.end()) return Nothing();
  const auto down = std::count_if(found->second.begin(), found->second.end(), [](const AnswerChange& change) { return change.points() < 0; });
  return {.value = Say("{0} down, {1} up", down, static_cast<std::int64_t>(found->second.size()) - down), .target = view::Target{"registrations.case", {{"case", study_case}}}};
}

/// Holds numbers of families; words are read page by page.
class CaseRows final : public view::Rows {
 public:
  CaseRows(std::shared_ptr<const Families> families, std::shared_ptr<const Changes> changes, std::shared_ptr<const Linked> linked, std::vector<std::size_t> places, Purpose purpose)
      : families_(std::move(families)), changes_(std::move(changes)), linked_(std::move(linked)), places_(std::move(places)), purpose_(purpose) {}
  std::size_t Count() const override { return places_.size(); }
  std::string Key(std::size_t index) const override { return ToString(families_->list[places_[index]].study_case); }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    Displaying displaying(reading, purpose_);
    const std::size_t last = std::min(places_.size(), first + count);
    std::vector<view::Row> rows;
    for (std::size_t i = first; i < last; ++i) {
      const Family& family = families_->list[places_[i]];
      view::Row row{.key = Key(i), .entities = {{"case", family.study_case}}, .target = view::Target{"triangulation.timeline", {{"case", family.study_case}}}};
      row.cells = {{.value = family.code}, {.value = family.site}, OutcomeCell(*families_, family), ScoresCell(family), MovedCell(*changes_, family.study_case),
                   RemarksCell(reading, displaying, family.study_case, purpose_), ConversationsCell(reading, family.study_case), SummaryCell(reading, family.study_case),
                   QuotesCell(reading, displaying, *linked_, family.study_case, 1, purpose_)};
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  std::shared_ptr<const Families> families_;
  std::shared_ptr<const Changes> changes_;
  std::shared_ptr<const Linked> linked_;
  std::vector<std::size_t> places_;
  Purpose purpose_;
};

View CasesBySources(const Registry& registry) {
  View view{.id = "triangulation.cases", .kind = view::Kind::kTable, .label = Say("Families by all sources"),
            .help = Say("One row for each family: scores and change, remarks, conversations, what the researcher made of them, and quotes.")};
  view.parameters = {OutcomeParameter(registry), {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"},
                     {.name = "heard", .type = ParameterType::kBoolean, .label = Say("Only families that were heard"), .help = Say("A member speaks, or a quote is about the family."), .live = true}, UseParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const auto families = FamiliesOf(whole, reading, job);
    const auto linked = LinkedQuotes(reading);
    const auto site = arguments.Entity("site");
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < families->list.size(); ++i) {
      const Family& family = families->list[i];
      if ((site && family.site_id != site) || !Wanted(family, arguments.Text("outcome")) || (arguments.Flag("heard") && !linked->Any(family.study_case))) continue;
      places.push_back(i);
    }
    view::Model model;
    model.population = About(*families, Say("Families, and everything that is known of each"), static_cast<std::int64_t>(places.size()));
    model.body = view::Table{{{"case", Say("Family")}, {"site", Say("Site")}, {"outcome", Say("Outcome")}, {"scores", Say("Scores")}, {"moved", Say("Answers")},
                              {"remarks", Say("Remarks"), view::ColumnType::kText, 30}, {"conversations", Say("Conversations"), view::ColumnType::kText, 20},
                              {"summary", Say("Memos"), view::ColumnType::kText, 30}, {"quotes", Say("Quotes"), view::ColumnType::kText, 40}},
                             std::make_shared<CaseRows>(families, ChangesOf(whole, reading, job), linked, std::move(places), UseOf(arguments))};
    model.empty = families->list.empty() ? Say("There are no families in the study yet.") : Say("No family answers to this.");
    return model;
  };
  return view;
}

/// Scores at each registration: “5 → 4 → 4”. The view of whoever makes scores says them.
view::Cell TrajectoryCell(const Registry& registry, Reading& reading, const Family& family, Job& job) {
  const View* trajectory = registry.FindView("indices.trajectory");
  if (!trajectory) return ScoresCell(family);
  const view::Model model = trajectory->build(reading, {{"case", family.study_case}}, job);
  const auto& table = std::get<view::Table>(model.body);
  const Cells cells(table);
  Message all;
  for (const auto& row : table.rows->Page(reading, 0, table.rows->Count())) {
    const view::Cell* score = cells.Of(row, "score");
    if (!score) continue;
    Message one = Verbatim("?");
    if (const auto* whole = std::get_if<std::int64_t>(&score->value)) one = Say("{0}", *whole);
    else if (const auto* text = std::get_if<std::string>(&score->value)) one = Verbatim(*text);
    all = all.empty() ? std::move(one) : Say("{0} → {1}", std::move(all), std::move(one));
  }
  view::Cell cell = ScoresCell(family);
  if (!all.empty()) cell.value = std::move(all);
  cell.target = view::Target{"triangulation.timeline", {{"case", family.study_case}}};
  return cell;
}

View Extremes(const Registry& registry) {
  View view{.id = "triangulation.extremes", .kind = view::Kind::kMatrix, .label = Say("Extreme and typical families"),
            .help = Say("The families that changed most, either way, and those that changed as most do; their scores beside remarks and quotes.")};
  view.parameters = {{.name = "most", .type = ParameterType::kInteger, .label = Say("Families of each kind"), .live = true, .fallback = "3"},
                     {.name = "heard", .type = ParameterType::kBoolean, .label = Say("Only families that were heard"), .help = Say("A member speaks, or a quote is about the family."), .live = true}, UseParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const auto families = FamiliesOf(whole, reading, job);
    const auto changes = ChangesOf(whole, reading, job);
    const auto linked = LinkedQuotes(reading);
    const auto most = static_cast<std::size_t>(std::clamp<std::int64_t>(arguments.Int("most"), 1, 50));
    const auto moved = [&](const Family& family) {
      const auto found = changes->find(family.study_case);
      int points = 0;
      if (found != changes->end()) for (const auto& change : found->second) points += change.points();
      return points;
    };
    // Equal changes of the score go by the points of all answers.
    std::vector<std::tuple<std::int64_t, int, const Family*>> ranked;
    for (const auto& family : families->list) {
      if (family.change() && (!arguments.Flag("heard") || linked->Any(family.study_case))) ranked.emplace_back(*family.change(), -moved(family), &family);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b)); });
    std::vector<const Family*> sorted;
    for (const auto& each : ranked) sorted.push_back(std::get<2>(each));
    view::Matrix matrix;
    matrix.row_title = Say("Family");
    matrix.columns = {{.key = "kind", .label = Say("Kind")}, {.key = "scores", .label = Say("Scores over time")}, {.key = "outcome", .label = Say("Outcome")}, {.key = "moved", .label = Say("Answers")},
                      {.key = "remarks", .label = Say("Remarks")}, {.key = "quotes", .label = Say("Quotes")}};
    const Purpose purpose = UseOf(arguments);
    Displaying displaying(reading, purpose);
    const auto add = [&](const Family& family, Message kind, const char* glyph) {
      const std::string key = ToString(family.study_case);
      if (std::any_of(matrix.rows.begin(), matrix.rows.end(), [&](const view::Heading& heading) { return heading.key == key; })) return;
      matrix.rows.push_back({.key = key, .label = Verbatim(family.code), .entities = {{"case", family.study_case}}, .target = view::Target{"triangulation.timeline", {{"case", family.study_case}}}, .note = Verbatim(family.site)});
      matrix.cells.push_back({{.value = std::move(kind), .glyph = glyph}, TrajectoryCell(whole, reading, family, job), OutcomeCell(*families, family), MovedCell(*changes, family.study_case),
                              RemarksCell(reading, displaying, family.study_case, purpose), QuotesCell(reading, displaying, *linked, family.study_case, 2, purpose)});
    };
    const std::size_t n = sorted.size();
    std::optional<std::int64_t> middle;
    if (n > 0) middle = *sorted[n / 2]->change();
    for (std::size_t i = 0; i < std::min(most, n); ++i) {
      if (*sorted[i]->change() < 0) add(*sorted[i], Say("Most improved"), "↑");
    }
    std::size_t typical = 0;
    // Where several are as typical, those that were heard tell most.
    for (const bool heard : {true, false}) {
      for (const auto* family : sorted) {
        if (typical < most && *family->change() == *middle && linked->Any(family->study_case) == heard) {
          add(*family, Say("Typical"), "=");
          ++typical;
        }
      }
    }
    for (std::size_t i = 0; i < std::min(most, n); ++i) {
      if (*sorted[n - 1 - i]->change() > 0) add(*sorted[n - 1 - i], Say("Most declined"), "↓");
    }
    view::Model model;
    model.population = About(*families, Say("Families with an exact score at baseline and at follow-up, sorted by change"), static_cast<std::int64_t>(n));
    if (middle) model.population.facts.push_back({"median_change", Say("Median change"), *middle});
    model.notes = {Say("Typical is a change equal to the median. Equal changes are sorted by the points of all answers together.")};
    model.alternative = Say("{0} families at the ends and in the middle of {1}.", matrix.rows.size(), n);
    model.body = std::move(matrix);
    model.empty = Say("No family has an exact score at baseline and at follow-up.");
    if (families->population.facts.empty()) SayNoScores(whole, model);
    return model;
  };
  return view;
}

}  // namespace

void AddCases(Registry& registry) {
  registry.Add(CasesBySources(registry));
  registry.Add(Extremes(registry));
}

}  // namespace meerstem::triangulation
