#include "core/store/message_text.h"

#include <nlohmann/json.hpp>

namespace meerstem {
namespace {

using nlohmann::json;

json ToJson(const Message& message) {
  json list = json::array({message.id, message.plural});
  for (const auto& argument : message.arguments) {
    if (const auto* text = std::get_if<std::string>(&argument)) list.push_back(*text);
    else if (const auto* whole = std::get_if<std::int64_t>(&argument)) list.push_back(*whole);
    else if (const auto* real = std::get_if<double>(&argument)) list.push_back(*real);
    else if (const auto* date = std::get_if<Date>(&argument)) list.push_back({{"date", ToIso(*date)}});
    else if (const auto* inner = std::get_if<std::shared_ptr<const Message>>(&argument)) list.push_back({{"message", ToJson(**inner)}});
    else if (const auto* localized = std::get_if<Localized>(&argument)) list.push_back({{"texts", localized->texts}});
  }
  return list;
}

Message FromJson(const json& list) {
  Message message;
  if (!list.is_array() || list.size() < 2) return message;
  message.id = list[0].get<std::string>();
  message.plural = list[1].get<std::string>();
  for (std::size_t i = 2; i < list.size(); ++i) {
    const json& item = list[i];
    if (item.is_string()) message.arguments.emplace_back(item.get<std::string>());
    else if (item.is_number_integer()) message.arguments.emplace_back(item.get<std::int64_t>());
    else if (item.is_number()) message.arguments.emplace_back(item.get<double>());
    else if (item.contains("date")) message.arguments.emplace_back(ParseDate(item["date"].get<std::string>()).value_or(Date{}));
    else if (item.contains("message")) message.arguments.emplace_back(std::make_shared<const Message>(FromJson(item["message"])));
    else if (item.contains("texts")) {
      message.arguments.emplace_back(Localized{item["texts"].get<std::vector<std::pair<std::string, std::string>>>()});
    }
  }
  return message;
}

}  // namespace

std::string ToStored(const Message& message) { return ToJson(message).dump(-1, ' ', false, json::error_handler_t::replace); }

Message MessageFromStored(const std::string& text) {
  try {
    return FromJson(json::parse(text));
  } catch (const json::exception&) {
    return {};
  }
}

}  // namespace meerstem
