#include "core/study/exclusions.h"

namespace meerstem {
namespace {

std::unordered_set<Id> Ids(Statement rows) {
  std::unordered_set<Id> ids;
  while (rows.Step()) ids.insert(rows.GetId(0));
  return ids;
}

}  // namespace

Exclusions ReadExclusions(Reading& reading) {
  return {Ids(reading.Query("SELECT case_id FROM excluded_case")), Ids(reading.Query("SELECT registration_id FROM excluded_registration")),
          Ids(reading.Query("SELECT answer_id FROM excluded_answer"))};
}

std::int64_t ExcludedFamilies(Reading& reading, const std::string& subject) {
  return reading.Number("SELECT count(*) FROM study_case WHERE subject = ? AND id IN (SELECT case_id FROM excluded_case)", subject);
}

std::int64_t CountedFamilies(Reading& reading, const std::string& subject) {
  return reading.Number("SELECT count(*) FROM study_case WHERE subject = ? AND id NOT IN (SELECT case_id FROM excluded_case)", subject);
}

}  // namespace meerstem
