#include "core/study/coded_study.h"

#include <algorithm>

#include "core/study/coded_study_load.h"
#include "core/study/derive.h"

namespace meerstem {

using namespace coded_study;

std::uint32_t Numbered::Add(const Id& id, std::string name) {
  const auto [found, fresh] = numbers.try_emplace(id, static_cast<std::uint32_t>(ids.size()));
  if (fresh) {
    ids.push_back(id);
    names.push_back(std::move(name));
  } else {
    names[found->second] = std::move(name);
  }
  return found->second;
}

std::uint32_t Numbered::Find(const Id& id) const {
  const auto found = numbers.find(id);
  return found == numbers.end() ? kNone : found->second;
}

std::uint32_t CodedStudy::Codes::Find(const Id& id) const {
  const auto found = numbers.find(id);
  return found == numbers.end() ? kNone : found->second;
}

std::vector<char> CodedStudy::Codes::Under(const std::vector<Id>& codes) const {
  std::vector<char> under(place.size(), 0);
  for (const auto& id : codes) {
    if (const auto number = Find(id); number != kNone) under[number] = 1;
  }
  // Parents come before their children in the list.
  for (const auto number : this->number) {
    if (parent[number] != kNone && under[parent[number]]) under[number] = 1;
  }
  return under;
}

std::uint32_t CodedStudy::TurnAt(const Stock& stock, std::int64_t position) {
  const auto turn = std::partition_point(stock.turns.begin(), stock.turns.end(), [&](const Turn& t) { return t.end <= position; });
  return static_cast<std::uint32_t>(turn - stock.turns.begin());
}

bool CodedStudy::IsHeard(const Source& source, const Stock& stock, const Quote& quote) {
  bool in_turn = false;
  for (auto i = quote.turn; i < stock.turns.size() && stock.turns[i].start < quote.end; ++i) {
    if (!source.voices[stock.turns[i].voice].researcher) return true;
    in_turn = true;
  }
  return !in_turn;
}

bool CodedStudy::MayUse(const Source& source, const Stock& stock, std::uint32_t turn, const Range& range, Purpose purpose) {
  bool may = true;
  EachTurn(source, stock, turn, range, [&](const Turn&, const Voice& voice) {
    if (purpose == Purpose::kScreen) may = may && !voice.withdrawn;
    else may = may && voice.may_analyse && (purpose == Purpose::kAnalysis || (purpose == Purpose::kExport ? voice.may_quote : voice.may_archive));
  });
  return may;
}

namespace {

/// So many changed rows are followed one by one; beyond that everything is read again.
constexpr std::size_t kFollowed = 4000;

const std::set<std::string>& FrameTables() {
  static const std::set<std::string> tables{"source", "site", "stakeholder_type", "study_case", "person", "membership", "researcher", "speaker", "source_about", "quote_about", "consent"};
  return tables;
}
const std::set<std::string>& StockTables() {
  static const std::set<std::string> tables{"source", "speaker", "turn", "span", "quote", "coding", "person"};
  return tables;
}

bool Touches(const Happened& happened, const std::set<std::string>& tables) {
  return std::any_of(tables.begin(), tables.end(), [&](const auto& table) { return happened.tables.contains(table); });
}

std::shared_ptr<const CodedStudy> Anew(Reading& reading, const CodedStudy* before) {
  auto study = std::make_shared<CodedStudy>();
  study->frame = LoadFrame(reading, before ? before->frame.get() : nullptr);
  study->codes = LoadCodes(reading, before ? before->codes.get() : nullptr);
  study->stocks = LoadStocks(reading, *study->frame, *study->codes);
  return study;
}

std::shared_ptr<const CodedStudy> Follow(Reading& reading, const std::shared_ptr<const CodedStudy>& before, const Happened& happened) {
  const bool frame = Touches(happened, FrameTables()), codes = happened.tables.contains("code"), stocks = Touches(happened, StockTables());
  if (!frame && !codes && !stocks) return before;
  auto study = std::make_shared<CodedStudy>(*before);
  if (frame) study->frame = LoadFrame(reading, before->frame.get());
  if (codes) study->codes = LoadCodes(reading, before->codes.get());
  if (!stocks) return study;
  const auto touched = TouchedSources(reading, happened.rows);
  study->stocks.assign(study->frame->sources.size(), nullptr);
  for (std::size_t i = 0; i < study->stocks.size(); ++i) {
    const Id& id = study->frame->sources[i].id;
    const auto old = before->frame->source_numbers.find(id);
    if (old != before->frame->source_numbers.end() && !touched.contains(id)) study->stocks[i] = before->stocks[old->second];
    else study->stocks[i] = LoadStock(reading, *study->frame, *study->codes, i);
  }
  return study;
}

}  // namespace

std::shared_ptr<const CodedStudy> CodedStudyOf(Reading& reading) {
  // An answer from memory rests on the same tables as one that was read.
  static const std::set<std::string> reads = [] {
    std::set<std::string> all = FrameTables();
    all.insert(StockTables().begin(), StockTables().end());
    all.insert("code");
    return all;
  }();
  auto study = Derive<CodedStudy>(reading, "coded_study", [&](std::shared_ptr<const CodedStudy> before, std::int64_t from, std::int64_t to) {
    if (!before) return Anew(reading, nullptr);
    const Happened happened = Between(reading, from, to, StockTables(), kFollowed);
    return happened.known ? Follow(reading, before, happened) : Anew(reading, before.get());
  });
  reading.database().AddReads(reads);
  return study;
}

}  // namespace meerstem
