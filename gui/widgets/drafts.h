#pragma once

#include <optional>
#include <string>

#include "core/command/parameters.h"

namespace meerstem::gui {

/// Words that were typed and not yet sent, kept in the study so that the end of the program does not take them.
/// Window thread; nothing here waits for the disk.
class Drafts {
 public:
  virtual ~Drafts() = default;
  /// What is being typed there, or was when Meerstem ended.
  virtual std::optional<std::string> Recall(const std::string& key) const = 0;
  virtual void Keep(const std::string& key, const std::string& text) = 0;
  virtual void Forget(const std::string& key) = 0;
};

/// One key for one place to type in: the command that will take the words, what is bound already, and the parameter.
std::string DraftKey(const std::string& command, const Arguments& bound, const std::string& parameter);

}  // namespace meerstem::gui
