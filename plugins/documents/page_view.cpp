// documents.page: a page of the file that a source came from, as it was printed, beside its words.
#include <algorithm>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/base/process.h"
#include "core/study/display.h"
#include "core/study/places.h"
#include "core/study/printed.h"
#include "core/view/bitmap.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

constexpr double kLongest = 20;       // Seconds for one page.
constexpr const char* kPixels = "1800";  // Of its longest side: readable at 200 %, and no page becomes larger.

/// The page as a picture; nullptr when it cannot be drawn.
std::shared_ptr<cairo_surface_t> Drawn(const std::string& pdf, std::int64_t number, Job& job) {
  const std::string page = std::to_string(number);
  ProcessLimits limits{.seconds = kLongest};
  limits.stop = [&job] { return job.cancelled(); };
  const ProcessResult result = RunProcess({"pdftoppm", "-png", "-singlefile", "-scale-to", kPixels, "-f", page, "-l", page, "-"}, pdf, limits);
  if (result.missing) throw Refuse("Showing a page needs {0}, which is not on this machine; install the package poppler-utils.", "pdftoppm");
  return result.ok() ? view::ReadPng(result.out) : nullptr;
}

std::vector<view::Cell> CellsOf(Reading& reading, const Id& source, const Page& page, const view::Target& target) {
  const std::int64_t quotes = reading.Number("SELECT count(*) FROM span JOIN quote ON quote.span_id = span.id WHERE source_id = ? AND start < ? AND end > ?", source, page.range.end, page.range.start);
  return {{.value = CountWords(std::string(TextOf(reading, source)->Slice(page.range))), .target = target}, {.value = quotes, .target = target}};
}

view::Model Build(Reading& reading, const Arguments& arguments, Job& job) {
  const Id wanted = *arguments.Entity("page");
  auto row = reading.Query("SELECT source_id FROM page JOIN span ON span.id = span_id WHERE page.id = ?", wanted);
  if (!row.Step()) throw Refuse("This page is no longer in the study.");
  const Source source = GetSource(reading, row.GetId(0));
  const auto pages = PagesOf(reading, source.id);
  const auto here = std::find_if(pages.begin(), pages.end(), [&](const Page& page) { return page.id == wanted; });
  const SourceSpan words{source.id, here->range};
  view::Model model;
  model.title = Say("{0}, page {1}", source.title, here->number);
  model.population.facts = {{"pages", Say("Pages with words"), static_cast<std::int64_t>(pages.size())}};
  view::Chart chart{.kind = view::ChartKind::kPage, .category_title = Say("Page"), .value_title = Say("Words")};
  chart.series = {{.key = "words", .label = Say("Words")}, {.key = "quotes", .label = Say("Quotes")}};
  const auto file = OriginalOf(reading, source.id);
  const auto drawn = file ? Drawn(*file, here->number, job) : nullptr;
  if (!file) {
    model.empty = Say("The file of this text is not in the study, so that its pages cannot be shown. Its words are in the text.");
  } else if (!MayUse(reading, words, Purpose::kScreen) || !Displaying(reading, Purpose::kScreen).IsVerbatim(words) || !HidesNobody(reading, *file, job, here->number)) {
    model.empty = Say("This page is not shown as it was: on it stands a name that the study hides, or what someone said who took it back. Its words are in the text.");
  } else if (drawn) {
    chart.picture = drawn;
    const auto add = [&](const Page& page, const view::Target& target) {
      chart.categories.push_back({.key = ToString(page.id), .label = Say("Page {0}", page.number), .entities = {{"page", page.id}}});
      chart.cells.push_back(CellsOf(reading, source.id, page, target));
    };
    if (here != pages.begin()) add(*std::prev(here), {"documents.page", {{"page", std::prev(here)->id}}});
    chart.pictured = chart.categories.size();
    add(*here, {"coding.document", {{"source", source.id}, {"start", here->range.start}, {"end", here->range.start}}});
    if (std::next(here) != pages.end()) add(*std::next(here), {"documents.page", {{"page", std::next(here)->id}}});
    model.alternative = Say("Page {0} of “{1}” as it was printed; its words are in the text.", here->number, source.title);
    model.notes = {Say("As the file was when it came in: what was corrected in the text since stands here as it was.")};
  } else {
    model.empty = Say("This page cannot be drawn. Its words are in the text.");
  }
  model.body = std::move(chart);
  return model;
}

}  // namespace

void RegisterPageView(Registry& registry) {
  EntityKind page{.kind = "page", .table = "page", .label = Say("page")};
  constexpr const char* kNamed = "SELECT page.id, source.title || '/' || number FROM page JOIN span ON span.id = span_id JOIN source ON source.id = source_id";
  page.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(std::string(kNamed) + " WHERE page.id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(1);
  };
  page.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query(std::string(kNamed) + " ORDER BY source.order_key, number");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  page.open = [](const Id& id) { return view::Target{"documents.page", {{"page", id}}}; };
  registry.Add(std::move(page));
  registry.Add(View{.id = "documents.page",
                    .kind = view::Kind::kChart,
                    .label = Say("Page as it was printed"),
                    .help = Say("A page of the PDF that a text came from, to see what its words do not tell: tables, pictures, handwriting."),
                    .parameters = {{.name = "page", .type = ParameterType::kEntity, .label = Say("Page"), .required = true, .entity_kind = "page"}},
                    .in_navigator = false,
                    .build = Build});
  registry.Add(Workspace{"documents.text-beside-page", Say("Text beside its pages"), {{"coding.document", ""}, {"documents.page", "page"}}});
}

}  // namespace meerstem::documents
