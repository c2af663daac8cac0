#include "core/study/consent.h"

#include "core/base/error.h"

namespace meerstem {
namespace {

void Record(Writing& writing, const Id& person, const std::string& purpose, const std::string& answer, Date date, const std::string& guardian) {
  const std::optional<Id> recorder = writing.actor().IsNil() ? std::nullopt : std::optional(writing.actor());
  writing.Do("INSERT INTO consent (id, person_id, purpose, answer, date, guardian, recorded_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", writing.NewId(), person, purpose,
             answer, date, guardian, recorder, writing.now());
}

bool HasWithdrawn(Reading& reading, const Id& person) {
  return reading.Number("SELECT count(*) FROM person WHERE id = ? AND withdrawn IS NOT NULL", person) > 0;
}

}  // namespace

std::vector<ConsentAnswer> ConsentsOf(Reading& reading, const Id& person) {
  std::vector<ConsentAnswer> answers;
  auto rows = reading.Query("SELECT id, purpose, answer, date, guardian FROM consent WHERE person_id = ? ORDER BY at DESC, id DESC", person);
  while (rows.Step()) answers.push_back({rows.GetId(0), rows.Text(1), rows.Text(2), rows.MaybeDate(3).value_or(Date{}), rows.Text(4)});
  return answers;
}

bool IsMinor(Reading& reading, const Id& person) { return reading.Number("SELECT count(*) FROM minor_person WHERE id = ?", person) > 0; }

void RecordConsent(Writing& writing, const Id& person, const std::string& purpose, bool given, Date date, const std::string& guardian) {
  if (HasWithdrawn(writing, person)) throw Refuse("This person has withdrawn; undo the withdrawal first if that was a mistake.");
  if (given && guardian.empty() && IsMinor(writing, person)) throw Refuse("This person is a minor: say with --guardian who consents for them, such as mother or guardian.");
  Record(writing, person, purpose, given ? "given" : "refused", date, guardian);
  const std::string column = purpose == "analysis" ? "may_analyse" : purpose == "quotation" ? "may_quote" : "may_archive";
  writing.Do("UPDATE person SET " + column + " = ? WHERE id = ?", given, person);
}

void Withdraw(Writing& writing, const Id& person, Date date) {
  if (HasWithdrawn(writing, person)) throw Refuse("This person has withdrawn already.");
  Record(writing, person, "everything", "withdrawn", date, {});
  writing.Do("UPDATE person SET may_analyse = 0, may_quote = 0, may_archive = 0, withdrawn = ? WHERE id = ?", date, person);
}

}  // namespace meerstem
