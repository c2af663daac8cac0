// Memos: what the researcher thinks, about a code, source, quote, case, person or the study as a whole.
#include <array>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/study/deletion.h"
#include "plugins/coding/memos.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {

std::vector<Choice> MemoKinds() {
  return {{"general", Say("General")}, {"reflexive", Say("Reflexive")}, {"methodological", Say("Methodological")}, {"theoretical", Say("Theoretical")}};
}

Parameter MemoKindParameter(const std::string& fallback) {
  Parameter kind{.name = "kind", .type = ParameterType::kChoice, .label = Say("Kind of memo"), .fallback = fallback};
  kind.choices = MemoKinds();
  return kind;
}

MemoSubject SubjectOf(const Registry& registry, Reading& reading, const std::string& kind, const Id& id) {
  const EntityKind* registered = registry.FindKind(kind);
  if (!registered) return {.label = Say("the study")};
  const auto name = registered->name(reading, id);
  MemoSubject subject{.label = Say("{0}: {1}", registered->label, name.value_or(""))};
  if (!name) return subject;
  Id quote = id;
  if (kind == "coding") {
    auto row = reading.Query("SELECT quote_id FROM coding WHERE id = ?", id);
    if (row.Step()) quote = row.GetId(0);
  }
  if (kind == "quote" || kind == "coding") {
    const SourceSpan span = SpanOf(reading, quote);
    subject.target = PlaceOf(span);
    subject.withdrawn = !MayUse(reading, span, Purpose::kScreen);
    if (MayUse(reading, span, Purpose::kExport)) subject.words = DisplayText(reading, span, Purpose::kExport);
  } else if (kind == "code") {
    subject.target = RetrieveOf(id);
  } else if (registered->open) {
    subject.target = registered->open(id);
  }
  return subject;
}

namespace {

constexpr std::array kOn = {"code", "source", "quote", "coding", "case", "person"};
constexpr std::int64_t kNameLength = 40;

Message KindLabel(const std::string& key) {
  for (const auto& kind : MemoKinds()) {
    if (kind.key == key) return kind.label;
  }
  return Verbatim(key);
}

Parameter TextParameter(bool required) { return {.name = "text", .type = ParameterType::kProse, .label = Say("Memo"), .required = required}; }

Message NoMemos(Reading& reading, const Arguments&) {
  if (reading.Number("SELECT EXISTS (SELECT 1 FROM memo)")) return {};
  return Say("There is no memo yet.");
}

EntityKind MemoKind() {
  EntityKind entity{.kind = "memo", .table = "memo", .label = Say("memo")};
  // A memo goes by its first words, so that it can be told from others in a picker.
  const auto short_name = [](const std::string& text) {
    const std::string line = text.substr(0, text.find('\n'));
    const Text indexed(line);
    return indexed.size() <= kNameLength ? line : std::string(indexed.Slice({0, kNameLength})) + "…";
  };
  entity.name = [short_name](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT text FROM memo WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return short_name(row.Text(0));
  };
  entity.list = [short_name](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, text FROM memo ORDER BY at, id");
    while (rows.Step()) all.emplace_back(rows.GetId(0), short_name(rows.Text(1)));
    return all;
  };
  return entity;
}

Command AddMemo() {
  Command command{.id = "coding.memo", .label = Say("Write a memo"), .help = Say("Writes down a thought about a code, source, quote, coding, case or person; about none of them, it is a memo of the study.")};
  command.key = "Ctrl+M";
  command.parameters = {TextParameter(true), MemoKindParameter("general"), EntityParameter("on-code", "code", Say("About the code"), false),
                        EntityParameter("on-source", "source", Say("About the source"), false), EntityParameter("on-quote", "quote", Say("About the quote"), false), EntityParameter("on-coding", "coding", Say("About the coding"), false),
                        EntityParameter("on-case", "case", Say("About the case"), false), EntityParameter("on-person", "person", Say("About the person"), false)};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string text = Trim(arguments.Text("text"));
    if (text.empty()) throw Refuse("A memo without words is no memo; write something.");
    std::string kind = "study";
    Id on;
    for (const std::string candidate : kOn) {
      const auto entity = arguments.Entity("on-" + candidate);
      if (!entity) continue;
      if (kind != "study") throw Usage("A memo is about one thing; give only one of --on-code, --on-source, --on-quote, --on-coding, --on-case, --on-person.");
      kind = candidate;
      on = *entity;
    }
    return Simply([text, kind, on, memo_kind = arguments.Text("kind")](Writing& writing, Outcome& outcome) {
      const Id id = writing.NewId();
      writing.Do("INSERT INTO memo (id, entity_kind, entity_id, kind, text, author_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)", id, kind, on, memo_kind, text,
                 CoderOf(writing), writing.now());
      outcome.created.push_back(id);
    });
  };
  return command;
}

Command EditMemo() {
  Command command{.id = "coding.edit-memo", .label = Say("Edit a memo"), .help = Say("Gives a memo other words or another kind.")};
  command.impossible = NoMemos;
  command.parameters = {EntityParameter("memo", "memo", Say("Memo")), TextParameter(false), MemoKindParameter("")};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    if (!arguments.Has("text") && !arguments.Has("kind")) throw Usage("Say what to change: the text (--text) or the kind (--kind).");
    const std::string text = Trim(arguments.Text("text"));
    if (arguments.Has("text") && text.empty()) throw Refuse("A memo without words is no memo; delete it instead.");
    return Simply([arguments, text](Writing& writing, Outcome&) {
      const Id memo = *arguments.Entity("memo");
      if (!text.empty()) writing.Do("UPDATE memo SET text = ? WHERE id = ?", text, memo);
      if (arguments.Has("kind")) writing.Do("UPDATE memo SET kind = ? WHERE id = ?", arguments.Text("kind"), memo);
    });
  };
  return command;
}

Command DeleteMemo() {
  Command command{.id = "coding.delete-memo", .label = Say("Delete a memo"), .help = Say("Takes a memo away; what it is about stays.")};
  command.impossible = NoMemos;
  command.parameters = {EntityParameter("memo", "memo", Say("Memo"))};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([memo = *arguments.Entity("memo")](Writing& writing, Outcome&) {
      std::vector<Id> quotes;
      {
        auto row = writing.Query("SELECT entity_id FROM memo WHERE id = ? AND entity_kind = 'quote'", memo);
        if (row.Step()) quotes.push_back(row.GetId(0));
      }
      DeleteEntity(writing, "memo", memo);
      DropLooseQuotes(writing, quotes);
    });
  };
  return command;
}

class MemoRows final : public view::Rows {
 public:
  MemoRows(const Registry& registry, std::vector<Id> memos) : registry_(registry), memos_(std::move(memos)) {}
  std::size_t Count() const override { return memos_.size(); }
  std::string Key(std::size_t index) const override { return ToString(memos_[index]); }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    std::vector<view::Row> rows;
    for (std::size_t i = first; i < memos_.size() && i - first < count; ++i) rows.push_back(RowOf(reading, memos_[i]));
    return rows;
  }

 private:
  view::Row RowOf(Reading& reading, const Id& memo) const {
    std::string on_kind, kind, text, author;
    Id on;
    std::int64_t at = 0;
    {
      auto row = reading.Query("SELECT entity_kind, entity_id, memo.kind, text, name, at FROM memo LEFT JOIN researcher ON researcher.id = author_id WHERE memo.id = ?", memo);
      if (row.Step()) {
        on_kind = row.Text(0);
        on = row.GetId(1);
        kind = row.Text(2);
        text = row.Text(3);
        author = row.Text(4);
        at = row.Int(5);
      }
    }
    view::Row row{.key = ToString(memo), .entities = {{"memo", memo}}};
    const MemoSubject subject = SubjectOf(registry_, reading, on_kind, on);
    view::Cell about{.value = subject.label};
    if (on_kind != "study") about.entities = {{on_kind, on}};
    row.target = about.target = subject.target;
    view::Cell words{.value = text};
    if (subject.withdrawn) words = {.state = view::State::kSuppressed, .why = Say("Whoever this is about has withdrawn.")};
    else words.edit = view::Edit{"coding.edit-memo", {{"memo", memo}}, "text", ParameterType::kProse, {}};
    view::Cell what{.value = KindLabel(kind)};
    what.edit = view::Edit{"coding.edit-memo", {{"memo", memo}}, "kind", ParameterType::kChoice, MemoKinds()};
    view::Cell who{.value = author};
    if (author.empty()) who = {.state = view::State::kEmpty};
    row.cells = {std::move(what), std::move(about), std::move(words), std::move(who), {.value = DayOf(at)}};
    return row;
  }

  const Registry& registry_;
  std::vector<Id> memos_;
};

view::Model BuildMemos(const Registry& registry, Reading& reading, const Arguments& arguments) {
  std::vector<Id> memos;
  const std::string kind = arguments.Text("kind"), on = arguments.Text("about");
  auto rows = reading.Query("SELECT id, kind, entity_kind FROM memo ORDER BY at, id");
  while (rows.Step()) {
    if ((kind.empty() || rows.Text(1) == kind) && (on.empty() || rows.Text(2) == on)) memos.push_back(rows.GetId(0));
  }
  view::Model model;
  model.population.facts = {{"memos", Say("Memos"), static_cast<std::int64_t>(memos.size())}};
  view::Table table;
  table.columns = {{"kind", Say("Kind")}, {"on", Say("About")}, {"text", Say("Memo"), view::ColumnType::kText, 60}, {"author", Say("Author")},
                   {"time", Say("Written on"), view::ColumnType::kDate}};
  table.rows = std::make_shared<MemoRows>(registry, std::move(memos));
  model.body = std::move(table);
  model.empty = Say("No memo is written yet.");
  model.actions = {{Say("Write a memo"), "coding.memo", {}}};
  return model;
}

}  // namespace

void RegisterMemos(Registry& registry) {
  registry.Add(MemoKind());
  registry.Add(AddMemo());
  registry.Add(EditMemo());
  registry.Add(DeleteMemo());
  View view{.id = "coding.memos", .kind = view::Kind::kTable, .label = Say("Memos"), .help = Say("Everything that was written down about the study and its parts.")};
  Parameter kind = MemoKindParameter("");
  kind.live = true;
  Parameter about{.name = "about", .type = ParameterType::kChoice, .label = Say("About")};
  about.live = true;
  about.choices = {{"code", Say("code")},     {"source", Say("source")}, {"quote", Say("quote")}, {"coding", Say("coding")},
                   {"case", Say("case")},     {"person", Say("person")}, {"study", Say("the study")}};
  view.parameters = {kind, about};
  view.build = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job&) { return BuildMemos(registry, reading, arguments); };
  registry.Add(std::move(view));
  RegisterMemoBook(registry);
}

}  // namespace meerstem::coding
