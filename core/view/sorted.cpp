#include "core/view/sorted.h"

#include <algorithm>
#include <numeric>

#include "core/base/language.h"

namespace meerstem::view {
namespace {

constexpr std::size_t kAtOnce = 500;

/// The rows of another table in an order of their own.
class SortedRows final : public Rows {
 public:
  SortedRows(std::shared_ptr<const Rows> rows, std::vector<std::size_t> order) : rows_(std::move(rows)), order_(std::move(order)) {}
  std::size_t Count() const override { return order_.size(); }
  std::string Key(std::size_t index) const override { return rows_->Key(order_[index]); }
  std::vector<Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    std::vector<Row> page;
    for (std::size_t i = first; i < std::min(order_.size(), first + count); ++i) {
      for (auto& row : rows_->Page(reading, order_[i], 1)) page.push_back(std::move(row));
    }
    return page;
  }

 private:
  std::shared_ptr<const Rows> rows_;
  std::vector<std::size_t> order_;
};

/// What a cell is put in order by.
struct Place {
  int rank = 2;       ///< Numbers and dates, then words, then nothing.
  double number = 0;
  std::string words;
};

Place PlaceOf(const Cell& cell, const Language& language) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell.value)) return {0, static_cast<double>(*whole), {}};
  if (const auto* real = std::get_if<double>(&cell.value)) return {0, *real, {}};
  if (const auto* date = std::get_if<Date>(&cell.value)) return {1, 0, ToIso(*date)};
  std::string words = language.Show(cell.value);
  return words.empty() ? Place() : Place{1, 0, std::move(words)};
}

}  // namespace

void Sort(Reading& reading, Table& table, const std::string& by, Job& job) {
  const bool down = by.starts_with('-');
  const std::string id = down ? by.substr(1) : by;
  const auto column = std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& each) { return each.id == id; });
  if (column == table.columns.end()) {
    std::string known;
    for (const auto& each : table.columns) known += (known.empty() ? "" : ", ") + each.id;
    throw Error(ErrorCode::kUsage, Say("--sort: there is no column “{0}”; there is {1}.", id, known));
  }
  if (!table.rows) return;
  const auto at = static_cast<std::size_t>(column - table.columns.begin());
  const auto language = Language::English();  // Only its order of letters, which Dutch shares.
  const std::size_t count = table.rows->Count();
  std::vector<Place> places;
  places.reserve(count);
  while (places.size() < count) {
    job.Progress(static_cast<double>(places.size()) / static_cast<double>(count), Say("Putting the rows in order"));
    const auto page = table.rows->Page(reading, places.size(), kAtOnce);
    if (page.empty()) break;
    for (const auto& row : page) places.push_back(at < row.cells.size() ? PlaceOf(row.cells[at], *language) : Place());
  }
  places.resize(count);
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Place& left = places[a];
    const Place& right = places[b];
    if (left.rank == 2 || right.rank == 2) return left.rank < right.rank;
    const Place& low = down ? right : left;
    const Place& high = down ? left : right;
    if (low.rank != high.rank) return low.rank < high.rank;
    return low.rank == 0 ? low.number < high.number : language->Compare(low.words, high.words) < 0;
  });
  table.rows = std::make_shared<SortedRows>(table.rows, std::move(order));
}

}  // namespace meerstem::view
