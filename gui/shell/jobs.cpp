#include "gui/shell/jobs.h"

#include <algorithm>

#include <wx/app.h>

namespace meerstem::gui {

Jobs::Jobs() : self_(std::make_shared<Jobs*>(this)) {
  for (Queue* queue : {&reading_, &reading_, &asking_, &writing_}) {
    threads_.emplace_back([this, queue, self = std::weak_ptr(self_)] { Serve(*queue, self); });
  }
}

Jobs::~Jobs() {
  if (self_) Stop();
  for (auto& thread : threads_) thread.join();
}

void Jobs::Stop() {
  CancelAll();
  self_.reset();
  for (Queue* queue : {&reading_, &asking_, &writing_}) {
    {
      std::lock_guard lock(queue->mutex);
      queue->closing = true;
    }
    queue->wake.notify_all();
  }
}

std::shared_ptr<Task> Jobs::Start(Lane lane, Message what, Work work, Done done) {
  auto task = std::make_shared<Task>(std::move(what));
  running_.push_back(task);
  Queue& queue = lane == Lane::kReading ? reading_ : lane == Lane::kAsking ? asking_ : writing_;
  {
    std::lock_guard lock(queue.mutex);
    queue.entries.push_back({task, std::move(work), std::move(done)});
  }
  queue.wake.notify_one();
  return task;
}

void Jobs::CancelAll() {
  for (const auto& task : running_) task->job.Cancel();
}

void Jobs::Serve(Queue& queue, const std::weak_ptr<Jobs*>& self) {
  for (;;) {
    Entry entry;
    {
      std::unique_lock lock(queue.mutex);
      queue.wake.wait(lock, [&] { return queue.closing || !queue.entries.empty(); });
      if (queue.entries.empty()) return;
      entry = std::move(queue.entries.front());
      queue.entries.pop_front();
    }
    std::shared_ptr<const Error> error;
    try {
      entry.task->job.Progress(0);  // What was cancelled while it waited is not begun.
      entry.work(entry.task->job);
    } catch (const Error& thrown) {
      error = std::make_shared<Error>(thrown);
    } catch (const std::exception& thrown) {
      error = std::make_shared<Error>(ErrorCode::kInternal, Say("Something went wrong inside Meerstem ({0}); the study stays as it was.", thrown.what()));
    }
    entry.work = nullptr;
    // The report runs on the window thread, and only while these jobs still report there.
    wxTheApp->CallAfter([self, entry = std::move(entry), error = std::move(error)] {
      if (const auto jobs = self.lock()) (*jobs)->Finish(entry, error);
    });
  }
}

void Jobs::Finish(const Entry& entry, const std::shared_ptr<const Error>& error) {
  std::erase(running_, entry.task);
  if (entry.done) entry.done(error.get());
}

}  // namespace meerstem::gui
