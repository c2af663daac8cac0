// coding.split-code: a part of what stands under a code goes to another: by coder, by source, by words, or quotes chosen
// one by one. The codings themselves move, with their memos, coder and time.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

struct Held {
  Id coding;
  Id quote;
  SourceSpan span;
  std::string coder;
};

/// The codings directly under the code that every given condition fits.
std::vector<Held> Fitting(Reading& reading, const Id& code, const Arguments& arguments) {
  const auto asked = [&](const char* name, const Id& id) {
    const auto wanted = arguments.Entities(name);
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), id) != wanted.end();
  };
  const std::string words = FoldText(Trim(arguments.Text("text")));
  std::vector<Held> held;
  auto rows = reading.Query(
      "SELECT coding.id, quote.id, span.source_id, span.start, span.end, coder_id, researcher.name FROM coding JOIN quote ON quote.id = quote_id "
      "JOIN span ON span.id = span_id JOIN source ON source.id = span.source_id LEFT JOIN researcher ON researcher.id = coder_id "
      "WHERE code_id = ? ORDER BY source.order_key, span.source_id, span.start, span.end, coding.at, coding.id",
      code);
  while (rows.Step()) {
    const Held each{rows.GetId(0), rows.GetId(1), {rows.GetId(2), {rows.Int(3), rows.Int(4)}}, rows.Text(6)};
    if (!asked("coder", rows.GetId(5)) || !asked("source", each.span.source) || !asked("quote", each.quote)) continue;
    if (!words.empty() && FoldedTextOf(reading, each.span.source)->Slice(each.span.range).find(words) == std::string_view::npos) continue;
    held.push_back(each);
  }
  return held;
}

view::Model Preview(Reading& reading, const std::vector<Held>& held, std::int64_t all) {
  std::vector<view::Row> lines;
  for (const auto& each : held) {
    view::Row row{.key = ToString(each.coding)};
    view::Cell coder{.value = each.coder};
    if (each.coder.empty()) coder.state = view::State::kEmpty;
    row.cells = {{.value = OneLine(reading, each.span, Purpose::kScreen)}, {.value = GetSource(reading, each.span.source).title}, std::move(coder)};
    row.entities = {{"coding", each.coding}, {"quote", each.quote}};
    row.target = PlaceOf(each.span);
    lines.push_back(std::move(row));
  }
  view::Model preview;
  preview.population.facts = {{"going", Say("Codings that go"), static_cast<std::int64_t>(held.size())},
                              {"staying", Say("Codings that stay"), all - static_cast<std::int64_t>(held.size())}};
  preview.body = view::Table{{{"text", Say("Words"), view::ColumnType::kText, 60}, {"source", Say("Source")}, {"coder", Say("Coder")}}, view::MakeRows(std::move(lines))};
  preview.empty = Say("Nothing under this code fits; nothing would move.");
  return preview;
}

Plan Prepare(Reading& reading, const Arguments& arguments, Job&) {
  const Code code = GetCode(reading, *arguments.Entity("code"));
  const std::string into = Trim(arguments.Text("into"));
  if (into.empty()) throw Refuse("A code needs a name.");
  if (into == code.path) throw Refuse("“{0}” is the code that is split; give another name.", into);
  for (const auto& other : Codebook(reading)) {
    if (other.path == into && !other.codable) throw Refuse("“{0}” is a heading of the codebook and not for coding; choose a code below it.", into);
  }
  auto held = Fitting(reading, code.id, arguments);
  if (const auto chosen = arguments.Texts("rows"); !chosen.empty()) {
    const std::set<std::string> keys(chosen.begin(), chosen.end());
    std::erase_if(held, [&](const Held& each) { return !keys.contains(ToString(each.coding)); });
  }
  Plan plan;
  plan.preview = Preview(reading, held, reading.Number("SELECT count(*) FROM coding WHERE code_id = ?", code.id));
  plan.apply = [code, into, held = std::move(held)](Applying& applying) {
    if (held.empty()) throw Refuse("Nothing under “{0}” fits, so there is nothing to split off; nothing was changed.", code.path);
    applying.Run([&](Writing& writing) {
      const auto before = CodesById(writing);
      const Id target = EnsureCode(writing, into);
      if (!before.contains(target)) {
        applying.outcome.created.push_back(target);
        // Born of it: what was said of the old code holds for the new until someone says otherwise.
        writing.Do("UPDATE code SET definition = old.definition, include = old.include, exclude = old.exclude, deductive = old.deductive "
                   "FROM code old WHERE code.id = ? AND old.id = ?", target, code.id);
      }
      std::set<Id> quotes;
      for (const auto& each : held) {
        writing.Do("UPDATE coding SET code_id = ? WHERE id = ?", target, each.coding);
        quotes.insert(each.quote);
      }
      for (const auto& quote : quotes) CollapseDuplicates(writing, quote);
    });
    applying.outcome.notes.push_back(SayCount("{0} coding went to “{1}”.", "{0} codings went to “{1}”.", static_cast<std::int64_t>(held.size()), into));
    applying.outcome.show = view::Target{"coding.codebook", {}};
  };
  return plan;
}

}  // namespace

void RegisterCodeSplit(Registry& registry) {
  Command command{.id = "coding.split-code", .label = Say("Split a code"), .help = Say("Gives a part of what stands under a code to another code: by coder, by source, by words, or chosen quotes. Look at the preview first.")};
  Parameter quote = EntityParameter("quote", "quote", Say("Quote"), false);
  quote.list = true;
  Parameter rows{.name = "rows", .type = ParameterType::kRows, .label = Say("Chosen codings")};
  rows.list = true;
  command.parameters = {EntityParameter("code", "code", Say("Code")),
                        {.name = "into", .label = Say("Name or path of the other code"), .required = true},
                        FilterParameter("coder", "researcher", Say("Coder")),
                        FilterParameter("source", "source", Say("Source")),
                        {.name = "text", .label = Say("With these words"), .help = Say("Capitals and accents make no difference.")},
                        quote,
                        rows};
  command.impossible = [](Reading& reading, const Arguments&) { return NoCodes(reading); };
  command.prepare = Prepare;
  registry.Add(std::move(command));
}

}  // namespace meerstem::coding
