#include "plugins/exchange/resolve.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_set>

#include "core/base/error.h"
#include "core/study/codes.h"
#include "plugins/exchange/meta.h"
#include "plugins/exchange/resolver.h"
#include "plugins/exchange/xml_writer.h"

namespace meerstem::exchange {
namespace {

constexpr std::size_t kSamples = 3000;
constexpr std::size_t kCodeDepth = 60;  ///< A codebook walks a hundred levels; nobody nests ten.

/// `#RRGGBB`, from that, from `#RGB` and from `rgb(1, 2, 3)`; empty for what is no colour.
std::string Colour(std::string_view text) {
  std::string hex;
  if (text.starts_with('#') && (text.size() == 4 || text.size() == 7)) {
    for (const char c : text.substr(1)) {
      if (!std::isxdigit(static_cast<unsigned char>(c))) return {};
      hex.append(text.size() == 4 ? 2 : 1, c);
    }
    return "#" + hex;
  }
  if (!text.starts_with("rgb")) return {};
  std::vector<int> parts;
  for (std::size_t i = 0; i < text.size() && parts.size() < 3; ++i) {
    if (!std::isdigit(static_cast<unsigned char>(text[i]))) continue;
    int value = 0;
    for (; i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) && value < 1000; ++i) value = value * 10 + (text[i] - '0');
    parts.push_back(std::min(value, 255));
  }
  if (parts.size() < 3) return {};
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string colour = "#";
  for (const int part : parts) {
    colour += kDigits[part / 16];
    colour += kDigits[part % 16];
  }
  return colour;
}

}  // namespace

bool Resolved::empty() const {
  return users.empty() && codes.empty() && code_notes.empty() && sources.empty() && quotes.empty() && codings.empty() && memos.empty() && variables.empty() &&
         values.empty() && cases.empty() && source_about.empty() && quote_about.empty() && kept.empty();
}

Resolver::Resolver(Reading& reading, const Project& project, Job& job) : reading_(reading), project_(project), job_(job), dropped_(project.dropped) {
  std::size_t things = 0;
  for (const auto& source : project.sources) things += source.selections.size() + source.codings.size();
  claims_.reserve(things + things / 4);
  seen_.reserve(things + things / 4);
  const auto claim = [&](const char* table, Kind kind) {
    auto rows = reading_.Query(std::string("SELECT id FROM ") + table);
    while (rows.Step()) claims_.emplace(rows.GetId(0), kind);
  };
  claim("researcher", Kind::kUser);
  claim("code", Kind::kCode);
  claim("source", Kind::kSource);
  claim("quote", Kind::kQuote);
  claim("coding", Kind::kCoding);
  claim("study_case", Kind::kCase);
  claim("variable", Kind::kVariable);
  claim("memo", Kind::kMemo);
  auto rows = reading_.Query("SELECT id, entity_kind, entity_id FROM exchange_alias");
  while (rows.Step()) aliases_[{rows.Text(1), rows.GetId(0)}] = rows.GetId(2);
}

std::optional<Id> Resolver::Known(const std::string& kind, const Id& guid, Kind as) const {
  const auto alias = aliases_.find({kind, guid});
  if (alias == aliases_.end()) return std::nullopt;
  const auto there = claims_.find(alias->second);
  return there != claims_.end() && there->second == as ? std::optional(alias->second) : std::nullopt;
}

void Resolver::Drop(const std::string& reason, const std::string& where) {
  Dropped& drop = dropped_[reason];
  if (drop.count++ == 0) drop.first = where;
}

void Resolver::Users() {
  Line line{.what = Say("Coders"), .found = static_cast<std::int64_t>(project_.users.size())};
  std::map<std::string, Id> by_name;
  {
    auto rows = reading_.Query("SELECT name, id FROM researcher");
    while (rows.Step()) by_name.emplace(rows.Text(0), rows.GetId(1));
  }
  for (const auto& user : project_.users) {
    const std::string name = user.name.empty() ? ToString(user.id).substr(0, 8) : user.name;
    std::optional<Id> known = Known("researcher", user.id, Kind::kUser);
    if (!known && !claims_.contains(user.id)) {
      if (const auto same = by_name.find(name); same != by_name.end()) {
        known = same->second;
        result_.aliases.push_back({user.id, "researcher", *known});
      }
    }
    if (known) {
      users_[user.id] = *known;
      ++line.present;
      continue;
    }
    const auto [id, fresh] = Claim(Kind::kUser, user.id, [&] { return "user " + name; });
    users_[user.id] = id;
    if (fresh) {
      result_.users.push_back({id, name});
      by_name.emplace(name, id);
    }
    ++(fresh ? line.added : line.present);
  }
  result_.report.lines.push_back(line);
}

void Resolver::Codes() {
  Line line{.what = Say("Codes"), .found = static_cast<std::int64_t>(project_.codes.size())};
  // By parent and name: only codes that the study had before; two of one name in the file are two.
  std::map<std::pair<Id, std::string>, Id> before;
  {
    auto rows = reading_.Query("SELECT parent_id, name, id FROM code");
    while (rows.Step()) before.emplace(std::pair(rows.GetId(0), rows.Text(1)), rows.GetId(2));
  }
  std::vector<Id> ids(project_.codes.size());
  std::vector<std::size_t> depths(project_.codes.size());
  std::vector<std::string> colours(project_.codes.size());
  std::int64_t merged = 0;
  auto count = static_cast<std::size_t>(reading_.Number("SELECT count(*) FROM code"));
  for (std::size_t i = 0; i < project_.codes.size(); ++i) {
    const ForeignCode& code = project_.codes[i];
    std::optional<std::size_t> parent = code.parent;
    if (parent) depths[i] = depths[*parent] + 1;
    if (depths[i] > kCodeDepth) {
      Drop("too-deep", code.name);
      parent = project_.codes[*parent].parent;
      depths[i] = kCodeDepth;
    }
    const Id above = parent ? ids[*parent] : Id{};
    std::optional<Id> known = Known("code", code.id, Kind::kCode);
    if (!known && !claims_.contains(code.id)) {
      if (const auto same = before.find({above, code.name}); same != before.end()) {
        known = same->second;
        result_.aliases.push_back({code.id, "code", *known});
        ++merged;
      }
    }
    if (known) {
      ids[i] = *known;
      ++line.present;
    } else {
      const auto [id, fresh] = Claim(Kind::kCode, code.id, [&] { return "code " + std::to_string(i) + " " + code.name; });
      ids[i] = id;
      ++(fresh ? line.added : line.present);
      colours[i] = Colour(code.colour);
      if (colours[i].empty()) colours[i] = parent && !colours[*parent].empty() ? colours[*parent] : PaletteColour(count + i);
      if (fresh) result_.codes.push_back({id, above.IsNil() ? std::nullopt : std::optional(above), &code, colours[i]});
    }
    codes_.emplace(code.id, ids[i]);
    for (const auto& note : code.notes) NoteOn(note, "code", ids[i]);
  }
  if (merged > 0) line.remark = SayCount("{0} is a code of the study by its name and place", "{0} are codes of the study by their names and places", merged);
  result_.report.lines.push_back(line);
}

void Resolver::ChooseOffsets() {
  std::vector<Sample> samples;
  std::size_t total = 0;
  for (const auto& source : project_.sources) total += source.text ? source.selections.size() : 0;
  const std::size_t step = total / kSamples + 1;
  std::size_t at = 0;
  for (const auto& source : project_.sources) {
    if (!source.text) continue;
    for (const auto& selection : source.selections) {
      if (at++ % step == 0 && selection.start != selection.end) samples.push_back({&*source.text, selection.start, selection.end, selection.name});
    }
  }
  if (samples.empty()) return;
  const ChosenRule chosen = ChooseRule(project_.counts.value_or(RuleOf(project_.origin)), samples);
  rule_ = chosen.rule;
  std::int64_t good = 0;
  for (const auto& source : project_.sources) {
    if (!source.text) continue;
    for (const auto& selection : source.selections) {
      const Range range = source.text->ToStored(selection.start, selection.end, rule_);
      const auto ends = AtWords(source.text->text(), range);
      good += ends.start && ends.end && range.start >= 0 && range.end <= source.text->text().size();
    }
  }
  result_.report.offsets = Say("{0}: {1} of {2} selections begin and end at words", project_.places.empty() ? ShowRule(rule_) : project_.places, good, static_cast<std::int64_t>(total));
  if (rule_ != chosen.expected) {
    result_.report.offsets = Say("{0} (not as this tool is known to count: that would fit {1} % instead of {2} %)", result_.report.offsets,
                                 std::round(chosen.expected_score * 100), std::round(chosen.score * 100));
  }
}

Id Resolver::Mapped(const Id& guid) const {
  for (const auto* map : {&users_, &codes_, &sources_, &selections_, &cases_, &notes_}) {
    if (const auto found = map->find(guid); found != map->end()) return found->second;
  }
  return guid;
}

void Resolver::Rewrite(Element& element) const {
  for (auto& [key, value] : element.attributes) {
    if (!IsReference(key)) continue;
    if (const auto id = ParseId(value)) value = ShowGuid(Mapped(*id));
  }
  for (auto& child : element.children) Rewrite(child);
}

void Resolver::Keep(Element element, bool in_study, Line* line) {
  Rewrite(element);
  Id id = ParseId(element["guid"]).value_or(Id{});
  const std::string kind = element.name;
  std::string xml = ToXml(element);
  if (id.IsNil()) id = DerivedId(kind, xml);
  if (!kept_.insert(id).second) id = DerivedId(kind, ToString(id) + xml);
  const bool present = reading_.Number("SELECT count(*) FROM exchange_kept WHERE id = ?", id) > 0;
  if (line) ++(present ? line->present : line->kept);
  if (!present) result_.kept.push_back({id, kind, std::move(xml), in_study});
}

namespace {

std::int64_t CountCodings(const Element& element) {
  std::int64_t count = element.name == "Coding";
  for (const auto& child : element.children) count += CountCodings(child);
  return count;
}

bool HoldsFile(const Element& element) { return !element["path"].empty(); }

}  // namespace

void Resolver::Kept() {
  const std::vector<std::pair<std::string, Message>> kinds = {{"PictureSource", Say("Pictures")}, {"AudioSource", Say("Sound recordings")}, {"VideoSource", Say("Films")},
                                                              {"PDFSource", Say("Pages of PDFs")}, {"TextSource", Say("Texts without words")}, {"Set", Say("Sets")},
                                                              {"Link", Say("Links")},              {"Graph", Say("Networks")}};
  Line codings{.what = Say("Codings on pictures, sound, film and pages")};
  Line files{.what = Say("Files of PDFs")};
  std::unordered_set<Id> with_file;
  for (const auto& source : project_.sources) {
    if (!source.original.empty()) with_file.insert(source.id);
  }
  std::map<std::string, Line> lines;
  for (const auto& kept : project_.kept) {
    Line& line = lines[kept.element.name];
    ++line.found;
    // A selection on a page and the same one in the page's text are one.
    const auto elsewhere = kept.in_study && kept.element.name == "PDFSource";
    for (const auto& child : kept.element.children) {
      const bool counted = elsewhere && selections_.contains(ParseId(child["guid"]).value_or(Id{}));
      if (!counted && kept.element.name.ends_with("Source")) codings.found += CountCodings(child);
    }
    const bool file_comes = with_file.contains(ParseId(kept.element["guid"]).value_or(Id{}));
    if (HoldsFile(kept.element) && !file_comes) Drop("media-file", std::string(kept.element["name"]));
    const std::int64_t before = line.present;
    Keep(kept.element, kept.in_study, &line);
    if (!file_comes) continue;
    ++files.found;
    ++(line.present > before ? files.present : files.added);
  }
  for (const auto& [name, label] : kinds) {
    if (!lines.contains(name)) continue;
    lines[name].what = label;
    result_.report.lines.push_back(lines[name]);
  }
  if (files.found > 0) result_.report.lines.push_back(files);
  codings.kept = codings.found;
  if (codings.found > 0) result_.report.lines.push_back(codings);
}

Resolved Resolver::Take(const std::string& file) {
  result_.report.file = file;
  result_.report.origin = project_.origin;
  Notes();  // What can be referred to, before anything refers.
  Users();
  Codes();
  ChooseOffsets();
  Variables();
  Sources();
  Cases();
  Memos();
  Kept();
  // In the order of their quotes they are written quicker: that index grows at its end, and quotes are looked up in order.
  std::sort(result_.codings.begin(), result_.codings.end(), [](const NewCoding& a, const NewCoding& b) { return std::tie(a.quote, a.id) < std::tie(b.quote, b.id); });
  for (auto& line : DroppedLines(dropped_)) result_.report.lines.push_back(std::move(line));
  std::erase_if(result_.report.lines, [](const Line& line) { return line.found == 0 && line.dropped == 0; });
  return std::move(result_);
}

Resolved Resolve(Reading& reading, const Project& project, const std::string& file, Job& job) { return Resolver(reading, project, job).Take(file); }

}  // namespace meerstem::exchange
