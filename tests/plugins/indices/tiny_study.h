#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/language.h"
#include "core/study/instruments.h"
#include "core/study/people.h"
#include "plugins/indices/part.h"
#include "plugins/indices/study_scores.h"
#include "tests/support/test_study.h"

namespace meerstem::indices {

using Words = std::vector<std::vector<std::string>>;

inline std::string CriterionJson(const std::string& id, const std::string& level, const std::string& item, const std::string& persons = "any") {
  return R"({"id":")" + id + R"(","name":{"en":")" + id + R"("},"level":")" + level + R"(","items":[{"item":")" + item +
         R"(","insufficient_at_most":2}],"persons":")" + persons + R"(","across":"any","min_answered":1,"without_persons":"sufficient"})";
}

inline std::string Rules(const std::string& more = "\"max_carried_months\":null", const std::string& version = "1", const std::string& threshold = "2") {
  return R"({"format":"meerstem-rule-set","format_version":1,"id":"three","version":")" + version +
         R"(","name":{"en":"Three"},"instrument":"tiny","threshold":)" + threshold +
         R"(,"baseline":"first","follow_up":"last","follow_up_months":6,)" + more + R"(,"criteria":[)" + CriterionJson("home", "household", "home") + "," +
         CriterionJson("work", "adult", "work", "all") + "," + CriterionJson("school", "child", "school") + "]}";
}

/// A study with a tiny instrument (home, work, school) whose families are written straight into the store.
class Tiny : public meerstem::testing::TestStudy {
 public:
  Tiny() : TestStudy({&Register}) {
    Write([&](Writing& writing) {
      instrument = writing.NewId();
      writing.Do("INSERT INTO instrument (id, key, version, name) VALUES (?, 'tiny', '1', '{\"en\":\"Tiny\"}')", instrument);
      for (const auto* level : {"household", "adult", "child"}) {
        const Id domain = writing.NewId();
        const std::string key = level == std::string("household") ? "home" : level == std::string("adult") ? "work" : "school";
        writing.Do("INSERT INTO instrument_domain (id, instrument_id, level, key, name) VALUES (?, ?, ?, ?, '{}')", domain, instrument, level, key);
        const Id item = items[key] = writing.NewId();
        writing.Do("INSERT INTO item (id, domain_id, key, name, not_applicable) VALUES (?, ?, ?, '{}', 1)", item, domain, key);
        for (int value = 1; value <= 5; ++value) writing.Do("INSERT INTO scale_point (id, item_id, value, label) VALUES (?, ?, ?, '{}')", writing.NewId(), item, value);
      }
    });
    Do("indices.add-rule-set", {{"file", folder().Write("three.json", Rules())}});
  }
  void Write(const std::function<void(Writing&)>& body) { store().Run({"test", Say("Set up"), actor()}, body); }

  /// One registration; each answer is "item=value", "work@A1=unknown" or "school@K1=n/a".
  void Registered(const std::string& code, const std::string& date, const std::vector<std::string>& answers, const std::string& site = "Noord") {
    Write([&](Writing& writing) {
      const Id study_case = EnsureCase(writing, code), registration = writing.NewId();
      writing.Do("UPDATE study_case SET site_id = ? WHERE id = ?", EnsureSite(writing, site), study_case);
      writing.Do("INSERT INTO registration (id, case_id, instrument_id, date) VALUES (?, ?, ?, ?)", registration, study_case, instrument, date);
      for (const auto& answer : answers) {
        const auto equals = answer.find('='), at = answer.find('@');
        const std::string item = answer.substr(0, std::min(at, equals)), value = answer.substr(equals + 1);
        std::optional<Id> person;
        if (at != std::string::npos) {
          person = EnsurePerson(writing, code + answer.substr(at + 1, equals - at - 1));
          EnsureMembership(writing, *person, study_case, item == "work" ? "adult" : "child");
        }
        const bool rated = value.size() == 1;
        writing.Do("INSERT INTO answer (id, registration_id, item_id, person_id, status, value) VALUES (?, ?, ?, ?, ?, ?)", writing.NewId(), registration, items[item],
                   person, rated ? "rated" : value == "n/a" ? "not_applicable" : "unknown", rated ? std::optional(value[0] - '0') : std::nullopt);
      }
    });
  }
  std::map<std::string, std::string> Facts(const view::Model& model) {
    std::map<std::string, std::string> facts;
    for (const auto& fact : model.population.facts) facts[fact.id] = Language::English()->Show(fact.value);
    return facts;
  }
  std::map<std::string, std::string> Outcomes(const RawArguments& raw = {}) {
    std::map<std::string, std::string> counts;
    for (const auto& row : Rows(See("indices.outcomes", raw))) counts[row.key] = Language::English()->Show(row.cells[2].value);
    return counts;
  }

  Id instrument;
  std::map<std::string, Id> items;
};

}  // namespace meerstem::indices
