// Merging and deleting codes.
#include <algorithm>

#include "core/base/error.h"
#include "core/study/deletion.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

std::vector<Id> QuotesOf(Reading& reading, const Id& code) {
  std::vector<Id> quotes;
  auto rows = reading.Query("SELECT DISTINCT quote_id FROM coding WHERE code_id = ?", code);
  while (rows.Step()) quotes.push_back(rows.GetId(0));
  return quotes;
}

std::int64_t CodingsOf(Reading& reading, const Id& code) { return reading.Number("SELECT count(*) FROM coding WHERE code_id = ?", code); }

/// Every table besides coding and code that refers to codes, with the number of its rows that refer to this one.
std::int64_t LinksTo(Reading& reading, const Id& code) {
  std::vector<std::pair<std::string, std::string>> references;
  {
    auto rows = reading.Query(
        "SELECT child.name, fk.\"from\" FROM sqlite_master child JOIN pragma_foreign_key_list(child.name) fk "
        "WHERE child.type = 'table' AND fk.\"table\" = 'code' AND child.name NOT IN ('code', 'coding')");
    while (rows.Step()) references.emplace_back(rows.Text(0), rows.Text(1));
  }
  std::int64_t links = 0;
  for (const auto& [table, column] : references) links += reading.Number("SELECT count(*) FROM " + table + " WHERE " + column + " = ?", code);
  return links;
}

/// Why `from` cannot go into `into`.
void RequireMergeable(Reading& reading, const Code& from, const Code& into, std::set<std::string>& children) {
  const auto below = WithDescendants(reading, {from.id});
  if (std::find(below.begin(), below.end(), into.id) != below.end()) {
    throw Refuse("“{0}” cannot go into “{1}”: that is the code itself or lies below it.", from.path, into.path);
  }
  if (!into.codable && CodingsOf(reading, from.id) > 0) throw Refuse("“{0}” is a heading and not for coding; choose another code to merge into.", into.path);
  for (const auto& code : Codebook(reading)) {
    if (code.parent != from.id) continue;
    if (!children.insert(code.name).second || ChildNamed(reading, into.id, code.name, {})) {
      throw Refuse("Both codes have a “{0}” below them; merge or rename those first.", code.name);
    }
  }
}

Command MergeCodes() {
  Command command{.id = "coding.merge-codes", .label = Say("Merge codes"), .help = Say("Everything that the first codes hold, with quotes and memos, goes to the other one, and the first go.")};
  Parameter from = EntityParameter("from", "code", Say("These codes go"));
  from.list = true;
  command.parameters = {from, EntityParameter("into", "code", Say("Into this one"))};
  command.impossible = [](Reading& reading, const Arguments&) -> Message {
    if (reading.Number("SELECT count(*) FROM code") > 1) return {};
    return Say("There are no two codes to merge.");
  };
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Code into = GetCode(reading, *arguments.Entity("into"));
    std::vector<Code> going;
    std::set<std::string> children;
    for (const auto& id : arguments.Entities("from")) {
      going.push_back(GetCode(reading, id));
      RequireMergeable(reading, going.back(), into, children);
    }
    return Simply([going, into](Writing& writing, Outcome& outcome) {
      std::int64_t before = CodingsOf(writing, into.id);
      for (const auto& gone : going) {
        const auto quotes = QuotesOf(writing, gone.id);
        before += CodingsOf(writing, gone.id);
        MergeEntity(writing, "code", gone.id, into.id);
        for (const auto& quote : quotes) CollapseDuplicates(writing, quote);
      }
      const auto doubled = before - CodingsOf(writing, into.id);
      if (doubled > 0) {
        outcome.notes.push_back(SayCount("{0} coding stood under both codes and is kept once.", "{0} codings stood under both codes and are kept once.", doubled));
      }
    });
  };
  return command;
}

Command DeleteCode() {
  Command command{.id = "coding.delete-code", .label = Say("Delete a code"), .help = Say("Takes a code and its codings away; the codes below it move up, unless they are to go too.")};
  command.parameters = {EntityParameter("code", "code", Say("Code")), FlagParameter("with-below", Say("The codes below it too"), false)};
  command.impossible = [](Reading& reading, const Arguments&) { return NoCodes(reading); };
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Code code = GetCode(reading, *arguments.Entity("code"));
    const bool all = arguments.Flag("with-below");
    const auto below = WithDescendants(reading, {code.id});
    std::vector<view::Row> lines;
    std::vector<Code> going, moving;
    for (const auto& other : Codebook(reading)) {
      if (std::find(below.begin(), below.end(), other.id) == below.end()) continue;
      const bool goes = all || other.id == code.id;
      if (!goes && other.parent != code.id) continue;
      if (!goes && ChildNamed(reading, code.parent, other.name, code.id)) {
        throw Refuse("“{0}” would move up beside a code of the same name; rename it first, or delete it too.", other.path);
      }
      (goes ? going : moving).push_back(other);
      lines.push_back({ToString(other.id),
                       {{.value = other.path},
                        {.value = goes ? Say("goes") : Say("moves up")},
                        {.value = goes ? CodingsOf(reading, other.id) : 0},
                        {.value = goes ? LinksTo(reading, other.id) : 0}},
                       {{"code", other.id}},
                       RetrieveOf(other.id)});
    }
    Plan plan = Simply([code, going, moving](Writing& writing, Outcome& outcome) {
      for (const auto& child : moving) writing.Do("UPDATE code SET parent_id = ? WHERE id = ?", code.parent, child.id);
      std::vector<Id> quotes;
      std::int64_t codings = 0;
      // From the bottom up, so that no code is left without its parent halfway.
      for (auto gone = going.rbegin(); gone != going.rend(); ++gone) {
        const auto its = QuotesOf(writing, gone->id);
        quotes.insert(quotes.end(), its.begin(), its.end());
        codings += CodingsOf(writing, gone->id);
        DeleteEntity(writing, "code", gone->id);
      }
      DropLooseQuotes(writing, quotes);
      outcome.notes.push_back(SayCount("{0} coding went with it.", "{0} codings went with it.", codings));
    });
    view::Model preview;
    preview.body = view::Table{{{"code", Say("Code")}, {"what", Say("What happens")}, {"codings", Say("Codings that go"), view::ColumnType::kInteger},
                                {"links", Say("Links that go"), view::ColumnType::kInteger}},
                               view::MakeRows(std::move(lines))};
    preview.notes.push_back(Say("Quotes to which nothing points any more go too. Undo brings everything back."));
    plan.preview = std::move(preview);
    return plan;
  };
  return command;
}

}  // namespace

void RegisterCodeRemoval(Registry& registry) {
  registry.Add(MergeCodes());
  registry.Add(DeleteCode());
}

}  // namespace meerstem::coding
