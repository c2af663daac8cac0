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

/// The workers of one open study: two that build beside one another, one that answers short questions so that these never
/// wait for a view, one that writes in order. Made and used on the window thread.
class Jobs {
 public:
  enum class Lane { kReading, kAsking, kWriting };
  using Work = std::function<void(Job&)>;
  /// On the window thread; nullptr: it went well.
  using Done = std::function<void(const Error*)>;

  Jobs();
  /// Waits for what was cancelled. On any thread.
  ~Jobs();
  Jobs(const Jobs&) = delete;

  std::shared_ptr<Task> Start(Lane lane, Message what, Work work, Done done);
  /// Oldest first.
  const std::vector<std::shared_ptr<Task>>& running() const { return running_; }
  void CancelAll();
  /// Cancels everything; nothing is reported any more, nothing may be started.
  void Stop();

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
  void Serve(Queue& queue, const std::weak_ptr<Jobs*>& self);
  void Finish(const Entry& entry, const std::shared_ptr<const Error>& error);

  Queue reading_;
  Queue asking_;
  Queue writing_;
  std::vector<std::thread> threads_;
  std::vector<std::shared_ptr<Task>> running_;
  std::shared_ptr<Jobs*> self_;  ///< What reports hold weakly: gone when nothing is reported any more.
};

}  // namespace meerstem::gui
