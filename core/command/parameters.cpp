#include "core/command/parameters.h"

#include "core/base/error.h"

namespace meerstem {

Arguments::Arguments() noexcept = default;
Arguments::Arguments(std::initializer_list<std::pair<const std::string, ArgumentValue>> values) {
  for (const auto& [name, value] : values) values_[name].push_back(value);
}
Arguments::Arguments(const Arguments& other) = default;
Arguments::Arguments(Arguments&& other) noexcept = default;
Arguments& Arguments::operator=(const Arguments& other) = default;
Arguments& Arguments::operator=(Arguments&& other) noexcept = default;
Arguments::~Arguments() = default;
bool Arguments::operator==(const Arguments& other) const = default;

void Arguments::Set(const std::string& name, ArgumentValue value) { values_[name] = {std::move(value)}; }
void Arguments::Add(const std::string& name, ArgumentValue value) { values_[name].push_back(std::move(value)); }
void Arguments::Clear(const std::string& name) { values_.erase(name); }
void Arguments::Merge(const Arguments& other) {
  for (const auto& [name, values] : other.values_) values_[name] = values;
}

template <class T>
const T* Arguments::First(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end() || found->second.empty()) return nullptr;
  const T* value = std::get_if<T>(&found->second.front());
  if (!value) throw Error(ErrorCode::kInternal, Say("The parameter “{0}” has another type than its command expects.", name));
  return value;
}

std::string Arguments::Text(const std::string& name) const {
  const auto* value = First<std::string>(name);
  return value ? *value : std::string();
}

std::vector<std::string> Arguments::Texts(const std::string& name) const {
  std::vector<std::string> texts;
  if (const auto found = values_.find(name); found != values_.end()) {
    for (const auto& value : found->second) {
      if (const auto* text = std::get_if<std::string>(&value)) texts.push_back(*text);
    }
  }
  return texts;
}

std::int64_t Arguments::Int(const std::string& name) const {
  const auto* value = First<std::int64_t>(name);
  return value ? *value : 0;
}

double Arguments::Number(const std::string& name) const {
  const auto* value = First<double>(name);
  return value ? *value : 0;
}

std::optional<Date> Arguments::Day(const std::string& name) const {
  const auto* value = First<Date>(name);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<Id> Arguments::Entity(const std::string& name) const {
  const auto* value = First<Id>(name);
  return value ? std::optional(*value) : std::nullopt;
}

std::vector<Id> Arguments::Entities(const std::string& name) const {
  std::vector<Id> ids;
  if (const auto found = values_.find(name); found != values_.end()) {
    for (const auto& value : found->second) {
      if (const auto* id = std::get_if<Id>(&value)) ids.push_back(*id);
    }
  }
  return ids;
}

std::optional<SourceSpan> Arguments::Span(const std::string& name) const {
  const auto* value = First<SourceSpan>(name);
  return value ? std::optional(*value) : std::nullopt;
}

}  // namespace meerstem
