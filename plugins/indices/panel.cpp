#include "plugins/indices/panel.h"

#include <algorithm>
#include <unordered_map>

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
  const std::vector<Member>* members = nullptr;
};

/// All registrations of the instrument that count, case by case and by date.
std::vector<Row> ReadRegistrations(Reading& reading, const Id& instrument, const Exclusions& excluded) {
  std::vector<Row> all;
  auto rows = reading.Query("SELECT case_id, id, date, occasion FROM registration WHERE instrument_id = ?", instrument);
  while (rows.Step()) {
    const Id study_case = rows.GetId(0), id = rows.GetId(1);
    if (excluded.cases.contains(study_case) || excluded.registrations.contains(id)) continue;
    all.push_back({study_case, {id, rows.MaybeDate(2).value_or(Date{}), rows.Text(3)}});
  }
  std::sort(all.begin(), all.end(), [](const Row& a, const Row& b) {
    return std::tie(a.study_case, a.registration.date, a.registration.id) < std::tie(b.study_case, b.registration.date, b.registration.id);
  });
  return all;
}

class Collector {
 public:
  Collector(const std::vector<Row>& rows, const Instrument& instrument, const std::vector<std::size_t>& items) : rows_(rows) {
    registrations_.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) registrations_[rows[i].registration.id] = static_cast<std::uint32_t>(i);
    for (std::size_t i = 0; i < items.size(); ++i) items_[instrument.items[items[i]].id] = static_cast<std::uint16_t>(i);
  }

  /// Every answer once, in the order of the file: by far the fastest way to see them all.
  void Read(Reading& reading, const Exclusions& excluded) {
    auto answers = reading.Query("SELECT registration_id, item_id, person_id, status, value, id FROM answer NOT INDEXED");
    Id last;
    std::unordered_map<Id, std::uint32_t>::const_iterator place = registrations_.end();
    while (answers.Step()) {
      const auto item = items_.find(answers.GetId(1));
      if (item == items_.end()) continue;
      const std::string_view status = answers.View(3);
      if (status == "remark") continue;
      // Answers of one registration lie together as a rule.
      if (const Id registration = answers.GetId(0); registration != last || place == registrations_.end()) {
        last = registration;
        place = registrations_.find(registration);
      }
      if (place == registrations_.end()) continue;
      const auto slot = SlotOf(*rows_[place->second].members, answers.MaybeId(2));
      if (!slot || (!excluded.answers.empty() && excluded.answers.contains(answers.GetId(5)))) continue;
      entered_.push_back({place->second, item->second, *slot, static_cast<std::int32_t>(answers.MaybeInt(4).value_or(0)), ReadStatus(status)});
    }
    std::stable_sort(entered_.begin(), entered_.end(), [](const Entered& a, const Entered& b) { return a.registration < b.registration; });
  }

  const std::vector<Entered>& entered() const { return entered_; }

 private:
  static std::optional<std::uint16_t> SlotOf(const std::vector<Member>& members, const std::optional<Id>& person) {
    if (!person) return 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (members[i].person == *person) return static_cast<std::uint16_t>(i + 1);
    }
    return std::nullopt;
  }

  const std::vector<Row>& rows_;
  std::unordered_map<Id, std::uint32_t> registrations_;
  std::unordered_map<Id, std::uint16_t> items_;
  std::vector<Entered> entered_;
};

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
  Collector collector(rows, instrument, items);
  collector.Read(reading, excluded);
  auto answer = collector.entered().begin();
  History history;
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first;
    history.study_case = rows[first].study_case;
    history.members = rows[first].members;
    history.registrations.clear();
    for (; last < rows.size() && rows[last].study_case == history.study_case; ++last) {
      const std::size_t at = last - first;
      history.registrations.push_back(rows[last].registration);
      if (history.stands.size() <= at) history.stands.emplace_back();
      auto& now = history.stands[at];
      if (at == 0) {
        now.assign(items.size() * history.slots(), Stand{});
      } else {
        now = history.stands[at - 1];
        for (auto& stand : now) stand.carried = stand.there;
      }
      for (; answer != collector.entered().end() && answer->registration == last; ++answer) {
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

}  // namespace meerstem::indices
