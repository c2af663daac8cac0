#include "tests/oracles/case.h"

#include <charconv>
#include <cmath>
#include <stdexcept>

namespace meerstem::oracles {
namespace {

std::string Show(double number) {
  char room[64];
  const auto end = std::to_chars(room, room + sizeof room, number).ptr;
  return {room, end};
}

std::string Show(const Answer& answer) {
  if (const auto* number = std::get_if<double>(&answer)) return Show(*number);
  if (const auto* word = std::get_if<std::string>(&answer)) return "“" + *word + "”";
  if (const auto* numbers = std::get_if<std::vector<std::optional<double>>>(&answer)) {
    std::string all;
    for (const auto& number : *numbers) all += (all.empty() ? "" : ";") + (number ? Show(*number) : "NA");
    return all;
  }
  return "undefined";
}

bool IsNothing(const Json& expected) {
  if (expected.is_null()) return true;
  return expected.is_string() && (expected == "NA" || expected == "NaN" || expected == "undefined");
}

std::optional<double> AsNumber(const std::string& word) {
  double number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return number;
}

/// “0.05;NA;1” or [0.05, null, 1].
std::vector<std::optional<double>> List(const Json& expected) {
  if (!expected.is_string()) return Gapped(expected);
  std::vector<std::optional<double>> all;
  const std::string words = expected;
  for (std::size_t from = 0; from < words.size();) {
    const std::size_t to = std::min(words.find(';', from), words.size());
    all.push_back(AsNumber(words.substr(from, to - from)));
    from = to + 1;
  }
  return all;
}

/// A tolerance is of the number itself; for large numbers it is of their size, since rounding grows with them.
bool Near(double expected, double found, double tolerance) {
  return std::fabs(expected - found) <= tolerance * std::max(1.0, std::fabs(expected));
}

bool Meets(const Json& expected, const Answer& found, double tolerance) {
  if (const auto* numbers = std::get_if<std::vector<std::optional<double>>>(&found)) {
    const auto wanted = expected.is_number() ? std::vector<std::optional<double>>{expected.get<double>()} : List(expected);
    if (wanted.size() != numbers->size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i].has_value() != (*numbers)[i].has_value()) return false;
      if (wanted[i] && !Near(*wanted[i], *(*numbers)[i], tolerance)) return false;
    }
    return true;
  }
  if (IsNothing(expected)) return std::holds_alternative<std::monostate>(found);
  if (const auto* number = std::get_if<double>(&found)) {
    if (expected.is_boolean()) return (*number != 0) == expected.get<bool>();
    return expected.is_number() && Near(expected.get<double>(), *number, tolerance);
  }
  if (const auto* word = std::get_if<std::string>(&found)) return expected.is_string() && expected.get<std::string>() == *word;
  return false;
}

}  // namespace

const Answer* Answers::Find(const std::string& name) const {
  const auto found = all_.find(name);
  return found == all_.end() ? nullptr : &found->second;
}

std::vector<std::optional<double>> Gapped(const Json& values) {
  std::vector<std::optional<double>> all;
  if (values.is_null()) return {std::nullopt};
  if (values.is_number()) return {values.get<double>()};
  for (const auto& value : values) all.push_back(value.is_null() ? std::nullopt : std::optional(value.get<double>()));
  return all;
}

std::vector<double> Present(const Json& values) {
  std::vector<double> all;
  for (const auto& value : Gapped(values)) {
    if (value) all.push_back(*value);
  }
  return all;
}

std::pair<std::vector<double>, std::vector<double>> Complete(const Json& x, const Json& y) {
  const auto left = Gapped(x), right = Gapped(y);
  if (left.size() != right.size()) throw std::invalid_argument("lists of unequal length");
  std::pair<std::vector<double>, std::vector<double>> pairs;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!left[i] || !right[i]) continue;
    pairs.first.push_back(*left[i]);
    pairs.second.push_back(*right[i]);
  }
  return pairs;
}

std::int64_t CountOf(const Json& value) {
  const double number = value.get<double>();
  if (!(std::fabs(number) < 9e15) || number != std::floor(number)) throw std::invalid_argument("not a count");
  return static_cast<std::int64_t>(number);
}

std::vector<std::vector<std::int64_t>> TableOf(const Json& table) {
  std::vector<std::vector<std::int64_t>> rows;
  for (const auto& row : table) {
    auto& to = rows.emplace_back();
    for (const auto& value : row) to.push_back(CountOf(value));
  }
  return rows;
}

std::vector<std::string> Compare(const Json& oracle, const Answers& answers) {
  std::vector<std::string> faults;
  const std::string status = oracle.value("status", "ok");
  const double tolerance = oracle.value("tolerance", 1e-9);
  // A convention is not a result either: where a case allows no number, both will do.
  if (status == "undefined" && !answers.undefined && !answers.degenerate) faults.push_back("expected undefined, found a result");
  if (status == "degenerate" && !answers.degenerate && !answers.undefined) faults.push_back("expected a degenerate case, found a result");
  if (status == "ok" && answers.undefined) faults.push_back("expected a result, found undefined");
  const Json& expected = oracle.at("expected");
  if (!expected.is_object()) return faults;
  for (const auto& [name, value] : expected.items()) {
    const Answer* found = answers.Find(name);
    if (!found) {
      faults.push_back(name + ": expected " + value.dump() + ", found nothing of that name");
    } else if (!Meets(value, *found, tolerance)) {
      faults.push_back(name + ": expected " + value.dump() + ", found " + Show(*found));
    }
  }
  return faults;
}

}  // namespace meerstem::oracles
