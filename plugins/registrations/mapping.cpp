#include "plugins/registrations/mapping.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"

namespace meerstem::registrations {
namespace {

using Json = nlohmann::json;

/// What researchers' files call these columns, apart from the name of the role itself.
const std::map<std::string, std::vector<std::string>>& Synonyms() {
  static const std::map<std::string, std::vector<std::string>> kSynonyms = {
      {"case", {"gezin", "gezinscode", "casus", "family", "dossier"}},
      {"member", {"lid", "gezinslid", "person", "persoon"}},
      {"date", {"datum"}},
      {"item", {"vraag"}},
      {"value", {"waarde", "antwoord", "score", "punt"}},
      {"remark", {"opmerking", "opmerkingen"}},
      {"status", {"toestand"}},
      {"occasion", {"meetmoment", "moment"}},
      {"registrar", {"geregistreerd door", "ingevuld door", "registrator"}},
      {"site", {"locatie", "plaats"}},
      {"start", {"startdatum"}},
      {"end", {"einde", "einddatum"}},
      {"level", {"niveau"}},
      {"birth_year", {"geboortejaar"}},
      {"joined", {"toegetreden"}},
      {"left", {"vertrokken"}}};
  return kSynonyms;
}

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('|', at), text.size());
    if (auto part = Trim(text.substr(at, end - at)); !part.empty()) parts.push_back(std::move(part));
    at = end + 1;
  }
  return parts;
}

std::string ToJson(const Mapping& mapping) {
  return Json{{"shape", mapping.shape},
              {"columns", mapping.columns},
              {"not_applicable", mapping.not_applicable},
              {"unknown", mapping.unknown},
              {"separator", mapping.options.separator},
              {"encoding", mapping.options.encoding},
              {"sheet", mapping.options.sheet},
              {"header", mapping.options.header}}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Mapping ReadMapping(const std::string& text) {
  const Json json = Json::parse(text);
  Mapping mapping;
  mapping.shape = json.value("shape", "");
  mapping.columns = json.value("columns", mapping.columns);
  mapping.not_applicable = json.value("not_applicable", mapping.not_applicable);
  mapping.unknown = json.value("unknown", mapping.unknown);
  mapping.options = {json.value("separator", ""), json.value("encoding", ""), json.value("sheet", ""), 0};
  // A real number may be larger than any line.
  if (const auto header = json.find("header"); header != json.end() && header->is_number_integer()) mapping.options.header = header->get<std::int64_t>();
  return mapping;
}

}  // namespace

const std::vector<std::pair<std::string, Message>>& Roles() {
  static const std::vector<std::pair<std::string, Message>> kRoles = {
      {"case", Say("Case")},   {"date", Say("Date")},     {"member", Say("Member")}, {"occasion", Say("Occasion")}, {"item", Say("Item")},
      {"value", Say("Value")}, {"status", Say("Status")}, {"remark", Say("Remark")}, {"registrar", Say("Registered by")}};
  return kRoles;
}

std::optional<std::size_t> ColumnOf(const Mapping& mapping, const std::vector<TableColumn>& columns, const std::string& role) {
  const auto find = [&](const std::string& name) {
    std::optional<std::size_t> found;
    const std::string folded = FoldText(name);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (FoldText(columns[i].name) != folded) continue;
      if (found) throw Refuse("The table has two columns “{0}”.", name);
      found = i;
    }
    return found;
  };
  if (const auto named = mapping.columns.find(role); named != mapping.columns.end()) {
    if (const auto found = find(named->second)) return found;
    throw Refuse("The table has no column “{0}”, which should be “{1}”.", named->second, role);
  }
  if (const auto found = find(role)) return found;
  if (const auto others = Synonyms().find(role); others != Synonyms().end()) {
    for (const auto& name : others->second) {
      if (const auto found = find(name)) return found;
    }
  }
  return std::nullopt;
}

void SetMapping(Mapping& mapping, const std::string& what, const std::string& value) {
  if (what == "shape") {
    if (!value.empty() && value != "long" && value != "wide") throw Refuse("A table is long or wide, not “{0}”.", value);
    mapping.shape = value;
  } else if (what == "separator") {
    mapping.options.separator = value;
  } else if (what == "encoding") {
    if (!value.empty() && value != "utf-8" && value != "utf-16" && value != "windows-1252") throw Refuse("“{0}” is not one of utf-8, utf-16, windows-1252.", value);
    mapping.options.encoding = value;
  } else if (what == "sheet") {
    mapping.options.sheet = value;
  } else if (what == "header") {
    std::int64_t line = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), line);
    if (!value.empty() && (error != std::errc() || end != value.data() + value.size() || line < 1)) throw Refuse("“{0}” is not the number of a line.", value);
    mapping.options.header = line;
  } else if (what == "not_applicable") {
    mapping.not_applicable = Split(value);
  } else if (what == "unknown") {
    mapping.unknown = Split(value);
  } else if (value.empty()) {
    mapping.columns.erase(what);
  } else {
    mapping.columns[what] = value;
  }
}

StoredMapping GetMapping(Reading& reading, const Id& id) {
  auto row = reading.Query("SELECT id, name, instrument_id, json, columns FROM import_mapping WHERE id = ?", id);
  if (!row.Step()) throw Refuse("This mapping is no longer in the study.");
  try {
    StoredMapping stored{row.GetId(0), row.Text(1), row.MaybeId(2), ReadMapping(row.Text(3)), {}};
    for (const auto& node : Json::parse(row.Text(4))) stored.columns.push_back({node.at("name").get<std::string>(), node.at("label").get<std::string>(), {}});
    return stored;
  } catch (const Json::exception&) {
    throw Error(ErrorCode::kDamaged, Say("The mapping “{0}” cannot be read; take it away and map the file again.", row.Text(1)));
  }
}

Id StoreMapping(Writing& writing, const std::string& name, const std::optional<Id>& instrument, const Mapping& mapping, const std::vector<TableColumn>& columns) {
  Json seen = Json::array();
  for (const auto& column : columns) seen.push_back({{"name", column.name}, {"label", column.label}});
  const std::string text = ToJson(mapping), offered = seen.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::optional<Id> there;
  {
    auto row = writing.Query("SELECT id FROM import_mapping WHERE name = ?", name);
    if (row.Step()) there = row.GetId(0);
  }
  const Id id = there ? *there : writing.NewId();
  if (there) {
    writing.Do("UPDATE import_mapping SET instrument_id = ?1, json = ?2, columns = ?3 WHERE id = ?4 AND (instrument_id IS NOT ?1 OR json <> ?2 OR columns <> ?3)",
               instrument, text, offered, id);
  } else {
    writing.Do("INSERT INTO import_mapping (id, name, instrument_id, json, columns) VALUES (?, ?, ?, ?, ?)", id, name, instrument, text, offered);
  }
  return id;
}

std::vector<Parameter> MappingParameters() {
  return {{.name = "mapping", .type = ParameterType::kEntity, .label = Say("Mapping"), .help = Say("How the columns of such files were read before."), .entity_kind = "mapping"},
          {.name = "map", .type = ParameterType::kText, .label = Say("Column by role"),
           .help = Say("role=column, as in case=Gezin or household.dwelling=Q1; may be repeated."), .list = true},
          {.name = "shape", .type = ParameterType::kChoice, .label = Say("Shape"),
           .choices = {{"long", Say("a line for each answer")}, {"wide", Say("a column for each item")}}},
          {.name = "not-applicable", .type = ParameterType::kText, .label = Say("Values that say “not applicable”"), .list = true},
          {.name = "unknown", .type = ParameterType::kText, .label = Say("Values that say “unknown”"), .list = true},
          {.name = "header", .type = ParameterType::kInteger, .label = Say("Line that names the columns"), .help = Say("Left out, it is found below any titles.")},
          {.name = "separator", .type = ParameterType::kText, .label = Say("Separator"), .help = Say("One character, or tab; left out, it is found.")},
          {.name = "encoding", .type = ParameterType::kChoice, .label = Say("Encoding"), .help = Say("Left out, it is found."),
           .choices = {{"utf-8", Verbatim("UTF-8")}, {"utf-16", Verbatim("UTF-16")}, {"windows-1252", Verbatim("Windows-1252")}}},
          {.name = "sheet", .type = ParameterType::kText, .label = Say("Sheet of a workbook"), .help = Say("Left out, it is the first.")}};
}

std::vector<Parameter> FileParameters() {
  auto parameters = MappingParameters();
  std::erase_if(parameters, [](const Parameter& one) { return one.name == "shape" || one.name == "not-applicable" || one.name == "unknown"; });
  return parameters;
}

Mapping MappingOf(Reading& reading, const Arguments& arguments) {
  Mapping mapping;
  if (const auto stored = arguments.Entity("mapping")) mapping = GetMapping(reading, *stored).mapping;
  for (const auto& pair : arguments.Texts("map")) {
    const auto equals = pair.find('=');
    if (equals == 0 || equals == std::string::npos) throw Usage("--map: “{0}” is not role=column, as in case=Gezin.", pair);
    SetMapping(mapping, Trim(pair.substr(0, equals)), Trim(pair.substr(equals + 1)));
  }
  for (const char* name : {"shape", "separator", "encoding", "sheet"}) {
    if (arguments.Has(name)) SetMapping(mapping, name, arguments.Text(name));
  }
  if (arguments.Has("header")) SetMapping(mapping, "header", std::to_string(arguments.Int("header")));
  if (arguments.Has("not-applicable")) mapping.not_applicable = arguments.Texts("not-applicable");
  if (arguments.Has("unknown")) mapping.unknown = arguments.Texts("unknown");
  return mapping;
}

}  // namespace meerstem::registrations
