#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "core/study/coded_study.h"
#include "core/study/codes.h"
#include "core/study/deletion.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

/// Everything that a CodedStudy says, in words: codes and coders by id, since their numbers may differ.
std::string Told(const CodedStudy& study) {
  std::ostringstream out;
  const auto& frame = *study.frame;
  for (const auto& code : study.codes->list) out << code.path << " " << ToString(code.id) << "\n";
  for (std::size_t s = 0; s < study.size(); ++s) {
    const auto& source = study.source(s);
    out << "source " << source.title << " " << source.kind << "\n";
    for (const auto& turn : study.stock(s).turns) {
      const auto& voice = source.voices[turn.voice];
      out << " turn " << turn.start << "-" << turn.end << " label " << turn.label_start << "-" << turn.label_end << " " << voice.label << " "
          << (voice.person == CodedStudy::kNone ? "?" : frame.persons.names[voice.person]) << " " << voice.researcher << "\n";
    }
    for (const auto& quote : study.stock(s).quotes) {
      out << " quote " << ToString(quote.id) << " " << quote.start << "-" << quote.end << " turn " << quote.turn;
      for (auto c = quote.first; c < quote.last; ++c) {
        const auto& coding = study.stock(s).codings[c];
        out << " [" << ToString(coding.id) << " " << study.codes->Of(coding.code)->path << " "
            << (coding.coder == CodedStudy::kNone ? "?" : frame.coders.names[coding.coder]) << "]";
      }
      out << "\n";
    }
  }
  return out.str();
}

std::string Followed(TestStudy& study) { return Told(*CodedStudyOf(*study.store().Read())); }

/// A Writing keeps nothing in memory: what it is told was read just now.
std::string Anew(TestStudy& study) {
  std::string told;
  study.store().Run({"test.look", Say("Look"), study.actor()}, [&](Writing& writing) { told = Told(*CodedStudyOf(writing)); });
  return told;
}

class Edits {
 public:
  explicit Edits(TestStudy& study, unsigned seed) : study_(study), random_(seed) {}
  void One() {
    const auto what = Below(12);
    if (what == 0 && study_.store().NextUndo()) return study_.Undo();
    if (what == 1 && study_.store().NextRedo()) return study_.Redo();
    study_.store().Run({"test.edit", Say("Edit"), study_.actor()}, [&](Writing& writing) { Do(writing, what); });
  }

 private:
  std::size_t Below(std::size_t bound) { return random_() % bound; }
  std::optional<Id> Any(Reading& reading, const std::string& table) {
    const auto count = reading.Number("SELECT count(*) FROM " + table);
    if (count == 0) return std::nullopt;
    auto row = reading.Query("SELECT id FROM " + table + " ORDER BY id LIMIT 1 OFFSET ?", static_cast<std::int64_t>(Below(static_cast<std::size_t>(count))));
    row.Step();
    return row.GetId(0);
  }

  void Do(Writing& writing, std::size_t what) {
    const auto source = Any(writing, "source"), code = Any(writing, "code"), coding = Any(writing, "coding");
    if (what == 2 || !source) {
      AddSource(writing, {.title = "S" + std::to_string(++made_), .kind = "interview", .content = StoreContent(writing, std::string(200, 'x'))});
    } else if (what == 3 || !code) {
      EnsureCode(writing, "C" + std::to_string(++made_));
    } else if (what == 4 && coding) {
      DeleteEntity(writing, "coding", *coding);
    } else if (what == 5 && coding) {
      writing.Do("UPDATE coding SET code_id = ? WHERE id = ?", *code, *coding);
    } else if (what == 6) {
      if (const auto quote = Any(writing, "quote")) writing.Do("UPDATE quote SET span_id = ? WHERE id = ?", EnsureSpan(writing, Somewhere(*source)), *quote);
    } else if (what == 7) {
      const Id speaker = writing.NewId();
      writing.Do("INSERT INTO speaker (id, source_id, label, person_id) VALUES (?, ?, 'P', ?)", speaker, *source, EnsurePerson(writing, "P" + std::to_string(Below(4))));
      writing.Do("INSERT INTO turn (id, speaker_id, span_id) VALUES (?, ?, ?)", writing.NewId(), speaker, EnsureSpan(writing, Somewhere(*source)));
    } else if (what == 8) {
      if (const auto person = Any(writing, "person")) writing.Do("UPDATE person SET pseudonym = ? WHERE id = ?", "N" + std::to_string(++made_), *person);
    } else if (what == 9 && Below(4) == 0) {
      DeleteEntity(writing, "source", *source);
    } else if (what == 10 && Below(3) == 0) {
      DeleteEntity(writing, "code", *code);
    } else if (what == 11) {
      if (const auto span = Any(writing, "span")) writing.Do("UPDATE span SET start = start / 2 WHERE id = ?", *span);
    } else {
      writing.Do("INSERT INTO coding (id, quote_id, code_id, coder_id, at, origin) VALUES (?, ?, ?, ?, ?, 'hand')", writing.NewId(),
                 EnsureQuote(writing, Somewhere(*source)), *code, study_.actor(), static_cast<std::int64_t>(Below(5)));
    }
  }

  SourceSpan Somewhere(const Id& source) {
    const auto start = static_cast<std::int64_t>(Below(190));
    return {source, {start, start + 1 + static_cast<std::int64_t>(Below(9))}};
  }

  TestStudy& study_;
  std::mt19937 random_;
  int made_ = 0;
};

TEST(CodedStudy, FollowsEveryEditUndoAndRedo) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    TestStudy study({});
    Edits edits(study, seed);
    for (int i = 0; i < 150; ++i) {
      edits.One();
      // Now and then several edits at once are followed.
      if (i % 4 == 3) continue;
      ASSERT_EQ(Followed(study), Anew(study)) << "seed " << seed << ", edit " << i;
    }
    study.Reopen();
    EXPECT_EQ(Followed(study), Anew(study));
  }
}

TEST(CodedStudy, ReadsOnlyWhatWasTouched) {
  TestStudy study({});
  study.store().Run({"test.edit", Say("Edit"), study.actor()}, [&](Writing& writing) {
    for (int i = 0; i < 3; ++i) {
      const Id source = AddSource(writing, {.title = "S" + std::to_string(i), .kind = "interview", .content = StoreContent(writing, std::string(100, 'x'))});
      EnsureQuote(writing, {source, {1, 5}});
    }
  });
  const auto before = CodedStudyOf(*study.store().Read());
  EXPECT_EQ(CodedStudyOf(*study.store().Read()), before);
  study.store().Run({"test.edit", Say("Edit"), study.actor()}, [&](Writing& writing) { EnsureQuote(writing, {before->source(1).id, {2, 9}}); });
  const auto after = CodedStudyOf(*study.store().Read());
  EXPECT_EQ(after->stocks[0], before->stocks[0]);
  EXPECT_NE(after->stocks[1], before->stocks[1]);
  EXPECT_EQ(after->stocks[2], before->stocks[2]);
  EXPECT_EQ(after->frame, before->frame);
  // Whoever holds the older one sees what stood then.
  EXPECT_EQ(before->stock(1).quotes.size(), 1u);
  EXPECT_EQ(after->stock(1).quotes.size(), 2u);
  EXPECT_TRUE(study.store().Read()->database().reads().empty());
  const auto reading = study.store().Read();
  CodedStudyOf(*reading);
  EXPECT_TRUE(reading->database().reads().contains("coding"));
}

}  // namespace
}  // namespace meerstem::testing
