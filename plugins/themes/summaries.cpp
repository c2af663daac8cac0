#include "plugins/themes/summaries.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "plugins/themes/chapters.h"

namespace meerstem::themes {

std::pair<Framework, Id> Framework::Named(const Arguments& arguments) {
  const auto one = arguments.Entity("case"), person = arguments.Entity("person");
  if (one.has_value() == person.has_value()) throw Usage("Say whose summary: give --case or --person, one of the two.");
  return {Framework{one ? "case" : "person"}, one ? *one : *person};
}

FrameworkStudy::FrameworkStudy(const Registry& registry, Reading& reading, Framework framework) : framework_(std::move(framework)), hearing_(registry, reading) {
  framework_.subject == "person" ? ReadPeople(reading) : ReadCases(reading);
  std::map<Id, std::pair<Id, Id>> cell_of;
  {
    auto rows = reading.Query("SELECT id, theme_id, " + framework_.column() + ", text FROM " + framework_.table() + " ORDER BY id");
    while (rows.Step()) {
      const std::pair<Id, Id> cell{rows.GetId(1), rows.GetId(2)};
      cell_of[rows.GetId(0)] = cell;
      std::string& text = summaries_[cell].text;
      text += (text.empty() ? "" : "\n") + DisplayWords(reading, rows.View(3));
    }
  }
  auto links = reading.Query("SELECT summary_id, quote_id, seen FROM " + framework_.links() + " ORDER BY id");
  while (links.Step()) summaries_[cell_of.at(links.GetId(0))].links.push_back({links.MaybeId(1), links.GetId(2)});
}

void FrameworkStudy::ReadPeople(Reading& reading) {
  std::map<Id, std::size_t> places;
  std::map<Id, std::set<Id>> sources;
  for (const auto& speaker : hearing_.speakers()) {
    if (speaker.person && speaker.conversation) sources[*speaker.person].insert(speaker.source);
  }
  auto people = reading.Query(
      "SELECT person.id, pseudonym, ifnull(type.name, ''), stakeholder_id, site_id FROM person LEFT JOIN stakeholder_type type ON type.id = stakeholder_id LEFT JOIN site ON site.id = site_id "
      "ORDER BY ifnull(type.order_key, 1e9), ifnull(site.order_key, 1e9), pseudonym");
  while (people.Step()) {
    const auto heard = sources.find(people.GetId(0));
    if (heard != sources.end()) rows_.push_back({people.GetId(0), people.Text(1), people.Text(2), people.MaybeId(3), people.MaybeId(4), heard->second});
  }
  for (const auto& [theme, quotes] : hearing_.quotes().of) {
    for (const auto& quote : quotes) {
      for (const auto speaker : hearing_.SpeakersOf(quote)) {
        const auto& person = hearing_.speakers()[speaker].person;
        if (!person) continue;
        auto& mine = quotes_[{theme, *person}];
        if (mine.empty() || mine.back() != quote) mine.push_back(quote);
      }
    }
  }
}

void FrameworkStudy::ReadCases(Reading& reading) {
  std::map<Id, std::vector<Id>> cases_of_quote;
  std::set<Id> spoken_of;
  for (const auto& quote : Quotes(reading, {.include_remarks = false})) {
    if (quote.cases.empty() || hearing_.SpeakersOf(quote.id).empty()) continue;
    cases_of_quote[quote.id] = quote.cases;
    spoken_of.insert(quote.cases.begin(), quote.cases.end());
  }
  std::map<Id, std::set<Id>> heard;
  std::map<Id, std::set<Id>> sources_of_person;
  std::set<Id> all_sources;
  for (const auto& speaker : hearing_.speakers()) {
    if (!speaker.conversation) continue;
    all_sources.insert(speaker.source);
    if (speaker.person) sources_of_person[*speaker.person].insert(speaker.source);
  }
  {
    auto members = reading.Query("SELECT person_id, case_id FROM membership WHERE role <> 'coach'");
    while (members.Step()) {
      if (const auto found = sources_of_person.find(members.GetId(0)); found != sources_of_person.end()) heard[members.GetId(1)].insert(found->second.begin(), found->second.end());
    }
    auto about = reading.Query("SELECT source_id, case_id FROM source_about");
    while (about.Step()) {
      if (all_sources.contains(about.GetId(0))) heard[about.GetId(1)].insert(about.GetId(0));
    }
  }
  auto cases = reading.Query("SELECT study_case.id, code, ifnull(site.name, ''), site_id FROM study_case LEFT JOIN site ON site.id = site_id ORDER BY study_case.order_key");
  while (cases.Step()) {
    const Id id = cases.GetId(0);
    if (heard.contains(id) || spoken_of.contains(id)) rows_.push_back({id, cases.Text(1), cases.Text(2), std::nullopt, cases.MaybeId(3), heard[id]});
  }
  for (const auto& [theme, quotes] : hearing_.quotes().of) {
    for (const auto& quote : quotes) {
      const auto found = cases_of_quote.find(quote);
      if (found == cases_of_quote.end()) continue;
      for (const auto& one : found->second) quotes_[{theme, one}].push_back(quote);
    }
  }
}

const FrameworkStudy::Row* FrameworkStudy::RowOf(const Id& id) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.id == id; });
  return found == rows_.end() ? nullptr : &*found;
}

const std::vector<Id>& FrameworkStudy::QuotesOf(const Id& theme, const Id& row) const {
  static const std::vector<Id> none;
  const auto found = quotes_.find({theme, row});
  return found == quotes_.end() ? none : found->second;
}

const Summary* FrameworkStudy::SummaryOf(const Id& theme, const Id& row) const {
  const auto found = summaries_.find({theme, row});
  return found == summaries_.end() ? nullptr : &found->second;
}

Message FrameworkStudy::Changed(Reading& reading, const Id& theme, const Id& row, const SummaryLink& link) const {
  if (!link.quote) return Say("a quote that it rests on is no longer in the study");
  if (link.seen != WordsSeen(reading, SpanOf(reading, *link.quote))) return Say("the words of a quote that it rests on have changed");
  const auto& quotes = QuotesOf(theme, row);
  if (std::find(quotes.begin(), quotes.end(), *link.quote) == quotes.end()) return Say("a quote that it rests on does not speak of the theme here any more");
  return {};
}

view::Cell FrameworkStudy::CellOf(Reading& reading, const Id& theme, const Row& row) const {
  const auto& quotes = QuotesOf(theme, row.id);
  view::Cell cell;
  const Summary* summary = SummaryOf(theme, row.id);
  if (summary) {
    cell.value = summary->text;
    cell.parts = {{"quotes", static_cast<std::int64_t>(summary->links.size())}};
    for (const auto& link : summary->links) {
      if (link.quote && !MayUse(reading, SpanOf(reading, *link.quote), Purpose::kAnalysis)) {
        return {.state = view::State::kSuppressed, .why = Say("It rests on words of someone who does not consent to their being analysed.")};
      }
      if (cell.state == view::State::kStale) continue;
      if (const Message changed = Changed(reading, theme, row.id, link); !changed.empty()) {
        cell.state = view::State::kStale;
        cell.why = changed;
      }
    }
    if (cell.why.empty() && summary->links.size() < quotes.size()) cell.why = Say("Rests on {0} of the {1} quotes here.", summary->links.size(), quotes.size());
  } else if (!quotes.empty()) {
    cell.state = view::State::kEmpty;
    cell.glyph = "✎";
    cell.why = SayCount("{0} quote, not summarised yet.", "{0} quotes, not summarised yet.", static_cast<std::int64_t>(quotes.size()));
  } else {
    cell = Silence(hearing_.questions(), theme, row.sources);
  }
  cell.target = view::Target{"themes.summary", {{"theme", theme}, {framework_.subject, row.id}}};
  cell.edit = view::Edit{"themes.summarise", {{"theme", theme}, {framework_.subject, row.id}}, "text", ParameterType::kProse, {}};
  if (!quotes.empty()) cell.entities = {{"source", SpanOf(reading, quotes.front()).source}};
  else if (!row.sources.empty()) cell.entities = {{"source", *row.sources.begin()}};
  return cell;
}

}  // namespace meerstem::themes
