#include "plugins/exchange/kept.h"

#include <algorithm>

#include "core/base/error.h"

namespace meerstem::exchange {
namespace {

/// Where a child stands among its siblings; the sequences of the schema agree with one another.
int Rank(std::string_view name) {
  static const std::map<std::string_view, int> kRanks = {
      {"Description", 0},   {"VariableRef", 0},        {"TextDescription", 1}, {"PlainTextContent", 1},  {"Transcript", 1},     {"MemberCode", 1},     {"Vertex", 1},
      {"SyncPoint", 2},     {"MemberSource", 2},       {"Edge", 2},            {"PlainTextSelection", 3}, {"TranscriptSelection", 3}, {"PDFSelection", 3}, {"PictureSelection", 3},
      {"AudioSelection", 3}, {"VideoSelection", 3},    {"MemberNote", 3},      {"Representation", 4},    {"Coding", 5},         {"CodeRef", 5},        {"NoteRef", 6},
      {"VariableValue", 7}};
  const auto found = kRanks.find(name);
  return found == kRanks.end() ? 1 : found->second;
}

bool Gone(std::string_view guid, const std::unordered_set<Id>& known) {
  const auto id = ParseId(guid);
  return !guid.empty() && (!id || !known.contains(*id));
}

}  // namespace

std::map<std::string, std::vector<KeptElement>> LoadKept(Reading& reading) {
  std::map<std::string, std::vector<KeptElement>> kept;
  auto rows = reading.Query("SELECT id, kind, xml, in_study FROM exchange_kept ORDER BY kind, order_key, id");
  while (rows.Step()) kept[rows.Text(1)].push_back({rows.GetId(0), ParseXml(rows.View(2), rows.Text(1)), rows.Int(3) != 0});
  return kept;
}

void CollectIds(const Element& element, std::unordered_set<Id>& ids) {
  if (const auto id = ParseId(element["guid"])) ids.insert(*id);
  for (const auto& child : element.children) CollectIds(child, ids);
}

bool Tidy(Element& element, const std::unordered_set<Id>& known) {
  for (const char* end : {"targetGUID", "originGUID"}) {
    if (Gone(element[end], known)) return false;
  }
  std::erase_if(element.attributes, [&](const auto& attribute) {
    const bool reference = attribute.first == "creatingUser" || attribute.first == "modifyingUser" || attribute.first == "representedGUID";
    return reference && Gone(attribute.second, known);
  });
  std::erase_if(element.children, [&](Element& child) { return !Tidy(child, known); });
  std::stable_sort(element.children.begin(), element.children.end(), [](const Element& a, const Element& b) { return Rank(a.name) < Rank(b.name); });
  return element.name != "Coding" || element.Child("CodeRef");
}

}  // namespace meerstem::exchange
