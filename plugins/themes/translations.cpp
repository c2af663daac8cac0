#include "plugins/themes/translations.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "plugins/themes/part.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

constexpr char kOriginals[] = "none";

/// A tag of letters, digits and hyphens, as in "fr" or "en-GB"; it stands in file formats and beside every translation.
std::string ReadLanguage(const Arguments& arguments) {
  const std::string language = Trim(arguments.Text("to"));
  const bool plain = !language.empty() && language != kOriginals && language.size() <= 35 &&
                     language.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == std::string::npos;
  if (!plain) throw Refuse("“{0}” is no language tag; write fr, en, ar or the like.", language);
  return language;
}

std::optional<Id> Existing(Reading& reading, const Id& quote, const std::string& language) {
  auto row = reading.Query("SELECT id FROM quote_translation WHERE quote_id = ? AND language = ?", quote, language);
  if (!row.Step()) return std::nullopt;
  return row.GetId(0);
}

Parameter LanguageParameter() {
  return {.name = "to", .label = Say("Into the language"), .help = Say("Its tag: fr, en, ar ..."), .required = true};
}
Command Translate() {
  Command command{.id = "themes.translate-quote", .label = Say("Translate a quote"), .help = Say("Puts a translation beside the original, with who made it. Chapters and reports show it behind the original when asked. A translation into the same language is replaced.")};
  command.parameters = QuoteParameters();
  command.parameters.push_back(LanguageParameter());
  command.parameters.push_back({.name = "translation", .type = ParameterType::kProse, .label = Say("Translation"), .required = true});
  command.parameters.push_back({.name = "translator", .label = Say("Translator"), .required = true});
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string language = ReadLanguage(arguments), text = Trim(arguments.Text("translation")), translator = RequireName(arguments, "translator");
    if (text.empty()) throw Refuse("A translation may not be empty; delete it instead.");
    return Simply([language, text, translator, arguments](Writing& writing, Outcome& outcome) {
      const Id quote = NamedQuote(writing, arguments);
      const Id seen = WordsSeen(writing, SpanOf(writing, quote));
      if (const auto id = Existing(writing, quote, language)) {
        writing.Do("UPDATE quote_translation SET text = ?, translator = ?, seen = ? WHERE id = ?", text, translator, seen, *id);
        return;
      }
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO quote_translation (id, quote_id, language, translator, text, seen) VALUES (?, ?, ?, ?, ?, ?)", outcome.created.back(), quote, language, translator, text, seen);
    });
  };
  return command;
}

Command DeleteTranslation() {
  Command command{.id = "themes.delete-translation", .label = Say("Delete a translation"), .help = Say("The original stays.")};
  command.parameters = {{.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .required = true, .entity_kind = "quote"}, LanguageParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([language = ReadLanguage(arguments), quote = *arguments.Entity("quote")](Writing& writing, Outcome&) {
      const auto id = Existing(writing, quote, language);
      if (!id) throw Refuse("This quote has no translation into “{0}”.", language);
      writing.Do("DELETE FROM quote_translation WHERE id = ?", *id);
      DropLooseQuotes(writing, {quote});
    });
  };
  return command;
}

View Translations() {
  View view{.id = "themes.translations", .kind = view::Kind::kTable, .label = Say("Translations of quotes"), .help = Say("Every translated quote beside its original, with the translator; marked when the original changed.")};
  view.build = [](Reading& reading, const Arguments&, Job&) {
    std::vector<view::Row> rows;
    std::int64_t withheld = 0;
    auto all = reading.Query(
        "SELECT translation.id, quote_id, translation.language, translator, text, seen FROM quote_translation translation JOIN quote ON quote.id = quote_id JOIN span ON span.id = span_id "
        "JOIN source ON source.id = source_id ORDER BY source.order_key, start, translation.language");
    while (all.Step()) {
      const Id quote = all.GetId(1);
      const SourceSpan span = SpanOf(reading, quote);
      if (!MayUse(reading, span, Purpose::kExport)) {
        ++withheld;
        continue;
      }
      const bool stale = all.GetId(5) != WordsSeen(reading, span);
      view::Row row{.key = ToString(all.GetId(0))};
      const std::string translator = all.Text(3), language = all.Text(2);
      view::Cell text{.value = DisplayWords(reading, all.View(4)), .state = stale ? view::State::kStale : view::State::kValue};
      if (stale) text.why = Say("the words of the original have changed since it was translated");
      text.edit = view::Edit{"themes.translate-quote", {{"quote", quote}, {"to", language}, {"translator", translator}}, "translation", ParameterType::kProse, {}};
      row.cells = {{.value = DisplayText(reading, span, Purpose::kExport)}, {.value = Reference(reading, span)}, {.value = language}, std::move(text), {.value = translator}};
      row.entities = {{"quote", quote}};
      row.target = view::Target{"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}};
      rows.push_back(std::move(row));
    }
    view::Model model;
    model.population.facts = {{"translations", Say("Translations"), static_cast<std::int64_t>(rows.size())}, {"withheld", Say("Left out without consent"), withheld}};
    model.body = view::Table{{{"original", Say("Original"), view::ColumnType::kText, 50}, {"reference", Say("Who")}, {"language", Say("Language")}, {"text", Say("Translation"), view::ColumnType::kText, 50}, {"translator", Say("Translator")}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("No quote is translated.");
    model.actions = {{Say("Translate a quote"), "themes.translate-quote", {}}};
    return model;
  };
  return view;
}

}  // namespace

Parameter TranslationParameter() {
  Parameter parameter{.name = "translation", .type = ParameterType::kChoice, .label = Say("Translations beside quotes"), .help = Say("A language in which quotes are translated.")};
  parameter.fallback = kOriginals;
  parameter.study_choices = [](Reading& reading) {
    std::vector<Choice> choices = {{kOriginals, Say("Originals only")}};
    auto rows = reading.Query("SELECT DISTINCT language FROM quote_translation ORDER BY language");
    while (rows.Step()) choices.push_back({rows.Text(0), Verbatim(rows.Text(0))});
    return choices;
  };
  return parameter;
}

std::optional<view::Block> TranslationOf(Reading& reading, const ChapterBlock& block, const view::Block& original, const std::string& language) {
  if (language == kOriginals || !block.quote || original.state == view::State::kSuppressed) return std::nullopt;
  auto row = reading.Query("SELECT text, translator, seen FROM quote_translation WHERE quote_id = ? AND language = ?", *block.quote, language);
  if (!row.Step()) return std::nullopt;
  view::Block shown{.key = original.key + "/" + language, .kind = view::Block::Kind::kQuote, .text = Verbatim(DisplayWords(reading, row.View(0))), .reference = Say("translated into {0} by {1}", language, row.Text(1))};
  shown.entities = {{"quote", *block.quote}};
  shown.target = original.target;
  if (row.GetId(2) != WordsSeen(reading, SpanOf(reading, *block.quote))) {
    shown.state = view::State::kStale;
    shown.why = Say("the words of the original have changed since it was translated");
  }
  return shown;
}

void RegisterTranslations(Registry& registry) {
  registry.Add(Translate());
  registry.Add(DeleteTranslation());
  registry.Add(Translations());
}

}  // namespace meerstem::themes
