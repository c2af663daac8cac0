#pragma once

#include <string>
#include <vector>

#include "core/base/language.h"
#include "core/study/codes.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {

/// What someone says; an empty type leaves the speaker unknown.
struct Said {
  std::string person;
  std::string type;
  std::string site;
  std::string words;
};

/// Puts a conversation into the study without any plugin: one turn per line, labelled by its speaker.
inline Id AddConversation(TestStudy& study, const std::string& title, const std::vector<Said>& lines, const std::string& kind = "interview") {
  Id source;
  study.store().Run({"test.conversation", Say("A conversation"), study.actor()}, [&](Writing& writing) {
    std::string text;
    std::vector<std::pair<Range, Range>> places;
    for (const auto& line : lines) {
      const auto start = CountCodePoints(text);
      text += line.person + ": ";
      const auto words = CountCodePoints(text);
      text += line.words;
      places.push_back({{start, words}, {words, CountCodePoints(text)}});
      text += "\n\n";
    }
    source = AddSource(writing, {.title = title, .kind = kind, .content = StoreContent(writing, text), .language = "nl", .date = Date{2023, 6, 14}});
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Said& line = lines[i];
      Id speaker;
      {
        auto row = writing.Query("SELECT id FROM speaker WHERE source_id = ? AND label = ?", source, line.person);
        if (row.Step()) speaker = row.GetId(0);
      }
      if (speaker.IsNil()) {
        speaker = writing.NewId();
        std::optional<Id> person;
        if (!line.type.empty()) {
          person = EnsurePerson(writing, line.person);
          writing.Do("UPDATE person SET stakeholder_id = (SELECT id FROM stakeholder_type WHERE key = ?), site_id = ? WHERE id = ?", line.type,
                     EnsureSite(writing, line.site), *person);
        }
        writing.Do("INSERT INTO speaker (id, source_id, label, person_id) VALUES (?, ?, ?, ?)", speaker, source, line.person, person);
      }
      writing.Do("INSERT INTO turn (id, speaker_id, label_span_id, span_id) VALUES (?, ?, ?, ?)", writing.NewId(), speaker,
                 EnsureSpan(writing, {source, places[i].first}), EnsureSpan(writing, {source, places[i].second}));
    }
  });
  return source;
}

/// Codes the one place where `words` stand.
inline Id CodeWords(TestStudy& study, const Id& source, const std::string& words, const std::string& code) {
  Id quote;
  study.store().Run({"test.code", Say("A coding"), study.actor()}, [&](Writing& writing) {
    quote = EnsureQuote(writing, {source, FindOnce(writing, source, words)});
    writing.Do("INSERT INTO coding (id, quote_id, code_id, coder_id, at, origin) VALUES (?, ?, ?, ?, 0, 'hand')", writing.NewId(), quote,
               EnsureCode(writing, code), study.actor());
  });
  return quote;
}

}  // namespace meerstem::testing
