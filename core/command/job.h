#pragma once

#include <atomic>
#include <functional>

#include "core/base/error.h"
#include "core/base/message.h"

namespace meerstem {

/// Progress and cancel of one long piece of work. Made by whoever waits, handed to whoever works. Thread-safe.
class Job {
 public:
  using Report = std::function<void(double done, const Message& what)>;
  /// `report` is called on the working thread.
  explicit Job(Report report = {}) : report_(std::move(report)) {}
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  void Cancel() { cancelled_ = true; }
  bool cancelled() const { return cancelled_; }
  /// `done` from 0 to 1. Throws kCancelled when the user asked to stop.
  void Progress(double done, const Message& what = {}) {
    if (cancelled_) throw Error(ErrorCode::kCancelled, Say("Stopped; nothing was changed."));
    if (report_) report_(done, what);
  }

 private:
  std::atomic<bool> cancelled_ = false;
  Report report_;
};

}  // namespace meerstem
