// One family along the calendar: how long it was accompanied, who belonged to it, registrations and conversations.
#include <algorithm>

#include "core/study/carrying.h"
#include "core/study/exclusions.h"
#include "core/study/people.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

constexpr const char* kBefore = "#0072B2";
constexpr const char* kAfter = "#D55E00";

class Timeline {
 public:
  Timeline(Reading& reading, const Id& study_case) : reading_(reading), case_(study_case) {
    chart_.kind = view::ChartKind::kLanes;
    chart_.category_title = Say("What");
    chart_.group_title = Say("Kind");
    chart_.value_title = Say("Date");
    chart_.series = {{.key = "from", .label = Say("First day")}, {.key = "until", .label = Say("Last day")}};
  }

  view::Chart Build(const Arguments& arguments) {
    Period();
    Members();
    if (const auto instrument = AnInstrument(reading_, arguments)) Registered(*instrument);
    Conversations();
    return std::move(chart_);
  }
  std::optional<Date> first, last;
  std::int64_t registrations = 0, longest_gap = 0, conversations = 0, undated = 0;

 private:
  view::Heading& Add(Message lane, const std::string& key, Message label, std::optional<Date> from, std::optional<Date> until, std::optional<view::Target> target) {
    for (const auto& date : {from, until}) {
      if (!date) continue;
      first = first ? std::min(*first, *date) : *date;
      last = last ? std::max(*last, *date) : *date;
    }
    const auto cell = [&](const std::optional<Date>& date) {
      view::Cell one{.state = view::State::kEmpty, .target = target};
      if (date) one.value = *date, one.state = view::State::kValue;
      return one;
    };
    chart_.cells.push_back({cell(from), cell(until)});
    chart_.categories.push_back({.key = key, .label = std::move(label), .target = std::move(target), .group = std::move(lane)});
    return chart_.categories.back();
  }

  void Period() {
    auto row = reading_.Query("SELECT started, ended FROM study_case WHERE id = ?", case_);
    row.Step();
    const auto started = row.MaybeDate(0), ended = row.MaybeDate(1);
    const view::Target history{"registrations.case", {{"case", case_}}};
    if (started && ended) Add(Say("Accompaniment"), "period", Say("{0} to {1}", *started, *ended), started, ended, history).colour = "#56B4E9";
    else if (started) Add(Say("Accompaniment"), "start", Say("Start"), started, {}, history);
    else if (ended) Add(Say("Accompaniment"), "end", Say("End"), ended, {}, history);
    auto steps = reading_.Query("SELECT step, date FROM case_step WHERE case_id = ? ORDER BY date, id", case_);
    while (steps.Step()) Add(Say("Accompaniment"), "step/" + steps.Text(0), StepLabel(steps.Text(0)), steps.MaybeDate(1), {}, history).glyph = "◇";
  }

  void Members() {
    for (const auto& member : MembersOf(reading_, case_)) {
      if (member.role == "coach") continue;
      const view::Target history{"registrations.case", {{"case", case_}}};
      if (member.joined) Add(Say("Members"), ToString(member.person) + "/joined", Say("{0} joined", member.name), member.joined, {}, history).glyph = "▷";
      if (member.left) Add(Say("Members"), ToString(member.person) + "/left", Say("{0} left", member.name), member.left, {}, history).glyph = "◁";
    }
  }

  void Registered(const Id& instrument) {
    const Exclusions excluded = ReadExclusions(reading_);
    auto all = RegistrationsOf(reading_, case_, instrument);
    std::vector<Registration> counted;
    std::copy_if(all.begin(), all.end(), std::back_inserter(counted), [&](const Registration& one) { return !excluded.registrations.contains(one.id); });
    const Window window = ChooseWindow(counted, WindowRule{});
    const auto is = [&](const std::optional<std::size_t>& at, const Registration& one) { return at && counted[*at].id == one.id; };
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Registration& one = all[i];
      const bool before = is(window.baseline, one), after = is(window.follow_up, one), out = excluded.registrations.contains(one.id);
      Message label = before ? Say("Baseline") : after ? Say("Follow-up") : out ? Say("left out") : Message{};
      auto& heading = Add(Say("Registrations"), ToString(one.id), std::move(label), one.date, {}, view::Target{"registrations.entry", {{"registration", one.id}}});
      heading.glyph = before || after ? "◆" : out ? "×" : "●";
      if (before || after) heading.colour = before ? kBefore : kAfter;
      heading.entities = {{"registration", one.id}};
      ++registrations;
      if (i > 0) longest_gap = std::max<std::int64_t>(longest_gap, MonthsBetween(all[i - 1].date, one.date));
    }
  }

  void Conversations() {
    auto rows = reading_.Query(
        "SELECT source.id, title, date FROM source WHERE kind <> 'remark' AND (id IN (SELECT source_id FROM source_about WHERE case_id = ?1) "
        "OR id IN (SELECT source_id FROM speaker JOIN membership ON membership.person_id = speaker.person_id WHERE case_id = ?1 AND role <> 'coach')) ORDER BY date, order_key",
        case_);
    while (rows.Step()) {
      ++conversations;
      const auto date = rows.MaybeDate(2);
      undated += !date;
      auto& heading = Add(Say("Conversations"), ToString(rows.GetId(0)), Verbatim(rows.Text(1)), date, {}, view::Target{"coding.document", {{"source", rows.GetId(0)}}});
      heading.glyph = "■";
      heading.entities = {{"source", rows.GetId(0)}};
    }
  }

  Reading& reading_;
  Id case_;
  view::Chart chart_;
};

view::Model Build(Reading& reading, const Arguments& arguments, Job&) {
  const Id study_case = *arguments.Entity("case");
  view::Model model;
  model.title = Say("Calendar of {0}", CaseCode(reading, study_case));
  Timeline timeline(reading, study_case);
  model.body = timeline.Build(arguments);
  model.population.description = CaseCode(reading, study_case).empty() ? Message{} : Say("Family {0}", CaseCode(reading, study_case));
  model.population.facts = {{"registrations", Say("Registrations"), timeline.registrations},
                            {"longest_gap", Say("Longest gap between registrations (full months)"), timeline.longest_gap},
                            {"conversations", Say("Conversations"), timeline.conversations}};
  if (timeline.first) {
    model.population.facts.push_back({"first_date", Say("First day"), *timeline.first});
    model.population.facts.push_back({"last_date", Say("Last day"), *timeline.last});
  }
  model.alternative = Say("{0}: {1} registrations and {2} conversations on a calendar; the longest gap between two registrations is {3} full months.", CaseCode(reading, study_case),
                          timeline.registrations, timeline.conversations, timeline.longest_gap);
  model.notes = {Say("◆ marks the baseline and the follow-up that lies at least {0} calendar months later.", WindowRule{}.follow_up_months)};
  if (timeline.undated > 0) model.notes.push_back(SayCount("{0} conversation has no date and is only in the table.", "{0} conversations have no date and are only in the table.", timeline.undated));
  model.empty = Say("Nothing is known of this family yet.");
  model.actions = {{Say("Start a registration"), "registrations.start", {{"case", study_case}}}};
  return model;
}

}  // namespace

void AddTimeline(Registry& registry) {
  View timeline;
  timeline.id = "registrations.timeline";
  timeline.kind = view::Kind::kChart;
  timeline.label = Say("Calendar of a family");
  timeline.help = Say("Registrations, members that joined or left and conversations of one family along the calendar; gaps are seen as gaps.");
  timeline.parameters = {{.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .required = true, .entity_kind = "case"}, InstrumentParameter()};
  timeline.in_navigator = false;
  timeline.build = &Build;
  registry.Add(std::move(timeline));
}

}  // namespace meerstem::registrations
