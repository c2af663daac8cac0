#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/store/store.h"
#include "gui/shell/jobs.h"
#include "gui/widgets/drafts.h"

namespace meerstem::gui {

/// The drafts of one open study, in its untracked table. Each change is written by the writing worker, of several to one
/// draft the last; what still waits when the study closes is written then. Window thread.
class StudyDrafts final : public Drafts {
 public:
  /// What the file holds.
  struct Found {
    std::map<std::string, std::string> texts;
    std::vector<std::string> forgotten;  ///< Keys of drafts that nobody came back for.
  };
  static Found Find(Store& store);
  StudyDrafts(Store& store, Jobs& jobs, Found found);
  /// After the workers have ended.
  void Finish();
  /// Drafts that an end of the program left behind.
  std::size_t left_behind() const { return left_behind_; }

  std::optional<std::string> Recall(const std::string& key) const override;
  void Keep(const std::string& key, const std::string& text) override;
  void Forget(const std::string& key) override;

 private:
  /// What is not yet in the file, shared with the worker: a job that is cancelled leaves it here.
  struct Waiting {
    std::mutex mutex;
    std::map<std::string, std::optional<std::string>> changes;  ///< None: forgotten.
  };
  void Change(const std::string& key, std::optional<std::string> text);
  static void Write(Store& store, Waiting& waiting);

  Store& store_;
  Jobs& jobs_;
  std::map<std::string, std::string> texts_;
  std::shared_ptr<Waiting> waiting_ = std::make_shared<Waiting>();
  std::size_t left_behind_ = 0;
};

}  // namespace meerstem::gui
