#include "plugins/coding/shared.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/study/deletion.h"

namespace meerstem::coding {

Parameter EntityParameter(std::string name, std::string kind, Message label, bool required) {
  Parameter parameter{.name = std::move(name), .type = ParameterType::kEntity, .label = std::move(label)};
  parameter.required = required;
  parameter.entity_kind = std::move(kind);
  return parameter;
}

Parameter FilterParameter(std::string name, std::string kind, Message label) {
  Parameter parameter = EntityParameter(std::move(name), std::move(kind), std::move(label), false);
  parameter.list = true;
  parameter.live = true;
  return parameter;
}

Parameter FlagParameter(std::string name, Message label, bool live) {
  Parameter parameter{.name = std::move(name), .type = ParameterType::kBoolean, .label = std::move(label)};
  parameter.live = live;
  return parameter;
}

Parameter SourceKindParameter() {
  Parameter parameter{.name = "source-kind", .type = ParameterType::kChoice, .label = Say("Kind of source")};
  parameter.list = true;
  parameter.live = true;
  parameter.choices = {{"interview", Say("Interview")},        {"focus_group", Say("Focus group")}, {"field_note", Say("Field note")},
                       {"document", Say("Document")},          {"remark", Say("Registration remark")},
                       {"literature", Say("Literature")}};
  return parameter;
}

std::map<Id, Code> CodesById(Reading& reading) {
  std::map<Id, Code> codes;
  for (auto& code : Codebook(reading)) codes.emplace(code.id, code);
  return codes;
}

Code GetCode(Reading& reading, const Id& id) {
  for (auto& code : Codebook(reading)) {
    if (code.id == id) return code;
  }
  throw Refuse("This code is no longer in the codebook.");
}

Message NoCodes(Reading& reading) {
  if (reading.Number("SELECT EXISTS (SELECT 1 FROM code)")) return {};
  return Say("There is no code yet; make one first.");
}

std::optional<Id> ChildNamed(Reading& reading, const std::optional<Id>& parent, const std::string& name, const Id& except) {
  auto rows = reading.Query("SELECT id FROM code WHERE parent_id IS ? AND name = ? AND id <> ?", parent, name, except);
  if (!rows.Step()) return std::nullopt;
  return rows.GetId(0);
}

std::optional<Id> CoderOf(const Writing& writing) { return writing.actor().IsNil() ? std::nullopt : std::optional(writing.actor()); }

/// The pluses keep SQLite from going through all codings of one coder or code: on a quote stand a few, and of a coder
/// hundreds of thousands.
std::optional<Id> CodingOn(Reading& reading, const Id& quote, const Id& code, const std::optional<Id>& coder) {
  auto rows = reading.Query("SELECT id FROM coding WHERE quote_id = ? AND +code_id = ? AND +coder_id IS ?", quote, code, coder);
  if (!rows.Step()) return std::nullopt;
  return rows.GetId(0);
}

std::optional<Id> AddCoding(Writing& writing, const Id& quote, const Id& code, const char* origin) {
  const auto coder = CoderOf(writing);
  if (CodingOn(writing, quote, code, coder)) return std::nullopt;
  const Id id = writing.NewId();
  writing.Do("INSERT INTO coding (id, quote_id, code_id, coder_id, at, origin) VALUES (?, ?, ?, ?, ?, ?)", id, quote, code, coder,
             writing.now(), origin);
  return id;
}

std::vector<Id> RecentCodes(Reading& reading, std::size_t count) {
  // By the order in which the rows came in: no index on time is needed, and a study of a million codings costs no more.
  constexpr int kLookedAt = 2000;
  std::vector<Id> recent;
  auto rows = reading.Query("SELECT code_id FROM (SELECT rowid AS place, code_id, origin FROM coding ORDER BY rowid DESC LIMIT ?) WHERE origin = 'hand' ORDER BY place DESC", kLookedAt);
  while (recent.size() < count && rows.Step()) {
    const Id code = rows.GetId(0);
    if (std::find(recent.begin(), recent.end(), code) == recent.end()) recent.push_back(code);
  }
  return recent;
}

void CollapseDuplicates(Writing& writing, const Id& quote) {
  std::vector<std::pair<Id, Id>> twins;
  {
    auto rows = writing.Query(
        "SELECT twin.id, kept.id FROM coding twin JOIN coding kept ON kept.quote_id = twin.quote_id AND kept.code_id = twin.code_id "
        "AND +kept.coder_id IS twin.coder_id WHERE twin.quote_id = ?1 AND kept.id <> twin.id AND NOT EXISTS ("
        "SELECT 1 FROM coding older WHERE older.quote_id = ?1 AND +older.code_id = kept.code_id AND +older.coder_id IS kept.coder_id "
        "AND (older.at, older.id) < (kept.at, kept.id))",
        quote);
    while (rows.Step()) twins.emplace_back(rows.GetId(0), rows.GetId(1));
  }
  for (const auto& [twin, kept] : twins) MergeEntity(writing, "coding", twin, kept);
}

view::Target PlaceOf(const SourceSpan& span) {
  return {"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}};
}

view::Target RetrieveOf(const Id& code) { return {"coding.retrieve", {{"code", code}, {"for", std::string("screen")}}}; }

std::string OneLine(Reading& reading, const SourceSpan& span, Purpose purpose) {
  std::string line = DisplayText(reading, span, purpose);
  for (auto& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return line;
}

std::string NameOf(const Registry& registry, Reading& reading, const std::string& kind, const Id& id) {
  const EntityKind* entity = registry.FindKind(kind);
  return entity ? entity->name(reading, id).value_or("") : "";
}

}  // namespace meerstem::coding
