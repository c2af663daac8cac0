#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "core/command/job.h"
#include "core/store/store.h"
#include "core/view/model.h"

namespace meerstem::gui {

/// The rows of a table, fetched in pages when looked at; the pages least lately used are let go, so that a million
/// rows cost nothing until seen. A worker reads them: what is not at hand comes later, and `arrived` tells. Of what is
/// scrolled by, only the newest is fetched. Main thread. A page that cannot be read shows empty rows, and `fault` says why.
class TablePages {
 public:
  /// As WidgetHost::Ask.
  using Ask = std::function<std::shared_ptr<void>(std::function<void(Reading&, Job&)> look, std::function<void(const Error*)> answered)>;
  static constexpr std::size_t kPageSize = 128;
  static constexpr std::size_t kKeptPages = 64;
  static constexpr std::size_t kWantedPages = 4;  ///< More than are ever in sight.

  TablePages(std::shared_ptr<const view::Rows> rows, Ask ask, std::function<void(std::size_t first, std::size_t count)> arrived);
  TablePages(const TablePages&) = delete;

  std::size_t Count() const { return count_; }
  std::string Key(std::size_t index) const { return index < count_ ? rows_->Key(index) : std::string(); }
  /// nullptr: on its way. Valid until the next call; an empty row beyond the end.
  const view::Row* At(std::size_t index);
  /// Fetches what is not at hand of the pages that hold these rows, in one look, and calls `there`; a newer call takes
  /// the place of one that has not been answered.
  void Bring(const std::set<std::size_t>& indices, std::function<void()> there);
  /// Of a key, near `hint` first; Count() when there is none.
  std::size_t Find(const std::string& key, std::size_t hint = 0) const;
  std::size_t fetched() const { return fetched_; }
  const Message& fault() const { return fault_; }

 private:
  struct Kept {
    std::vector<view::Row> rows;
    std::list<std::size_t>::iterator use;
  };
  std::shared_ptr<void> Fetch(const std::vector<std::size_t>& pages, std::function<void()> there);
  void FetchWanted();
  void Keep(std::size_t page, std::vector<view::Row> rows);

  std::shared_ptr<const view::Rows> rows_;
  Ask ask_;
  std::function<void(std::size_t, std::size_t)> arrived_;
  std::size_t count_ = 0;
  std::size_t fetched_ = 0;
  std::map<std::size_t, Kept> pages_;
  std::list<std::size_t> uses_;           ///< Newest first.
  std::list<std::size_t> wanted_;         ///< Looked at and not at hand, newest first.
  std::vector<std::size_t> on_its_way_;
  std::shared_ptr<void> fetching_;
  std::shared_ptr<void> bringing_;
  view::Row none_;
  Message fault_;
};

/// Rows that are not kept, for work on a worker: in runs of at most a page, in the order of the indices.
void ReadRows(const view::Rows& rows, Reading& reading, Job& job, const std::vector<std::size_t>& indices,
              const std::function<void(const view::Row&)>& each);

}  // namespace meerstem::gui
