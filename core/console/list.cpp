// `meerstem-cli list`: what the registry holds, so that nothing has to be remembered.
#include <nlohmann/json.hpp>

#include "core/console/output.h"
#include "core/view/writers.h"

namespace meerstem::console {
namespace {

using Json = nlohmann::ordered_json;

const char* TypeName(ParameterType type) {
  switch (type) {
    case ParameterType::kText: return "text";
    case ParameterType::kProse: return "prose";
    case ParameterType::kInteger: return "integer";
    case ParameterType::kNumber: return "number";
    case ParameterType::kBoolean: return "yes|no";
    case ParameterType::kDate: return "date";
    case ParameterType::kChoice: return "choice";
    case ParameterType::kFile: return "file";
    case ParameterType::kFolder: return "folder";
    case ParameterType::kOutput: return "output";
    case ParameterType::kEntity: return "entity";
    case ParameterType::kSpan: return "span";
    case ParameterType::kExpression: return "expression";
    case ParameterType::kRows: return "rows";
  }
  return "";
}

Json ParametersJson(const std::vector<Parameter>& parameters, const Language& language) {
  Json list = Json::array();
  for (const auto& parameter : parameters) {
    Json item{{"name", parameter.name}, {"type", parameter.type == ParameterType::kBoolean ? "boolean" : TypeName(parameter.type)},
              {"label", language(parameter.label)}, {"help", language(parameter.help)}, {"required", parameter.required}, {"list", parameter.list}};
    if (!parameter.entity_kind.empty()) item["entity"] = parameter.entity_kind;
    if (!parameter.fallback.empty()) item["default"] = parameter.fallback;
    if (!parameter.choices.empty()) {
      Json choices = Json::array();
      for (const auto& choice : parameter.choices) choices.push_back(choice.key);
      item["choices"] = std::move(choices);
    } else if (parameter.study_choices) {
      item["choices"] = "of the study";
    }
    list.push_back(std::move(item));
  }
  return list;
}

std::string ValueName(const Parameter& parameter) {
  if (parameter.type == ParameterType::kEntity) return parameter.entity_kind;
  if (parameter.type == ParameterType::kChoice && !parameter.choices.empty()) {
    std::string keys;
    for (const auto& choice : parameter.choices) keys += (keys.empty() ? "" : "|") + choice.key;
    return keys;
  }
  return TypeName(parameter.type);
}

void Describe(std::string& out, const std::string& id, const Message& label, const Message& help, const std::vector<Parameter>& parameters,
              const Language& language) {
  out += id + "  " + language(label) + "\n";
  if (!help.empty()) out += "    " + language(help) + "\n";
  for (const auto& parameter : parameters) {
    std::string call = parameter.type == ParameterType::kSpan ? "--source source (--start integer --end integer | --text text)"
                                                              : "--" + parameter.name + " " + ValueName(parameter);
    if (parameter.list) call += " ...";
    out += "    " + (parameter.required ? call : "[" + call + "]");
    if (!parameter.label.empty()) out += "  " + language(parameter.label);
    if (!parameter.fallback.empty()) out += " (" + parameter.fallback + ")";
    out += "\n";
  }
}

}  // namespace

std::string WriteList(const Registry& registry, const std::string& format, const Language& language, const std::string& only) {
  if (format == "json") {
    Json commands = Json::array(), views = Json::array();
    for (const auto& command : registry.commands()) {
      if (!only.empty() && command.id != only) continue;
      commands.push_back({{"id", command.id}, {"label", language(command.label)}, {"help", language(command.help)}, {"key", command.key},
                          {"parameters", ParametersJson(command.parameters, language)}});
    }
    for (const auto& view : registry.views()) {
      if (!only.empty() && view.id != only) continue;
      views.push_back({{"id", view.id}, {"kind", view::KindName(view.kind)}, {"label", language(view.label)}, {"help", language(view.help)},
                       {"formats", view::FormatsOf(view.kind)}, {"parameters", ParametersJson(view.parameters, language)}});
    }
    return Json{{"commands", std::move(commands)}, {"views", std::move(views)}}.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  if (format != "table") throw Usage("“{0}” can be written as table or json, not as {1}.", "list", format);
  std::string out;
  if (only.empty()) out += language(Say("Commands")) + "\n\n";
  for (const auto& command : registry.commands()) {
    if (only.empty() || command.id == only) Describe(out, command.id, command.label, command.help, command.parameters, language);
  }
  if (only.empty()) out += "\n" + language(Say("Views")) + "\n\n";
  for (const auto& view : registry.views()) {
    if (only.empty() || view.id == only) Describe(out, view.id, view.label, view.help, view.parameters, language);
  }
  return out;
}

}  // namespace meerstem::console
