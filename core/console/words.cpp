#include "core/console/words.h"

#include <algorithm>

namespace meerstem::console {
namespace {

bool IsOption(const std::string& word) { return word.size() > 2 && word.starts_with("--"); }

bool IsYesOrNo(const std::string& word) {
  static constexpr std::string_view kWords[] = {"yes", "no", "true", "false", "1", "0", "ja", "nee"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

void Once(std::optional<std::string>& option, const std::string& name, std::string value) {
  if (option) throw Usage("--{0} is given twice; it takes one value.", name);
  option = std::move(value);
}

}  // namespace

RawArguments TakeOptions(const std::vector<std::string>& words, std::size_t& at, const std::vector<Parameter>* parameters, Options& options) {
  RawArguments raw;
  bool spans = false;
  if (parameters) {
    for (const auto& parameter : *parameters) spans |= parameter.type == ParameterType::kSpan;
  }
  const auto declared = [&](const std::string& name) -> const Parameter* {
    if (!parameters) return nullptr;
    const auto found = std::find_if(parameters->begin(), parameters->end(), [&](const Parameter& p) { return p.name == name; });
    return found == parameters->end() ? nullptr : &*found;
  };
  while (at < words.size()) {
    if (!IsOption(words[at])) {
      if (!parameters) return raw;
      throw Usage("“{0}” stands alone; a value follows its --name.", words[at]);
    }
    std::string name = words[at].substr(2);
    std::optional<std::string> value;
    if (const auto equals = name.find('='); equals != std::string::npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    }
    ++at;
    const auto next = [&]() -> std::string {
      if (value) return *value;
      // A value may begin with dashes, unless it is plainly the next option: then this one lost its own.
      const bool missing = at >= words.size() || (IsOption(words[at]) && (declared(words[at].substr(2, words[at].find('=') - 2)) != nullptr));
      if (missing) throw Usage("--{0} needs a value.", name);
      return words[at++];
    };
    if (const Parameter* parameter = declared(name)) {
      if (parameter->type == ParameterType::kBoolean) {
        if (!value && at < words.size() && IsYesOrNo(words[at])) value = words[at++];
        raw.emplace_back(name, value.value_or("yes"));
      } else {
        raw.emplace_back(name, next());
      }
    } else if (spans && (name == "source" || name == "start" || name == "end" || name == "text")) {
      raw.emplace_back(name, next());
    } else if (name == "format") {
      Once(options.format, name, next());
    } else if (name == "output") {
      Once(options.output, name, next());
    } else if (name == "language") {
      Once(options.language, name, next());
      if (*options.language != "nl" && *options.language != "en") throw Usage("--language: “{0}” is not one of nl, en.", *options.language);
    } else if (name == "as") {
      Once(options.as, name, next());
      if (options.as->empty()) throw Usage("--as needs a name.");
    } else if (name == "suppress") {
      Once(options.suppress, name, next());
    } else if (name == "preview" && !value) {
      options.preview = true;
    } else if (name == "help" && !value) {
      options.help = true;
    } else if (!parameters) {
      throw Usage("--{0} is not known here; there is --format, --output, --language, --as.", name);
    } else {
      // Not known: the engine says so, with the names that there are.
      if (!value && at < words.size() && !IsOption(words[at])) value = words[at++];
      raw.emplace_back(name, value.value_or(""));
    }
  }
  return raw;
}

std::vector<std::string> SplitLine(std::string_view line) {
  std::vector<std::string> words;
  std::size_t i = 0;
  while (i < line.size()) {
    const char c = line[i];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++i;
      continue;
    }
    if (c == '#') break;
    std::string word;
    bool quoted = false;
    for (; i < line.size(); ++i) {
      const char now = line[i];
      if (now == '\\' && i + 1 < line.size() && (line[i + 1] == '"' || line[i + 1] == '\\')) {
        word += line[++i];
      } else if (now == '"') {
        quoted = !quoted;
      } else if (!quoted && (now == ' ' || now == '\t' || now == '\r')) {
        break;
      } else {
        word += now;
      }
    }
    if (quoted) throw Refuse("A quotation mark is opened and never closed; write \\\" for one that belongs to the text.");
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace meerstem::console
