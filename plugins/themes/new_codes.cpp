// How many codes appear for the first time in each conversation, in the order of time.
#include <algorithm>

#include "core/study/coded_study.h"
#include "plugins/themes/part.h"

namespace meerstem::themes {
namespace {

struct Talk {
  std::uint32_t source;
  std::string date;
  std::set<std::uint32_t> codes;
};

/// The codes on the words of those who were heard, by their numbers.
std::vector<Talk> TalksOf(const CodedStudy& study) {
  std::vector<Talk> talks;
  for (std::uint32_t s = 0; s < study.size(); ++s) {
    const auto& source = study.source(s);
    if (source.kind == "remark" || source.kind == "literature") continue;
    const auto& stock = study.stock(s);
    Talk talk{s, source.date, {}};
    for (const auto& quote : stock.quotes) {
      if (!CodedStudy::IsHeard(source, stock, quote) || !CodedStudy::MayUse(source, stock, quote.turn, quote.range(), Purpose::kAnalysis)) continue;
      for (auto i = quote.first; i < quote.last; ++i) talk.codes.insert(stock.codings[i].code);
    }
    if (!talk.codes.empty()) talks.push_back(std::move(talk));
  }
  return talks;
}

View NewCodes() {
  View view{.id = "themes.new-codes", .kind = view::Kind::kChart, .label = Say("New codes per conversation"), .help = Say("Per conversation in the order of time: codes that appear for the first time, and codes that were there before.")};
  view.parameters = {{.name = "order", .type = ParameterType::kChoice, .label = Say("Order"), .live = true,
                      .choices = {{"date", Say("By date of the conversation")}, {"study", Say("As in the list of sources")}}, .fallback = "date"}};
  view.build = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto study = CodedStudyOf(reading);
    auto talks = TalksOf(*study);
    const bool by_date = arguments.Text("order") == "date";
    const auto undated = std::count_if(talks.begin(), talks.end(), [](const Talk& talk) { return talk.date.empty(); });
    // Without a date a conversation has no place in time: they stand at the end.
    if (by_date) {
      std::stable_sort(talks.begin(), talks.end(), [](const Talk& a, const Talk& b) { return a.date.empty() != b.date.empty() ? b.date.empty() : a.date < b.date; });
    }
    view::Chart chart{.kind = view::ChartKind::kBars, .category_title = Say("Conversation"), .value_title = Say("Codes")};
    chart.series = {{.key = "new", .label = Say("For the first time"), .colour = "#D55E00"}, {.key = "known", .label = Say("Seen before"), .colour = "#B8B8B8"}};
    std::set<std::uint32_t> seen;
    for (const auto& talk : talks) {
      const auto& source = study->source(talk.source);
      std::int64_t fresh = 0;
      std::string names;
      for (const auto code : talk.codes) {
        if (!seen.insert(code).second) continue;
        ++fresh;
        if (const Code* of = study->codes->Of(code)) names += (names.empty() ? "" : "; ") + of->path;
      }
      view::Heading heading{.key = ToString(source.id), .label = Verbatim(source.title), .entities = {{"source", source.id}}, .target = view::Target{"coding.document", {{"source", source.id}}}};
      if (const auto date = ParseDate(source.date)) heading.note = {"{0}", {}, {*date}};
      chart.categories.push_back(std::move(heading));
      const view::Target target{"coding.document", {{"source", source.id}}};
      chart.cells.push_back({{.value = fresh, .why = Verbatim(names), .target = target}, {.value = static_cast<std::int64_t>(talk.codes.size()) - fresh, .target = target}});
    }
    view::Model model;
    model.population.description = Say("Codes on the words of those who were heard, in conversations with a code; remarks and literature left out");
    model.population.facts = {{"conversations", Say("Conversations"), static_cast<std::int64_t>(talks.size())}, {"codes", Say("Codes used"), static_cast<std::int64_t>(seen.size())}, {"undated", Say("Without a date"), static_cast<std::int64_t>(undated)}};
    model.notes = {Say("This describes in which conversation a code stands first. It is no proof of saturation: it depends on the order, on who was asked what, and on a codebook that was revised and applied again to earlier conversations.")};
    if (by_date && undated > 0) model.notes.push_back(SayCount("{0} conversation has no date and stands at the end.", "{0} conversations have no date and stand at the end.", static_cast<std::int64_t>(undated)));
    model.body = std::move(chart);
    model.empty = Say("No conversation holds a code yet.");
    return model;
  };
  return view;
}

}  // namespace

void RegisterNewCodes(Registry& registry) { registry.Add(NewCodes()); }

}  // namespace meerstem::themes
