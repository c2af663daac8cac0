#include <string>

#include "core/study/people.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"
#include "plugins/documents/voices.h"

namespace meerstem::documents {
namespace {

view::Cell TextCell(const std::string& text) { return text.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = text}; }

/// The sources of a list; facts are fetched a page at a time, since words are counted then.
class SourceRows final : public view::Rows {
 public:
  explicit SourceRows(std::vector<Id> ids) : ids_(std::move(ids)) {}
  std::size_t Count() const override { return ids_.size(); }
  std::string Key(std::size_t index) const override { return ToString(ids_[index]); }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    std::vector<view::Row> rows;
    const auto kinds = KindChoices();
    const auto types = StakeholderChoices(reading);
    const auto sites = SiteChoices(reading);
    for (std::size_t i = first; i < std::min(first + count, ids_.size()); ++i) rows.push_back(One(reading, ids_[i], kinds, types, sites));
    return rows;
  }

 private:
  static view::Row One(Reading& reading, const Id& id, const std::vector<Choice>& kinds, const std::vector<Choice>& types, const std::vector<Choice>& sites) {
    view::Row row{.key = ToString(id), .entities = {{"source", id}}, .target = DocumentTarget(id)};
    auto found = reading.Query(
        "SELECT title, kind, type.id, type.name, site.id, site.name, date, content_hash, "
        "(SELECT count(*) FROM speaker WHERE speaker.source_id = source.id), "
        "(SELECT count(*) FROM span JOIN quote ON quote.span_id = span.id WHERE span.source_id = source.id) "
        "FROM source LEFT JOIN stakeholder_type type ON type.id = stakeholder_id LEFT JOIN site ON site.id = site_id WHERE source.id = ?",
        id);
    if (!found.Step()) {  // Removed since the list was made.
      row.cells.resize(8, view::Cell{.state = view::State::kStale});
      return row;
    }
    const auto set = [&](const char* parameter, ParameterType type, std::vector<Choice> choices) {
      return view::Edit{"documents.set", {{"source", id}}, parameter, type, std::move(choices)};
    };
    const bool remark = found.Text(1) == "remark";
    view::Cell title{.value = found.Text(0), .entities = {{"source", id}}, .target = DocumentTarget(id)};
    view::Cell kind{.value = KindLabel(found.Text(1))};
    view::Cell type = TextCell(found.Text(3)), site = TextCell(found.Text(5)), date{.state = view::State::kEmpty};
    if (const auto day = found.MaybeDate(6)) date = {.value = *day};
    if (!found.IsNull(2)) type.entities = {{"stakeholder", found.GetId(2)}};
    if (!found.IsNull(4)) site.entities = {{"site", found.GetId(4)}};
    if (!remark) {
      title.edit = view::Edit{"documents.rename", {{"source", id}}, "title"};
      kind.edit = set("kind", ParameterType::kChoice, kinds);
      type.edit = set("stakeholder", ParameterType::kEntity, types);
      site.edit = set("site", ParameterType::kText, sites);
      date.edit = set("date", ParameterType::kDate, {});
    }
    view::Cell speakers{.value = found.Int(8), .target = view::Target{"documents.speakers", {{"source", id}}}};
    row.cells = {std::move(title), std::move(kind), std::move(type), std::move(site), std::move(date), std::move(speakers),
                 {.value = WordsOf(reading, found.GetId(7)), .target = view::Target{"documents.edit", {{"source", id}}}}, {.value = found.Int(9)}};
    return row;
  }

  std::vector<Id> ids_;
};

view::Model List(Reading& reading, const Arguments& arguments, Job&) {
  std::vector<Id> ids;
  const std::string kind = arguments.Text("kind");
  {
    auto rows = reading.Query(std::string(kVoices) +
                                  "SELECT id FROM source WHERE CASE WHEN ?1 = '' THEN kind <> 'remark' ELSE kind = ?1 END "
                                  "AND ((?2 IS NULL AND ?3 IS NULL AND ?4 IS NULL) OR EXISTS (SELECT 1 FROM voice WHERE voice.source = source.id "
                                  "AND (?2 IS NULL OR voice.stakeholder = ?2) AND (?3 IS NULL OR voice.site = ?3) AND (?4 IS NULL OR voice.person = ?4))) "
                                  "ORDER BY order_key",
                              kind, arguments.Entity("stakeholder"), arguments.Entity("site"), arguments.Entity("person"));
    while (rows.Step()) ids.push_back(rows.GetId(0));
  }
  view::Model model;
  const auto n = static_cast<std::int64_t>(ids.size());
  model.population.facts.push_back({"sources", Say("Sources"), n});
  model.body = view::Table{{{"title", Say("Title")},
                            {"kind", Say("Kind")},
                            {"stakeholder", Say("Stakeholder type")},
                            {"site", Say("Site")},
                            {"date", Say("Date"), view::ColumnType::kDate},
                            {"speakers", Say("Speakers"), view::ColumnType::kInteger},
                            {"words", Say("Words"), view::ColumnType::kInteger},
                            {"quotes", Say("Quotes"), view::ColumnType::kInteger}},
                           std::make_shared<SourceRows>(std::move(ids))};
  model.empty = reading.Number("SELECT count(*) FROM source") > 0 ? Say("No source answers to these filters.") : Say("There are no texts in this study yet.");
  model.actions = {{Say("Bring in texts"), "documents.import", {}}};
  return model;
}

}  // namespace

void RegisterList(Registry& registry) {
  View list{.id = "documents.list", .kind = view::Kind::kTable, .label = Say("Sources"), .help = Say("All texts of the study: conversations, notes, documents.")};
  std::vector<Choice> kinds = KindChoices();
  kinds.push_back({"remark", KindLabel("remark")});
  list.parameters = {
      {.name = "kind", .type = ParameterType::kChoice, .label = Say("Kind"), .help = Say("Default: everything but registration remarks."), .live = true, .choices = std::move(kinds)},
      {.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .help = Say("In which someone of this type is heard."), .live = true, .entity_kind = "stakeholder"},
      {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .help = Say("In which someone of this site is heard."), .live = true, .entity_kind = "site"},
      {.name = "person", .type = ParameterType::kEntity, .label = Say("Person"), .help = Say("In which this person is heard."), .live = true, .entity_kind = "person"}};
  list.build = List;
  registry.Add(std::move(list));
}

}  // namespace meerstem::documents
