#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/study/people.h"
#include "core/study/sources.h"
#include "plugins/coding/part.h"
#include "tests/support/test_study.h"

namespace meerstem::coding::testing {

using meerstem::testing::TestStudy;

/// One turn of a test conversation.
struct Said {
  std::string person;
  std::string stakeholder;
  std::string words;
};

/// A study with coding's part, and sources made by hand.
class CodingStudy : public TestStudy {
 public:
  explicit CodingStudy(std::vector<Part> more = {}) : TestStudy(With(std::move(more))) {}

  Id AddText(const std::string& title, const std::string& text, const std::string& kind = "document") {
    Id id;
    store().Run({"test.source", Say("Add a source"), actor()}, [&](Writing& writing) {
      id = AddSource(writing, {.title = title, .kind = kind, .content = StoreContent(writing, text)});
    });
    return id;
  }

  /// An interview of "Name: words" paragraphs; people are made by pseudonym, with a type of the study by its key.
  Id AddInterview(const std::string& title, const std::vector<Said>& turns, const std::string& kind = "interview") {
    std::string text;
    std::vector<std::pair<Range, Range>> ranges;
    for (const auto& turn : turns) {
      if (!text.empty()) text += "\n\n";
      const auto label = CountCodePoints(text);
      text += turn.person + ": ";
      const auto words = CountCodePoints(text);
      text += turn.words;
      ranges.push_back({{label, words}, {words, CountCodePoints(text)}});
    }
    Id id;
    store().Run({"test.source", Say("Add a source"), actor()}, [&](Writing& writing) {
      id = AddSource(writing, {.title = title, .kind = kind, .content = StoreContent(writing, text)});
      for (std::size_t i = 0; i < turns.size(); ++i) {
        const Id person = EnsurePerson(writing, turns[i].person);
        for (const auto& type : StakeholderTypes(writing)) {
          if (type.key == turns[i].stakeholder) writing.Do("UPDATE person SET stakeholder_id = ? WHERE id = ?", type.id, person);
        }
        Id speaker;
        {
          auto row = writing.Query("SELECT id FROM speaker WHERE source_id = ? AND label = ?", id, turns[i].person);
          if (row.Step()) speaker = row.GetId(0);
        }
        if (speaker.IsNil()) {
          speaker = writing.NewId();
          writing.Do("INSERT INTO speaker (id, source_id, label, person_id) VALUES (?, ?, ?, ?)", speaker, id, turns[i].person, person);
        }
        const Id label = EnsureSpan(writing, {id, ranges[i].first});
        const Id words = EnsureSpan(writing, {id, ranges[i].second});
        writing.Do("INSERT INTO turn (id, speaker_id, label_span_id, span_id) VALUES (?, ?, ?, ?)", writing.NewId(), speaker, label, words);
      }
    });
    return id;
  }

  void Change(const std::string& sql) {
    store().Run({"test.change", Say("Change"), actor()}, [&](Writing& writing) { writing.Do(sql); });
  }
  std::int64_t Count(const std::string& sql) { return store().Read()->Number(sql); }
  std::string Text(const std::string& sql) {
    auto reading = store().Read();
    auto row = reading->Query(sql);
    return row.Step() ? row.Text(0) : "";
  }
  Outcome Code(const std::string& source, const std::string& words, const std::string& code) {
    return Do("coding.apply", {{"source", source}, {"text", words}, {"code", code}});
  }

 private:
  static std::vector<Part> With(std::vector<Part> more) {
    more.insert(more.begin(), &Register);
    return more;
  }
};

}  // namespace meerstem::coding::testing
