#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/base/message.h"
#include "core/command/job.h"

namespace meerstem::gui {

/// One piece of work that was handed to a worker: what it is, how far it is, and its cancel.
class Task {
 public:
  explicit Task(Message what)
      : job([this](double done, const Message& step) {
          std::lock_guard lock(mutex_);
          done_ = done;
          step_ = step;
        }),
        what_(std::move(what)),
        started_(std::chrono::steady_clock::now()) {}

  const Message& what() const { return what_; }
  std::chrono::steady_clock::duration age() const { return std::chrono::steady_clock::now() - started_; }
  double done() const {
    std::lock_guard lock(mutex_);
    return done_;
  }
  Message step() const {
    std::lock_guard lock(mutex_);
    return step_;
  }

  Job job;

 private:
  Message what_;
  std::chrono::steady_clock::time_point started_;
  mutable std::mutex mutex_;
  double done_ = 0;
  Message step_;
};

/// The workers of one open study: two that read beside one another, one that writes in order. Made, used and destroyed
/// on the window thread; destruction cancels everything, waits for it, and drops what was not yet reported.
class Jobs {
 public:
  enum class Lane { kReading, kWriting };
  using Work = std::function<void(Job&)>;
  /// On the window thread; nullptr: it went well.
  using Done = std::function<void(const Error*)>;

  Jobs();
  ~Jobs();
  Jobs(const Jobs&) = delete;

  std::shared_ptr<Task> Start(Lane lane, Message what, Work work, Done done);
  /// Oldest first.
  const std::vector<std::shared_ptr<Task>>& running() const { return running_; }
  void CancelAll();

 private:
  struct Entry {
    std::shared_ptr<Task> task;
    Work work;
    Done done;
  };
  struct Queue {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Entry> entries;
    bool closing = false;
  };
  void Serve(Queue& queue);
  void Finish(const Entry& entry, const std::shared_ptr<const Error>& error);

  Queue reading_;
  Queue writing_;
  std::vector<std::thread> threads_;
  std::vector<std::shared_ptr<Task>> running_;
  std::shared_ptr<Jobs*> self_;  ///< What reports hold weakly: gone when the study is.
};

}  // namespace meerstem::gui
