#include "plugins/coding/conditions.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/coding/evaluation.h"

namespace meerstem::coding {
namespace {

using Bits = std::vector<char>;
constexpr auto kNone = CodedStudy::kNone;

template <class T>
bool Compare(const T& left, const std::string& sign, const T& right) {
  if (sign == "=") return left == right;
  if (sign == "!=") return left != right;
  if (sign == "<") return left < right;
  if (sign == "<=") return left <= right;
  return sign == ">" ? left > right : left >= right;
}

std::optional<double> NumberIn(std::string text) {
  std::replace(text.begin(), text.end(), ',', '.');
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

double RequireNumber(const Expression& expression) {
  if (const auto number = NumberIn(expression.value)) return *number;
  throw Refuse("At character {0}: “{1}” is held against a number, and “{2}” is none.", expression.value_at, expression.name, expression.value);
}

Date RequireDate(const Expression& expression) {
  if (const auto date = ParseDate(expression.value)) return *date;
  throw Refuse("At character {0}: “{1}” is held against a date, and “{2}” is none; write 2023-06-14 or 14/06/2023.", expression.value_at, expression.name,
               expression.value);
}

[[noreturn]] void RefuseSign(const Expression& expression, const char* signs) {
  throw Refuse("At character {0}: “{1}” cannot be compared by {2}; there is {3}.", expression.at, expression.name, expression.sign, signs);
}

/// Each quote that is asked about, by what it belongs to.
template <class Test>
Condition ByQuote(const CodedStudy& study, bool include_researchers, Test test) {
  return [&study, include_researchers, test](Reading&, std::uint32_t number, const Bits& asked) {
    const auto& source = study.source(number);
    const auto& stock = study.stock(number);
    Bits bits(asked.size(), 0);
    QuoteNumbers numbers;
    for (std::size_t i = 0; i < bits.size(); ++i) {
      if (!asked[i]) continue;
      NumbersOf(study, source, stock, stock.quotes[i], include_researchers, numbers);
      bits[i] = test(numbers, stock.quotes[i]);
    }
    return bits;
  };
}

Condition BySource(std::vector<char> holds) {
  return [holds = std::move(holds)](Reading&, std::uint32_t number, const Bits& asked) { return holds[number] ? asked : Bits(asked.size(), 0); };
}

Condition Not(Condition condition) {
  return [condition = std::move(condition)](Reading& reading, std::uint32_t number, const Bits& asked) {
    Bits bits = condition(reading, number, asked);
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = asked[i] && !bits[i];
    return bits;
  };
}

/// The quotes that belong to one of `ids`, which are things of `unit`.
Condition OfUnits(const CodedStudy& study, const std::string& unit, const std::unordered_set<Id>& ids, bool include_researchers) {
  const auto& frame = *study.frame;
  if (unit == "source") {
    std::vector<char> holds;
    for (const auto& source : frame.sources) holds.push_back(ids.contains(source.id));
    return BySource(std::move(holds));
  }
  if (unit == "quote") return ByQuote(study, include_researchers, [ids](const QuoteNumbers&, const CodedStudy::Quote& quote) { return ids.contains(quote.id); });
  const Numbered& names = unit == "person" ? frame.persons : unit == "case" ? frame.cases : unit == "stakeholder" ? frame.stakeholders : frame.sites;
  std::vector<char> holds;
  for (const auto& id : names.ids) holds.push_back(ids.contains(id));
  const auto numbers = unit == "person" ? &QuoteNumbers::people : unit == "case" ? &QuoteNumbers::cases : unit == "stakeholder" ? &QuoteNumbers::stakeholders : &QuoteNumbers::sites;
  return ByQuote(study, include_researchers, [holds = std::move(holds), numbers](const QuoteNumbers& mine, const CodedStudy::Quote&) {
    return std::any_of((mine.*numbers).begin(), (mine.*numbers).end(), [&](std::uint32_t number) { return holds[number]; });
  });
}

/// The words that stand for a group where one types: its key, or its label when the data itself holds that.
bool Names(const Group& group, const std::string& folded) {
  const auto* label = group.label.arguments.empty() || group.label.id != "{0}" ? nullptr : std::get_if<std::string>(&group.label.arguments[0]);
  return FoldText(group.key) == folded || (label && FoldText(*label) == folded);
}

Condition OfDimension(Reading& reading, const CodedStudy& study, const Dimension& dimension, const Expression& expression, bool include_researchers) {
  const Grouping grouping = dimension.groups(reading);
  const bool ordered = expression.sign.find_first_of("<>") != std::string::npos;
  const double limit = ordered ? RequireNumber(expression) : 0;
  const std::string folded = FoldText(expression.value);
  std::vector<char> chosen;
  for (const auto& group : grouping.groups) {
    if (ordered) {
      const auto number = NumberIn(group.key);
      chosen.push_back(number && Compare(*number, expression.sign, limit));
    } else if (expression.sign == "~") {
      chosen.push_back(FoldText(group.key).find(folded) != std::string::npos);
    } else {
      chosen.push_back(Names(group, folded));
    }
  }
  if (!ordered && expression.sign != "~" && std::find(chosen.begin(), chosen.end(), 1) == chosen.end()) {
    std::string known;
    for (std::size_t i = 0; i < std::min<std::size_t>(grouping.groups.size(), 8); ++i) known += (i > 0 ? ", " : "") + grouping.groups[i].key;
    if (grouping.groups.size() > 8) known += " ...";
    if (known.empty()) throw Refuse("At character {0}: {1} has no groups in this study yet.", expression.at, dimension.label);
    throw Refuse("At character {0}: {1} has no “{2}”; there is {3}.", expression.value_at, dimension.label, expression.value, known);
  }
  std::unordered_set<Id> ids;
  for (const auto& [unit, group] : grouping.members) {
    if (chosen[group]) ids.insert(unit);
  }
  Condition condition = OfUnits(study, dimension.unit, ids, include_researchers);
  return expression.sign == "!=" ? Not(std::move(condition)) : condition;
}

/// Compares stored values of a variable by its type; a value that is not of the type holds for nothing.
std::function<bool(const std::string&)> ValueTest(const std::string& type, const Expression& expression) {
  const std::string sign = expression.sign;
  if (sign == "~") return [folded = FoldText(expression.value)](const std::string& value) { return FoldText(value).find(folded) != std::string::npos; };
  if (type == "integer" || type == "float") {
    return [sign, limit = RequireNumber(expression)](const std::string& value) {
      const auto number = NumberIn(value);
      return number && Compare(*number, sign, limit);
    };
  }
  if (type == "date" || type == "datetime") {
    return [sign, limit = RequireDate(expression)](const std::string& value) {
      const auto date = ParseDate(std::string_view(value).substr(0, 10));
      return date && Compare(*date, sign, limit);
    };
  }
  return [sign, folded = FoldText(expression.value)](const std::string& value) { return Compare(FoldText(value), sign, folded); };
}

Condition OfVariable(Reading& reading, const CodedStudy& study, const std::string& kind, const std::string& name, const Expression& expression,
                     bool include_researchers) {
  Id variable;
  std::string type;
  {
    auto row = reading.Query("SELECT id, type FROM variable WHERE entity_kind = ? AND name = ? ORDER BY order_key", kind, name);
    if (!row.Step()) throw Refuse("At character {0}: the study has no variable “{1}” of this kind.", expression.at, expression.name);
    variable = row.GetId(0);
    type = row.Text(1);
  }
  const auto test = ValueTest(type, expression);
  std::unordered_set<Id> ids;
  auto rows = reading.Query("SELECT entity_id, value FROM variable_value WHERE variable_id = ?", variable);
  while (rows.Step()) {
    if (test(rows.Text(1))) ids.insert(rows.GetId(0));
  }
  return OfUnits(study, kind, ids, include_researchers);
}

Condition OfText(const CodedStudy& study, const Expression& expression) {
  if (expression.sign != "~") RefuseSign(expression, "~");
  return [&study, words = FoldedNeedle(expression.value)](Reading& reading, std::uint32_t number, const Bits& asked) {
    Bits bits(asked.size(), 0);
    const auto& quotes = study.stock(number).quotes;
    std::vector<Range> found;
    words.Find(*FoldedContent(reading, study.source(number).content), found);
    for (std::size_t i = 0; i < bits.size() && !found.empty(); ++i) {
      if (!asked[i]) continue;
      const auto place = std::partition_point(found.begin(), found.end(), [&](const Range& range) { return range.start < quotes[i].start; });
      bits[i] = place != found.end() && place->end <= quotes[i].end;
    }
    return bits;
  };
}

Condition OfCoder(const CodedStudy& study, const Expression& expression) {
  if (expression.sign != "=" && expression.sign != "!=") RefuseSign(expression, "= !=");
  const auto& coders = study.frame->coders;
  const auto named = std::find(coders.names.begin(), coders.names.end(), expression.value);
  if (named == coders.names.end()) throw Refuse("At character {0}: no researcher is named “{1}”.", expression.value_at, expression.value);
  const auto coder = static_cast<std::uint32_t>(named - coders.names.begin());
  Condition condition = [&study, coder](Reading&, std::uint32_t number, const Bits& asked) {
    const auto& stock = study.stock(number);
    Bits bits(asked.size(), 0);
    for (std::size_t i = 0; i < bits.size(); ++i) {
      for (auto c = stock.quotes[i].first; asked[i] && c < stock.quotes[i].last; ++c) bits[i] = bits[i] || stock.codings[c].coder == coder;
    }
    return bits;
  };
  return expression.sign == "!=" ? Not(std::move(condition)) : condition;
}

Condition OfDate(const CodedStudy& study, const Expression& expression) {
  if (expression.sign == "~") RefuseSign(expression, "= != < <= > >=");
  const Date limit = RequireDate(expression);
  std::vector<char> holds;
  for (const auto& source : study.frame->sources) {
    const auto date = ParseDate(source.date);
    holds.push_back(date && Compare(*date, expression.sign, limit));
  }
  return BySource(std::move(holds));
}

const std::pair<const char*, const char*> kUnits[] = {{"source.", "source"}, {"person.", "person"}, {"case.", "case"}};

}  // namespace

Id CodeNamed(const CodedStudy& study, const Expression& expression) {
  std::vector<const Code*> last;
  for (const auto& code : study.codes->list) {
    if (code.path == expression.name) return code.id;
    if (code.name == expression.name) last.push_back(&code);
  }
  if (last.size() == 1) return last.front()->id;
  if (last.size() > 1) throw Refuse("At character {0}: several codes are named “{1}”; write the whole path, such as {2}.", expression.at, expression.name, AsName(last.front()->path));
  const std::string folded = FoldText(expression.name);
  for (const auto& code : study.codes->list) {
    if (FoldText(code.path).find(folded) != std::string::npos) {
      throw Refuse("At character {0}: no code is named “{1}”; did you mean {2}?", expression.at, expression.name, AsName(code.path));
    }
  }
  throw Refuse("At character {0}: no code is named “{1}”.", expression.at, expression.name);
}

Condition BindCondition(const Registry& registry, Reading& reading, const CodedStudy& study, const Expression& expression, bool include_researchers) {
  if (expression.name == "text") return OfText(study, expression);
  if (expression.name == "coder") return OfCoder(study, expression);
  if (expression.name == "date") return OfDate(study, expression);
  for (const auto& [prefix, kind] : kUnits) {
    const std::string_view name = expression.name;
    if (name.starts_with(prefix)) return OfVariable(reading, study, kind, std::string(name.substr(std::string_view(prefix).size())), expression, include_researchers);
  }
  if (const Dimension* dimension = registry.FindDimension(expression.name)) return OfDimension(reading, study, *dimension, expression, include_researchers);
  std::string known = "text, coder, date, query, source.X, person.X, case.X";
  for (const auto& dimension : registry.dimensions()) known += ", " + dimension.id;
  throw Refuse("At character {0}: “{1}” is nothing that can be compared; there is {2}.", expression.at, expression.name, known);
}

std::vector<Piece> ExpressionPieces(const Registry& registry, Reading& reading) {
  const Message operators = Say("Operators"), codes = Say("Codes"), attributes = Say("Attributes"), saved = Say("Saved queries");
  std::vector<Piece> pieces = {{operators, Say("and: both on one quote"), "and "},
                               {operators, Say("or: one of the two"), "or "},
                               {operators, Say("not"), "not "},
                               {operators, Say("overlaps: shares words with"), "overlaps "},
                               {operators, Say("within: lies in"), "within "},
                               {operators, Say("encloses: lies around"), "encloses "},
                               {operators, Say("near: at most so many words apart"), "near(20) "},
                               {operators, Say("near: in the same turn"), "near(turn) "},
                               {operators, Say("near: in the same paragraph"), "near(paragraph) "},
                               {operators, Say("followed by: at most so many words later"), "followed by(20) "},
                               {operators, Say("parentheses"), "( ) "}};
  for (const auto& code : CodedStudyOf(reading)->codes->list) pieces.push_back({codes, Verbatim(code.path), AsName(code.path) + " "});
  pieces.push_back({attributes, Say("text contains"), "text ~ \"\" "});
  pieces.push_back({attributes, Say("date of the source"), "date >= 2023-01-01 "});
  {
    auto rows = reading.Query("SELECT name FROM researcher ORDER BY name");
    while (rows.Step()) pieces.push_back({attributes, Say("coded by {0}", rows.Text(0)), "coder = " + AsName(rows.Text(0)) + " "});
  }
  for (const auto& dimension : registry.dimensions()) {
    if (dimension.id == "code" || dimension.id == "query") continue;
    // Of long lists the first: the rest is typed.
    constexpr std::size_t kMost = 40;
    const Grouping grouping = dimension.groups(reading);
    for (std::size_t i = 0; i < std::min(kMost, grouping.groups.size()); ++i) {
      const Group& group = grouping.groups[i];
      pieces.push_back({attributes, Say("{0}: {1}", dimension.label, group.label), dimension.id + " = " + AsName(group.key) + " "});
    }
  }
  auto variables = reading.Query("SELECT entity_kind, name FROM variable ORDER BY entity_kind, order_key");
  while (variables.Step()) pieces.push_back({attributes, Verbatim(variables.Text(0) + "." + variables.Text(1)), AsName(variables.Text(0) + "." + variables.Text(1)) + " = "});
  auto queries = reading.Query("SELECT name FROM saved_query ORDER BY order_key, name");
  while (queries.Step()) pieces.push_back({saved, Verbatim(queries.Text(0)), "query = " + AsName(queries.Text(0)) + " "});
  return pieces;
}

}  // namespace meerstem::coding
