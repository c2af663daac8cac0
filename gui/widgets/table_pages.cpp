#include "gui/widgets/table_pages.h"

#include "core/base/error.h"

namespace meerstem::gui {

TablePages::TablePages(std::shared_ptr<const view::Rows> rows, Reader reader)
    : rows_(std::move(rows)), reader_(std::move(reader)), count_(rows_ ? rows_->Count() : 0) {}

const view::Row& TablePages::At(std::size_t index) {
  if (index >= count_) return none_;
  const std::size_t page = index / kPageSize;
  auto found = pages_.find(page);
  if (found == pages_.end()) {
    std::vector<view::Row> rows;
    try {
      if (const auto reading = reader_()) rows = rows_->Page(*reading, page * kPageSize, kPageSize);
      ++fetched_;
    } catch (const Error& error) {
      fault_ = error.message();
    }
    if (pages_.size() >= kKeptPages) {
      pages_.erase(uses_.back());
      uses_.pop_back();
    }
    uses_.push_front(page);
    found = pages_.emplace(page, Kept{std::move(rows), uses_.begin()}).first;
  } else if (found->second.use != uses_.begin()) {
    uses_.splice(uses_.begin(), uses_, found->second.use);
  }
  const auto& rows = found->second.rows;
  const std::size_t inside = index % kPageSize;
  return inside < rows.size() ? rows[inside] : none_;
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

}  // namespace meerstem::gui
