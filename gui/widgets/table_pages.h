#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <vector>

#include "core/store/store.h"
#include "core/view/model.h"

namespace meerstem::gui {

/// The rows of a table, fetched in pages when looked at; the pages least lately used are let go, so that a million
/// rows cost nothing until seen. Main thread. A page that cannot be read shows empty rows, and `fault` says why.
class TablePages {
 public:
  using Reader = std::function<std::unique_ptr<Reading>()>;
  static constexpr std::size_t kPageSize = 128;
  static constexpr std::size_t kKeptPages = 64;

  TablePages(std::shared_ptr<const view::Rows> rows, Reader reader);

  std::size_t Count() const { return count_; }
  std::string Key(std::size_t index) const { return index < count_ ? rows_->Key(index) : std::string(); }
  /// Valid until the next call; an empty row beyond the end.
  const view::Row& At(std::size_t index);
  /// Of a key, near `hint` first; Count() when there is none.
  std::size_t Find(const std::string& key, std::size_t hint = 0) const;
  std::size_t fetched() const { return fetched_; }
  const Message& fault() const { return fault_; }

 private:
  struct Kept {
    std::vector<view::Row> rows;
    std::list<std::size_t>::iterator use;
  };
  std::shared_ptr<const view::Rows> rows_;
  Reader reader_;
  std::size_t count_ = 0;
  std::size_t fetched_ = 0;
  std::map<std::size_t, Kept> pages_;
  std::list<std::size_t> uses_;  ///< Newest first.
  view::Row none_;
  Message fault_;
};

}  // namespace meerstem::gui
