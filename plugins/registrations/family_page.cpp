// Everything about one family in the order of time: contacts, registrations and what changed at them by domain, remarks,
// who joined and left, conversations that are about it.
#include <algorithm>
#include <map>

#include "core/study/exclusions.h"
#include "core/study/people.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

/// Of one domain at one registration: how many answers were entered, and how many points went up or down.
struct Moves {
  std::int64_t entered = 0, better = 0, worse = 0;
};

class Page {
 public:
  Page(Reading& reading, const Id& study_case) : reading_(reading), case_(study_case) {}

  std::vector<view::Row> Build() {
    Contacts();
    Members();
    for (const auto& instrument : Instruments(reading_)) RegistrationsWith(GetInstrument(reading_, instrument));
    Remarks();
    Conversations();
    std::stable_sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<view::Row> rows;
    for (auto& [date, row] : rows_) rows.push_back(std::move(row));
    return rows;
  }
  std::int64_t registrations() const { return registrations_; }
  std::int64_t remarks() const { return remarks_; }
  std::int64_t conversations() const { return conversations_; }

 private:
  view::Row& Add(Date date, const std::string& key, Message what, view::Cell domain, view::Cell words) {
    view::Row row{.key = key};
    row.cells = {{.value = date}, {.value = std::move(what)}, std::move(domain), std::move(words)};
    row.entities = {{"case", case_}};
    rows_.emplace_back(date, std::move(row));
    return rows_.back().second;
  }
  static view::Cell Nothing() { return {.state = view::State::kEmpty}; }

  void Contacts() {
    auto period = reading_.Query("SELECT started, ended FROM study_case WHERE id = ?", case_);
    period.Step();
    if (const auto started = period.MaybeDate(0)) Add(*started, "start", Say("Start"), Nothing(), Nothing());
    if (const auto ended = period.MaybeDate(1)) Add(*ended, "end", Say("End"), Nothing(), Nothing());
    auto steps = reading_.Query("SELECT step, date, through FROM case_step WHERE case_id = ?", case_);
    while (steps.Step()) {
      Add(steps.MaybeDate(1).value_or(Date{}), steps.Text(0), StepLabel(steps.Text(0)), Nothing(),
          steps.Text(2).empty() ? Nothing() : view::Cell{.value = Say("through {0}", steps.Text(2))});
    }
  }

  void Members() {
    for (const auto& member : MembersOf(reading_, case_)) {
      if (member.role == "coach") continue;
      if (member.joined) Add(*member.joined, ToString(member.person) + "/joined", Say("Joined"), Nothing(), {.value = member.name}).entities.push_back({"person", member.person});
      if (member.left) Add(*member.left, ToString(member.person) + "/left", Say("Left"), Nothing(), {.value = member.name}).entities.push_back({"person", member.person});
    }
  }

  void RegistrationsWith(const Instrument& instrument) {
    const Exclusions excluded = ReadExclusions(reading_);
    std::map<AnswerKey, int> before;
    for (const auto& registration : RegistrationsOf(reading_, case_, instrument.id)) {
      ++registrations_;
      const bool left_out = excluded.registrations.contains(registration.id);
      std::map<Id, Moves> moves;
      auto answers = reading_.Query("SELECT item_id, person_id, value, id FROM answer WHERE registration_id = ? AND status <> 'remark'", registration.id);
      while (answers.Step()) {
        if (left_out || excluded.answers.contains(answers.GetId(3))) continue;
        Moves& domain = moves[instrument.Find(answers.GetId(0))->domain];
        ++domain.entered;
        const AnswerKey key{answers.GetId(0), answers.GetId(1)};
        const auto value = answers.MaybeInt(2);
        if (!value) continue;
        if (const auto earlier = before.find(key); earlier != before.end()) {
          domain.better += *value > earlier->second;
          domain.worse += *value < earlier->second;
        }
        before[key] = static_cast<int>(*value);
      }
      const auto put = [&](const std::string& key, const view::Cell& domain, view::Cell words) {
        view::Row& row = Add(registration.date, ToString(registration.id) + key, registration.occasion.empty() ? Say("Registration") : Say("Registration: {0}", registration.occasion), domain,
                             left_out ? view::Cell{.value = Say("Left out by the cleaning.")} : std::move(words));
        row.entities.push_back({"registration", registration.id});
        row.target = view::Target{"registrations.entry", {{"registration", registration.id}}};
      };
      if (moves.empty()) put("", {.value = Verbatim(instrument.name)}, {.value = Say("nothing changed")});
      for (const auto& domain : instrument.domains) {
        const auto found = moves.find(domain.id);
        if (found == moves.end()) continue;
        const auto& [entered, better, worse] = found->second;
        // Adults and children may both have a domain of that name.
        put("/" + domain.key, {.value = domain.level == "household" ? Verbatim(domain.name) : Say("{0}: {1}", LevelLabel(domain.level), domain.name)},
            {.value = Say("{0}; {1} better, {2} worse", SayCount("{0} answer entered", "{0} answers entered", entered), better, worse)});
      }
    }
  }

  void Remarks() {
    auto rows = reading_.Query(
        "SELECT answer.id, registration.date, remark_id, item.name, ifnull(pseudonym, '') FROM registration JOIN answer ON registration_id = registration.id "
        "JOIN item ON item.id = item_id LEFT JOIN person ON person.id = person_id WHERE case_id = ? AND remark_id IS NOT NULL ORDER BY registration.date, answer.id",
        case_);
    while (rows.Step()) {
      ++remarks_;
      const Localized item = ReadLocalized(rows.Text(3));
      const Message words = RemarkText(reading_, rows.GetId(2));
      view::Row& row = Add(rows.MaybeDate(1).value_or(Date{}), ToString(rows.GetId(0)), Say("Remark"),
                           {.value = rows.Text(4).empty() ? Verbatim(item) : Say("{0}: {1}", item, rows.Text(4))},
                           words.empty() ? view::Cell{.state = view::State::kSuppressed} : view::Cell{.value = words});
      row.entities.push_back({"source", rows.GetId(2)});
      row.target = view::Target{"coding.document", {{"source", rows.GetId(2)}}};
    }
  }

  /// Sources that are about the family, and those in which a member speaks.
  void Conversations() {
    auto rows = reading_.Query(
        "SELECT source.id, title, date, kind FROM source WHERE kind <> 'remark' AND (id IN (SELECT source_id FROM source_about WHERE case_id = ?1) "
        "OR id IN (SELECT source_id FROM speaker JOIN membership ON membership.person_id = speaker.person_id WHERE case_id = ?1 AND role <> 'coach')) ORDER BY date, order_key",
        case_);
    while (rows.Step()) {
      ++conversations_;
      const std::string kind = rows.Text(3);
      const Message label = kind == "interview" ? Say("Interview") : kind == "focus_group" ? Say("Focus group") : kind == "field_note" ? Say("Field note") : Say("Document");
      view::Row& row = Add(rows.MaybeDate(2).value_or(Date{}), ToString(rows.GetId(0)), label, Nothing(), {.value = rows.Text(1)});
      if (rows.IsNull(2)) row.cells.front() = Nothing();
      row.entities.push_back({"source", rows.GetId(0)});
      row.target = view::Target{"coding.document", {{"source", rows.GetId(0)}}};
    }
  }

  Reading& reading_;
  Id case_;
  std::vector<std::pair<Date, view::Row>> rows_;
  std::int64_t registrations_ = 0, remarks_ = 0, conversations_ = 0;
};

view::Model FamilyPage(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  const std::vector<view::Column> columns = {{"date", Say("Date"), view::ColumnType::kDate},
                                             {"what", Say("What")},
                                             {"domain", Say("Domain or item")},
                                             {"words", Say("What changed or was said"), view::ColumnType::kText, 60}};
  if (!arguments.Has("case")) {
    model.body = view::Table{columns, view::MakeRows({})};
    model.empty = Say("Choose a family.");
    model.actions = {{Say("Add a family or professional"), "registrations.add-case", {}}};
    return model;
  }
  const Id study_case = *arguments.Entity("case");
  model.title = Say("Timeline of {0}", CaseCode(reading, study_case));
  Page page(reading, study_case);
  auto rows = page.Build();
  model.population.description = Say("{0}: everything in the order of time", CaseCode(reading, study_case));
  model.population.facts = {{"registrations", Say("Registrations"), page.registrations()}, {"remarks", Say("Remarks"), page.remarks()}, {"conversations", Say("Conversations"), page.conversations()}};
  auto left_out = reading.Query("SELECT reason FROM excluded_case WHERE case_id = ?", study_case);
  if (left_out.Step()) model.notes.push_back(Say("Left out of every count: {0}", left_out.Text(0)));
  model.body = view::Table{columns, view::MakeRows(std::move(rows))};
  model.empty = Say("Nothing is known of this family yet.");
  model.actions = {{Say("Start a registration"), "registrations.start", {{"case", study_case}}}};
  return model;
}

}  // namespace

void AddFamilyPage(Registry& registry) {
  View family;
  family.id = "registrations.family";
  family.kind = view::Kind::kTable;
  family.label = Say("Timeline of a family");
  family.help = Say("Contacts, registrations by domain, remarks, members that joined or left and conversations of one family, in the order of time.");
  family.parameters = {{.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .entity_kind = "case"}};
  family.in_navigator = false;
  family.build = &FamilyPage;
  registry.Add(std::move(family));

  registry.Add(Workspace{.id = "registrations.families", .label = Say("Families and their histories"),
                         .panes = {{"registrations.cases", ""}, {"registrations.family", "case"}, {"registrations.entry", "case"}}});
}

}  // namespace meerstem::registrations
