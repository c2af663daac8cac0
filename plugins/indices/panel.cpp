#include "plugins/indices/panel.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "core/store/sweep.h"
#include "core/study/exclusions.h"

namespace meerstem::indices {
namespace {

/// An answer as it was read: small, so that millions stay in memory while they are put in order.
struct Entered {
  std::uint32_t registration = 0;
  std::uint16_t item = 0;
  std::uint16_t slot = 0;
  std::int32_t value = 0;
  AnswerStatus status = AnswerStatus::kUnknown;
};

struct Row {
  Id study_case;
  Registration registration;
  std::string rater;
  const std::vector<Member>* members = nullptr;
};

/// The registrations of the instrument that count, case by case and by date; of one case where it is asked for.
std::vector<Row> ReadRegistrations(Reading& reading, const Id& instrument, const Exclusions& excluded, const std::optional<Id>& only = {}) {
  std::vector<Row> all;
  if (!only) all.reserve(static_cast<std::size_t>(reading.Number("SELECT count(*) FROM registration WHERE instrument_id = ?", instrument)));
  const std::string sql = "SELECT case_id, registration.id, date, occasion, pseudonym FROM registration LEFT JOIN person ON person.id = registrar_id WHERE +instrument_id = ?";
  auto rows = only ? reading.Query(sql + " AND case_id = ?", instrument, *only) : reading.Query(sql, instrument);
  while (rows.Step()) {
    const Id study_case = rows.GetId(0), id = rows.GetId(1);
    if (excluded.cases.contains(study_case) || excluded.registrations.contains(id)) continue;
    all.push_back({study_case, {id, rows.MaybeDate(2).value_or(Date{}), rows.Text(3)}, rows.Text(4)});
  }
  const auto earlier = [](const Row& a, const Row& b) {
    return std::tie(a.study_case, a.registration.date, a.registration.id) < std::tie(b.study_case, b.registration.date, b.registration.id);
  };
  // As they came in, as a rule.
  if (!std::is_sorted(all.begin(), all.end(), earlier)) std::sort(all.begin(), all.end(), earlier);
  return all;
}

Id IdAt(const std::uint8_t* bytes) {
  Id id;
  if (bytes) std::memcpy(id.bytes.data(), bytes, id.bytes.size());
  return id;
}
bool Same(const Id& id, const std::uint8_t* bytes) { return bytes && std::memcmp(id.bytes.data(), bytes, id.bytes.size()) == 0; }

/// An id as a literal: a Sweep takes no parameters.
std::string AsSql(const Id& id) {
  std::string hex = ToString(id);
  std::erase(hex, '-');
  return "x'" + hex + "'";
}

/// Where an item stands among those that are wanted. Items come in the same order at each registration, so what came
/// after the last one before is where it looks first.
class ItemFinder {
 public:
  ItemFinder(const Instrument& instrument, const std::vector<std::size_t>& wanted) {
    for (const auto& item : instrument.items) known_.push_back({item.id, std::nullopt, 0});
    for (std::size_t i = 0; i < wanted.size(); ++i) known_[wanted[i]].place = static_cast<std::uint16_t>(i);
    for (std::size_t i = 0; i < known_.size(); ++i) numbers_[known_[i].id] = i;
  }
  std::optional<std::uint16_t> Find(const std::uint8_t* bytes) {
    if (known_.empty()) return std::nullopt;
    std::size_t& next = known_[last_].next;
    if (!Same(known_[next].id, bytes)) {
      const auto found = numbers_.find(IdAt(bytes));
      if (found == numbers_.end()) return std::nullopt;
      next = found->second;
    }
    last_ = next;
    return known_[last_].place;
  }

 private:
  struct Known {
    Id id;
    std::optional<std::uint16_t> place;
    std::size_t next = 0;
  };
  std::vector<Known> known_;
  std::unordered_map<Id, std::size_t> numbers_;
  std::size_t last_ = 0;
};

class Collector {
 public:
  Collector(const std::vector<Row>& rows, const Instrument& instrument, const std::vector<std::size_t>& items, const Exclusions& excluded)
      : rows_(rows), excluded_(excluded), finder_(instrument, items), expected_(rows.size() * items.size()) {
    registrations_.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) registrations_[rows[i].registration.id] = static_cast<std::uint32_t>(i);
  }

  /// Every answer of the study once, in the order of the file: by far the fastest way to see them all.
  void ReadAll(Reading& reading) {
    Half first{*this}, second{*this};
    // Room for one answer each; what of it is not filled takes no memory.
    first.entered.reserve(expected_);
    second.entered.reserve(expected_ / 2);
    SweepHalves(reading.database(), Columns(), "answer", [&](const SweptRow& row) { first.Take(row); }, [&](const SweptRow& row) { second.Take(row); });
    parts_.push_back(std::move(first.entered));
    parts_.push_back(std::move(second.entered));
    Order();
  }

  void ReadRegistration(Reading& reading, const Id& registration) {
    Half part{*this};
    Sweep(reading.database(), Columns(), "FROM answer WHERE registration_id = " + AsSql(registration), [&](const SweptRow& row) { part.Take(row); });
    parts_.push_back(std::move(part.entered));
    Order();
  }

  /// By registration, in the order of `rows`, over the end of one part into the next.
  const std::vector<std::vector<Entered>>& parts() const { return parts_; }

 private:
  /// What one thread reads.
  struct Half {
    explicit Half(const Collector& of) : collector(of), items(of.finder_) {}
    void Take(const SweptRow& row) {
      const auto item = items.Find(row.IdBytes(1));
      if (!item) return;
      // Rows that follow each other belong to the same registration as a rule.
      if (const auto* bytes = row.IdBytes(0); !Same(registration, bytes)) {
        registration = IdAt(bytes);
        const auto found = collector.registrations_.find(registration);
        place = found == collector.registrations_.end() ? std::nullopt : std::optional(found->second);
      }
      if (!place) return;
      const std::string_view status = row.View(3);
      if (status == "remark") return;
      const auto slot = SlotOf(*collector.rows_[*place].members, row.IdBytes(2));
      const auto& left_out = collector.excluded_.answers;
      if (!slot || (!left_out.empty() && left_out.contains(IdAt(row.IdBytes(5))))) return;
      entered.push_back({*place, *item, *slot, static_cast<std::int32_t>(row.Int(4)), ReadStatus(status)});
    }
    const Collector& collector;
    ItemFinder items;
    Id registration;
    std::optional<std::uint32_t> place;
    std::vector<Entered> entered;
  };

  const char* Columns() const { return excluded_.answers.empty() ? "registration_id, item_id, person_id, status, value" : "registration_id, item_id, person_id, status, value, id"; }

  void Order() {
    const auto earlier = [](const Entered& a, const Entered& b) { return a.registration < b.registration; };
    std::erase_if(parts_, [](const auto& part) { return part.empty(); });
    bool in_order = true;
    for (std::size_t i = 0; i < parts_.size() && in_order; ++i) {
      in_order = std::is_sorted(parts_[i].begin(), parts_[i].end(), earlier) && (i == 0 || !earlier(parts_[i].front(), parts_[i - 1].back()));
    }
    if (in_order) return;
    auto& all = parts_.front();
    for (std::size_t i = 1; i < parts_.size(); ++i) all.insert(all.end(), parts_[i].begin(), parts_[i].end());
    parts_.resize(1);
    std::stable_sort(all.begin(), all.end(), earlier);
  }

  static std::optional<std::uint16_t> SlotOf(const std::vector<Member>& members, const std::uint8_t* person) {
    if (!person) return 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (Same(members[i].person, person)) return static_cast<std::uint16_t>(i + 1);
    }
    return std::nullopt;
  }

  const std::vector<Row>& rows_;
  const Exclusions& excluded_;
  std::unordered_map<Id, std::uint32_t> registrations_;
  ItemFinder finder_;
  std::size_t expected_;
  std::vector<std::vector<Entered>> parts_;
};

/// Carries the answers forward through `rows`, case by case.
void Walk(const std::vector<Row>& rows, const std::vector<std::vector<Entered>>& parts, const std::vector<std::size_t>& items, const std::function<void(const History&)>& visit) {
  std::size_t part = 0, at = 0;
  const auto next = [&]() -> const Entered* {
    if (part < parts.size() && at == parts[part].size()) {
      ++part;
      at = 0;
    }
    return part < parts.size() ? &parts[part][at] : nullptr;
  };
  History history;
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first;
    history.study_case = rows[first].study_case;
    history.members = rows[first].members;
    history.registrations.clear();
    history.raters.clear();
    for (; last < rows.size() && rows[last].study_case == history.study_case; ++last) {
      const std::size_t here = last - first;
      history.registrations.push_back(rows[last].registration);
      history.raters.push_back(rows[last].rater);
      if (history.stands.size() <= here) history.stands.emplace_back();
      auto& now = history.stands[here];
      if (here == 0) {
        now.assign(items.size() * history.slots(), Stand{});
      } else {
        now = history.stands[here - 1];
        for (auto& stand : now) stand.carried = stand.there;
      }
      for (const Entered* answer = next(); answer && answer->registration == last; ++at, answer = next()) {
        now[answer->item * history.slots() + answer->slot] = {.there = true,
                                                              .status = answer->status,
                                                              .carried = answer->status == AnswerStatus::kCopied,
                                                              .value = answer->value,
                                                              .since = rows[last].registration.date};
      }
    }
    visit(history);
    first = last;
  }
}

}  // namespace

void WalkHistories(Reading& reading, const Instrument& instrument, const std::vector<std::size_t>& items, const std::function<void(const History&)>& visit) {
  static const std::vector<Member> kNobody;
  const Exclusions excluded = ReadExclusions(reading);
  const auto members = FollowedMembers(reading, instrument.id);
  std::vector<Row> rows = ReadRegistrations(reading, instrument.id, excluded);
  for (auto& row : rows) {
    const auto found = members.find(row.study_case);
    row.members = found == members.end() ? &kNobody : &found->second;
  }
  Collector collector(rows, instrument, items, excluded);
  collector.ReadAll(reading);
  Walk(rows, collector.parts(), items, visit);
}

void WalkHistory(Reading& reading, const Instrument& instrument, const std::vector<std::size_t>& items, const Id& study_case, const std::function<void(const History&)>& visit) {
  const Exclusions excluded = ReadExclusions(reading);
  const auto members = FollowedMembers(reading, instrument.id, study_case);
  std::vector<Row> rows = ReadRegistrations(reading, instrument.id, excluded, study_case);
  for (auto& row : rows) row.members = &members;
  Collector collector(rows, instrument, items, excluded);
  for (const auto& row : rows) collector.ReadRegistration(reading, row.registration.id);
  Walk(rows, collector.parts(), items, visit);
}

}  // namespace meerstem::indices
