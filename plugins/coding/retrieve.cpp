// coding.retrieve: the coded words themselves, one row for each coding.
#include <algorithm>

#include "core/base/error.h"
#include "core/study/crossing.h"
#include "plugins/coding/quote_rows.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

Purpose PurposeOf(const std::string& name) {
  return name == "screen" ? Purpose::kScreen : name == "export" ? Purpose::kExport : Purpose::kAnalysis;
}

/// Keeps the quotes that lie in a group of a dimension, written as DIMENSION=KEY; "-" as the key: in no group.
void KeepGroup(const Registry& registry, Reading& reading, const std::string& condition, std::vector<QuoteFacts>& quotes) {
  const auto equals = condition.find('=');
  const Dimension* dimension = equals == std::string::npos ? nullptr : registry.FindDimension(condition.substr(0, equals));
  if (!dimension) throw Usage("--in: “{0}” must be a dimension and one of its groups, such as stakeholder=coach.", condition);
  const std::string key = condition.substr(equals + 1);
  const Grouping grouping = dimension->groups(reading);
  const bool known = std::any_of(grouping.groups.begin(), grouping.groups.end(), [&](const Group& group) { return group.key == key; });
  if (!known && key != "-") throw Refuse("{0} has no group “{1}”.", dimension->label, key);
  quotes = InGroup(reading, *dimension, key, std::move(quotes));
}

/// The places whose quotes lie in all groups of `conditions`.
std::vector<QuotePlace> InGroups(const Registry& registry, Reading& reading, const std::vector<std::string>& conditions, const CodedStudy& study,
                                 std::vector<QuotePlace> places, bool include_researchers) {
  if (conditions.empty()) return places;
  std::vector<QuoteFacts> quotes;
  for (const auto& place : places) {
    const auto& stock = study.stock(place.source);
    quotes.push_back(FactsOf(study, study.source(place.source), stock, stock.quotes[place.quote], include_researchers));
  }
  for (const auto& condition : conditions) KeepGroup(registry, reading, condition, quotes);
  auto next = quotes.begin();
  std::erase_if(places, [&](const QuotePlace& place) {
    const bool kept = next != quotes.end() && next->id == study.stock(place.source).quotes[place.quote].id;
    if (kept) ++next;
    return !kept;
  });
  return places;
}

view::Model Build(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  const Purpose purpose = PurposeOf(arguments.Text("for"));
  QuoteFilter filter;
  filter.codes = arguments.Entities("code");
  filter.stakeholders = arguments.Entities("stakeholder");
  filter.sites = arguments.Entities("site");
  filter.sources = arguments.Entities("source");
  filter.coders = arguments.Entities("coder");
  filter.cases = arguments.Entities("case");
  filter.include_researchers = arguments.Flag("include-researchers");
  filter.source_kinds = arguments.Texts("source-kind");
  const auto study = CodedStudyOf(reading);
  const auto places = InGroups(registry, reading, arguments.Texts("in"), *study, QuotePlaces(*study, filter), filter.include_researchers);
  job.Progress(0.5);
  const auto codes = study->codes->Under(filter.codes);
  std::set<std::uint32_t> coders;
  for (const auto& id : filter.coders) coders.insert(study->frame->coders.Find(id));
  std::vector<QuoteItem> items;
  std::vector<bool> people(study->frame->persons.size()), sources(study->size());
  std::int64_t shown = 0, withheld = 0;
  for (const auto& place : places) {
    const auto& source = study->source(place.source);
    const auto& stock = study->stock(place.source);
    const auto& quote = stock.quotes[place.quote];
    const auto before = items.size();
    const bool may = CodedStudy::MayUse(source, stock, quote.turn, quote.range(), purpose);
    for (auto c = quote.first; c < quote.last; ++c) {
      const auto& coding = stock.codings[c];
      const bool asked = (filter.codes.empty() || (coding.code < codes.size() && codes[coding.code])) && (coders.empty() || coders.contains(coding.coder));
      if (asked) items.push_back({place.source, place.quote, c});
    }
    if (items.size() == before) continue;
    if (!may) {
      items.resize(before);
      ++withheld;
      continue;
    }
    ++shown;
    sources[place.source] = true;
    CodedStudy::EachTurn(source, stock, quote.turn, quote.range(), [&](const CodedStudy::Turn&, const CodedStudy::Voice& voice) {
      if (voice.person != CodedStudy::kNone && (filter.include_researchers || !voice.researcher)) people[voice.person] = true;
    });
  }
  const auto count = [](const std::vector<bool>& set) { return static_cast<std::int64_t>(std::count(set.begin(), set.end(), true)); };
  view::Model model;
  model.population.facts = {{"quotes", Say("Quotes"), shown},
                            {"codings", Say("Codings"), static_cast<std::int64_t>(items.size())},
                            {"people", Say("People"), count(people)},
                            {"sources", Say("Sources"), count(sources)},
                            {"withheld", Say("Left out for want of consent"), withheld}};
  if (withheld > 0) {
    model.notes.push_back(SayCount("{0} quote is left out, because a speaker did not consent to this use.",
                                   "{0} quotes are left out, because a speaker did not consent to this use.", withheld));
  }
  model.body = QuoteTable(study, std::move(items), purpose, filter.include_researchers);
  model.empty = Say("No coded words fit; code some, or take a filter away.");
  return model;
}

}  // namespace

void RegisterRetrieve(Registry& registry) {
  View view{.id = "coding.retrieve", .kind = view::Kind::kTable, .label = Say("Coded words"), .help = Say("The coded words themselves: by code with all below it, type, site, source, coder, case.")};
  view.key = "Ctrl+Shift+E";
  Parameter purpose{.name = "for", .type = ParameterType::kChoice, .label = Say("Use"), .fallback = "analysis"};
  purpose.choices = {{"screen", Say("Screen")}, {"analysis", Say("Analysis")}, {"export", Say("Export")}};
  purpose.live = true;
  Parameter in{.name = "in", .label = Say("In group"), .help = Say("A dimension and one of its groups: stakeholder=coach; “-” for in none. May be repeated; all must hold.")};
  in.list = true;
  view.parameters = {FilterParameter("code", "code", Say("Code")),
                     FilterParameter("stakeholder", "stakeholder", Say("Stakeholder type")),
                     FilterParameter("site", "site", Say("Site")),
                     FilterParameter("source", "source", Say("Source")),
                     FilterParameter("coder", "researcher", Say("Coder")),
                     FilterParameter("case", "case", Say("Case")),
                     SourceKindParameter(),
                     in,
                     FlagParameter("include-researchers", Say("The interviewer's words too")),
                     purpose};
  view.build = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Build(registry, reading, arguments, job); };
  registry.Add(std::move(view));
  registry.Add(Workspace{"coding.quotes-beside-text", Say("Coded words beside the text"), {{"coding.retrieve", ""}, {"coding.document", "source"}}});
  // The codebook takes words that are dragged onto it and gives its codes; what a code holds stands on the other side.
  registry.Add(Workspace{"coding.room", Say("Codebook, text and coded words"), {{"coding.codebook", ""}, {"coding.document", ""}, {"coding.retrieve", "code"}}});
}

}  // namespace meerstem::coding
