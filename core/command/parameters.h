#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/date.h"
#include "core/base/id.h"
#include "core/base/message.h"
#include "core/base/text.h"

namespace meerstem {

class Reading;

enum class ParameterType {
  kText,        ///< One line.
  kProse,       ///< Several lines.
  kInteger,
  kNumber,
  kBoolean,     ///< On the console a bare `--name`, or `--name yes|no`.
  kDate,
  kChoice,      ///< One of Parameter::choices.
  kFile,        ///< A file to read; its path.
  kFolder,
  kOutput,      ///< A file to write.
  kEntity,      ///< Something of Parameter::entity_kind, by id or unique path.
  kSpan,        ///< A range of a source. On the console `--source S --start N --end M`, or `--source S --text WORDS`.
  kExpression,  ///< Text in a small language of the plugin's own.
  kRows,        ///< Keys of rows of the preview; absent: all.
};

/// A range of one source, in code points.
struct SourceSpan {
  Id source;
  Range range;
  auto operator<=>(const SourceSpan&) const = default;
};

struct Choice {
  std::string key;
  Message label;
};

/// Something that may stand in an expression, for those who build one instead of typing it.
struct Piece {
  Message group;                  ///< Operators, codes, people ...
  Message label;
  std::string text;               ///< What is inserted.
};

/// One parameter of a command or view: enough for the console to read it, the window to ask for it and the shell to
/// fill it from the selection.
struct Parameter {
  std::string name;               ///< snake_case or with dashes, as after `--`.
  ParameterType type = ParameterType::kText;
  Message label;
  Message help;
  bool required = false;
  bool list = false;              ///< May be repeated.
  bool live = false;              ///< A view rebuilds as it changes: search boxes, filters.
  std::string entity_kind;        ///< kEntity.
  std::string makes;              ///< kEntity: the parameter that takes the name of a new one instead; either will do.
  std::vector<Choice> choices;    ///< kChoice, when they are fixed.
  std::function<std::vector<Choice>(Reading&)> study_choices;  ///< kChoice, when the study or the registry decides.
  std::function<std::vector<Piece>(Reading&)> pieces;  ///< kExpression: what it is made of, group by group.
  /// kExpression: why it cannot be read, with the place; empty: it can.
  std::function<Message(Reading&, const std::string&)> fault;
  std::string fallback;           ///< Default, as it would be typed; empty: none.
};

using ArgumentValue = std::variant<std::int64_t, double, std::string, Date, Id, SourceSpan>;

/// Typed values by parameter name. A boolean is an integer 0 or 1; a choice, file or expression is text.
class Arguments {
 public:
  Arguments() noexcept;
  Arguments(std::initializer_list<std::pair<const std::string, ArgumentValue>> values);
  Arguments(const Arguments& other);
  Arguments(Arguments&& other) noexcept;
  Arguments& operator=(const Arguments& other);
  Arguments& operator=(Arguments&& other) noexcept;
  ~Arguments();

  void Set(const std::string& name, ArgumentValue value);
  void Add(const std::string& name, ArgumentValue value);
  void Clear(const std::string& name);
  /// Everything of `other` over what is here.
  void Merge(const Arguments& other);
  bool Has(const std::string& name) const { return values_.contains(name); }
  const std::map<std::string, std::vector<ArgumentValue>>& all() const { return values_; }

  /// Empty or 0 when absent; kInternal when the value has another type (a plugin's mistake).
  std::string Text(const std::string& name) const;
  std::vector<std::string> Texts(const std::string& name) const;
  std::int64_t Int(const std::string& name) const;
  double Number(const std::string& name) const;
  bool Flag(const std::string& name) const { return Has(name) && Int(name) != 0; }
  std::optional<Date> Day(const std::string& name) const;
  std::optional<Id> Entity(const std::string& name) const;
  std::vector<Id> Entities(const std::string& name) const;
  std::optional<SourceSpan> Span(const std::string& name) const;

  bool operator==(const Arguments& other) const;

 private:
  template <class T>
  const T* First(const std::string& name) const;
  std::map<std::string, std::vector<ArgumentValue>> values_;
};

}  // namespace meerstem
