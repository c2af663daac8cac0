// coding.memo-book: all memos as one text, by kind, for reading and for an appendix.
#include "core/base/clock.h"
#include "plugins/coding/memos.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

view::Model BuildMemoBook(const Registry& registry, Reading& reading, const Arguments& arguments) {
  const std::string only = arguments.Text("kind");
  view::Prose prose;
  std::int64_t count = 0;
  for (const auto& kind : MemoKinds()) {
    if (!only.empty() && only != kind.key) continue;
    bool opened = false;
    auto rows = reading.Query("SELECT memo.id, entity_kind, entity_id, text, name, at FROM memo LEFT JOIN researcher ON researcher.id = author_id WHERE kind = ? ORDER BY at, memo.id", kind.key);
    while (rows.Step()) {
      const MemoSubject subject = SubjectOf(registry, reading, rows.Text(1), rows.GetId(2));
      if (subject.withdrawn) continue;
      if (!opened) prose.blocks.push_back({.key = kind.key, .kind = view::Block::Kind::kHeading, .level = 1, .text = kind.label});
      opened = true;
      ++count;
      const Id memo = rows.GetId(0);
      const std::string author = rows.Text(4);
      const Message about = author.empty() ? Say("{0}, {1}", subject.label, DayOf(rows.Int(5))) : Say("{0}, {1}, {2}", subject.label, author, DayOf(rows.Int(5)));
      prose.blocks.push_back({.key = "about " + ToString(memo), .kind = view::Block::Kind::kHeading, .level = 2, .text = about, .target = subject.target});
      if (!subject.words.empty()) {
        prose.blocks.push_back({.key = "words " + ToString(memo), .kind = view::Block::Kind::kQuote, .text = Verbatim(subject.words), .target = subject.target});
      }
      view::Block words{.key = ToString(memo), .text = Verbatim(rows.Text(3)), .entities = {{"memo", memo}}};
      words.edit = view::Edit{"coding.edit-memo", {{"memo", memo}}, "text", ParameterType::kProse, {}};
      prose.blocks.push_back(std::move(words));
    }
  }
  view::Model model;
  model.population.facts = {{"memos", Say("Memos"), count}};
  model.body = std::move(prose);
  model.empty = Say("No memo is written yet.");
  model.actions = {{Say("Write a memo"), "coding.memo", {}}};
  return model;
}

}  // namespace

void RegisterMemoBook(Registry& registry) {
  View view{.id = "coding.memo-book", .kind = view::Kind::kProse, .label = Say("Memos as one text"), .help = Say("All memos by kind, with what they are about, to read or to write to a document.")};
  Parameter kind = MemoKindParameter("");
  kind.live = true;
  view.parameters = {kind};
  view.build = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job&) { return BuildMemoBook(registry, reading, arguments); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::coding
