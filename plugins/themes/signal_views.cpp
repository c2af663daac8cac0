// Signals counted over families, sites and services, and bundled for policy makers.
#include <algorithm>
#include <set>

#include "core/study/crossing_view.h"
#include "core/study/display.h"
#include "core/study/sources.h"
#include "plugins/themes/signals.h"

namespace meerstem::themes {
namespace {

/// Each thing once.
struct Counted {
  std::set<Id> families, people, sites;
  std::set<std::string> services;
  std::int64_t quotes = 0, remarks = 0, unnamed = 0;
  void Add(const SignalQuote& evidence) {
    (evidence.remark ? remarks : quotes) += 1;
    unnamed += !evidence.remark && evidence.quote.people.empty();
    families.insert(evidence.quote.cases.begin(), evidence.quote.cases.end());
    people.insert(evidence.quote.people.begin(), evidence.quote.people.end());
    sites.insert(evidence.quote.sites.begin(), evidence.quote.sites.end());
    if (!evidence.service.empty()) services.insert(evidence.service);
  }
};

std::int64_t Size(const auto& set) { return static_cast<std::int64_t>(set.size()); }

std::string Joined(const std::set<std::string>& names) {
  std::string joined;
  for (const auto& name : names) joined += (joined.empty() ? "" : "; ") + name;
  return joined;
}

view::Cell Words(const std::string& words) { return words.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = words}; }

View List() {
  View view{.id = "themes.signals", .kind = view::Kind::kTable, .label = Say("Signals"), .help = Say("Structural signals, counted over families, people, sites and services.")};
  view.build = [](Reading& reading, const Arguments&, Job&) {
    const auto evidence = SignalQuotes(reading);
    std::vector<view::Row> rows;
    Counted all;
    for (const auto& signal : Signals(reading)) {
      Counted counted;
      if (const auto found = evidence.find(signal.id); found != evidence.end()) {
        for (const auto& each : found->second) {
          counted.Add(each);
          all.Add(each);
        }
      }
      const auto edit = [&](const char* parameter, ParameterType type) { return view::Edit{"themes.set-signal", {{"signal", signal.id}}, parameter, type, {}}; };
      view::Row row{.key = ToString(signal.id), .entities = {{"signal", signal.id}}, .target = view::Target{"themes.signal-quotes", {{"signal", signal.id}}}};
      row.cells = {{.value = signal.name}, {.value = Size(counted.families)}, PeopleCell(Size(counted.people), counted.unnamed), {.value = Size(counted.sites)}, Words(Joined(counted.services)),
                   {.value = counted.quotes}, {.value = counted.remarks}, Words(signal.addressed_to), Words(signal.request)};
      row.cells[0].edit = edit("name", ParameterType::kText);
      row.cells[7].edit = edit("addressed-to", ParameterType::kText);
      row.cells[8].edit = edit("request", ParameterType::kProse);
      rows.push_back(std::move(row));
    }
    view::Model model;
    model.population.description = Say("Quotes and remarks that may be analysed; each family, person, site and service counts once per signal. Families are those a quote or remark is about, or its speakers belong to");
    model.population.facts = {{"signals", Say("Signals"), static_cast<std::int64_t>(rows.size())}, {"families", Say("Families"), Size(all.families)}, {"sites", Say("Sites"), Size(all.sites)}, {"services", Say("Services"), Size(all.services)}};
    model.body = view::Table{{{"signal", Say("Signal"), view::ColumnType::kText, 40}, {"families", Say("Families"), view::ColumnType::kInteger}, {"people", Say("People"), view::ColumnType::kInteger},
                              {"sites", Say("Sites"), view::ColumnType::kInteger}, {"services", Say("Services")}, {"quotes", Say("Quotes"), view::ColumnType::kInteger},
                              {"remarks", Say("Remarks"), view::ColumnType::kInteger}, {"addressed_to", Say("Addressed to")}, {"request", Say("What is asked"), view::ColumnType::kText, 50}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("There is no signal yet. A signal is what families meet and only policy can change.");
    model.actions = {{Say("New signal"), "themes.add-signal", {}}};
    model.drops = {{"quote", "signal", "themes.tag-signal", "quote", "signal"}};
    return model;
  };
  return view;
}

View SignalEvidence() {
  View view{.id = "themes.signal-quotes", .kind = view::Kind::kTable, .label = Say("Quotes and remarks of a signal"), .help = Say("What speaks for a signal, and of which service."), .in_navigator = false};
  view.parameters = {SignalParameter()};
  view.build = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id signal = *arguments.Entity("signal");
    auto evidence = SignalQuotes(reading);
    std::vector<view::Row> rows;
    Displaying displaying(reading, Purpose::kAnalysis);
    for (const auto& each : evidence[signal]) {
      const SourceSpan& span = each.quote.span;
      view::Row row{.key = ToString(each.quote.id), .entities = {{"quote", each.quote.id}, {"signal", signal}}};
      row.target = view::Target{"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}};
      view::Cell service = Words(each.service);
      service.edit = view::Edit{"themes.tag-signal", {{"signal", signal}, {"quote", each.quote.id}}, "service", ParameterType::kText, {}};
      row.cells = {{.value = displaying.Text(span)}, {.value = each.remark ? Say("Registration remark") : Say("Quote")}, {.value = Reference(reading, span)}, std::move(service), {.value = Size(each.quote.cases)}};
      rows.push_back(std::move(row));
    }
    view::Model model;
    auto name = reading.Query("SELECT name, description FROM signal WHERE id = ?", signal);
    if (name.Step()) {
      model.title = Say("Signal: {0}", name.Text(0));
      if (!name.View(1).empty()) model.notes.push_back(Verbatim(name.Text(1)));
    }
    model.population.facts = {{"quotes", Say("Quotes and remarks"), static_cast<std::int64_t>(rows.size())}};
    model.body = view::Table{{{"text", Say("Words"), view::ColumnType::kText, 80}, {"kind", Say("Kind")}, {"reference", Say("Who")}, {"service", Say("Service")}, {"families", Say("Families"), view::ColumnType::kInteger}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("Nothing speaks for this signal yet. Select words in a text or a remark and tag them.");
    model.actions = {{Say("Tag as a signal"), "themes.tag-signal", {{"signal", signal}}}};
    model.drops = {{"quote", "signal", "themes.tag-signal", "quote", "signal"}};
    return model;
  };
  return view;
}

/// Where a signal comes from: site by site, families, people and services.
view::Block WhereTable(Reading& reading, const Signal& signal, const std::vector<SignalQuote>& evidence) {
  std::map<Id, Counted> by_site;
  Counted elsewhere;
  for (const auto& each : evidence) {
    if (each.quote.sites.empty()) elsewhere.Add(each);
    for (const auto& site : each.quote.sites) by_site[site].Add(each);
  }
  std::vector<view::Row> rows;
  const auto add = [&](std::string key, view::Cell name, const Counted& counted) {
    rows.push_back({std::move(key), {std::move(name), {.value = Size(counted.families)}, PeopleCell(Size(counted.people), counted.unnamed), {.value = counted.quotes + counted.remarks}, Words(Joined(counted.services))}, {}, {}});
  };
  auto sites = reading.Query("SELECT id, name FROM site ORDER BY order_key, name");
  while (sites.Step()) {
    if (const auto found = by_site.find(sites.GetId(0)); found != by_site.end()) add(ToString(sites.GetId(0)), {.value = sites.Text(1)}, found->second);
  }
  if (elsewhere.quotes + elsewhere.remarks > 0) add("none", {.value = Say("no site")}, elsewhere);
  auto model = std::make_shared<view::Model>();
  model->view = "themes.signal-bundle";
  model->title = Say("Where this was heard");
  model->body = view::Table{{{"site", Say("Site")}, {"families", Say("Families"), view::ColumnType::kInteger}, {"people", Say("People"), view::ColumnType::kInteger},
                             {"evidence", Say("Quotes and remarks"), view::ColumnType::kInteger}, {"services", Say("Services")}},
                            view::MakeRows(std::move(rows))};
  view::Block block{.key = "where " + ToString(signal.id), .kind = view::Block::Kind::kTable, .text = Say("Where this was heard: {0}", signal.name)};
  block.figure = std::move(model);
  return block;
}

/// At most so many quotes that may be exported, of as many different types and sites as there are first.
std::vector<const SignalQuote*> Chosen(Reading& reading, const std::vector<SignalQuote>& evidence, std::size_t most) {
  std::vector<const SignalQuote*> chosen, rest;
  std::set<std::pair<std::vector<Id>, std::vector<Id>>> heard;
  for (const auto& each : evidence) {
    if (!MayUse(reading, each.quote.span, Purpose::kExport)) continue;
    (heard.emplace(each.quote.stakeholders, each.quote.sites).second ? chosen : rest).push_back(&each);
  }
  chosen.insert(chosen.end(), rest.begin(), rest.end());
  if (chosen.size() > most) chosen.resize(most);
  return chosen;
}

View Bundle() {
  View view{.id = "themes.signal-bundle", .kind = view::Kind::kProse, .label = Say("Signal bundle"), .help = Say("The signals as one document for policy makers: what is asked, where it was heard, in whose words.")};
  view.parameters = {{.name = "title", .label = Say("Title")},
                     {.name = "signal", .type = ParameterType::kEntity, .label = Say("Signal"), .help = Say("Left out: all signals."), .list = true, .entity_kind = "signal"},
                     {.name = "quotes", .type = ParameterType::kInteger, .label = Say("Quotes per signal, at most"), .fallback = "4"}};
  view.build = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto wanted = arguments.Entities("signal");
    const auto most = static_cast<std::size_t>(std::clamp<std::int64_t>(arguments.Int("quotes"), 0, 1000));
    const auto evidence = SignalQuotes(reading);
    view::Prose prose;
    Counted all;
    std::int64_t signals = 0, withheld = 0;
    static const std::vector<SignalQuote> kNone;
    for (const auto& signal : Signals(reading)) {
      if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), signal.id) == wanted.end()) continue;
      ++signals;
      const auto found = evidence.find(signal.id);
      const auto& mine = found == evidence.end() ? kNone : found->second;
      Counted counted;
      for (const auto& each : mine) {
        counted.Add(each);
        all.Add(each);
        withheld += !MayUse(reading, each.quote.span, Purpose::kExport);
      }
      const std::string key = ToString(signal.id);
      const std::vector<view::Entity> entities{{"signal", signal.id}};
      const auto paragraph = [&](std::string name, Message text) { prose.blocks.push_back({.key = key + name, .text = std::move(text), .entities = entities}); };
      prose.blocks.push_back({.key = key, .kind = view::Block::Kind::kHeading, .level = 2, .text = Verbatim(signal.name), .entities = entities, .target = view::Target{"themes.signal-quotes", {{"signal", signal.id}}}});
      if (!signal.description.empty()) paragraph(" description", Verbatim(signal.description));
      if (!signal.request.empty()) paragraph(" request", signal.addressed_to.empty() ? Say("What is asked: {0}", signal.request) : Say("What is asked of {0}: {1}", signal.addressed_to, signal.request));
      if (mine.empty()) {
        paragraph(" nothing", Say("Nothing was tagged for this signal yet."));
        continue;
      }
      paragraph(" counts", Say("{0}, {1} on {2}.", SayCount("{0} quote or remark", "{0} quotes and remarks", counted.quotes + counted.remarks), SayCount("{0} family", "{0} families", Size(counted.families)),
                               SayCount("{0} site", "{0} sites", Size(counted.sites))));
      prose.blocks.push_back(WhereTable(reading, signal, mine));
      for (const SignalQuote* each : Chosen(reading, mine, most)) {
        const SourceSpan& span = each->quote.span;
        view::Block quote{.key = key + ToString(each->quote.id), .kind = view::Block::Kind::kQuote, .text = Verbatim(DisplayText(reading, span, Purpose::kExport)), .reference = Reference(reading, span)};
        if (each->remark) quote.reference = quote.reference.empty() ? Say("registration remark") : Say("registration remark, {0}", quote.reference);
        quote.entities = {{"quote", each->quote.id}};
        quote.target = view::Target{"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}};
        prose.blocks.push_back(std::move(quote));
      }
    }
    view::Model model;
    if (!arguments.Text("title").empty()) model.title = Verbatim(arguments.Text("title"));
    if (signals > 0) {
      Message evidence_of = SayCount("{0} quote", "{0} quotes", all.quotes);
      if (all.remarks > 0) evidence_of = Say("{0} and {1}", evidence_of, SayCount("{0} remark", "{0} remarks", all.remarks));
      prose.blocks.insert(prose.blocks.begin(), view::Block{.key = "opening", .text = Say("{0} from {1}, of {2} on {3}.", SayCount("{0} structural signal", "{0} structural signals", signals), evidence_of,
                                                                                         SayCount("{0} family", "{0} families", Size(all.families)), SayCount("{0} site", "{0} sites", Size(all.sites)))});
    }
    model.population.facts = {{"signals", Say("Signals"), signals}, {"families", Say("Families"), Size(all.families)}, {"sites", Say("Sites"), Size(all.sites)}, {"services", Say("Services"), Size(all.services)}};
    if (withheld > 0) model.notes.push_back(SayCount("{0} quote is counted and not shown: the speaker does not consent to being quoted.", "{0} quotes are counted and not shown: their speakers do not consent to being quoted.", withheld));
    model.body = std::move(prose);
    model.empty = Say("There is no signal yet. A signal is what families meet and only policy can change.");
    model.actions = {{Say("New signal"), "themes.add-signal", {}}};
    return model;
  };
  return view;
}

}  // namespace

void RegisterSignalViews(Registry& registry) {
  registry.Add(List());
  registry.Add(SignalEvidence());
  registry.Add(Bundle());
}

}  // namespace meerstem::themes
