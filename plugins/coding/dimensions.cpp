// The entity kinds and dimensions of coding. Dimension "code": a quote belongs to the codes that it carries and to
// everything above them, so that a parent's row counts what was said under its children; "top-code" has the upper
// level only.
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

/// The groups with the codes that lie in each, or with the quotes that carry those.
Grouping CodeGroups(Reading& reading, bool top_only, bool by_code) {
  Grouping grouping;
  std::map<Id, std::vector<std::size_t>> groups_of_code;
  std::map<Id, Code> codes;
  for (const auto& code : Codebook(reading)) {
    codes.emplace(code.id, code);
    // Parents come first: what the parent belongs to, the child belongs to as well.
    auto& mine = groups_of_code[code.id];
    if (code.parent) mine = groups_of_code[*code.parent];
    if (top_only && code.parent) continue;
    mine.push_back(grouping.groups.size());
    grouping.groups.push_back({.key = code.path, .label = Verbatim(code.name), .entities = {{"code", code.id}}, .depth = code.depth, .colour = code.colour});
  }
  if (by_code) {
    for (const auto& [code, groups] : groups_of_code) {
      for (const auto group : groups) grouping.codes.emplace_back(code, group);
    }
    return grouping;
  }
  auto rows = reading.Query("SELECT DISTINCT quote_id, code_id FROM coding");
  while (rows.Step()) {
    for (const auto group : groups_of_code[rows.GetId(1)]) grouping.members.emplace_back(rows.GetId(0), group);
  }
  return grouping;
}

constexpr const char* kCodingName =
    "SELECT coding.id, code_path.path || ' ' || source.title || ' ' || span.start || '-' || span.end || ifnull(' ' || researcher.name, '') "
    "FROM coding JOIN quote ON quote.id = quote_id JOIN span ON span.id = span_id JOIN source ON source.id = source_id "
    "JOIN code_path ON code_path.id = code_id LEFT JOIN researcher ON researcher.id = coder_id";

EntityKind CodingKind() {
  EntityKind entity{.kind = "coding", .table = "coding", .label = Say("coding")};
  entity.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(std::string(kCodingName) + " WHERE coding.id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(1);
  };
  entity.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query(std::string(kCodingName) + " ORDER BY source.order_key, span.start, span.end");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  return entity;
}

}  // namespace

void RegisterDimensions(Registry& registry) {
  registry.Add(CodingKind());
  registry.Add(Dimension{"code", Say("Code"), "quote", [](Reading& reading) { return CodeGroups(reading, false, false); }, [](Reading& reading) { return CodeGroups(reading, false, true); }});
  registry.Add(Dimension{"top-code", Say("Main code"), "quote", [](Reading& reading) { return CodeGroups(reading, true, false); }, [](Reading& reading) { return CodeGroups(reading, true, true); }});
}

}  // namespace meerstem::coding
