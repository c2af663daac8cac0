#pragma once

#include <random>
#include <string>
#include <vector>

#include "core/store/store.h"

namespace meerstem::testing {

/// Edits that no person would think of, over every tracked table by reading the schema: rows put in, changed, replaced,
/// deleted and merged with all that hangs on them. The same seed gives the same edits.
class RandomEdits {
 public:
  RandomEdits(std::vector<std::string> tables, std::uint32_t seed) : tables_(std::move(tables)), random_(seed) {}
  /// One edit; nothing when the study holds nothing to do it to.
  void Edit(Writing& writing);
  std::size_t Below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

 private:
  void Insert(Writing& writing, const std::string& table);
  void Update(Writing& writing, const std::string& table);
  void Delete(Writing& writing);
  void Merge(Writing& writing);
  void Replace(Writing& writing);
  std::optional<Id> Any(Reading& reading, const std::string& table);
  std::string Words();

  std::vector<std::string> tables_;
  std::mt19937 random_;
};

}  // namespace meerstem::testing
