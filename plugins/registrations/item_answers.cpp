// The answers behind a bar: who gave which, when it was entered and whether it was carried.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/distribution.h"

namespace meerstem::registrations {
namespace {

constexpr const char* kEver = "ever";

/// What is asked of an answer: a point of the scale, not_applicable, unknown, missing; empty: any.
bool Wanted(const std::string& asked, const Standing* standing) {
  if (asked.empty()) return true;
  if (!standing) return asked == "missing";
  if (standing->status == AnswerStatus::kNotApplicable) return asked == "not_applicable";
  if (!standing->value) return asked == "unknown";
  return asked == std::to_string(*standing->value);
}

view::Row AnswerRow(const Item& item, const Id& study_case, const std::string& code, const Member* member, const Registration& registration, const Standing* standing) {
  view::Row row{.key = ToString(registration.id) + (member ? "/" + ToString(member->person) : "")};
  row.entities = {{"case", study_case}};
  if (member) row.entities.push_back({"person", member->person});
  row.target = view::Target{"registrations.entry", {{"registration", registration.id}}};
  view::Cell since{.state = view::State::kEmpty};
  if (standing) since = {.value = standing->since};
  row.cells = {{.value = code, .target = view::Target{"registrations.case", {{"case", study_case}}}},
               {.value = member ? member->name : std::string()},
               {.value = registration.date},
               StandingCell(item, standing),
               std::move(since)};
  return row;
}

view::Model Answers(const Registry& registry, Reading& reading, const Arguments& arguments, Job&) {
  const Instrument instrument = GetInstrument(reading, InstrumentOfItem(reading, *arguments.Entity("item")));
  const Item& item = *instrument.Find(*arguments.Entity("item"));
  const std::string moment = arguments.Text("moment"), asked = arguments.Text("answer"), group = arguments.Text("group");
  const Split split = SplitCases(registry, reading, instrument.subject, arguments.Text("split"), arguments.Entity("variable"));
  const auto wanted_group = std::find_if(split.groups.begin(), split.groups.end(), [&](const Group& one) { return one.key == group; });
  if (!group.empty() && wanted_group == split.groups.end()) throw Refuse("No group is called “{0}”.", group);
  std::map<Id, std::string> codes;
  {
    auto rows = reading.Query("SELECT id, code FROM study_case");
    while (rows.Step()) codes[rows.GetId(0)] = rows.Text(1);
  }
  const WindowRule rule;
  const auto registrations = RegistrationsByCase(reading, instrument.id);
  const auto members = FollowedMembers(reading, instrument.id);
  std::vector<view::Row> rows;
  std::set<Id> families;
  std::int64_t carried = 0;
  const bool ever = moment == kEver;
  WalkStates(reading, instrument.id, [&](const Id& study_case, const Registration& registration, const State& state) {
    const auto& all = registrations.at(study_case);
    const Window window = ChooseWindow(all, rule);
    const std::optional<std::size_t> at = moment == "follow_up" ? window.follow_up : window.baseline;
    if (!ever && (!at || all[*at].id != registration.id || (moment == "baseline" && !window.follow_up))) return;
    if (!group.empty()) {
      const auto groups = split.of_case.find(study_case);
      const auto index = static_cast<std::size_t>(wanted_group - split.groups.begin());
      if (groups == split.of_case.end() || std::find(groups->second.begin(), groups->second.end(), index) == groups->second.end()) return;
    }
    static const std::vector<Member> kNobody;
    const auto found = members.find(study_case);
    const auto& of_case = found == members.end() ? kNobody : found->second;
    for (const auto& person : WhoAnswers(item, arguments.Text("member-rule") == "first", of_case, registration.date)) {
      const auto standing = state.find({item.id, person});
      const Standing* known = standing == state.end() ? nullptr : &standing->second;
      // Over all registrations an answer counts where it was given, not again wherever it still stands.
      if (!Wanted(asked, known) || (ever && (!known || known->carried))) continue;
      families.insert(study_case);
      const auto member = std::find_if(of_case.begin(), of_case.end(), [&](const Member& one) { return one.person == person; });
      carried += known && known->carried;
      rows.push_back(AnswerRow(item, study_case, codes[study_case], member == of_case.end() ? nullptr : &*member, registration, known));
    }
  });
  std::stable_sort(rows.begin(), rows.end(), [](const view::Row& a, const view::Row& b) { return std::get<std::string>(a.cells[0].value) < std::get<std::string>(b.cells[0].value); });
  view::Model model;
  model.title = Say("Answers to {0}", item.name);
  model.population.description = ever                   ? Say("All registrations, where the answer was given")
                                 : moment == "follow_up"  ? (instrument.subject == "family" ? Say("Followed families, at follow-up") : Say("Followed professionals, at follow-up"))
                                 : moment == "baseline" ? (instrument.subject == "family" ? Say("Followed families, at baseline") : Say("Followed professionals, at baseline"))
                                                        : MomentLabel(kEveryone, instrument.subject);
  model.population.facts = {{"answers", Say("Answers"), static_cast<std::int64_t>(rows.size())},
                            {"families", instrument.subject == "family" ? Say("Families") : Say("Professionals"), static_cast<std::int64_t>(families.size())},
                            {"carried", Say("Carried"), carried},
                            {"instrument", Say("Instrument"), instrument.key},
                            {"version", Say("Version"), instrument.version}};
  model.body = view::Table{{{"case", Say("Case")},
                            {"member", Say("Member")},
                            {"registration", Say("Registration"), view::ColumnType::kDate},
                            {"answer", Say("Answer")},
                            {"since", Say("Since"), view::ColumnType::kDate}},
                           view::MakeRows(std::move(rows))};
  model.empty = Say("Nobody answered so.");
  return model;
}

}  // namespace

void AddItemAnswers(Registry& registry) {
  View answers;
  answers.id = "registrations.item-answers";
  answers.kind = view::Kind::kTable;
  answers.label = Say("Answers to an item");
  answers.help = Say("Who gave which answer to one item, since when it stands and whether it was carried: what is behind a bar of its distribution.");
  answers.parameters = {{.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .required = true, .entity_kind = "item"},
                        {.name = "moment", .type = ParameterType::kChoice, .label = Say("Moment"), .live = true,
                         .choices = {{kMoments[kBaseline], MomentLabel(kBaseline)}, {kMoments[kFollowUp], MomentLabel(kFollowUp)}, {kMoments[kEveryone], MomentLabel(kEveryone)}, {kEver, Say("Any registration")}},
                         .fallback = kMoments[kEveryone]},
                        {.name = "answer", .label = Say("Answer"), .help = Say("The number of a point, not_applicable, unknown or missing; all when left out.")},
                        MemberRuleParameter()};
  for (auto& parameter : SplitParameters(registry)) answers.parameters.push_back(std::move(parameter));
  answers.parameters.push_back({.name = "group", .label = Say("Group"), .help = Say("One group of the split.")});
  answers.in_navigator = false;
  answers.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Answers(whole, reading, arguments, job); };
  registry.Add(std::move(answers));
}

}  // namespace meerstem::registrations
