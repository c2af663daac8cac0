// coding.portrait and coding.code-line: one source at a glance. The portrait has its words in the order of reading, in
// the colours of their codes; the code line has a row for each code and shows where it stands.
#include <algorithm>
#include <map>
#include <set>

#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

struct Placed {
  Range range;
  Id quote;
  Id code;
  std::vector<Id> coders;
};

/// The codings of a source that are asked for; the same quote and code by several coders is one.
std::vector<Placed> CodingsOf(Reading& reading, const Id& source, const Arguments& arguments) {
  const auto wanted_codes = WithDescendants(reading, arguments.Entities("code"));
  const auto coders = arguments.Entities("coder");
  const auto has = [](const std::vector<Id>& wanted, const Id& id) { return wanted.empty() || std::find(wanted.begin(), wanted.end(), id) != wanted.end(); };
  std::vector<Placed> all;
  std::map<std::pair<Id, Id>, std::size_t> known;
  auto rows = reading.Query(
      "SELECT quote.id, code_id, span.start, span.end, coder_id FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id "
      "WHERE span.source_id = ? ORDER BY span.start, span.end DESC, coding.id",
      source);
  while (rows.Step()) {
    if (!has(wanted_codes, rows.GetId(1)) || !has(coders, rows.GetId(4))) continue;
    const auto [place, fresh] = known.emplace(std::pair(rows.GetId(0), rows.GetId(1)), all.size());
    if (fresh) all.push_back({{rows.Int(2), rows.Int(3)}, rows.GetId(0), rows.GetId(1), {}});
    if (!rows.IsNull(4)) all[place->second].coders.push_back(rows.GetId(4));
  }
  return all;
}

/// How many characters lie in at least one of the ranges, which are sorted by start.
std::int64_t Covered(const std::vector<Placed>& codings) {
  std::int64_t covered = 0, end = 0;
  for (const auto& coding : codings) {
    covered += std::max<std::int64_t>(0, coding.range.end - std::max(coding.range.start, end));
    end = std::max(end, coding.range.end);
  }
  return covered;
}

/// What both pictures say of the source.
view::Model About(Reading& reading, const Source& source, const std::vector<Placed>& codings, std::int64_t length) {
  view::Model model;
  std::set<Id> quotes, codes;
  for (const auto& coding : codings) {
    quotes.insert(coding.quote);
    codes.insert(coding.code);
  }
  const std::int64_t covered = Covered(codings);
  model.title = Verbatim(source.title);
  model.population.description = Say("One source, {0} characters", length);
  model.population.facts = {{"quotes", Say("Quotes"), static_cast<std::int64_t>(quotes.size())},
                            {"codes", Say("Codes"), static_cast<std::int64_t>(codes.size())},
                            {"coded", Say("Characters coded"), covered},
                            {"not_coded", Say("Characters not coded"), length - covered}};
  if (source.date) model.population.facts.push_back({"date", Say("Date"), *source.date});
  model.alternative = Say("“{0}”: {1} of {2} characters are coded, in {3} quotes with {4} codes.", source.title, covered, length, quotes.size(), codes.size());
  model.empty = reading.Number("SELECT count(*) FROM code") == 0 ? Say("There are no codes yet.") : Say("Nothing is coded in this source, or nothing of these codes.");
  return model;
}

/// The code of the first level above, which gives the colour that a reader knows.
std::map<Id, Id> Tops(const std::map<Id, Code>& codes) {
  std::map<Id, Id> tops;
  for (const auto& [id, code] : codes) {
    Id top = id;
    for (auto found = codes.find(top); found != codes.end() && found->second.parent; found = codes.find(top)) top = *found->second.parent;
    tops[id] = top;
  }
  return tops;
}

view::Model BuildPortrait(Reading& reading, const Arguments& arguments, Job&) {
  const Source source = GetSource(reading, *arguments.Entity("source"));
  const std::int64_t length = TextOf(reading, source.id)->size();
  const auto codings = CodingsOf(reading, source.id, arguments);
  const auto codes = CodesById(reading);
  const bool each = arguments.Text("colours") == "code";
  const auto tops = Tops(codes);
  const auto shown_as = [&](const Id& code) { return each ? code : tops.at(code); };
  view::Chart chart{.kind = view::ChartKind::kTiles, .category_title = Say("Place"), .value_title = Say("Characters")};
  chart.series = {{.key = "length", .label = Say("Characters")}};
  std::set<Id> used;
  for (const auto& coding : codings) used.insert(shown_as(coding.code));
  std::map<Id, std::size_t> column;
  for (const auto& code : Codebook(reading)) {
    if (!used.contains(code.id)) continue;
    column[code.id] = chart.series.size();
    chart.series.push_back({.key = code.path, .label = Verbatim(each ? code.path : code.name), .entities = {{"code", code.id}}, .target = RetrieveOf(code.id), .colour = code.colour});
  }
  // Between two places where a quote begins or ends the codes are the same.
  std::set<std::int64_t> cuts{0, length};
  for (const auto& coding : codings) cuts.insert({std::clamp<std::int64_t>(coding.range.start, 0, length), std::clamp<std::int64_t>(coding.range.end, 0, length)});
  std::multimap<std::int64_t, std::size_t> open;  // By end.
  std::size_t next = 0;
  for (auto cut = cuts.begin(); length > 0 && !codings.empty() && std::next(cut) != cuts.end(); ++cut) {
    const Range here{*cut, *std::next(cut)};
    open.erase(open.begin(), open.upper_bound(here.start));
    for (; next < codings.size() && codings[next].range.start <= here.start; ++next) {
      if (codings[next].range.end > here.start) open.emplace(codings[next].range.end, next);
    }
    view::Heading heading{.key = std::to_string(here.start), .label = Say("{0}–{1}", here.start, here.end), .entities = {{"source", source.id}}};
    heading.target = PlaceOf({source.id, here});
    std::vector<view::Cell> row(chart.series.size());
    row[0] = {.value = here.size(), .target = heading.target};
    for (const auto& [end, index] : open) {
      view::Cell& cell = row[column.at(shown_as(codings[index].code))];
      cell.value = here.size();
      cell.entities.push_back({"quote", codings[index].quote});
      cell.target = heading.target;
    }
    chart.categories.push_back(std::move(heading));
    chart.cells.push_back(std::move(row));
  }
  if (!chart.categories.empty()) chart.legend = {{.key = "none", .label = Say("not coded"), .colour = "#E8E8E8", .glyph = "·"}};
  view::Model model = About(reading, source, codings, length);
  model.body = std::move(chart);
  model.notes = {each ? Say("From begin to end, as long as the text; where several codes stand, their colours lie below each other.")
                      : Say("From begin to end, as long as the text, in the colour of the code at the top of the codebook; where several stand, their colours lie below each other.")};
  return model;
}

view::Model BuildCodeLine(Reading& reading, const Arguments& arguments, Job&) {
  const Source source = GetSource(reading, *arguments.Entity("source"));
  const std::int64_t length = TextOf(reading, source.id)->size();
  const auto codings = CodingsOf(reading, source.id, arguments);
  std::map<Id, std::vector<const Placed*>> by_code;
  for (const auto& coding : codings) by_code[coding.code].push_back(&coding);
  view::Chart chart{.kind = view::ChartKind::kLanes, .category_title = Say("Quote"), .value_title = Say("Place in the text (characters)"), .group_title = Say("Code")};
  chart.series = {{.key = "start", .label = Say("Start")}, {.key = "end", .label = Say("End")}};
  for (const auto& code : Codebook(reading)) {
    const auto found = by_code.find(code.id);
    if (found == by_code.end()) continue;
    for (const Placed* coding : found->second) {
      view::Heading heading{.key = ToString(coding->quote) + "/" + ToString(code.id), .label = Verbatim(OneLine(reading, {source.id, coding->range}, Purpose::kScreen)),
                            .entities = {{"quote", coding->quote}, {"code", code.id}}};
      heading.target = PlaceOf({source.id, coding->range});
      heading.colour = code.colour;
      heading.group = Verbatim(code.path);
      const auto cell = [&](std::int64_t at) { return view::Cell{.value = at, .entities = {{"quote", coding->quote}}, .target = heading.target}; };
      chart.cells.push_back({cell(coding->range.start), cell(coding->range.end)});
      chart.categories.push_back(std::move(heading));
    }
  }
  view::Model model = About(reading, source, codings, length);
  model.body = std::move(chart);
  model.notes = {Say("Where quotes of one code overlap, they lie below each other.")};
  return model;
}

std::vector<Parameter> CommonParameters() {
  return {EntityParameter("source", "source", Say("Source")), FilterParameter("coder", "researcher", Say("Coder")), FilterParameter("code", "code", Say("Code"))};
}

}  // namespace

void RegisterPictures(Registry& registry) {
  View portrait{.id = "coding.portrait", .kind = view::Kind::kChart, .label = Say("Portrait of a source"), .help = Say("One source as a row of tiles in the colours of its codes, as long as its words; what is not coded is shown.")};
  portrait.parameters = CommonParameters();
  Parameter colours{.name = "colours", .type = ParameterType::kChoice, .label = Say("Colours"), .fallback = "top"};
  colours.choices = {{"top", Say("of the codes at the top")}, {"code", Say("of each code")}};
  colours.live = true;
  portrait.parameters.push_back(colours);
  portrait.in_navigator = false;
  portrait.build = BuildPortrait;
  registry.Add(std::move(portrait));
  View line{.id = "coding.code-line", .kind = view::Kind::kChart, .label = Say("Code line"), .help = Say("Where each code stands in one source: a row for each code, from begin to end.")};
  line.parameters = CommonParameters();
  line.in_navigator = false;
  line.build = BuildCodeLine;
  registry.Add(std::move(line));
}

}  // namespace meerstem::coding
