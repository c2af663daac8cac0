#include "gui/widgets/table_pages.h"

#include <algorithm>

#include "core/base/error.h"

namespace meerstem::gui {

TablePages::TablePages(std::shared_ptr<const view::Rows> rows, Ask ask, std::function<void(std::size_t, std::size_t)> arrived)
    : rows_(std::move(rows)), ask_(std::move(ask)), arrived_(std::move(arrived)), count_(rows_ ? rows_->Count() : 0) {}

const view::Row* TablePages::At(std::size_t index) {
  if (index >= count_) return &none_;
  const std::size_t page = index / kPageSize;
  const auto found = pages_.find(page);
  if (found == pages_.end()) {
    if (std::find(on_its_way_.begin(), on_its_way_.end(), page) != on_its_way_.end()) return nullptr;
    wanted_.remove(page);
    wanted_.push_front(page);
    if (wanted_.size() > kWantedPages) wanted_.pop_back();
    if (!fetching_) FetchWanted();
    return nullptr;
  }
  if (found->second.use != uses_.begin()) uses_.splice(uses_.begin(), uses_, found->second.use);
  const auto& rows = found->second.rows;
  const std::size_t inside = index % kPageSize;
  return inside < rows.size() ? &rows[inside] : &none_;
}

void TablePages::FetchWanted() {
  on_its_way_.assign(wanted_.begin(), wanted_.end());
  wanted_.clear();
  fetching_ = Fetch(on_its_way_, [this] {
    const auto pages = std::exchange(on_its_way_, {});
    fetching_.reset();
    if (!wanted_.empty()) FetchWanted();
    for (const std::size_t page : pages) arrived_(page * kPageSize, std::min(kPageSize, count_ - page * kPageSize));
  });
}

void TablePages::Bring(const std::set<std::size_t>& indices, std::function<void()> there) {
  std::vector<std::size_t> pages;
  for (const std::size_t index : indices) {
    const std::size_t page = index / kPageSize;
    if (index < count_ && !pages_.contains(page) && (pages.empty() || pages.back() != page)) pages.push_back(page);
  }
  bringing_.reset();
  if (pages.empty()) return there();
  bringing_ = Fetch(pages, std::move(there));
}

std::shared_ptr<void> TablePages::Fetch(const std::vector<std::size_t>& pages, std::function<void()> there) {
  auto found = std::make_shared<std::vector<std::vector<view::Row>>>(pages.size());
  return ask_(
      [rows = rows_, pages, found](Reading& reading, Job& job) {
        for (std::size_t i = 0; i < pages.size(); ++i) {
          job.Progress(0);
          (*found)[i] = rows->Page(reading, pages[i] * kPageSize, kPageSize);
        }
      },
      [this, pages, found, there = std::move(there)](const Error* error) {
        if (error) fault_ = error->message();
        for (std::size_t i = 0; i < pages.size(); ++i) Keep(pages[i], std::move((*found)[i]));
        there();
      });
}

void TablePages::Keep(std::size_t page, std::vector<view::Row> rows) {
  if (const auto found = pages_.find(page); found != pages_.end()) {
    uses_.erase(found->second.use);
    pages_.erase(found);
  }
  if (pages_.size() >= kKeptPages) {
    pages_.erase(uses_.back());
    uses_.pop_back();
  }
  uses_.push_front(page);
  pages_.emplace(page, Kept{std::move(rows), uses_.begin()});
  ++fetched_;
}

std::size_t TablePages::Find(const std::string& key, std::size_t hint) const {
  if (count_ == 0) return 0;
  // Rows seldom move far: look outward from where it was.
  if (hint >= count_) hint = count_ - 1;
  for (std::size_t step = 0; step < count_; ++step) {
    if (hint + step < count_ && rows_->Key(hint + step) == key) return hint + step;
    if (step > 0 && step <= hint && rows_->Key(hint - step) == key) return hint - step;
  }
  return count_;
}

void ReadRows(const view::Rows& rows, Reading& reading, Job& job, const std::vector<std::size_t>& indices,
              const std::function<void(const view::Row&)>& each) {
  for (std::size_t i = 0; i < indices.size();) {
    job.Progress(static_cast<double>(i) / static_cast<double>(indices.size()));
    std::size_t run = 1;
    while (run < TablePages::kPageSize && i + run < indices.size() && indices[i + run] == indices[i] + run) ++run;
    for (const auto& row : rows.Page(reading, indices[i], run)) each(row);
    i += run;
  }
}

}  // namespace meerstem::gui
