#include "core/study/instruments.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace meerstem {

const Item* Instrument::Find(const std::string& key) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.key == key; });
  return found == items.end() ? nullptr : &*found;
}

const Item* Instrument::Find(const Id& id) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
  return found == items.end() ? nullptr : &*found;
}

Localized ReadLocalized(const std::string& json) {
  Localized texts;
  const auto object = nlohmann::json::parse(json, nullptr, false);
  if (!object.is_object()) return texts;
  for (const auto& [language, text] : object.items()) {
    if (text.is_string()) texts.texts.emplace_back(language, text.get<std::string>());
  }
  return texts;
}

std::string ToJson(const Localized& texts) {
  nlohmann::json object = nlohmann::json::object();
  for (const auto& [language, text] : texts.texts) object[language] = text;
  return object.dump();
}

AnswerStatus ReadStatus(std::string_view status) {
  if (status == "rated") return AnswerStatus::kRated;
  if (status == "confirmed") return AnswerStatus::kConfirmed;
  if (status == "copied") return AnswerStatus::kCopied;
  if (status == "not_applicable") return AnswerStatus::kNotApplicable;
  return AnswerStatus::kUnknown;
}

const char* StatusName(AnswerStatus status) {
  switch (status) {
    case AnswerStatus::kRated: return "rated";
    case AnswerStatus::kConfirmed: return "confirmed";
    case AnswerStatus::kCopied: return "copied";
    case AnswerStatus::kNotApplicable: return "not_applicable";
    case AnswerStatus::kUnknown: return "unknown";
  }
  return "unknown";
}

std::vector<Id> Instruments(Reading& reading) {
  std::vector<Id> ids;
  auto rows = reading.Query("SELECT id FROM instrument ORDER BY id");
  while (rows.Step()) ids.push_back(rows.GetId(0));
  return ids;
}

Instrument GetInstrument(Reading& reading, const Id& id) {
  Instrument instrument;
  {
    auto row = reading.Query("SELECT id, key, version, name, subject FROM instrument WHERE id = ?", id);
    if (!row.Step()) throw Refuse("This instrument is no longer in the study.");
    instrument.id = row.GetId(0);
    instrument.key = row.Text(1);
    instrument.version = row.Text(2);
    instrument.name = ReadLocalized(row.Text(3));
    instrument.subject = row.Text(4);
  }
  std::unordered_map<Id, std::size_t> domain_at, item_at;
  {
    auto rows = reading.Query("SELECT id, key, level, name FROM instrument_domain WHERE instrument_id = ? ORDER BY order_key", id);
    while (rows.Step()) {
      domain_at[rows.GetId(0)] = instrument.domains.size();
      instrument.domains.push_back({rows.GetId(0), rows.Text(1), rows.Text(2), ReadLocalized(rows.Text(3)), {}});
    }
  }
  {
    auto rows = reading.Query(
        "SELECT item.id, item.key, item.name, question, not_applicable, domain_id FROM item "
        "JOIN instrument_domain d ON d.id = domain_id WHERE d.instrument_id = ? ORDER BY d.order_key, item.order_key",
        id);
    while (rows.Step()) {
      InstrumentDomain& domain = instrument.domains[domain_at[rows.GetId(5)]];
      domain.items.push_back(instrument.items.size());
      item_at[rows.GetId(0)] = instrument.items.size();
      instrument.items.push_back({rows.GetId(0), rows.Text(1), domain.level, ReadLocalized(rows.Text(2)),
                                  ReadLocalized(rows.Text(3)), rows.Int(4) != 0, domain.id, {}});
    }
  }
  auto rows = reading.Query(
      "SELECT item_id, value, label FROM scale_point JOIN item ON item.id = item_id "
      "JOIN instrument_domain d ON d.id = domain_id WHERE d.instrument_id = ? ORDER BY value",
      id);
  while (rows.Step()) {
    instrument.items[item_at[rows.GetId(0)]].points.push_back({static_cast<int>(rows.Int(1)), ReadLocalized(rows.Text(2))});
  }
  return instrument;
}

std::vector<Registration> RegistrationsOf(Reading& reading, const Id& study_case, const Id& instrument) {
  std::vector<Registration> registrations;
  auto rows = reading.Query("SELECT id, date, occasion FROM registration WHERE case_id = ? AND instrument_id = ? ORDER BY date, id", study_case, instrument);
  while (rows.Step()) registrations.push_back({rows.GetId(0), rows.MaybeDate(1).value_or(Date{}), rows.Text(2)});
  return registrations;
}

State StateAt(Reading& reading, const Id& study_case, const Id& instrument, const Registration& registration) {
  State state;
  auto rows = reading.Query(
      "SELECT answer.item_id, answer.person_id, answer.status, answer.value, registration.date, registration.id "
      "FROM registration JOIN answer ON answer.registration_id = registration.id "
      "WHERE case_id = ? AND +instrument_id = ? AND (date, registration.id) <= (?, ?) AND status <> 'remark' ORDER BY date, registration.id, answer.id",
      study_case, instrument, registration.date, registration.id);
  while (rows.Step()) {
    Standing standing;
    standing.status = ReadStatus(rows.View(2));
    if (const auto value = rows.MaybeInt(3)) standing.value = static_cast<int>(*value);
    standing.since = rows.MaybeDate(4).value_or(Date{});
    standing.carried = rows.GetId(5) != registration.id || standing.status == AnswerStatus::kCopied;
    state[{rows.GetId(0), rows.GetId(1)}] = standing;
  }
  return state;
}

}  // namespace meerstem
