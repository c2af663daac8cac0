// Who is quoted how often, against how much they said; what speaks and is not quoted; what is quoted twice.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/boundaries.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/themes/chapters.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

struct Placed {
  Id block;
  Id chapter;
  std::string title;
  std::optional<Id> quote;
};

/// The quotes of all chapters in the order of reading.
std::vector<Placed> PlacedQuotes(Reading& reading) {
  std::vector<Placed> placed;
  auto rows = reading.Query(
      "SELECT block.id, chapter.id, title, quote_id FROM chapter_block block JOIN chapter ON chapter.id = chapter_id WHERE kind = 'quote' AND quote_id IS NOT NULL "
      "ORDER BY chapter.order_key, block.order_key, block.id");
  while (rows.Step()) placed.push_back({rows.GetId(0), rows.GetId(1), rows.Text(2), rows.MaybeId(3)});
  return placed;
}

struct Voice {
  std::string name;
  std::string type;
  std::int64_t words = 0;
  std::int64_t quotes = 0;
  std::set<std::string> chapters;
};

/// Everyone who spoke in a conversation, but the interviewer and those who withdrew, with the words of their turns.
std::map<Id, Voice> VoicesOf(Reading& reading, Job& job) {
  std::map<Id, Voice> voices;
  std::vector<Id> sources;
  {
    auto rows = reading.Query("SELECT id FROM source WHERE kind <> 'remark'");
    while (rows.Step()) sources.push_back(rows.GetId(0));
  }
  for (std::size_t i = 0; i < sources.size(); ++i) {
    job.Progress(static_cast<double>(i) / static_cast<double>(sources.size()));
    const auto text = TextOf(reading, sources[i]);
    for (const auto& turn : TurnsOf(reading, sources[i])) {
      if (!turn.person || turn.researcher || turn.withdrawn) continue;
      Voice& voice = voices[*turn.person];
      voice.name = turn.person_name;
      voice.type = turn.stakeholder_name;
      voice.words += CountWords(text->Slice(turn.words));
    }
  }
  return voices;
}

view::Cell Share(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return {.state = view::State::kUndefined, .why = Say("of none")};
  return {.value = 100.0 * static_cast<double>(part) / static_cast<double>(whole)};
}

View Balance() {
  View view{.id = "themes.balance", .kind = view::Kind::kTable, .label = Say("Balance of voices"),
            .help = Say("Who is quoted how often and where, against how much they said.")};
  view.build = [](Reading& reading, const Arguments&, Job& job) {
    auto voices = VoicesOf(reading, job);
    const auto placed = PlacedQuotes(reading);
    std::map<Id, std::vector<Id>> people;
    for (const auto& quote : Quotes(reading, {})) people[quote.id] = quote.people;
    std::int64_t quotes = 0, words = 0;
    for (const auto& each : placed) {
      for (const auto& person : people[*each.quote]) {
        const auto voice = voices.find(person);
        if (voice == voices.end()) continue;
        ++voice->second.quotes;
        ++quotes;
        voice->second.chapters.insert(each.title);
      }
    }
    for (const auto& [id, voice] : voices) words += voice.words;
    std::vector<std::pair<Id, Voice>> ordered(voices.begin(), voices.end());
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.second.quotes > b.second.quotes; });
    std::vector<view::Row> rows;
    std::int64_t never = 0;
    for (const auto& [id, voice] : ordered) {
      never += voice.quotes == 0;
      std::string chapters;
      for (const auto& chapter : voice.chapters) chapters += (chapters.empty() ? "" : "; ") + chapter;
      view::Cell ratio{.state = view::State::kUndefined, .why = Say("of none")};
      if (quotes > 0 && voice.words > 0) ratio = {.value = static_cast<double>(voice.quotes) / static_cast<double>(quotes) * static_cast<double>(words) / static_cast<double>(voice.words)};
      rows.push_back({ToString(id),
                      {{.value = voice.name}, {.value = voice.type}, {.value = voice.words}, Share(voice.words, words), {.value = voice.quotes}, Share(voice.quotes, quotes), std::move(ratio), {.value = chapters}},
                      {{"person", id}},
                      {}});
    }
    view::Model model;
    model.population.description = Say("Everyone who spoke in a conversation, the interviewer left out; a quote of two people counts for each");
    model.population.facts = {{"people", Say("People"), static_cast<std::int64_t>(rows.size())}, {"quotes", Say("Quotes in chapters"), static_cast<std::int64_t>(placed.size())}, {"never", Say("Never quoted"), never}};
    model.notes.push_back(Say("Weight: the share of the quotes divided by the share of the words; 1 is as much as was said."));
    model.body = view::Table{{{"person", Say("Person")}, {"stakeholder", Say("Stakeholder")}, {"words", Say("Words said"), view::ColumnType::kInteger}, {"words_share", Say("Of all words"), view::ColumnType::kPercent},
                              {"quotes", Say("Quotes"), view::ColumnType::kInteger}, {"quotes_share", Say("Of all quotes"), view::ColumnType::kPercent}, {"weight", Say("Weight"), view::ColumnType::kReal}, {"chapters", Say("Chapters")}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("In this study nobody speaks yet.");
    return model;
  };
  return view;
}

/// Who is quoted in which chapter how often, people by what they said.
View ByChapter() {
  View view{.id = "themes.balance-chapters", .kind = view::Kind::kMatrix, .label = Say("Voices by chapter"), .help = Say("Who is quoted in which chapter, and how much they said.")};
  view.build = [](Reading& reading, const Arguments&, Job& job) {
    const auto voices = VoicesOf(reading, job);
    std::map<Id, std::vector<Id>> people;
    for (const auto& quote : Quotes(reading, {})) people[quote.id] = quote.people;
    view::Matrix matrix{.row_title = Say("Person"), .column_title = Say("Chapter")};
    std::map<Id, std::size_t> column_of;
    auto chapters = reading.Query("SELECT id, title FROM chapter ORDER BY order_key, id");
    while (chapters.Step()) {
      column_of[chapters.GetId(0)] = matrix.columns.size();
      matrix.columns.push_back({.key = ToString(chapters.GetId(0)), .label = Verbatim(chapters.Text(1)), .entities = {{"chapter", chapters.GetId(0)}}, .target = view::Target{"themes.chapter", {{"chapter", chapters.GetId(0)}}}});
    }
    std::map<Id, std::vector<std::int64_t>> counts;
    std::int64_t all = 0;
    for (const auto& each : PlacedQuotes(reading)) {
      for (const auto& person : people[*each.quote]) {
        if (!voices.contains(person)) continue;
        auto& mine = counts[person];
        mine.resize(matrix.columns.size());
        ++mine[column_of[each.chapter]];
        ++all;
      }
    }
    std::vector<std::pair<Id, Voice>> ordered(voices.begin(), voices.end());
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return std::tie(a.second.type, b.second.words) < std::tie(b.second.type, a.second.words); });
    std::vector<std::int64_t> totals(matrix.columns.size());
    for (const auto& [id, voice] : ordered) {
      auto& mine = counts[id];
      mine.resize(matrix.columns.size());
      matrix.rows.push_back({.key = ToString(id), .label = Verbatim(voice.name), .entities = {{"person", id}}, .note = Say("{0}, {1}", voice.type, SayCount("{0} word", "{0} words", voice.words))});
      auto& line = matrix.cells.emplace_back();
      std::int64_t total = 0;
      for (std::size_t i = 0; i < mine.size(); ++i) {
        line.push_back({.value = mine[i], .entities = {{"person", id}}, .target = matrix.columns[i].target});
        total += mine[i];
        totals[i] += mine[i];
      }
      matrix.row_totals.push_back({.value = total});
    }
    for (const auto total : totals) matrix.column_totals.push_back({.value = total});
    matrix.total = view::Cell{.value = all};
    matrix.blank_zeros = true;
    view::Model model;
    model.population.description = Say("Everyone who spoke in a conversation, the interviewer left out; a quote of two people counts for each");
    model.population.facts = {{"people", Say("People"), static_cast<std::int64_t>(ordered.size())}, {"chapters", Say("Chapters"), static_cast<std::int64_t>(matrix.columns.size())}};
    model.alternative = SayCount("{0} quote in {1} by who said it.", "{0} quotes in {1} by who said them.", all, SayCount("{0} chapter", "{0} chapters", static_cast<std::int64_t>(matrix.columns.size())));
    if (matrix.columns.empty()) matrix = {};
    model.body = std::move(matrix);
    model.empty = Say("There is no chapter yet. A chapter is prose carried by live quotes.");
    model.actions = {{Say("New chapter"), "themes.add-chapter", {}}};
    return model;
  };
  return view;
}

View Quoted(const Registry& registry) {
  View view{.id = "themes.quoted", .kind = view::Kind::kTable, .label = Say("Quotes in chapters"), .help = Say("Every quote of every chapter with its place, and how often it or a part of it is used.")};
  view.parameters = {{.name = "twice", .type = ParameterType::kBoolean, .label = Say("Only those used more than once"), .live = true}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const auto placed = PlacedQuotes(reading);
    // Two quotes that share words are the same one to whoever reads them.
    std::vector<SourceSpan> spans;
    for (const auto& each : placed) spans.push_back(SpanOf(reading, *each.quote));
    std::map<Id, std::int64_t> times;
    for (std::size_t i = 0; i < placed.size(); ++i) {
      times[*placed[i].quote] = std::count_if(spans.begin(), spans.end(), [&](const SourceSpan& span) { return span.source == spans[i].source && span.range.Overlaps(spans[i].range); });
    }
    std::vector<view::Row> rows;
    std::int64_t number = 0, repeated = 0;
    for (const auto& [quote, count] : times) repeated += count > 1;
    for (const auto& each : placed) {
      ++number;
      if (arguments.Flag("twice") && times[*each.quote] < 2) continue;
      view::Block shown;
      FillQuote(whole, reading, GetBlock(reading, each.block), shown);
      view::Row row{.key = ToString(each.block)};
      row.cells = {{.value = number}, {.value = each.title}, {.value = shown.reference}, {.value = shown.text, .state = shown.state, .why = shown.why}, {.value = times[*each.quote]}};
      row.entities = {{"block", each.block}, {"quote", *each.quote}};
      row.target = view::Target{"themes.chapter", {{"chapter", each.chapter}}};
      rows.push_back(std::move(row));
    }
    view::Model model;
    model.population.facts = {{"quotes", Say("Quotes in chapters"), number}, {"twice", Say("Used more than once"), repeated}};
    model.body = view::Table{{{"number", Say("No."), view::ColumnType::kInteger}, {"chapter", Say("Chapter")}, {"reference", Say("Who")}, {"text", Say("Words"), view::ColumnType::kText, 70}, {"times", Say("Times used"), view::ColumnType::kInteger}},
                             view::MakeRows(std::move(rows))};
    model.empty = arguments.Flag("twice") ? Say("No quote is used more than once.") : Say("No chapter holds a quote yet.");
    return model;
  };
  return view;
}

View Unquoted(const Registry& registry) {
  View view{.id = "themes.unquoted", .kind = view::Kind::kTable, .label = Say("Voices without a quote"), .help = Say("Themes of which a type of stakeholder speaks, and no chapter quotes it.")};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job&) {
    std::set<Id> used;
    for (const auto& each : PlacedQuotes(reading)) used.insert(*each.quote);
    std::map<Id, QuoteFacts> quotes;
    for (auto& quote : Quotes(reading, {.include_remarks = false})) {
      if (MayUse(reading, quote.span, Purpose::kExport)) quotes.emplace(quote.id, std::move(quote));
    }
    struct Type {
      Id id;
      std::string key, name;
    };
    std::vector<Type> types;
    {
      auto rows = reading.Query("SELECT id, key, name FROM stakeholder_type WHERE researcher = 0 ORDER BY order_key");
      while (rows.Step()) types.push_back({rows.GetId(0), rows.Text(1), rows.Text(2)});
    }
    std::vector<view::Row> rows;
    const auto of_themes = QuotesOfThemes(whole, reading);
    for (const auto& theme : Themes(reading)) {
      const auto& of_theme = of_themes->Of(theme.id);
      for (const auto& [type, key, name] : types) {
        std::int64_t speaking = 0, quoted = 0;
        std::set<Id> people;
        for (const auto& id : of_theme) {
          const auto quote = quotes.find(id);
          if (quote == quotes.end() || std::find(quote->second.stakeholders.begin(), quote->second.stakeholders.end(), type) == quote->second.stakeholders.end()) continue;
          ++speaking;
          quoted += used.contains(id);
          people.insert(quote->second.people.begin(), quote->second.people.end());
        }
        if (speaking == 0 || quoted > 0) continue;
        view::Row row{.key = ToString(theme.id) + ToString(type)};
        row.cells = {{.value = theme.path}, {.value = name}, {.value = static_cast<std::int64_t>(people.size())}, {.value = speaking}};
        row.entities = {{"theme", theme.id}, {"stakeholder", type}};
        row.target = view::Target{"themes.quotes", {{"theme", theme.id}, {"dimension", std::string("stakeholder")}, {"group", key}}};
        rows.push_back(std::move(row));
      }
    }
    view::Model model;
    model.population.description = Say("Quotes that may be exported, remarks of registrations left out");
    model.body = view::Table{{{"theme", Say("Theme")}, {"stakeholder", Say("Stakeholder")}, {"people", Say("People"), view::ColumnType::kInteger}, {"quotes", Say("Quotes"), view::ColumnType::kInteger}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("Every type that speaks of a theme is quoted somewhere for it.");
    return model;
  };
  return view;
}

}  // namespace

void RegisterBalance(Registry& registry) {
  registry.Add(Balance());
  registry.Add(ByChapter());
  registry.Add(Quoted(registry));
  registry.Add(Unquoted(registry));
}

}  // namespace meerstem::themes
