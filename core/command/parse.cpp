#include "core/command/parse.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/study/sources.h"

namespace meerstem {
namespace {

/// Values of a raw parameter, in order.
std::vector<std::string> All(const RawArguments& raw, const std::string& name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : raw) {
    if (key == name) values.push_back(value);
  }
  return values;
}

template <class Number>
Number ReadNumber(const std::string& name, std::string text) {
  // A decimal comma is how people here type it.
  std::replace(text.begin(), text.end(), ',', '.');
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) throw Usage("--{0}: “{1}” is not a number.", name, text);
  return number;
}

std::vector<Choice> ChoicesOf(const Parameter& parameter, Reading& reading) {
  return parameter.study_choices ? parameter.study_choices(reading) : parameter.choices;
}

std::string JoinKeys(const std::vector<Choice>& choices) {
  std::string joined;
  for (const auto& choice : choices) joined += (joined.empty() ? "" : ", ") + choice.key;
  return joined;
}

ArgumentValue ParseValue(const Registry& registry, Reading& reading, const Parameter& parameter, const std::string& text) {
  switch (parameter.type) {
    case ParameterType::kInteger:
      return ReadNumber<std::int64_t>(parameter.name, text);
    case ParameterType::kNumber:
      return ReadNumber<double>(parameter.name, text);
    case ParameterType::kBoolean: {
      if (text == "yes" || text == "true" || text == "1" || text == "ja" || text.empty()) return std::int64_t{1};
      if (text == "no" || text == "false" || text == "0" || text == "nee") return std::int64_t{0};
      throw Usage("--{0}: say yes or no, not “{1}”.", parameter.name, text);
    }
    case ParameterType::kDate: {
      const auto date = ParseDate(text);
      if (!date) throw Usage("--{0}: “{1}” is not a date; write 2023-06-14 or 14/06/2023.", parameter.name, text);
      return *date;
    }
    case ParameterType::kChoice: {
      const auto choices = ChoicesOf(parameter, reading);
      const bool known = std::any_of(choices.begin(), choices.end(), [&](const Choice& choice) { return choice.key == text; });
      if (!known) throw Usage("--{0}: “{1}” is not one of {2}.", parameter.name, text, JoinKeys(choices));
      return text;
    }
    case ParameterType::kEntity:
      return ResolveEntity(registry, reading, parameter.entity_kind, text);
    default:
      return text;
  }
}

std::optional<SourceSpan> ParseSpan(const Registry& registry, Reading& reading, const RawArguments& raw) {
  const auto source = All(raw, "source");
  const auto start = All(raw, "start");
  const auto end = All(raw, "end");
  const auto text = All(raw, "text");
  if (source.empty() && start.empty() && end.empty() && text.empty()) return std::nullopt;
  if (source.empty() || (text.empty() && (start.empty() || end.empty()))) {
    throw Usage("A place in a text needs --source with --start and --end, or with --text.");
  }
  SourceSpan span{ResolveEntity(registry, reading, "source", source.front()), {}};
  if (!text.empty()) {
    if (text.front().empty()) throw Usage("--{0} needs a value.", "text");
    span.range = FindOnce(reading, span.source, text.front());
  } else {
    span.range = {ReadNumber<std::int64_t>("start", start.front()), ReadNumber<std::int64_t>("end", end.front())};
    if (span.range.start < 0) throw Refuse("--start: the first character of a source is 0, so {0} lies before it.", span.range.start);
    if (span.range.start > span.range.end) throw Refuse("--start ({0}) lies behind --end ({1}); turn them around.", span.range.start, span.range.end);
  }
  return span;
}

/// How much of the letters of `typed`, two by two, stands in `name`, whatever capitals and accents.
double Likeness(const std::string& typed, const std::string& name) {
  const std::string a = FoldText(typed), b = FoldText(name);
  if (a.size() < 2) return b.starts_with(a) ? 1 : 0;
  int shared = 0;
  for (std::size_t i = 0; i + 2 <= a.size(); ++i) shared += b.find(a.substr(i, 2)) != std::string::npos;
  return (b.find(a) != std::string::npos ? 1.0 : 0.0) + static_cast<double>(shared) / static_cast<double>(a.size() - 1);
}

}  // namespace

std::string JoinSettings(const std::vector<std::string>& typed) {
  std::string lines;
  for (const auto& each : typed) lines += (lines.empty() ? "" : "\n") + each;
  return lines;
}

RawArguments ReadSettings(const std::string& lines) {
  RawArguments raw;
  std::istringstream all(lines);
  for (std::string line; std::getline(all, line);) {
    if (Trim(line).empty()) continue;
    const auto sign = line.find('=');
    if (sign == std::string::npos || sign == 0) throw Refuse("“{0}” is no setting of a view; write it as name=value, for example rows=theme.", Trim(line));
    raw.emplace_back(Trim(line.substr(0, sign)), Trim(line.substr(sign + 1)));
  }
  return raw;
}

Id ResolveEntity(const Registry& registry, Reading& reading, const std::string& kind, const std::string& text) {
  const EntityKind* entity = registry.FindKind(kind);
  if (!entity) throw Error(ErrorCode::kInternal, Say("Nothing registered the kind “{0}”.", kind));
  if (const auto id = ParseId(text)) {
    if (entity->name(reading, *id)) return *id;
    throw Refuse("There is no {0} with the id {1}.", entity->label, text);
  }
  std::vector<Id> found;
  std::vector<std::pair<double, std::string>> others;
  for (auto& [id, path] : entity->list(reading)) {
    if (path == text) found.push_back(id);
    else others.emplace_back(-Likeness(text, path), path);
  }
  // The nearest first; among equals the order of pickers.
  std::stable_sort(others.begin(), others.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string offered;
  for (std::size_t i = 0; i < std::min<std::size_t>(others.size(), 6); ++i) offered += (i > 0 ? ", " : "") + others[i].second;
  if (found.size() == 1) return found.front();
  if (found.size() > 1) throw Refuse("Several have the name “{1}” ({0}); name one by its id.", entity->label, text);
  if (offered.empty()) throw Refuse("No {0} is named “{1}”; there is none yet.", entity->label, text);
  if (others.size() > 6) throw Refuse("No {0} is named “{1}”; there is {2} ...", entity->label, text, offered);
  throw Refuse("No {0} is named “{1}”; there is {2}.", entity->label, text, offered);
}

Arguments ParseArguments(const Registry& registry, Reading& reading, const std::vector<Parameter>& parameters, const RawArguments& raw) {
  Arguments arguments;
  bool spans = false;
  for (const auto& parameter : parameters) spans |= parameter.type == ParameterType::kSpan;
  const auto declared = [&](const std::string& name) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& p) { return p.name == name; });
  };
  for (const auto& [name, value] : raw) {
    if (!IsValidUtf8(value)) throw Usage("--{0}: this is not text in UTF-8.", name);
    const bool part_of_span = spans && (name == "source" || name == "start" || name == "end" || name == "text");
    if (!declared(name) && !part_of_span) {
      std::string names;
      for (const auto& parameter : parameters) names += (names.empty() ? "--" : ", --") + parameter.name;
      if (names.empty()) throw Usage("--{0} is not known here; there are no parameters.", name);
      throw Usage("--{0} is not known here; there is {1}.", name, names);
    }
  }
  for (const auto& parameter : parameters) {
    if (parameter.type == ParameterType::kSpan) {
      if (const auto span = ParseSpan(registry, reading, raw)) arguments.Set(parameter.name, *span);
      continue;
    }
    const auto values = All(raw, parameter.name);
    if (values.size() > 1 && !parameter.list) throw Usage("--{0} is given twice; it takes one value.", parameter.name);
    for (const auto& value : values) {
      const bool broken = parameter.type == ParameterType::kText && value.find_first_of("\n\r") != std::string::npos;
      if (broken) throw Usage("--{0}: one line is expected here, without a line break.", parameter.name);
    }
    for (const auto& value : values) arguments.Add(parameter.name, ParseValue(registry, reading, parameter, value));
  }
  return CompleteArguments(registry, reading, parameters, std::move(arguments));
}

Arguments CompleteArguments(const Registry& registry, Reading& reading, const std::vector<Parameter>& parameters, Arguments arguments) {
  for (const auto& parameter : parameters) {
    if (const auto given = arguments.all().find(parameter.name); given != arguments.all().end()) {
      if (given->second.size() > 1 && !parameter.list) throw Refuse("“{0}” takes one at a time here; choose one.", parameter.label);
      continue;
    }
    if (!parameter.fallback.empty()) {
      arguments.Set(parameter.name, ParseValue(registry, reading, parameter, parameter.fallback));
    } else if (parameter.required && !(!parameter.makes.empty() && arguments.Has(parameter.makes))) {
      if (parameter.type == ParameterType::kSpan) throw Usage("A place in a text is needed: --source with --start and --end, or with --text.");
      throw Usage("--{0} is needed ({1}).", parameter.name, parameter.label);
    }
  }
  return arguments;
}

RawArguments SpellArguments(const Registry& registry, Reading& reading, const std::vector<Parameter>& parameters, const Arguments& arguments) {
  RawArguments raw;
  for (const auto& parameter : parameters) {
    const auto found = arguments.all().find(parameter.name);
    if (found == arguments.all().end()) continue;
    for (const auto& value : found->second) {
      if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        raw.emplace_back(parameter.name, parameter.type == ParameterType::kBoolean ? (*whole ? "yes" : "no") : std::to_string(*whole));
      } else if (const auto* real = std::get_if<double>(&value)) {
        char buffer[64];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, *real).ptr;
        raw.emplace_back(parameter.name, std::string(buffer, end));
      } else if (const auto* text = std::get_if<std::string>(&value)) {
        raw.emplace_back(parameter.name, *text);
      } else if (const auto* date = std::get_if<Date>(&value)) {
        raw.emplace_back(parameter.name, ToIso(*date));
      } else if (const auto* span = std::get_if<SourceSpan>(&value)) {
        raw.emplace_back("source", ToString(span->source));
        raw.emplace_back("start", std::to_string(span->range.start));
        raw.emplace_back("end", std::to_string(span->range.end));
      } else if (const auto* id = std::get_if<Id>(&value)) {
        const EntityKind* kind = registry.FindKind(parameter.entity_kind);
        const auto name = kind ? kind->name(reading, *id) : std::nullopt;
        raw.emplace_back(parameter.name, name.value_or(ToString(*id)));
      }
    }
  }
  return raw;
}

}  // namespace meerstem
