#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/command/engine.h"

/// Command lines taken apart; nothing outside core/console needs it.
namespace meerstem::console {

/// The options that every call takes, beside the parameters of its command or view.
struct Options {
  std::optional<std::string> format;
  std::optional<std::string> output;
  std::optional<std::string> language;
  std::optional<std::string> as;
  std::optional<std::string> suppress;
  bool preview = false;
  bool help = false;
};

/// Reads `--name value`, `--name=value` and a boolean's bare `--name` from `words` beginning at `at`.
/// With `parameters`, reads to the end: a name that the command declares itself is the command's, even one of ours.
/// Without, reads our own options only and stops at the first word that is none.
RawArguments TakeOptions(const std::vector<std::string>& words, std::size_t& at, const std::vector<Parameter>* parameters, Options& options);

/// A line of a batch file as words: white space parts them, "..." keeps them together, \" and \\ stand for themselves,
/// # begins a comment where a word could begin. kRefused for a quotation mark that is never closed.
std::vector<std::string> SplitLine(std::string_view line);

}  // namespace meerstem::console
