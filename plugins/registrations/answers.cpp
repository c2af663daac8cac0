#include "plugins/registrations/answers.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/study/sources.h"

namespace meerstem::registrations {
namespace {

/// The household's answers have no person.
std::optional<Id> PersonOf(const AnswerKey& key) { return key.person.IsNil() ? std::nullopt : std::optional(key.person); }

}  // namespace

RegistrationFacts GetRegistration(Reading& reading, const Id& id) {
  auto row = reading.Query(
      "SELECT registration.id, case_id, instrument_id, code, study_case.site_id, date, occasion, ifnull(pseudonym, '') FROM registration "
      "JOIN study_case ON study_case.id = case_id LEFT JOIN person ON person.id = registrar_id WHERE registration.id = ?",
      id);
  if (!row.Step()) throw Refuse("This registration is no longer in the study.");
  return {row.GetId(0), row.GetId(1), row.GetId(2), row.Text(3), row.MaybeId(4), row.MaybeDate(5).value_or(Date{}), row.Text(6), row.Text(7)};
}

State StateBefore(Reading& reading, const RegistrationFacts& registration) {
  std::optional<Registration> previous;
  for (auto& one : RegistrationsOf(reading, registration.study_case, registration.instrument)) {
    if (one.id == registration.id) break;
    previous = std::move(one);
  }
  State state;
  if (!previous) return state;
  state = StateAt(reading, registration.study_case, registration.instrument, *previous);
  for (auto& [key, standing] : state) standing.carried = true;
  return state;
}

std::optional<StoredAnswer> FindAnswer(Reading& reading, const Id& registration, const AnswerKey& key) {
  auto row = reading.Query("SELECT id, status, value, remark_id FROM answer WHERE registration_id = ? AND item_id = ? AND person_id IS ?", registration,
                           key.item, PersonOf(key));
  if (!row.Step()) return std::nullopt;
  const auto value = row.MaybeInt(2);
  return StoredAnswer{row.GetId(0), row.Text(1), value ? std::optional(static_cast<int>(*value)) : std::nullopt, row.MaybeId(3)};
}

Place ReadPlace(Reading& reading, const Arguments& arguments) {
  Place place;
  place.registration = GetRegistration(reading, *arguments.Entity("registration"));
  const Instrument instrument = GetInstrument(reading, place.registration.instrument);
  const Item* item = instrument.Find(*arguments.Entity("item"));
  if (!item) throw Refuse("This item does not belong to “{0}”, the instrument of this registration.", instrument.key);
  place.item = *item;
  place.key.item = item->id;
  const auto person = arguments.Entity("person");
  if (item->level == "household") {
    if (person) throw Refuse("“{0}” is about the household; leave --person out.", item->key);
    return place;
  }
  if (!person) throw Refuse("“{0}” is about one member of the family; say whom with --person.", item->key);
  const auto members = MembersOf(reading, place.registration.study_case);
  const auto member = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.person == *person && m.role == item->level; });
  if (member == members.end()) {
    throw Refuse("“{0}” is about {1}, and this person is not one of them in {2}.", item->key, item->level == "adult" ? Say("adults") : Say("children"),
                 place.registration.case_code);
  }
  if (!member->PresentOn(place.registration.date)) {
    throw Refuse("{0} was not a member of {1} on {2}.", member->name, place.registration.case_code, place.registration.date);
  }
  place.key.person = *person;
  place.member = member->name;
  return place;
}

Id PutAnswer(Writing& writing, const Id& registration, const AnswerKey& key, const std::string& status, std::optional<int> value) {
  if (const auto stored = FindAnswer(writing, registration, key)) {
    writing.Do("UPDATE answer SET status = ?, value = ? WHERE id = ?", status, value, stored->id);
    return stored->id;
  }
  const Id id = writing.NewId();
  writing.Do("INSERT INTO answer (id, registration_id, item_id, person_id, status, value) VALUES (?, ?, ?, ?, ?, ?)", id, registration, key.item,
             PersonOf(key), status, value);
  return id;
}

Id AddRemark(Writing& writing, const RegistrationFacts& registration, const std::string& item_key, const std::string& member, const std::string& text) {
  Source source;
  source.title = registration.case_code + " " + item_key + " " + ToIso(registration.date) + (member.empty() ? "" : " " + member);
  source.kind = "remark";
  source.content = StoreContent(writing, text);
  source.language = "nl";
  source.date = registration.date;
  source.site = registration.site;
  source.encoding = "utf-8";
  const Id id = AddSource(writing, source);
  writing.Do("INSERT INTO source_about (id, source_id, case_id) VALUES (?, ?, ?)", writing.NewId(), id, registration.study_case);
  return id;
}

}  // namespace meerstem::registrations
