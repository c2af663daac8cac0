#include "plugins/coding/quote_rows.h"

#include <algorithm>

#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

constexpr auto kNone = CodedStudy::kNone;
constexpr std::size_t kColumns = 11;

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
      else rows.push_back({Key(i), std::vector<view::Cell>(kColumns, view::Cell{.state = view::State::kEmpty}), {}, {}});
    }
    return rows;
  }

  bool Stream(Reading& reading, const std::function<void(const std::vector<Bare>&)>& visit) const override {
    const auto now = CodedStudyOf(reading);
    Displaying displaying(reading, purpose_);
    const auto& frame = *now->frame;
    std::vector<Bare> cells(kColumns);
    QuoteNumbers numbers;
    // The strings of the cells are used again and again: a million rows make no garbage.
    const auto text = [&](std::size_t column) -> std::string& {
      auto& value = cells[column].value;
      if (!std::holds_alternative<std::string>(value)) value.emplace<std::string>();
      auto& words = std::get<std::string>(value);
      words.clear();
      return words;
    };
    const auto settle = [&](std::size_t column) {
      cells[column].state = std::get<std::string>(cells[column].value).empty() ? view::State::kEmpty : view::State::kValue;
    };
    for (const auto& item : items_) {
      const auto place = Now(*now, item);
      if (!place) continue;
      const SourceSpan span{place->source->id, place->quote->range()};
      NumbersOf(*now, *place->source, *place->stock, *place->quote, include_researchers_, numbers);
      displaying.Append(text(0), span);
      auto& codes = text(1);
      EachCode(*place, [&](const Code& code) { codes.append(codes.empty() ? "" : "; ").append(code.path); });
      settle(1);
      text(2) = place->source->title;
      cells[3].value = span.range.start;
      cells[4].value = span.range.end;
      Join(text(5), numbers.people, frame.persons.names);
      Join(text(6), numbers.stakeholders, frame.stakeholder_keys);
      Join(text(7), numbers.sites, frame.sites.names);
      Join(text(8), numbers.cases, frame.cases.names);
      JoinCoders(text(9), *place);
      for (std::size_t column = 5; column < 10; ++column) settle(column);
      text(10) = ToString(place->quote->id);
      visit(cells);
    }
    return true;
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

  static void Join(std::string& joined, const std::vector<std::uint32_t>& numbers, const std::vector<std::string>& names) {
    joined.clear();
    for (const auto number : numbers) {
      if (!joined.empty()) joined += "; ";
      joined += names[number];
    }
  }

  static view::Cell Named(const char* kind, const std::vector<std::uint32_t>& numbers, const Numbered& numbered, const std::vector<std::string>& names) {
    if (numbers.empty()) return {.state = view::State::kEmpty};
    view::Cell cell;
    std::string joined;
    Join(joined, numbers, names);
    for (const auto number : numbers) cell.entities.push_back({kind, numbered.ids[number]});
    cell.value = std::move(joined);
    return cell;
  }

  view::Row RowOf(Displaying& displaying, const Place& place) const {
    const auto& frame = *place.study->frame;
    const SourceSpan span{place.source->id, place.quote->range()};
    QuoteNumbers numbers;
    NumbersOf(*place.study, *place.source, *place.stock, *place.quote, include_researchers_, numbers);
    view::Row row{.key = ToString(place.coding ? place.coding->id : place.quote->id)};
    row.cells.reserve(kColumns);
    row.cells.push_back({.value = displaying.Text(span)});
    if (place.coding) row.entities.push_back({"coding", place.coding->id});
    row.entities.push_back({"quote", place.quote->id});
    AddCodes(place, row);
    row.entities.push_back({"source", place.source->id});
    row.cells.push_back({.value = place.source->title, .entities = {{"source", place.source->id}}});
    row.cells.push_back({.value = span.range.start});
    row.cells.push_back({.value = span.range.end});
    row.cells.push_back(Named("person", numbers.people, frame.persons, frame.persons.names));
    row.cells.push_back(Named("stakeholder", numbers.stakeholders, frame.stakeholders, frame.stakeholder_keys));
    row.cells.push_back(Named("site", numbers.sites, frame.sites, frame.sites.names));
    row.cells.push_back(Named("case", numbers.cases, frame.cases, frame.cases.names));
    std::string coders;
    JoinCoders(coders, place);
    row.cells.push_back(coders.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = std::move(coders)});
    row.cells.push_back({.value = ToString(place.quote->id)});
    row.target = PlaceOf(span);
    return row;
  }

  template <class Visit>
  static void EachCoding(const Place& place, Visit visit) {
    if (place.coding) return visit(*place.coding);
    for (auto c = place.quote->first; c < place.quote->last; ++c) visit(place.stock->codings[c]);
  }

  /// The codes of an item, each once: two coders may have put the same one there.
  template <class Visit>
  static void EachCode(const Place& place, Visit visit) {
    const auto begin = place.coding ? place.coding : place.stock->codings.data() + place.quote->first;
    const auto end = place.coding ? place.coding + 1 : place.stock->codings.data() + place.quote->last;
    for (auto coding = begin; coding != end; ++coding) {
      const Code* code = coding->code == kNone ? nullptr : place.study->codes->Of(coding->code);
      const bool seen = std::any_of(begin, coding, [&](const auto& earlier) { return earlier.code == coding->code; });
      if (code && !seen) visit(*code);
    }
  }

  static void AddCodes(const Place& place, view::Row& row) {
    view::Cell cell;
    std::string joined;
    EachCode(place, [&](const Code& code) {
      joined += (joined.empty() ? "" : "; ") + code.path;
      cell.colour = code.colour;
      cell.entities.push_back({"code", code.id});
      row.entities.push_back({"code", code.id});
    });
    if (joined.empty()) cell.state = view::State::kEmpty;
    else cell.value = std::move(joined);
    if (cell.entities.size() > 1) cell.colour.clear();
    row.cells.push_back(std::move(cell));
  }

  static void JoinCoders(std::string& joined, const Place& place) {
    std::vector<std::uint32_t> seen;
    EachCoding(place, [&](const CodedStudy::Coding& coding) {
      if (coding.coder != kNone && std::find(seen.begin(), seen.end(), coding.coder) == seen.end()) seen.push_back(coding.coder);
    });
    Join(joined, seen, place.study->frame->coders.names);
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
