// The page for a steering group: themes against type, site and outcome, from a number to its quotes and from a quote to the
// words around it. What stands on it leaves the house: consent for export, pseudonyms, and no site that would name someone.
#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/study/crossing.h"
#include "core/study/people.h"
#include "core/study/sources.h"
#include "core/view/page.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"
#include "plugins/triangulation/ledger.h"
#include "plugins/triangulation/voices.h"

namespace meerstem::triangulation {
namespace {

/// How far the words around a quote go, in characters on either side.
constexpr std::int64_t kAround = 400;

class Paging {
 public:
  Paging(const Registry& registry, Reading& reading, Job& job) : registry_(registry), reading_(reading), job_(job), displaying_(reading, Purpose::kExport) {}

  view::Page Build() {
    view::Page page;
    const Dimension* themes = registry_.FindDimension("theme");
    if (!themes) return page;
    page.row_title = themes->label;
    const auto rows = GroupsOf(reading_, *themes);
    for (const auto& group : rows->groups) page.rows.push_back({group.key, group.label, group.glyph});
    auto quotes = Quotes(reading_, {.include_remarks = false});
    const auto in_rows = GroupsOfQuotes(*themes, *rows, quotes);
    std::vector<std::vector<std::vector<std::size_t>>> in_facets;
    for (const char* id : {"stakeholder", "site", "outcome"}) {
      const Dimension* dimension = registry_.FindDimension(id);
      if (!dimension) continue;
      const auto grouping = GroupsOf(reading_, *dimension);
      if (grouping->groups.empty()) continue;
      view::Page::Facet facet{id, dimension->label, {}, dimension->unit == "case"};
      for (const auto& group : grouping->groups) facet.values.push_back({group.key, group.label, group.glyph, facet.of_families ? Direction(group) : Message{}});
      page.facets.push_back(std::move(facet));
      in_facets.push_back(GroupsOfQuotes(*dimension, *grouping, quotes));
    }
    for (std::size_t i = 0; i < quotes.size(); ++i) {
      if (i % 256 == 0) job_.Progress(static_cast<double>(i) / static_cast<double>(quotes.size()));
      if (in_rows[i].empty()) continue;
      if (!MayUse(reading_, quotes[i].span, Purpose::kExport)) {
        ++withheld;
        continue;
      }
      view::Page::Quote quote{.text = displaying_.Text(quotes[i].span), .reference = Reference(reading_, quotes[i].span), .bare = Pseudonyms(quotes[i]), .rows = in_rows[i]};
      for (std::size_t f = 0; f < page.facets.size(); ++f) {
        quote.values.push_back(in_facets[f][i]);
        // A filter must not say what the reference leaves out.
        if (page.facets[f].key == "site" && !SiteMayStand(quotes[i])) {
          quote.values.back().clear();
          ++without_site;
        }
      }
      for (const auto& person : quotes[i].people) quote.people.push_back(NumberOf(person));
      for (const auto& study_case : quotes[i].cases) quote.families.push_back(NumberOf(study_case));
      std::tie(quote.before, quote.after) = Around(quotes[i].span);
      page.quotes.push_back(std::move(quote));
      places.push_back({quotes[i].id, PlaceOf(quotes[i].span)});
    }
    view::KeepUsed(page);
    Findings(page);
    return page;
  }
  std::int64_t withheld = 0, without_site = 0;
  std::vector<std::pair<Id, view::Target>> places;  ///< Of the page's quotes.

 private:
  bool SiteMayStand(const QuoteFacts& quote) {
    for (const auto& site : quote.sites) {
      for (const auto& type : quote.stakeholders) {
        const auto key = std::pair(site, type);
        auto known = sites_.find(key);
        if (known == sites_.end()) known = sites_.emplace(key, MayNameSite(reading_, site, type)).first;
        if (!known->second) return false;
      }
    }
    return true;
  }

  /// The words before and after, as far as they may leave the house; cut between words.
  std::pair<std::string, std::string> Around(const SourceSpan& span) {
    const auto text = TextOf(reading_, span.source);
    const Range before{std::max<std::int64_t>(0, span.range.start - kAround), span.range.start}, after{span.range.end, std::min(text->size(), span.range.end + kAround)};
    std::string left, right;
    if (!before.empty() && MayUse(reading_, {span.source, before}, Purpose::kExport)) {
      left = displaying_.Text({span.source, before});
      if (const auto space = left.find_first_of(" \n"); before.start > 0 && space != std::string::npos) left.erase(0, space + 1);
    }
    if (!after.empty() && MayUse(reading_, {span.source, after}, Purpose::kExport)) {
      right = displaying_.Text({span.source, after});
      if (const auto space = right.find_last_of(" \n"); after.end < text->size() && space != std::string::npos) right.resize(space);
    }
    return {left, right};
  }

  /// Who speaks, where references name them.
  Message Pseudonyms(const QuoteFacts& quote) {
    std::string all;
    if (Setting(reading_, "reference", "pseudonym type site date").find("pseudonym") == std::string::npos) return {};
    for (const auto& person : quote.people) {
      auto row = reading_.Query("SELECT pseudonym FROM person WHERE id = ?", person);
      if (row.Step()) all += (all.empty() ? "" : " + ") + row.Text(0);
    }
    return all.empty() ? Message{} : Verbatim(all);
  }

  std::size_t NumberOf(const Id& id) { return numbers_.emplace(id, numbers_.size()).first->second; }

  /// An outcome as better, the same or worse, by the families that have it.
  Message Direction(const Group& outcome) {
    if (!families_) families_ = FamiliesOf(registry_, reading_, job_);
    for (const auto& family : families_->list) {
      const auto change = family.outcome == outcome.key ? family.change() : std::nullopt;
      if (change) return *change < 0 ? Say("better") : *change == 0 ? Say("the same") : Say("worse");
    }
    return {};
  }

  void Findings(view::Page& page) {
    for (const auto& standing : TheLedger(registry_, reading_, Purpose::kExport, job_)) {
      const Finding& finding = standing.finding;
      view::Page::Finding shown{finding.construct, finding.statement, finding.inference, finding.quantitative, finding.qualitative, {}, {}, {}};
      for (const auto& evidence : standing.shown) {
        if (evidence.quantitative && evidence.number) shown.numbers.push_back({evidence.what, *evidence.number});
      }
      if (finding.verdict) {
        shown.fit = Verbatim(finding.verdict->label.name);
        shown.glyph = FitGlyph(finding.verdict->label.fit);
      }
      page.findings.push_back(std::move(shown));
    }
  }

  const Registry& registry_;
  Reading& reading_;
  Job& job_;
  Displaying displaying_;
  std::map<std::pair<Id, Id>, bool> sites_;
  std::map<Id, std::size_t> numbers_;
  std::shared_ptr<const Families> families_;
};

/// How families fared, as lines of label and number.
void AddOutcomes(const Families& families, view::Page& page) {
  if (families.outcomes.empty()) return;
  std::vector<view::Page::Count> lines;
  for (const auto& group : families.outcomes) {
    const auto n = std::count_if(families.list.begin(), families.list.end(), [&](const Family& family) { return family.outcome == group.key; });
    lines.push_back({group.glyph.empty() ? group.label : Say("{0} {1}", group.glyph, group.label), {.value = static_cast<std::int64_t>(n)}});
  }
  page.tables.emplace_back(Say("How families fared"), std::move(lines));
}

view::Model Build(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  Paging paging(registry, reading, job);
  view::Page page = paging.Build();
  const auto families = FamiliesOf(registry, reading, job);
  AddOutcomes(*families, page);
  view::Model model;
  model.title = arguments.Text("title").empty() ? Say("Numbers and voices") : Verbatim(arguments.Text("title"));
  model.population = About(*families, Say("Families of the study, and quotes that may leave the house"), static_cast<std::int64_t>(families->list.size()));
  model.population.facts.insert(model.population.facts.end(), {{"quotes", Say("Quotes"), static_cast<std::int64_t>(page.quotes.size())}, {"withheld", Say("Left out without consent"), paging.withheld}});
  model.notes = {Say("Names are replaced by pseudonyms. A quote may belong to several themes; it counts once in each number.")};
  if (paging.without_site > 0) model.notes.push_back(SayCount("{0} quote stands without its site: too few people of that type speak there.", "{0} quotes stand without their site: too few people of that type speak there.", paging.without_site));
  view::Prose prose;
  for (std::size_t r = 0; r < page.rows.size(); ++r) {
    prose.blocks.push_back({.key = "theme/" + page.rows[r].key, .kind = view::Block::Kind::kHeading, .level = 2, .text = page.rows[r].label});
    std::size_t number = 0;
    for (std::size_t q = 0; q < page.quotes.size(); ++q) {
      const auto& quote = page.quotes[q];
      if (std::find(quote.rows.begin(), quote.rows.end(), r) == quote.rows.end()) continue;
      prose.blocks.push_back({.key = "theme/" + page.rows[r].key + "/" + std::to_string(++number), .kind = view::Block::Kind::kQuote, .text = Verbatim(quote.text), .reference = quote.reference,
                              .entities = {{"quote", paging.places[q].first}}, .target = paging.places[q].second});
    }
  }
  model.body = std::move(prose);
  model.page = std::make_shared<view::Page>(std::move(page));
  model.empty = Say("There is no theme yet, so there is nothing to lay against outcomes.");
  return model;
}

}  // namespace

void AddPage(Registry& registry) {
  View view{.id = "triangulation.page", .kind = view::Kind::kProse, .label = Say("Page for a steering group"),
            .help = Say("Written as HTML: one file for any browser, offline, with filters by type, site and outcome; a number opens its quotes, a quote the words around it. Pseudonymised, with what may leave the house.")};
  view.parameters = {{.name = "title", .label = Say("Title")}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Build(whole, reading, arguments, job); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::triangulation
