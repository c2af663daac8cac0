#include "plugins/themes/outline_file.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/json.h"
#include "core/base/read_file.h"
#include "core/base/text.h"

namespace meerstem::themes {
namespace {

constexpr std::size_t kLargest = 4u << 20;
constexpr std::size_t kMostEntries = 5000;
constexpr int kDeepest = 12;

/// Headings as people here write them; the first of each is the one that the documentation names.
const std::vector<std::string> kNameHeads = {"name", "theme", "naam", "thema"};
const std::vector<std::string> kTopicHeads = {"topic", "question", "onderwerp", "vraag"};
const std::vector<std::string> kDescriptionHeads = {"description", "omschrijving", "beschrijving"};
const std::vector<std::string> kParentHeads = {"parent", "below", "onder"};
const std::vector<std::string> kThemesHeads = {"themes", "thema's", "themas"};

std::optional<std::size_t> ColumnOf(const std::vector<std::string>& heads, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (std::find(names.begin(), names.end(), FoldText(Trim(heads[i]))) != names.end()) return i;
  }
  return std::nullopt;
}

std::vector<std::string> Split(const std::string& cell) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= cell.size();) {
    const auto bar = std::min(cell.find('|', at), cell.size());
    if (std::string part = Trim(cell.substr(at, bar - at)); !part.empty()) parts.push_back(std::move(part));
    at = bar + 1;
  }
  return parts;
}

/// A name has no slash, since paths have; and stands once below its parent.
void Add(Outline& outline, std::set<std::string>& paths, Outline::Entry entry, bool path_like, const std::string& file) {
  if (entry.name.empty()) throw Refuse("{0}, {1}: a name is missing.", file, entry.place);
  if (path_like && entry.name.find(kSlash) != std::string::npos) throw Refuse("{0}, {1}: “{2}” holds a slash; name what it stands below in the column parent.", file, entry.place, entry.name);
  if (!entry.parent.empty() && !paths.contains(entry.parent)) throw Refuse("{0}, {1}: “{2}” is to stand below “{3}”, which does not come before it.", file, entry.place, entry.name, entry.parent);
  const std::string path = entry.parent.empty() ? entry.name : entry.parent + kSlash + entry.name;
  if (!paths.insert(path).second) throw Refuse("{0}, {1}: “{2}” stands in the file twice.", file, entry.place, path);
  if (outline.entries.size() >= kMostEntries) throw Refuse("{0} holds more than {1} entries; that is no list to work with.", file, kMostEntries);
  outline.entries.push_back(std::move(entry));
}

Outline ReadCsv(std::string bytes, const std::string& file, const std::vector<std::string>& name_heads, bool frame) {
  CsvReader reader(std::move(bytes));
  std::vector<std::string> cells;
  if (!reader.Next(cells)) throw Refuse("{0} is empty.", file);
  const auto name = ColumnOf(cells, name_heads), description = ColumnOf(cells, kDescriptionHeads), parent = ColumnOf(cells, kParentHeads), themes = ColumnOf(cells, kThemesHeads);
  if (!name) throw Refuse("{0}: the first line has no column “{1}”.", file, name_heads.front());
  Outline outline;
  std::set<std::string> paths;
  const auto cell = [&](const std::optional<std::size_t>& column) { return column && *column < cells.size() ? Trim(cells[*column]) : std::string(); };
  while (reader.Next(cells)) {
    Outline::Entry entry{cell(name), cell(description), frame ? cell(parent) : std::string(), frame ? std::vector<std::string>() : Split(cell(themes)), Say("line {0}", reader.line())};
    Add(outline, paths, std::move(entry), frame, file);
  }
  return outline;
}

void ReadThemes(const Json& themes, const std::string& parent, int depth, Outline& outline, std::set<std::string>& paths, const std::string& file) {
  if (depth > kDeepest) throw themes.Wrong(Say("themes stand too deep below each other."));
  for (const auto& item : themes.Items()) {
    Outline::Entry entry{.name = Trim(item.At("name").Text()), .description = {}, .parent = parent, .themes = {}, .place = Verbatim(item.path())};
    if (const auto description = item.Maybe("description")) entry.description = description->Text();
    const std::string path = parent.empty() ? entry.name : parent + kSlash + entry.name;
    Add(outline, paths, std::move(entry), true, file);
    if (const auto below = item.Maybe("themes")) ReadThemes(*below, path, depth + 1, outline, paths, file);
  }
}

bool IsJson(const std::string& bytes) {
  const auto first = bytes.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return first != std::string::npos && bytes[first] == '{';
}

std::string NameOf(const std::string& path) { return std::filesystem::path(path).filename().string(); }

}  // namespace

Outline ReadFrameFile(const std::string& path) {
  const std::string bytes = ReadFile(path, kLargest), file = NameOf(path);
  Outline outline;
  if (IsJson(bytes)) {
    const Json json = Json::Parse(bytes, file);
    json.At("format").OneOf({"meerstem-frame"});
    json.At("format_version").Int(1, 1);
    std::set<std::string> paths;
    ReadThemes(json.At("themes"), {}, 0, outline, paths, file);
    if (const auto name = json.Maybe("name")) outline.name = name->Text();
    if (const auto origin = json.Maybe("origin")) outline.origin = origin->Text();
  } else {
    outline = ReadCsv(bytes, file, kNameHeads, true);
  }
  if (outline.entries.empty()) throw Refuse("{0} holds no expected theme.", file);
  return outline;
}

Outline ReadGuideFile(const std::string& path) {
  const std::string bytes = ReadFile(path, kLargest), file = NameOf(path);
  Outline outline;
  if (IsJson(bytes)) {
    const Json json = Json::Parse(bytes, file);
    json.At("format").OneOf({"meerstem-guide"});
    json.At("format_version").Int(1, 1);
    std::set<std::string> paths;
    for (const auto& item : json.At("topics").Items()) {
      Outline::Entry entry{.name = Trim(item.At("topic").Text()), .description = {}, .parent = {}, .themes = {}, .place = Verbatim(item.path())};
      if (const auto themes = item.Maybe("themes")) {
        for (const auto& theme : themes->Items()) entry.themes.push_back(Trim(theme.Text()));
      }
      Add(outline, paths, std::move(entry), false, file);
    }
    if (const auto name = json.Maybe("name")) outline.name = name->Text();
  } else {
    outline = ReadCsv(bytes, file, kTopicHeads, false);
  }
  if (outline.entries.empty()) throw Refuse("{0} holds no topic.", file);
  return outline;
}

}  // namespace meerstem::themes
