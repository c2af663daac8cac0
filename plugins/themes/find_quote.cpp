// While writing: the quote for this theme, from this kind of person, that is not used yet.
#include <algorithm>

#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/study/coded_study.h"
#include "core/study/quotes.h"
#include "plugins/themes/part.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

/// The titles of the chapters that hold a quote.
std::vector<std::string> ChaptersWith(Reading& reading, const Id& quote) {
  std::vector<std::string> titles;
  auto rows = reading.Query("SELECT DISTINCT title FROM chapter_block JOIN chapter ON chapter.id = chapter_id WHERE quote_id = ? ORDER BY chapter.order_key", quote);
  while (rows.Step()) titles.push_back(rows.Text(0));
  return titles;
}

/// Rows that hold what was found, and read the words when they are looked at.
class FoundQuotes final : public view::Rows {
 public:
  struct Found {
    Id quote;
    SourceSpan span;
  };
  FoundQuotes(const Registry& registry, std::vector<Found> found, std::optional<Id> theme) : registry_(registry), found_(std::move(found)), theme_(theme) {}
  std::size_t Count() const override { return found_.size(); }
  std::string Key(std::size_t index) const override { return ToString(found_[index].quote); }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    Displaying displaying(reading, Purpose::kExport);
    const auto of_themes = QuotesOfThemes(registry_, reading);
    const auto themes = Themes(reading);
    std::vector<view::Row> rows;
    for (std::size_t i = first; i < std::min(found_.size(), first + count); ++i) {
      const auto& [quote, span] = found_[i];
      std::vector<std::string> names;
      for (const auto& theme : themes) {
        if (of_themes->Has(theme.id, quote)) names.push_back(theme.name);
      }
      view::Row row{.key = ToString(quote)};
      row.cells = {{.value = displaying.Line(span)}, {.value = Reference(reading, span)}, {.value = Joined(names)}, {.value = Joined(ChaptersWith(reading, quote))}};
      if (theme_ && of_themes->Contradicts(*theme_, quote)) {
        row.cells[0].glyph = "≠";
        row.cells[0].why = Say("It contradicts the theme.");
      }
      row.entities = {{"quote", quote}};
      row.target = view::Target{"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}};
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  const Registry& registry_;
  std::vector<Found> found_;
  std::optional<Id> theme_;
};

View FindQuote(const Registry& registry) {
  View view{.id = "themes.find-quote", .kind = view::Kind::kTable, .label = Say("Find a quote"), .help = Say("Quotes that may be exported, by theme, type, site, person and words, with where they stand already. Drag one to the place in the chapter where it should go.")};
  Parameter of_theme = ThemeParameter();
  of_theme.required = false;
  of_theme.live = true;
  view.parameters = {of_theme,
                     {.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .live = true, .entity_kind = "stakeholder"},
                     {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"},
                     {.name = "person", .type = ParameterType::kEntity, .label = Say("Person"), .live = true, .entity_kind = "person"},
                     {.name = "words", .label = Say("Words in it"), .live = true},
                     {.name = "unused", .type = ParameterType::kBoolean, .label = Say("Only those that no chapter holds"), .live = true}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const auto study = CodedStudyOf(reading);
    const auto of_themes = QuotesOfThemes(whole, reading);
    const auto theme = arguments.Entity("theme"), person = arguments.Entity("person");
    const std::string words = FoldText(Trim(arguments.Text("words")));
    QuoteFilter filter{.include_remarks = false};
    if (const auto type = arguments.Entity("stakeholder")) filter.stakeholders = {*type};
    if (const auto site = arguments.Entity("site")) filter.sites = {*site};
    std::set<Id> used;
    {
      auto blocks = reading.Query("SELECT quote_id FROM chapter_block WHERE quote_id IS NOT NULL");
      while (blocks.Step()) used.insert(blocks.GetId(0));
    }
    Displaying displaying(reading, Purpose::kExport);
    std::vector<FoundQuotes::Found> found;
    for (const auto& place : QuotePlaces(*study, filter)) {
      const auto& source = study->source(place.source);
      const auto& stock = study->stock(place.source);
      const auto& quote = stock.quotes[place.quote];
      if (theme && !of_themes->Has(*theme, quote.id)) continue;
      if (arguments.Flag("unused") && used.contains(quote.id)) continue;
      if (!CodedStudy::MayUse(source, stock, quote.turn, quote.range(), Purpose::kExport)) continue;
      const SourceSpan span{source.id, quote.range()};
      if (person) {
        const auto people = FactsOf(*study, source, stock, quote, false).people;
        if (std::find(people.begin(), people.end(), *person) == people.end()) continue;
      }
      if (!words.empty()) {
        job.Progress(0);
        if (FoldText(displaying.Line(span)).find(words) == std::string::npos) continue;
      }
      found.push_back({quote.id, span});
    }
    view::Model model;
    model.population.description = Say("Quotes that may be exported, remarks of registrations left out");
    model.population.facts = {{"quotes", Say("Quotes"), static_cast<std::int64_t>(found.size())}};
    model.body = view::Table{{{"text", Say("Words"), view::ColumnType::kText, 70}, {"reference", Say("Who")}, {"themes", Say("Themes")}, {"chapters", Say("In chapters")}},
                             std::make_shared<FoundQuotes>(whole, std::move(found), theme)};
    model.empty = Say("No quote answers to this.");
    return model;
  };
  return view;
}

}  // namespace

void RegisterFindQuote(Registry& registry) { registry.Add(FindQuote(registry)); }

}  // namespace meerstem::themes
