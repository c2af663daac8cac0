#include "gui/widgets/drafts.h"

namespace meerstem::gui {
namespace {

struct Spelled {
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return std::to_string(value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const Date& value) const { return ToIso(value); }
  std::string operator()(const Id& value) const { return ToString(value); }
  std::string operator()(const SourceSpan& value) const {
    return ToString(value.source) + ":" + std::to_string(value.range.start) + "-" + std::to_string(value.range.end);
  }
};

}  // namespace

std::string DraftKey(const std::string& command, const Arguments& bound, const std::string& parameter) {
  std::string key = command;
  for (const auto& [name, values] : bound.all()) {
    for (const auto& value : values) key += " " + name + "=" + std::visit(Spelled(), value);
  }
  return key + " " + parameter;
}

}  // namespace meerstem::gui
