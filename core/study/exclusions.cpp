#include "core/study/exclusions.h"

namespace meerstem {

Exclusions ReadExclusions(Reading& reading) {
  return {reading.Query("SELECT case_id FROM excluded_case").IdSet(), reading.Query("SELECT registration_id FROM excluded_registration").IdSet(),
          reading.Query("SELECT answer_id FROM excluded_answer").IdSet()};
}

std::int64_t ExcludedFamilies(Reading& reading, const std::string& subject) {
  return reading.Number("SELECT count(*) FROM study_case WHERE subject = ? AND id IN (SELECT case_id FROM excluded_case)", subject);
}

std::int64_t CountedFamilies(Reading& reading, const std::string& subject) {
  return reading.Number("SELECT count(*) FROM study_case WHERE subject = ? AND id NOT IN (SELECT case_id FROM excluded_case)", subject);
}

}  // namespace meerstem
