#pragma once

#include <exception>
#include <string>
#include <utility>

#include "core/base/message.h"

namespace meerstem {

enum class ErrorCode {
  kRefused,    ///< The study, the file or the rules say no; nothing changed.
  kUsage,      ///< The call itself is wrong: unknown command, missing or unreadable parameter.
  kConflict,   ///< Undo or redo meets content that has changed since.
  kBusy,       ///< Someone else holds the study.
  kDamaged,    ///< The file is not a study, or not a whole one.
  kDisk,       ///< The disk is full, read-only or failing.
  kCancelled,  ///< The user asked to stop.
  kInternal,   ///< A mistake of ours.
};

/// What should not happen, in one sentence that says what, where and what to do. Thrown across every wing;
/// what() is the English msgid with its arguments unfilled, for logs only: people read Language::Render(message()).
class Error : public std::exception {
 public:
  Error(ErrorCode code, Message message);
  Error(const Error& other);
  ~Error() override;
  ErrorCode code() const { return code_; }
  const Message& message() const { return message_; }
  const char* what() const noexcept override { return message_.id.c_str(); }

 private:
  ErrorCode code_;
  Message message_;
};

/// `throw Refuse("No code is named “{0}”.", name)`.
template <class... Arguments>
Error Refuse(const char* id, Arguments&&... arguments) {
  return Error(ErrorCode::kRefused, Say(id, std::forward<Arguments>(arguments)...));
}

/// `throw Usage("--{0} takes one value.", name)`.
template <class... Arguments>
Error Usage(const char* id, Arguments&&... arguments) {
  return Error(ErrorCode::kUsage, Say(id, std::forward<Arguments>(arguments)...));
}

}  // namespace meerstem
