// Families and their members from a table: one line for each member, or one for a family alone.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/study/people.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/table_file.h"

namespace meerstem::registrations {
namespace {

constexpr std::size_t kCasesPerRun = 100;

struct FileMember {
  std::string name, level;
  std::optional<std::int64_t> birth_year;
  std::optional<Date> joined, left;
};
struct Family {
  std::string code, site;
  std::optional<Date> start, end;
  std::vector<FileMember> members;
};

/// What is wrong with a line is thrown as its sentence.
std::optional<Date> ReadDay(const TableFile& file, const std::string& role) {
  const std::string& text = file.Get(role);
  if (text.empty()) return std::nullopt;
  const auto date = file.Day(role);
  if (!date) throw Refuse("“{0}” is not a date; write 2023-06-14 or 14/06/2023.", text);
  return date;
}

std::optional<std::int64_t> ReadYear(const std::string& text) {
  if (text.empty()) return std::nullopt;
  std::int64_t year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc() || end != text.data() + text.size() || year < 1850 || year > 2200) throw Refuse("“{0}” is not a year of birth.", text);
  return year;
}

struct Families {
  std::vector<Family> all;
  std::vector<BadRow> bad;
  std::int64_t members = 0;
};

/// Whose member code is in the study already, and in which case.
std::map<std::string, std::string> KnownMembers(Reading& reading) {
  std::map<std::string, std::string> known;
  auto rows = reading.Query(
      "SELECT membership.code, study_case.code FROM membership JOIN study_case ON study_case.id = case_id WHERE membership.code <> ''");
  while (rows.Step()) known.emplace(rows.Text(0), rows.Text(1));
  return known;
}

void ReadLine(const TableFile& file, Families& families, std::map<std::string, std::size_t>& places, std::map<std::string, std::string>& members) {
  const std::string& code = file.Get("case");
  if (code.empty()) throw Refuse("the code of the case is missing.");
  Family family{code, file.Get("site"), ReadDay(file, "start"), ReadDay(file, "end"), {}};
  if (family.start && family.end && *family.end < *family.start) throw Refuse("{0} ends before it starts.", code);
  std::optional<FileMember> member;
  if (const std::string& name = file.Get("member"); !name.empty()) {
    member = FileMember{name, file.Get("level"), ReadYear(file.Get("birth_year")), ReadDay(file, "joined"), ReadDay(file, "left")};
    if (member->level == "volwassene" || member->level == "ouder") member->level = "adult";
    if (member->level == "kind") member->level = "child";
    if (member->level != "adult" && member->level != "child") throw Refuse("the level of a member is adult or child, not “{0}”.", member->level);
    if (member->joined && member->left && *member->left < *member->joined) throw Refuse("{0} leaves before joining.", name);
    if (const auto known = members.find(name); known != members.end() && known->second != code) {
      throw Refuse("{0} is a member of {1} already.", name, known->second);
    }
  }
  const auto [place, fresh] = places.emplace(code, families.all.size());
  if (fresh) {
    families.all.push_back(std::move(family));
  } else {
    const Family& first = families.all[place->second];
    if (first.site != family.site || first.start != family.start || first.end != family.end) {
      throw Refuse("site, start or end differ from the earlier line of {0}.", code);
    }
  }
  if (!member) return;
  auto& here = families.all[place->second].members;
  if (std::any_of(here.begin(), here.end(), [&](const FileMember& m) { return m.name == member->name; })) {
    throw Refuse("{0} stands in the file twice.", member->name);
  }
  members.emplace(member->name, code);
  here.push_back(std::move(*member));
  ++families.members;
}

/// The member of that code, who may have got another pseudonym since; made when new, with the code as pseudonym.
Id EnsureMember(Writing& writing, const Id& study_case, const FileMember& member) {
  {
    auto row = writing.Query("SELECT person_id FROM membership WHERE code = ? AND case_id = ?", member.name, study_case);
    if (row.Step()) return row.GetId(0);
  }
  const Id person = EnsurePerson(writing, member.name);
  EnsureMembership(writing, person, study_case, member.level);
  writing.Do("UPDATE membership SET code = ? WHERE person_id = ? AND case_id = ? AND role = ?", member.name, person, study_case, member.level);
  return person;
}

void Store(Writing& writing, const Family& family, Outcome& outcome) {
  const bool fresh = writing.Number("SELECT count(*) FROM study_case WHERE code = ?", family.code) == 0;
  const Id id = EnsureCase(writing, family.code);
  if (fresh) outcome.created.push_back(id);
  std::optional<Id> site;
  if (!family.site.empty()) site = EnsureSite(writing, family.site);
  writing.Do(
      "UPDATE study_case SET site_id = ?1, started = ?2, ended = ?3 WHERE id = ?4 AND (site_id IS NOT ?1 OR started IS NOT ?2 OR ended IS NOT ?3)",
      site, family.start, family.end, id);
  for (const auto& member : family.members) {
    const Id person = EnsureMember(writing, id, member);
    writing.Do("UPDATE person SET birth_year = ?1, site_id = ?2 WHERE id = ?3 AND (birth_year IS NOT ?1 OR site_id IS NOT ?2)", member.birth_year, site, person);
    writing.Do("UPDATE membership SET joined = ?1, left_on = ?2 WHERE person_id = ?3 AND case_id = ?4 AND role = ?5 AND (joined IS NOT ?1 OR left_on IS NOT ?2)",
               member.joined, member.left, person, id, member.level);
  }
}

}  // namespace

void AddHouseholdImport(Registry& registry) {
  Command import;
  import.id = "registrations.import-households";
  import.label = Say("Import families and members");
  import.help = Say("Reads a table with the columns case, site, start, end, member, level, birth_year, joined and left: one line for each member.");
  import.parameters = {{.name = "file", .type = ParameterType::kFile, .label = Say("Table (CSV, XLSX, SAV, DTA)"), .required = true},
                       {.name = "skip-bad", .type = ParameterType::kBoolean, .label = Say("Leave out rows that cannot come in"), .fallback = "no"}};
  for (auto& parameter : FileParameters()) import.parameters.push_back(std::move(parameter));
  import.prepare = [programs = ProgramsOf(registry)](Reading& reading, const Arguments& arguments, Job& job) {
    auto families = std::make_shared<Families>();
    TableFile file(arguments.Text("file"), MappingOf(reading, arguments), {"case", "member", "level"}, {"site", "start", "end", "birth_year", "joined", "left"},
                   programs, job);
    auto members = KnownMembers(reading);
    std::map<std::string, std::size_t> places;
    for (std::int64_t count = 0; file.Next(); ++count) {
      if (count % 1000 == 0) job.Progress(0, Say("Reading the table"));
      try {
        ReadLine(file, *families, places, members);
      } catch (const Error& error) {
        if (error.code() != ErrorCode::kRefused) throw;
        NoteBadRow(families->bad, {file.line(), file.Get("case"), file.Get("member"), {}, {}, {}, error.message()});
      }
    }
    std::vector<Message> notes = file.notes();
    notes.push_back(Say("The file holds {0} with {1}.", SayCount("{0} family", "{0} families", static_cast<std::int64_t>(families->all.size())),
                        SayCount("{0} member", "{0} members", static_cast<std::int64_t>(families->members))));
    if (!families->bad.empty()) notes.push_back(StayOut(families->bad.size()));
    Plan plan;
    plan.preview = DryRun(families->bad, notes);
    plan.group = true;
    plan.apply = [families, notes, skip = arguments.Flag("skip-bad")](Applying& applying) {
      RefuseBadRows(families->bad, skip);
      const auto& all = families->all;
      for (std::size_t first = 0; first < all.size(); first += kCasesPerRun) {
        applying.job().Progress(static_cast<double>(first) / static_cast<double>(all.size()), Say("Importing families"));
        applying.Run([&](Writing& writing) {
          for (std::size_t i = first; i < std::min(all.size(), first + kCasesPerRun); ++i) Store(writing, all[i], applying.outcome);
        });
      }
      applying.outcome.notes = notes;
      applying.outcome.show = view::Target{"registrations.cases", {}};
    };
    return plan;
  };
  registry.Add(std::move(import));
}

}  // namespace meerstem::registrations
