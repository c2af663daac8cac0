// The entry form of one registration: it opens on what was known last; each edit is a command, after which the form
// is built again.
#include <algorithm>

#include "core/base/error.h"
#include "core/study/carrying.h"
#include "core/study/sources.h"
#include "plugins/registrations/answers.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

/// What a form needs of one registration.
struct Entry {
  RegistrationFacts facts;
  Instrument instrument;
  std::vector<Member> members;   ///< Present on the date.
  State before;                  ///< What stood at the registration before.
  State now;                     ///< With what was entered here.
  std::unordered_map<AnswerKey, StoredAnswer, AnswerKeyHash> here;
};

Entry ReadEntry(Reading& reading, const Id& registration) {
  Entry entry{GetRegistration(reading, registration), {}, {}, {}, {}, {}};
  entry.instrument = GetInstrument(reading, entry.facts.instrument);
  entry.members = FollowedMembers(reading, entry.facts.instrument, entry.facts.study_case);
  std::erase_if(entry.members, [&](const Member& member) { return !member.PresentOn(entry.facts.date); });
  entry.before = StateBefore(reading, entry.facts);
  entry.now = StateAt(reading, entry.facts.study_case, entry.facts.instrument, {registration, entry.facts.date, {}});
  auto rows = reading.Query("SELECT item_id, person_id, id, status, value, remark_id FROM answer WHERE registration_id = ?", registration);
  while (rows.Step()) {
    const auto value = rows.MaybeInt(4);
    entry.here[{rows.GetId(0), rows.GetId(1)}] = {rows.GetId(2), rows.Text(3), value ? std::optional(static_cast<int>(*value)) : std::nullopt, rows.MaybeId(5)};
  }
  return entry;
}

std::vector<Choice> PointsOf(const Item& item) {
  std::vector<Choice> choices;
  for (const auto& point : item.points) choices.push_back({std::to_string(point.value), Say("{0}. {1}", point.value, point.label)});
  return choices;
}

Arguments Bound(const Entry& entry, const AnswerKey& key) {
  Arguments bound{{"registration", entry.facts.id}, {"item", key.item}};
  if (!key.person.IsNil()) bound.Set("person", key.person);
  return bound;
}

view::Field FieldOf(Reading& reading, const Entry& entry, const Item& item, const Member* member, const std::string& section) {
  const AnswerKey key{item.id, member ? member->person : Id{}};
  const auto standing = entry.now.find(key);
  const auto here = entry.here.find(key);
  const bool entered = here != entry.here.end() && here->second.status != "remark";
  view::Field field;
  field.key = item.key + (member ? "/" + member->name : "");
  field.section = section;
  field.label = Verbatim(item.name);
  field.help = Verbatim(item.question);
  field.type = ParameterType::kChoice;
  field.choices = PointsOf(item);
  field.value = StandingCell(item, standing == entry.now.end() ? nullptr : &standing->second);
  if (entered && here->second.status == "confirmed") field.value.why = Say("confirmed unchanged");
  field.entities = {{"item", item.id}};
  if (member) field.entities.push_back({"person", member->person});
  const Arguments bound = Bound(entry, key);
  field.edit = view::Edit{"registrations.answer", bound, "value", ParameterType::kChoice, field.choices};
  const auto before = entry.before.find(key);
  if (!entered && before != entry.before.end() && before->second.status != AnswerStatus::kUnknown) {
    field.actions.push_back({Say("Confirm"), "registrations.confirm", bound});
  }
  if (item.not_applicable) field.actions.push_back({Say("Not applicable"), "registrations.not-applicable", bound});
  field.actions.push_back({Say("Unknown"), "registrations.unknown", bound});
  if (entered) field.actions.push_back({Say("Take back"), "registrations.clear", bound});
  field.remark = view::Edit{"registrations.remark", bound, "text", ParameterType::kProse, {}};
  if (here != entry.here.end() && here->second.remark) {
    field.remark_text = RemarkText(reading, *here->second.remark);
    field.entities.push_back({"source", *here->second.remark});
  }
  return field;
}

/// Entered here, standing from earlier, or neither: an earlier “unknown” still has to be asked.
enum class Known { kEntered, kCarried, kOpen };

Known KnownOf(const Entry& entry, const AnswerKey& key) {
  const auto here = entry.here.find(key);
  if (here != entry.here.end() && here->second.status != "remark") return Known::kEntered;
  const auto before = entry.before.find(key);
  return before == entry.before.end() || before->second.status == AnswerStatus::kUnknown ? Known::kOpen : Known::kCarried;
}

view::Model EmptyForm(const Arguments& arguments) {
  view::Model model;
  model.body = view::Form{};
  model.empty = Say("Choose a registration, or start a new one.");
  Arguments bound;
  if (const auto study_case = arguments.Entity("case")) bound.Set("case", *study_case);
  model.actions = {{Say("Start a registration"), "registrations.start", bound}};
  return model;
}

view::Model Form(Reading& reading, const Arguments& arguments, Job&) {
  auto registration = arguments.Entity("registration");
  // A case alone is its last registration: that is where the entering went on.
  if (const auto of = arguments.Entity("case"); of && !registration) {
    auto last = reading.Query("SELECT id FROM registration WHERE case_id = ? ORDER BY date DESC, id DESC LIMIT 1", *of);
    if (last.Step()) registration = last.GetId(0);
  }
  if (!registration) return EmptyForm(arguments);
  const Entry entry = ReadEntry(reading, *registration);
  const std::string only = arguments.Text("domain");
  view::Form form;
  std::int64_t counts[3] = {};
  const auto add = [&](const InstrumentDomain& domain, const Member* member) {
    view::Section section{domain.key + (member ? "/" + member->name : ""), member ? Say("{0}: {1}", domain.name, member->name) : Verbatim(domain.name)};
    for (const auto index : domain.items) {
      const Item& item = entry.instrument.items[index];
      view::Field field = FieldOf(reading, entry, item, member, section.key);
      const Known known = KnownOf(entry, {item.id, member ? member->person : Id{}});
      ++counts[static_cast<int>(known)];
      if (known == Known::kOpen && form.next_unanswered.empty()) form.next_unanswered = field.key;
      form.fields.push_back(std::move(field));
    }
    form.sections.push_back(std::move(section));
  };
  for (const auto& domain : entry.instrument.domains) {
    if (!only.empty() && domain.key != only) continue;
    if (domain.level == "household") add(domain, nullptr);
  }
  // Member by member: that is how a conversation goes.
  for (const auto& member : entry.members) {
    for (const auto& domain : entry.instrument.domains) {
      if ((only.empty() || domain.key == only) && domain.level == member.role) add(domain, &member);
    }
  }
  view::Model model;
  model.title = Say("Registration of {0} on {1}", entry.facts.case_code, entry.facts.date);
  if (entry.instrument.subject == "family") {
    form.actions.push_back({Say("Someone joined the family"), "registrations.add-member", {{"case", entry.facts.study_case}, {"joined", entry.facts.date}}});
    for (const auto& member : entry.members) {
      form.actions.push_back({Say("{0} left the family", member.name), "registrations.member-dates",
                              {{"case", entry.facts.study_case}, {"person", member.person}, {"left", entry.facts.date}}});
    }
  }
  form.actions.push_back({Say("Say who registered"), "registrations.registered-by", {{"registration", *registration}}});
  form.actions.push_back({Say("Delete this registration"), "registrations.delete", {{"registration", *registration}}});
  model.body = std::move(form);
  model.population.description = entry.facts.occasion.empty() ? Say("{0}, {1}", entry.facts.case_code, entry.facts.date)
                                                              : Say("{0}, {1}, {2}", entry.facts.case_code, entry.facts.date, entry.facts.occasion);
  if (!entry.facts.registrar.empty()) model.population.description = Say("{0}; registered by {1}", model.population.description, entry.facts.registrar);
  model.population.facts = {{"entered", Say("Entered here"), counts[0]},
                            {"carried", Say("Carried from earlier"), counts[1]},
                            {"unanswered", Say("Not known yet"), counts[2]},
                            {"instrument", Say("Instrument"), entry.instrument.key},
                            {"version", Say("Version"), entry.instrument.version}};
  return model;
}

}  // namespace

void AddEntryView(Registry& registry) {
  View entry;
  entry.id = "registrations.entry";
  entry.kind = view::Kind::kForm;
  entry.label = Say("Registration");
  entry.help = Say("Enter what changed: the form opens on what was known last.");
  entry.parameters = {{.name = "registration", .type = ParameterType::kEntity, .label = Say("Registration"), .entity_kind = "registration"},
                      {.name = "domain", .type = ParameterType::kChoice, .label = Say("Domain"), .live = true, .study_choices = &DomainChoices},
                      {.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .help = Say("Opens the last registration of this family."), .entity_kind = "case"}};
  entry.build = &Form;
  registry.Add(std::move(entry));
}

}  // namespace meerstem::registrations
