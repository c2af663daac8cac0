#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace meerstem::documents {

/// A researcher's own pattern for who speaks: ICU's regular expressions, with a group named `speaker`. kRefused when it
/// cannot be read or has no such group. It may take only so many steps a line: some patterns would take a year.
class Pattern {
 public:
  explicit Pattern(const std::string& pattern);
  ~Pattern();
  Pattern(const Pattern&) = delete;

  struct Match {
    std::string name;           ///< What the group holds, trimmed.
    std::int64_t length = 0;    ///< Of the whole match, in code points.
  };
  /// At the beginning of a line; nullopt: no match, or a group without words. kRefused when it takes too long.
  std::optional<Match> At(const std::string& line) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace meerstem::documents
