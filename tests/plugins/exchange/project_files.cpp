#include "tests/plugins/exchange/project_files.h"

#include <algorithm>
#include <regex>

#include "plugins/exchange/xml_reader.h"

namespace meerstem::testing {
namespace {

using exchange::Element;

struct Shape {
  std::vector<std::string> children;  ///< In order; "*" behind a name: any number; "+": one or more.
  std::vector<std::string> required;  ///< Attributes.
};

const std::map<std::string, Shape>& Shapes() {
  static const std::vector<std::string> kText = {"Description", "PlainTextContent", "PlainTextSelection*", "Coding*", "NoteRef*", "VariableValue*"};
  static const std::map<std::string, Shape> kShapes = {
      {"Project", {{"Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "Description", "NoteRef*"}, {"name"}}},
      {"Users", {{"User+"}, {}}},
      {"User", {{}, {"guid"}}},
      {"CodeBook", {{"Codes", "Sets"}, {}}},
      {"Codes", {{"Code+"}, {}}},
      {"Code", {{"Description", "NoteRef*", "Code*"}, {"guid", "name", "isCodable"}}},
      {"Variables", {{"Variable+"}, {}}},
      {"Variable", {{"Description"}, {"guid", "name", "typeOfVariable"}}},
      {"Cases", {{"Case+"}, {}}},
      {"Case", {{"Description", "CodeRef*", "VariableValue*", "SourceRef*", "SelectionRef*"}, {"guid"}}},
      {"TextSource", {kText, {"guid"}}},
      {"Note", {kText, {"guid"}}},
      {"Representation", {kText, {"guid"}}},
      {"Notes", {{"Note+"}, {}}},
      {"PlainTextSelection", {{"Description", "Coding*", "NoteRef*"}, {"guid", "startPosition", "endPosition"}}},
      {"TranscriptSelection", {{"Description", "Coding*", "NoteRef*"}, {"guid"}}},
      {"PDFSelection", {{"Description", "Representation", "Coding*", "NoteRef*"}, {"guid", "page", "firstX", "firstY", "secondX", "secondY"}}},
      {"PictureSelection", {{"Description", "Coding*", "NoteRef*"}, {"guid", "firstX", "firstY", "secondX", "secondY"}}},
      {"AudioSelection", {{"Description", "Coding*", "NoteRef*"}, {"guid", "begin", "end"}}},
      {"Coding", {{"CodeRef", "NoteRef*"}, {"guid"}}},
      {"PDFSource", {{"Description", "PDFSelection*", "Representation", "Coding*", "NoteRef*", "VariableValue*"}, {"guid"}}},
      {"PictureSource", {{"Description", "TextDescription", "PictureSelection*", "Coding*", "NoteRef*", "VariableValue*"}, {"guid"}}},
      {"AudioSource", {{"Description", "Transcript*", "AudioSelection*", "Coding*", "NoteRef*", "VariableValue*"}, {"guid"}}},
      {"Transcript", {{"Description", "PlainTextContent", "SyncPoint*", "TranscriptSelection*", "NoteRef*"}, {"guid"}}},
      {"SyncPoint", {{}, {"guid"}}},
      {"VariableValue", {{"VariableRef", "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue"}, {}}},
      {"Links", {{"Link+"}, {}}},
      {"Link", {{"NoteRef*"}, {"guid"}}},
      {"Sets", {{"Set+"}, {}}},
      {"Set", {{"Description", "MemberCode*", "MemberSource*", "MemberNote*"}, {"guid", "name"}}},
      {"Graphs", {{"Graph+"}, {}}}};
  return kShapes;
}

void Check(const Element& element, std::vector<std::string>& faults) {
  static const std::regex kGuid("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"), kColour("#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})");
  for (const auto& [key, value] : element.attributes) {
    const bool guid = key == "guid" || key == "targetGUID" || key == "creatingUser" || key == "originGUID";
    if (guid && !std::regex_match(value, kGuid)) faults.push_back(element.name + " has no GUID: " + value);
    if (key == "color" && !std::regex_match(value, kColour)) faults.push_back(element.name + " has no colour: " + value);
  }
  if (element.name == "Sources" && element.children.empty()) faults.push_back("Sources is empty");
  const auto shape = Shapes().find(element.name);
  if (shape != Shapes().end()) {
    for (const auto& attribute : shape->second.required) {
      const bool there = std::any_of(element.attributes.begin(), element.attributes.end(), [&](const auto& each) { return each.first == attribute; });
      if (!there) faults.push_back(element.name + " lacks " + attribute);
    }
    std::size_t at = 0;
    for (const auto& child : shape->second.children) {
      const char many = child.back();
      const bool repeats = many == '*' || many == '+';
      const std::string name = repeats ? child.substr(0, child.size() - 1) : child;
      std::size_t count = 0;
      for (; at < element.children.size() && element.children[at].name == name; ++at) ++count;
      if (!repeats && count > 1) faults.push_back(element.name + " holds more than one " + name);
      if (many == '+' && count == 0) faults.push_back(element.name + " is empty");
    }
    if (at < element.children.size()) faults.push_back(element.children[at].name + " is out of place in " + element.name);
  }
  for (const auto& child : element.children) Check(child, faults);
}

}  // namespace

std::string ProjectXml(const std::string& sections, const std::string& origin) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"Proef\" origin=\"" + origin + "\">" + sections + "</Project>";
}

std::string Guid(int n) {
  const std::string number = std::to_string(n);
  return "00000000-0000-4000-8000-" + std::string(12 - number.size(), '0') + number;
}

std::vector<std::string> SchemaFaults(const std::string& xml) {
  std::vector<std::string> faults;
  Check(exchange::ParseXml(xml, "project.qde"), faults);
  return faults;
}

}  // namespace meerstem::testing
