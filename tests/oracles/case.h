#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// One case of an oracle file, and what a method of ours makes of its input.
namespace meerstem::oracles {

using Json = nlohmann::json;

/// A number, a word, numbers of which some are missing, or nothing because it is undefined.
using Answer = std::variant<std::monostate, double, std::string, std::vector<std::optional<double>>>;

/// What was computed, by the names under which cases expect it.
class Answers {
 public:
  void Set(const std::string& name, double value) { all_[name] = value; }
  void Set(const std::string& name, std::optional<double> value) { all_[name] = value ? Answer(*value) : Answer(); }
  void Set(const std::string& name, std::string value) { all_[name] = std::move(value); }
  void Set(const std::string& name, std::vector<std::optional<double>> values) { all_[name] = std::move(values); }
  const Answer* Find(const std::string& name) const;

  /// The result as a whole does not exist: counts may be shown, nothing else.
  bool undefined = false;
  /// A convention took the place of a computation.
  bool degenerate = false;

 private:
  std::map<std::string, Answer> all_;
};

/// Computes; `folder` is where files that an input names lie. Throws what nlohmann throws for input of another shape.
using Method = std::function<Answers(const Json& input, const std::string& folder)>;
using Methods = std::map<std::string, Method>;

void AddPairedMethods(Methods& methods);
void AddAssociationMethods(Methods& methods);
void AddIndexMethods(Methods& methods);

/// Numbers with their gaps: null is missing.
std::vector<std::optional<double>> Gapped(const Json& values);
/// The numbers that are there.
std::vector<double> Present(const Json& values);
/// Of two lists, the places where both have a number. Lists of unequal length throw.
std::pair<std::vector<double>, std::vector<double>> Complete(const Json& x, const Json& y);
/// A whole count; throws for anything else.
std::int64_t CountOf(const Json& value);
std::vector<std::vector<std::int64_t>> TableOf(const Json& table);

/// One sentence for each expectation that is not met, with both numbers; empty: all are.
std::vector<std::string> Compare(const Json& oracle, const Answers& answers);

}  // namespace meerstem::oracles
