// documents.edit: a source paragraph by paragraph, to be corrected where it stands. documents.changed-quotes: what its
// corrections did to quotes, until someone has looked.
#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "plugins/documents/common.h"
#include "plugins/documents/correcting.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

view::Model Edit(Reading& reading, const Arguments& arguments, Job&) {
  const Id source = *arguments.Entity("source");
  const Source facts = GetSource(reading, source);
  const auto text = TextOf(reading, source);
  view::Prose prose;
  Displaying displaying(reading, Purpose::kScreen);
  std::int64_t number = 0;
  for (const Range& paragraph : Paragraphs(*text)) {
    const std::string words = displaying.Text({source, paragraph});
    // A draft is found again by the key, among those of all sources.
    view::Block block{.key = ToString(source) + " " + std::to_string(++number), .text = Verbatim(words), .target = view::Target{"coding.document", {{"source", source}, {"start", paragraph.start}, {"end", paragraph.end}}}};
    if (facts.kind != "remark") {
      const std::string was = ToString(HashOf(words)).substr(0, 8);
      block.edit = view::Edit{"documents.correct", {{"source", source}, {"paragraph", number}, {"was", was}}, "text", ParameterType::kProse, {}};
    }
    prose.blocks.push_back(std::move(block));
  }
  view::Model model;
  model.title = Say("{0}: correct", facts.title);
  model.population.facts = {{"paragraphs", Say("Paragraphs"), number}};
  model.body = std::move(prose);
  model.empty = Say("This source holds no words.");
  model.actions = {{Say("Bring in a corrected file"), "documents.import-again", {{"source", source}}}};
  return model;
}

view::Model Changed(Reading& reading, const Arguments& arguments, Job&) {
  struct Listed {
    Id quote, source;
    Range range;
    std::string before, codes;
    bool known = false;
  };
  std::vector<Listed> all;
  {
    auto rows = reading.Query(
        "SELECT quote.id, span.source_id, span.start, span.end, substr(content.text, before_start + 1, before_end - before_start), "
        "(SELECT group_concat(DISTINCT code_path.path) FROM coding JOIN code_path ON code_path.id = coding.code_id WHERE coding.quote_id = quote.id) "
        "FROM changed_words JOIN span ON span.id = changed_words.span_id JOIN quote ON quote.span_id = span.id JOIN source ON source.id = span.source_id "
        "LEFT JOIN content ON content.hash = before_hash WHERE ?1 IS NULL OR span.source_id = ?1 ORDER BY source.order_key, span.start, span.end",
        arguments.Entity("source"));
    while (rows.Step()) {
      all.push_back({rows.GetId(0), rows.GetId(1), {rows.Int(2), rows.Int(3)}, rows.Text(4), rows.Text(5), !rows.IsNull(4)});
    }
  }
  std::vector<view::Row> rows;
  for (const auto& quote : all) {
    const view::Target there{"coding.document", {{"source", quote.source}, {"start", quote.range.start}, {"end", quote.range.end}}};
    view::Row row{.key = ToString(quote.quote), .entities = {{"quote", quote.quote}, {"source", quote.source}}, .target = there};
    row.cells.push_back({.value = GetSource(reading, quote.source).title});
    row.cells.push_back(quote.known ? view::Cell{.value = DisplayWords(reading, quote.before)} : view::Cell{.state = view::State::kUnknown, .why = Say("the earlier text was erased")});
    row.cells.push_back({.value = DisplayText(reading, {quote.source, quote.range}, Purpose::kScreen), .target = there});
    row.cells.push_back(quote.codes.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = quote.codes});
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.population.facts = {{"quotes", Say("Quotes"), static_cast<std::int64_t>(rows.size())}};
  model.body = view::Table{{{"source", Say("Source")}, {"before", Say("Before")}, {"now", Say("Now")}, {"codes", Say("Codes")}}, view::MakeRows(std::move(rows))};
  model.empty = Say("No quote waits for a look: corrections of texts changed none, or all were looked at.");
  if (!all.empty()) model.actions = {{Say("All were looked at"), "documents.looked-at", {}}};
  return model;
}

Plan LookedAt(Reading& reading, const Arguments& arguments, Job&) {
  const auto quotes = arguments.Entities("quote");
  if (reading.Number("SELECT count(*) FROM changed_words") == 0) throw Refuse("No quote waits for a look.");
  return Simply([quotes, source = arguments.Entity("source")](Writing& writing, Outcome&) {
    if (quotes.empty()) {
      writing.Do("DELETE FROM changed_words WHERE ?1 IS NULL OR span_id IN (SELECT id FROM span WHERE source_id = ?1)", source);
      return;
    }
    for (const auto& quote : quotes) writing.Do("DELETE FROM changed_words WHERE span_id = (SELECT span_id FROM quote WHERE id = ?)", quote);
  });
}

}  // namespace

void RegisterCorrected(Registry& registry) {
  View edit{.id = "documents.edit", .kind = view::Kind::kProse, .label = Say("Correct paragraph by paragraph"), .help = Say("A source paragraph by paragraph, to be corrected where it stands; quotes stay on their words."), .in_navigator = false};
  edit.parameters = {SourceParameter()};
  edit.build = Edit;
  registry.Add(std::move(edit));
  View changed{.id = "documents.changed-quotes", .kind = view::Kind::kTable, .label = Say("Changed quotes"), .help = Say("Quotes whose words were corrected, until someone has looked at them.")};
  Parameter source = SourceParameter(false);
  source.live = true;
  changed.parameters = {source};
  changed.build = Changed;
  registry.Add(std::move(changed));
  registry.Add(Command{.id = "documents.looked-at",
                       .label = Say("Mark changed quotes as looked at"),
                       .help = Say("Takes quotes off the list of those whose words were corrected."),
                       .parameters = {{.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .help = Say("Default: all of them."), .list = true, .entity_kind = "quote"}, SourceParameter(false)},
                       .prepare = LookedAt});
}

}  // namespace meerstem::documents
