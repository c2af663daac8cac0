#pragma once

#include <gtest/gtest.h>

#include "plugins/coding/part.h"
#include "plugins/indices/part.h"
#include "plugins/registrations/part.h"
#include "plugins/themes/part.h"
#include "plugins/triangulation/part.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {

/// A small study with both strands: twelve families of which four got better, four stayed and four got worse; a member of
/// each of the first and of the last four speaks, and one coach speaks about one of them.
class StrandsTest : public ::testing::Test {
 protected:
  StrandsTest() : study({&coding::Register, &themes::Register, &registrations::Register, &indices::Register, &triangulation::Register}) {
    study.store().Run({"test", Say("Instrument"), study.actor()}, [&](Writing& writing) { AddNumbers(writing); });
    study.Do("indices.add-rule-set", {{"file", study.folder().Write("rules.json", kRules)}});
    for (int f = 0; f < 12; ++f) {
      if (f >= 4 && f < 8) continue;
      const std::string name = "Lid" + std::to_string(f);
      const Id talk = AddConversation(study, "Gesprek " + std::to_string(f), {{name, "family", "Noord", f < 4 ? "Het gaat goed nu. Ik doe het zelf." : "Het gaat slecht. De huur steeg."}});
      study.store().Run({"test", Say("Member"), study.actor()}, [&](Writing& writing) { EnsureMembership(writing, EnsurePerson(writing, name), EnsureCase(writing, Code(f)), "adult"); });
      CodeWords(study, talk, f < 4 ? "Het gaat goed nu." : "Het gaat slecht.", f < 4 ? "Goed" : "Slecht");
    }
    // One family whose numbers went down speaks of what goes well.
    const Id contrary = AddConversation(study, "Gesprek A", {{"Lid11", "family", "Noord", "Wij lachen weer."}});
    CodeWords(study, contrary, "Wij lachen weer.", "Goed");
    study.Do("themes.add-theme", {{"name", "Vooruit"}, {"code", "Goed"}});
    study.Do("themes.add-theme", {{"name", "Achteruit"}, {"code", "Slecht"}});
  }

  static std::string Code(int family) { return "F-" + std::string(family < 10 ? "0" : "") + std::to_string(family); }

  /// What stands in a column of the first row that begins so; empty: there is none.
  static std::string Shown(const std::vector<std::vector<std::string>>& words, const std::string& first, const std::string& column) {
    for (std::size_t c = 0; c < words[0].size(); ++c) {
      if (words[0][c] != column) continue;
      for (const auto& row : words) {
        if (row[0] == first) return row[c];
      }
    }
    return {};
  }

  TestStudy study;
  Id item, remark;

 private:
  static constexpr const char* kRules =
      R"({"format":"meerstem-rule-set","format_version":1,"id":"two","version":"1","name":{"en":"Two"},"instrument":"small","threshold":1,"baseline":"first","follow_up":"last","follow_up_months":6,
      "criteria":[{"id":"a","name":{"en":"A"},"level":"household","items":[{"item":"household.a","insufficient_at_most":2}],"persons":"any","across":"any","min_answered":1,"without_persons":"unknown"},
                  {"id":"b","name":{"en":"B"},"level":"household","items":[{"item":"household.b","insufficient_at_most":2}],"persons":"any","across":"any","min_answered":1,"without_persons":"unknown"}]})";

  void AddNumbers(Writing& writing) {
    const Id instrument = writing.NewId(), domain = writing.NewId();
    writing.Do("INSERT INTO instrument (id, key, version, name) VALUES (?, 'small', '1', '{\"nl\": \"Klein\"}')", instrument);
    writing.Do("INSERT INTO instrument_domain (id, instrument_id, level, key, name) VALUES (?, ?, 'household', 'home', '{\"nl\": \"Thuis\"}')", domain, instrument);
    Id items[2];
    for (int i = 0; i < 2; ++i) {
      items[i] = writing.NewId();
      writing.Do("INSERT INTO item (id, domain_id, key, name, order_key) VALUES (?, ?, ?, ?, ?)", items[i], domain, i ? "household.b" : "household.a", i ? "{\"nl\": \"B\"}" : "{\"nl\": \"A\"}", i);
      for (int point = 1; point <= 5; ++point) writing.Do("INSERT INTO scale_point (id, item_id, value, label) VALUES (?, ?, ?, '{\"nl\": \"punt\"}')", writing.NewId(), items[i], point);
    }
    item = items[1];
    for (int f = 0; f < 12; ++f) {
      const Id family = EnsureCase(writing, Code(f));
      for (int r = 0; r < 2; ++r) {
        const Id registration = writing.NewId();
        writing.Do("INSERT INTO registration (id, case_id, instrument_id, date) VALUES (?, ?, ?, ?)", registration, family, instrument, r ? "2023-01-10" : "2022-01-10");
        for (int i = 0; i < 2; ++i) {
          // Item a is insufficient throughout; item b rises, stays or falls over the cut-off.
          const int value = i == 0 ? 1 : f < 4 ? (r ? 4 : 1) : f < 8 ? 3 : (r ? 1 : 4);
          std::optional<Id> words;
          if (f == 8 && r == 1 && i == 1) {
            remark = AddSource(writing, {.title = "F-08 B", .kind = "remark", .content = StoreContent(writing, "De huur steeg.")});
            writing.Do("INSERT INTO source_about (id, source_id, case_id) VALUES (?, ?, ?)", writing.NewId(), remark, family);
            words = remark;
          }
          writing.Do("INSERT INTO answer (id, registration_id, item_id, status, value, remark_id) VALUES (?, ?, ?, 'rated', ?, ?)", writing.NewId(), registration, items[i], value, words);
        }
      }
    }
  }
};

}  // namespace meerstem::testing
