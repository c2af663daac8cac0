// Variables and their values, cases, and memos.
#include <algorithm>

#include "plugins/exchange/meta.h"
#include "plugins/exchange/resolver.h"

namespace meerstem::exchange {
namespace {

bool IsOurs(const Project& project) { return project.origin.starts_with("Meerstem"); }

/// A memo has no title here: what its name adds to its words comes before them.
std::string WordsOf(const ForeignNote& note, bool ours) {
  std::string words = note.text;
  if (!note.description.empty() && !ours) words = words.empty() ? note.description : note.description + "\n\n" + words;
  if (note.name.empty() || IsQuotedWords(note.name, words)) return words;
  return words.empty() ? note.name : note.name + "\n\n" + words;
}

}  // namespace

void Resolver::Variables() {
  variable_line_.found = static_cast<std::int64_t>(project_.variables.size());
  for (const auto& meta : kMeta) {
    meta_[DerivedId("meta", std::string(meta.entity) + " " + meta.column)] = {meta.entity, meta.column};
  }
}

std::optional<Id> Resolver::VariableFor(const Id& guid, const std::string& kind) {
  if (const auto known = variables_.find({guid, kind}); known != variables_.end()) return known->second;
  const auto variable = std::find_if(project_.variables.begin(), project_.variables.end(), [&](const ForeignVariable& v) { return v.id == guid; });
  if (variable == project_.variables.end()) return std::nullopt;
  std::optional<Id> id = Known("variable " + kind, guid, Kind::kVariable);
  if (!id) {
    auto row = reading_.Query("SELECT id FROM variable WHERE entity_kind = ? AND type = ? AND (id = ? OR name = ?) ORDER BY id = ?3 DESC", kind, variable->type, guid, variable->name);
    if (row.Step()) id = row.GetId(0);
  }
  if (id) {
    if (*id != guid && !claims_.contains(guid)) result_.aliases.push_back({guid, "variable " + kind, *id});
    ++variable_line_.present;
  } else {
    // One variable of the file on sources and on cases is two here, since each belongs to a kind of thing.
    const auto [own, fresh] = Claim(Kind::kVariable, guid, [&] { return "variable " + kind; });
    if (fresh) result_.variables.push_back({own, variable->name, variable->type, kind});
    ++(fresh ? variable_line_.added : variable_line_.present);
    id = own;
  }
  variables_[{guid, kind}] = *id;
  return id;
}

void Resolver::ValuesOf(const std::vector<ForeignValue>& values, const std::string& kind, const Id& entity, std::map<std::string, std::string>* meta) {
  for (const auto& value : values) {
    if (const auto column = meta_.find(value.variable); column != meta_.end()) {
      if (meta && column->second.first == kind) (*meta)[column->second.second] = value.value;
      continue;
    }
    ++values_.found;
    const auto variable = VariableFor(value.variable, kind);
    if (!variable) {
      ++values_.dropped;
      Drop("dangling-variable", value.value);
      continue;
    }
    auto row = reading_.Query("SELECT value FROM variable_value WHERE variable_id = ? AND entity_id = ?", *variable, entity);
    if (row.Step()) {
      ++values_.present;
      if (row.View(0) != value.value) Drop("other-value", value.value);
      continue;
    }
    const bool said = std::any_of(result_.values.rbegin(), result_.values.rend(), [&](const auto& other) { return other.first == *variable && other.second.first == entity; });
    if (!said) result_.values.push_back({*variable, {entity, value.value}});
    ++(said ? values_.present : values_.added);
  }
}

void Resolver::Cases() {
  Line line{.what = Say("Cases"), .found = static_cast<std::int64_t>(project_.cases.size())};
  Line links{.what = Say("Links to cases")};
  std::map<std::string, Id> by_code;
  {
    auto rows = reading_.Query("SELECT code, id FROM study_case");
    while (rows.Step()) by_code.emplace(rows.Text(0), rows.GetId(1));
  }
  std::int64_t bare = 0;
  for (const auto& foreign : project_.cases) {
    const auto source_of = [&](const Id& guid) {
      const auto found = sources_.find(guid);
      return found == sources_.end() ? Id{} : found->second;
    };
    // A nameless case over one source only carries that source's variables.
    if (foreign.name.empty() && foreign.sources.size() == 1 && foreign.selections.empty() && !source_of(foreign.sources[0]).IsNil()) {
      ++bare;
      ++line.present;
      ValuesOf(foreign.values, "source", source_of(foreign.sources[0]), nullptr);
      continue;
    }
    const std::string code = foreign.name.empty() ? ToString(foreign.id).substr(0, 8) : foreign.name;
    std::optional<Id> known = Known("case", foreign.id, Kind::kCase);
    const auto claimed = claims_.find(foreign.id);
    const bool own = claimed != claims_.end() && claimed->second == Kind::kCase && !seen_.contains(foreign.id);
    if (!known && !own) {
      if (const auto same = by_code.find(code); same != by_code.end()) {
        known = same->second;
        if (claimed == claims_.end()) result_.aliases.push_back({foreign.id, "case", *known});
      }
    }
    Id id;
    if (known) {
      id = *known;
      ++line.present;
      ValuesOf(foreign.values, "case", id, nullptr);
    } else {
      const auto [made, fresh] = Claim(Kind::kCase, foreign.id, [&] { return "case " + code; });
      id = made;
      ++(fresh ? line.added : line.present);
      NewCase added{id, code, {}};
      ValuesOf(foreign.values, "case", id, fresh ? &added.meta : nullptr);
      if (fresh) {
        by_code.emplace(code, id);
        result_.cases.push_back(std::move(added));
      }
    }
    cases_.emplace(foreign.id, id);
    Describe("case", id, foreign.description);
    const auto link = [&](const Id& target, const char* table, const char* column, std::vector<std::pair<Id, Id>>& links_of) {
      const bool there = reading_.Number(std::string("SELECT count(*) FROM ") + table + " WHERE case_id = ? AND " + column + " = ?", id, target) > 0;
      const bool said = std::find(links_of.begin(), links_of.end(), std::pair(target, id)) != links_of.end();
      if (!there && !said) links_of.emplace_back(target, id);
      ++(there || said ? links.present : links.added);
    };
    for (const auto& guid : foreign.sources) {
      ++links.found;
      if (const Id source = source_of(guid); !source.IsNil()) {
        link(source, "source_about", "source_id", result_.source_about);
      } else {
        ++links.dropped;
        Drop("dangling-case", code);
      }
    }
    for (const auto& guid : foreign.selections) {
      ++links.found;
      if (const auto quote = selections_.find(guid); quote != selections_.end()) {
        link(quote->second, "quote_about", "quote_id", result_.quote_about);
      } else {
        ++links.dropped;
        Drop("dangling-case", code);
      }
    }
  }
  if (bare > 0) line.remark = SayCount("{0} has no name and only carries the variables of a source, which have them now", "{0} have no names and only carry the variables of sources, which have them now", bare);
  // What travels as a variable only for lack of a better place is none here.
  for (const auto& variable : project_.variables) {
    if (meta_.contains(variable.id)) {
      --variable_line_.found;
    } else if (!variables_.contains({variable.id, "source"}) && !variables_.contains({variable.id, "case"})) {
      VariableFor(variable.id, "source");  // Nobody has a value: it is kept as a variable of sources.
    }
  }
  for (auto* each : {&line, &links, &variable_line_, &values_}) result_.report.lines.push_back(*each);
}

void Resolver::Notes() {
  for (const auto& note : project_.notes) {
    notes_by_id_.emplace(note.id, &note);
    notes_.emplace(note.id, note.id);
  }
  for (const auto& note : project_.notes_of_study) NoteOn(note, "study", Id{});
}

void Resolver::NoteOn(const Id& note, const std::string& kind, const Id& entity) {
  if (!notes_by_id_.contains(note)) {
    Drop("dangling-note", ToString(note));
    return;
  }
  auto& targets = note_targets_[note];
  if (std::find(targets.begin(), targets.end(), std::pair(kind, entity)) == targets.end()) targets.emplace_back(kind, entity);
}

void Resolver::Describe(const std::string& kind, const Id& entity, const std::string& text) {
  if (text.empty()) return;
  const auto [id, fresh] = Claim(Kind::kMemo, DerivedId("description", ToString(entity)), [&] { return std::string("memo"); });
  if (fresh) result_.memos.push_back({id, kind, entity, "general", text, {}});
}

void Resolver::Memos() {
  Line line{.what = Say("Memos"), .found = static_cast<std::int64_t>(project_.notes.size())};
  // Some tools tie a memo to its place by a link only.
  for (const auto& kept : project_.kept) {
    if (kept.element.name != "Link") continue;
    const Id origin = ParseId(kept.element["originGUID"]).value_or(Id{}), target = ParseId(kept.element["targetGUID"]).value_or(Id{});
    if (!notes_by_id_.contains(origin) || note_targets_.contains(origin)) continue;
    if (const auto quote = selections_.find(target); quote != selections_.end()) NoteOn(origin, "quote", quote->second);
    else if (const auto source = sources_.find(target); source != sources_.end()) NoteOn(origin, "source", source->second);
    else if (const auto code = codes_.find(target); code != codes_.end()) NoteOn(origin, "code", code->second);
  }
  const bool ours = IsOurs(project_);
  std::int64_t copies = 0;
  for (const auto& note : project_.notes) {
    auto targets = note_targets_[note.id];
    if (targets.empty()) targets.emplace_back("study", Id{});
    const std::string words = WordsOf(note, ours);
    if (words.empty()) {
      ++line.dropped;
      Drop("empty-note", note.name);
      continue;
    }
    bool any = false, first = true;
    for (const auto& target : targets) {
      const auto& kind = target.first;
      const auto& entity = target.second;
      const auto part = std::find_if(kCodeNotes.begin(), kCodeNotes.end(), [&](const auto& known) { return ours && kind == "code" && note.name == known.second; });
      if (part != kCodeNotes.end()) {
        const bool fresh = std::any_of(result_.codes.begin(), result_.codes.end(), [&](const NewCode& code) { return code.id == entity; });
        if (fresh) result_.code_notes.push_back({entity, {part->first, note.text}});
        any |= fresh;
        continue;
      }
      const auto [id, fresh] = first ? Claim(Kind::kMemo, note.id, [&] { return std::string("memo"); }) : Claim(Kind::kMemo, DerivedId("memo", ToString(note.id) + ToString(entity)), [&] { return std::string("memo"); });
      if (!first) ++copies;
      first = false;
      if (fresh) result_.memos.push_back({id, kind, entity, ours && !note.description.empty() ? note.description : "general", words, ResearcherOf(note.stamp, note.name)});
      any |= fresh;
    }
    ++(any ? line.added : line.present);
  }
  if (copies > 0) line.remark = SayCount("{0} more, since a memo here is about one thing", "{0} more, since a memo here is about one thing", copies);
  result_.report.lines.push_back(line);
  if (!project_.description.empty()) {
    const auto [id, fresh] = Claim(Kind::kMemo, DerivedId("description", project_.description), [&] { return std::string("memo"); });
    if (fresh) result_.memos.push_back({id, "study", Id{}, "general", project_.description, {}});
  }
}

}  // namespace meerstem::exchange
