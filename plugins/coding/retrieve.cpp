// coding.retrieve: the coded words themselves, one row for each coding.
#include <algorithm>
#include <unordered_map>

#include "core/base/error.h"
#include "core/study/crossing.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

Purpose PurposeOf(const std::string& name) {
  return name == "screen" ? Purpose::kScreen : name == "export" ? Purpose::kExport : Purpose::kAnalysis;
}

/// Codings by key; their words and names are fetched when a page is asked for.
class Retrieved final : public view::Rows {
 public:
  struct Item {
    Id coding;
    std::shared_ptr<const QuoteFacts> quote;
  };
  Retrieved(const Registry& registry, std::vector<Item> items, Purpose purpose) : registry_(registry), items_(std::move(items)), purpose_(purpose) {}

  std::size_t Count() const override { return items_.size(); }
  std::string Key(std::size_t index) const override { return ToString(items_[index].coding); }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    const auto codes = CodesById(reading);
    std::vector<view::Row> rows;
    for (std::size_t i = first; i < items_.size() && i - first < count; ++i) rows.push_back(RowOf(reading, codes, items_[i]));
    return rows;
  }

 private:
  view::Cell Names(Reading& reading, const std::string& kind, const std::vector<Id>& ids) const {
    std::string joined;
    view::Cell cell;
    for (const auto& id : ids) {
      joined += (joined.empty() ? "" : "; ") + NameOf(registry_, reading, kind, id);
      cell.entities.push_back({kind, id});
    }
    if (joined.empty()) cell.state = view::State::kEmpty;
    else cell.value = joined;
    return cell;
  }

  view::Row RowOf(Reading& reading, const std::map<Id, Code>& codes, const Item& item) const {
    const auto& quote = *item.quote;
    view::Row row{.key = ToString(item.coding)};
    Id code, coder;
    std::string coder_name;
    {
      auto found = reading.Query("SELECT code_id, coder_id, name FROM coding LEFT JOIN researcher ON researcher.id = coder_id WHERE coding.id = ?", item.coding);
      if (found.Step()) {
        code = found.GetId(0);
        coder = found.GetId(1);
        coder_name = found.Text(2);
      }
    }
    view::Cell code_cell{.state = view::State::kEmpty};
    if (const auto found = codes.find(code); found != codes.end()) code_cell = {.value = found->second.path, .entities = {{"code", code}}, .colour = found->second.colour};
    view::Cell coder_cell{.value = coder_name};
    if (coder_name.empty()) coder_cell.state = view::State::kEmpty;
    view::Cell text{.value = DisplayText(reading, quote.span, purpose_)};
    row.cells = {std::move(text),
                 std::move(code_cell),
                 {.value = NameOf(registry_, reading, "source", quote.span.source), .entities = {{"source", quote.span.source}}},
                 {.value = quote.span.range.start},
                 {.value = quote.span.range.end},
                 Names(reading, "person", quote.people),
                 Names(reading, "stakeholder", quote.stakeholders),
                 Names(reading, "site", quote.sites),
                 Names(reading, "case", quote.cases),
                 std::move(coder_cell),
                 {.value = ToString(quote.id)}};
    row.entities = {{"coding", item.coding}, {"quote", quote.id}, {"code", code}, {"source", quote.span.source}};
    row.target = PlaceOf(quote.span);
    return row;
  }

  const Registry& registry_;
  std::vector<Item> items_;
  Purpose purpose_;
};

/// Keeps the quotes that lie in a group of a dimension, written as DIMENSION=KEY; "-" as the key: in no group.
void KeepGroup(const Registry& registry, Reading& reading, const std::string& condition, std::vector<QuoteFacts>& quotes) {
  const auto equals = condition.find('=');
  const Dimension* dimension = equals == std::string::npos ? nullptr : registry.FindDimension(condition.substr(0, equals));
  if (!dimension) throw Error(ErrorCode::kUsage, Say("--in: “{0}” must be a dimension and one of its groups, such as stakeholder=coach.", condition));
  const std::string key = condition.substr(equals + 1);
  const Grouping grouping = dimension->groups(reading);
  const bool known = std::any_of(grouping.groups.begin(), grouping.groups.end(), [&](const Group& group) { return group.key == key; });
  if (!known && key != "-") throw Refuse("{0} has no group “{1}”.", dimension->label, key);
  quotes = InGroup(reading, *dimension, key, std::move(quotes));
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
  auto quotes = Quotes(reading, filter);
  for (const auto& condition : arguments.Texts("in")) KeepGroup(registry, reading, condition, quotes);
  job.Progress(0.5);
  const auto wanted_codes = WithDescendants(reading, filter.codes);
  const std::set<Id> codes(wanted_codes.begin(), wanted_codes.end());
  const std::set<Id> coders(filter.coders.begin(), filter.coders.end());
  std::vector<Retrieved::Item> items;
  std::set<Id> people, sources;
  std::int64_t shown = 0, withheld = 0;
  for (auto& facts : quotes) {
    std::vector<Id> codings;
    {
      auto rows = reading.Query("SELECT coding.id, code_id, coder_id FROM coding WHERE quote_id = ? ORDER BY at, id", facts.id);
      while (rows.Step()) {
        if ((codes.empty() || codes.contains(rows.GetId(1))) && (coders.empty() || coders.contains(rows.GetId(2)))) codings.push_back(rows.GetId(0));
      }
    }
    if (codings.empty()) continue;
    if (!MayUse(reading, facts.span, purpose)) {
      ++withheld;
      continue;
    }
    ++shown;
    people.insert(facts.people.begin(), facts.people.end());
    sources.insert(facts.span.source);
    const auto quote = std::make_shared<const QuoteFacts>(std::move(facts));
    for (const auto& coding : codings) items.push_back({coding, quote});
  }
  view::Model model;
  model.population.facts = {{"quotes", Say("Quotes"), shown},
                            {"codings", Say("Codings"), static_cast<std::int64_t>(items.size())},
                            {"people", Say("People"), static_cast<std::int64_t>(people.size())},
                            {"sources", Say("Sources"), static_cast<std::int64_t>(sources.size())},
                            {"withheld", Say("Left out for want of consent"), withheld}};
  if (withheld > 0) {
    model.notes.push_back(SayCount("{0} quote is left out, because a speaker did not consent to this use.",
                                   "{0} quotes are left out, because a speaker did not consent to this use.", withheld));
  }
  view::Table table;
  table.columns = {{"text", Say("Words"), view::ColumnType::kText, 60},
                   {"code", Say("Code"), view::ColumnType::kText},            {"source", Say("Source"), view::ColumnType::kText},
                   {"start", Say("Start"), view::ColumnType::kInteger},       {"end", Say("End"), view::ColumnType::kInteger},
                   {"person", Say("Person"), view::ColumnType::kText},        {"stakeholder", Say("Stakeholder type"), view::ColumnType::kText},
                   {"site", Say("Site"), view::ColumnType::kText},            {"case", Say("Case"), view::ColumnType::kText},
                   {"coder", Say("Coder"), view::ColumnType::kText},          {"quote_id", Say("Quote id"), view::ColumnType::kText, 8}};
  table.rows = std::make_shared<Retrieved>(registry, std::move(items), purpose);
  model.body = std::move(table);
  model.empty = Say("No coded words fit; code some, or take a filter away.");
  return model;
}

}  // namespace

void RegisterRetrieve(Registry& registry) {
  View view{.id = "coding.retrieve", .kind = view::Kind::kTable, .label = Say("Coded words"), .help = Say("The coded words themselves: by code with all below it, type, site, source, coder, case.")};
  view.key = "Ctrl+Shift+R";
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
}

}  // namespace meerstem::coding
