#include "plugins/coding/quote_rows.h"

#include <algorithm>

#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

constexpr auto kNone = CodedStudy::kNone;

/// Where an item stands now.
struct Place {
  const CodedStudy* study;
  const CodedStudy::Source* source;
  const CodedStudy::Stock* stock;
  const CodedStudy::Quote* quote;
  const CodedStudy::Coding* coding;
};

class QuoteRows final : public view::Rows {
 public:
  QuoteRows(std::shared_ptr<const CodedStudy> study, std::vector<QuoteItem> items, Purpose purpose, bool include_researchers)
      : study_(std::move(study)), items_(std::move(items)), purpose_(purpose), include_researchers_(include_researchers) {}

  std::size_t Count() const override { return items_.size(); }
  std::string Key(std::size_t index) const override {
    const Place place = At(*study_, items_[index]);
    return ToString(place.coding ? place.coding->id : place.quote->id);
  }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    const auto now = CodedStudyOf(reading);
    Displaying displaying(reading, purpose_);
    std::vector<view::Row> rows;
    rows.reserve(std::min(count, items_.size()));
    for (std::size_t i = first; i < items_.size() && i - first < count; ++i) {
      const auto place = Now(*now, items_[i]);
      if (place) rows.push_back(RowOf(displaying, *place));
      else rows.push_back({Key(i), std::vector<view::Cell>(11, view::Cell{.state = view::State::kEmpty}), {}, {}});
    }
    return rows;
  }

 private:
  static Place At(const CodedStudy& study, const QuoteItem& item) {
    const auto& stock = study.stock(item.source);
    return {&study, &study.source(item.source), &stock, &stock.quotes[item.quote], item.coding == kNone ? nullptr : &stock.codings[item.coding]};
  }

  /// The same quote or coding in the study as it stands now; nullopt: it is gone.
  std::optional<Place> Now(const CodedStudy& now, const QuoteItem& item) const {
    if (&now == study_.get()) return At(now, item);
    const auto source = now.frame->source_numbers.find(study_->source(item.source).id);
    if (source == now.frame->source_numbers.end()) return std::nullopt;
    if (now.stocks[source->second] == study_->stocks[item.source]) return At(now, {source->second, item.quote, item.coding});
    const Place old = At(*study_, item);
    const auto& stock = now.stock(source->second);
    for (std::uint32_t q = 0; q < stock.quotes.size(); ++q) {
      if (!old.coding && stock.quotes[q].id == old.quote->id) return At(now, {source->second, q, kNone});
      for (auto c = stock.quotes[q].first; old.coding && c < stock.quotes[q].last; ++c) {
        if (stock.codings[c].id == old.coding->id) return At(now, {source->second, q, c});
      }
    }
    return std::nullopt;
  }

  static view::Cell Named(std::string kind, const std::vector<Id>& ids, const Numbered& numbered, const std::vector<std::string>& names) {
    if (ids.empty()) return {.state = view::State::kEmpty};
    std::string joined;
    view::Cell cell;
    for (const auto& id : ids) {
      if (!joined.empty()) joined += "; ";
      joined += names[numbered.Find(id)];
      cell.entities.push_back({kind, id});
    }
    cell.value = std::move(joined);
    return cell;
  }

  view::Row RowOf(Displaying& displaying, const Place& place) const {
    const auto& frame = *place.study->frame;
    const QuoteFacts facts = FactsOf(*place.study, *place.source, *place.stock, *place.quote, include_researchers_);
    view::Row row{.key = ToString(place.coding ? place.coding->id : place.quote->id)};
    row.cells.reserve(11);
    row.cells.push_back({.value = displaying.Text(facts.span)});
    if (place.coding) row.entities.push_back({"coding", place.coding->id});
    row.entities.push_back({"quote", place.quote->id});
    AddCodes(place, row);
    row.entities.push_back({"source", place.source->id});
    row.cells.push_back({.value = place.source->title, .entities = {{"source", place.source->id}}});
    row.cells.push_back({.value = facts.span.range.start});
    row.cells.push_back({.value = facts.span.range.end});
    row.cells.push_back(Named("person", facts.people, frame.persons, frame.persons.names));
    row.cells.push_back(Named("stakeholder", facts.stakeholders, frame.stakeholders, frame.stakeholder_keys));
    row.cells.push_back(Named("site", facts.sites, frame.sites, frame.sites.names));
    row.cells.push_back(Named("case", facts.cases, frame.cases, frame.cases.names));
    row.cells.push_back(Coders(place));
    row.cells.push_back({.value = ToString(place.quote->id)});
    row.target = PlaceOf(facts.span);
    return row;
  }

  static void EachCoding(const Place& place, const std::function<void(const CodedStudy::Coding&)>& visit) {
    if (place.coding) return visit(*place.coding);
    for (auto c = place.quote->first; c < place.quote->last; ++c) visit(place.stock->codings[c]);
  }

  static void AddCodes(const Place& place, view::Row& row) {
    view::Cell cell;
    std::string joined;
    EachCoding(place, [&](const CodedStudy::Coding& coding) {
      const Code* code = coding.code == kNone ? nullptr : place.study->codes->Of(coding.code);
      const bool seen = code && std::any_of(cell.entities.begin(), cell.entities.end(), [&](const auto& entity) { return entity.id == code->id; });
      if (!code || seen) return;
      joined += (joined.empty() ? "" : "; ") + code->path;
      cell.colour = code->colour;
      cell.entities.push_back({"code", code->id});
      row.entities.push_back({"code", code->id});
    });
    if (joined.empty()) cell.state = view::State::kEmpty;
    else cell.value = std::move(joined);
    if (cell.entities.size() > 1) cell.colour.clear();
    row.cells.push_back(std::move(cell));
  }

  static view::Cell Coders(const Place& place) {
    std::vector<std::uint32_t> seen;
    std::string joined;
    EachCoding(place, [&](const CodedStudy::Coding& coding) {
      if (coding.coder == kNone || std::find(seen.begin(), seen.end(), coding.coder) != seen.end()) return;
      seen.push_back(coding.coder);
      joined += (joined.empty() ? "" : "; ") + place.study->frame->coders.names[coding.coder];
    });
    if (joined.empty()) return {.state = view::State::kEmpty};
    return {.value = std::move(joined)};
  }

  std::shared_ptr<const CodedStudy> study_;
  std::vector<QuoteItem> items_;
  Purpose purpose_;
  bool include_researchers_;
};

}  // namespace

view::Table QuoteTable(std::shared_ptr<const CodedStudy> study, std::vector<QuoteItem> items, Purpose purpose, bool include_researchers) {
  view::Table table;
  table.columns = {{"text", Say("Words"), view::ColumnType::kText, 60},
                   {"code", Say("Code"), view::ColumnType::kText},            {"source", Say("Source"), view::ColumnType::kText},
                   {"start", Say("Start"), view::ColumnType::kInteger},       {"end", Say("End"), view::ColumnType::kInteger},
                   {"person", Say("Person"), view::ColumnType::kText},        {"stakeholder", Say("Stakeholder type"), view::ColumnType::kText},
                   {"site", Say("Site"), view::ColumnType::kText},            {"case", Say("Case"), view::ColumnType::kText},
                   {"coder", Say("Coder"), view::ColumnType::kText},          {"quote_id", Say("Quote id"), view::ColumnType::kText, 8}};
  table.rows = std::make_shared<QuoteRows>(std::move(study), std::move(items), purpose, include_researchers);
  return table;
}

}  // namespace meerstem::coding
