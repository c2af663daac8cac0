// Registrations from a table in long form: one line for each answer. Everything is checked in the dry run; what is
// stored is only what was entered.
#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/study/sources.h"
#include "plugins/registrations/answers.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/table_file.h"

namespace meerstem::registrations {
namespace {

constexpr std::size_t kAnswersPerRun = 500;

/// A line as it stands in the file, its names resolved.
struct Line {
  std::int64_t number = 0;
  const Item* item = nullptr;   ///< None: a registration at which nothing changed.
  Id person;
  std::string member;
  std::string status;           ///< rated, not_applicable, unknown, remark, or "=".
  std::optional<int> value;
  std::string value_text;
  std::string remark;
};

struct NewAnswer {
  const Item* item;
  AnswerKey key;
  std::string member, status;
  std::optional<int> value;
  std::string remark;
};
struct NewRegistration {
  Id study_case;
  std::string case_code;
  std::optional<Id> site;
  Date date;
  std::vector<NewAnswer> answers;
};

struct CaseFacts {
  Id id;
  std::string code;
  std::optional<Id> site;
  std::vector<Member> members;
};

struct Import {
  Instrument instrument;
  std::vector<NewRegistration> registrations;
  std::vector<BadRow> bad;
  std::int64_t answers = 0;
  std::int64_t remarks = 0;
  std::int64_t there = 0;  ///< Registrations that the study holds already, word for word.
};

/// Reads, resolves and checks one file against the study.
class ImportReader {
 public:
  ImportReader(Reading& reading, Import& import, bool repeats_are_copies) : reading_(reading), import_(import), copies_(repeats_are_copies) {
    for (const auto& item : import_.instrument.items) items_[item.key] = &item;
    auto rows = reading_.Query("SELECT id, code, site_id FROM study_case");
    while (rows.Step()) cases_[rows.Text(1)] = {rows.GetId(0), rows.Text(1), rows.MaybeId(2), {}};
  }

  void Take(const TableFile& file) {
    try {
      auto [study_case, date, line] = ReadLine(file);
      lines_[study_case->code][date].push_back(std::move(line));
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused) throw;
      import_.bad.push_back({file.line(), file.Get("case"), file.Get("member"), file.Get("item"), file.Get("date"), file.Get("value"), error.message()});
    }
  }

  void Resolve(Job& job) {
    double done = 0;
    for (auto& [code, dates] : lines_) {
      job.Progress(done++ / static_cast<double>(lines_.size()), Say("Comparing with the study"));
      ResolveCase(cases_.at(code), dates);
    }
    std::sort(import_.bad.begin(), import_.bad.end(), [](const BadRow& a, const BadRow& b) { return a.line < b.line; });
  }

 private:
  using Dates = std::map<Date, std::vector<Line>>;

  struct Taken {
    CaseFacts* study_case;
    Date date;
    Line line;
  };
  Taken ReadLine(const TableFile& file) {
    const auto found = cases_.find(file.Get("case"));
    if (found == cases_.end()) throw Refuse("there is no case “{0}” in the study; import the families first.", file.Get("case"));
    CaseFacts& study_case = found->second;
    const auto date = ParseDate(file.Get("date"));
    if (!date) throw Refuse("“{0}” is not a date; write 2023-06-14 or 14/06/2023.", file.Get("date"));
    Line line{.number = file.line(), .value_text = file.Get("value"), .remark = CleanText(file.Get("remark"))};
    const std::string& key = file.Get("item");
    if (key.empty()) {
      if (!line.value_text.empty() || !line.remark.empty()) throw Refuse("the item is missing.");
      return {&study_case, *date, std::move(line)};
    }
    const auto item = items_.find(key);
    if (item == items_.end()) throw Refuse("“{0}” has no item “{1}”.", import_.instrument.key, key);
    line.item = item->second;
    ReadMember(file.Get("member"), study_case, *date, line);
    ReadValue(line);
    return {&study_case, *date, std::move(line)};
  }

  void ReadMember(const std::string& name, CaseFacts& study_case, Date date, Line& line) {
    if (line.item->level == "household") {
      if (!name.empty()) throw Refuse("“{0}” is about the household; the member must be empty.", line.item->key);
      return;
    }
    if (name.empty()) throw Refuse("“{0}” is about one member of the family; the member is missing.", line.item->key);
    if (study_case.members.empty()) study_case.members = MembersOf(reading_, study_case.id);
    const auto member = std::find_if(study_case.members.begin(), study_case.members.end(),
                                     [&](const Member& m) { return (m.code == name || m.name == name) && m.role == line.item->level; });
    if (member == study_case.members.end()) {
      throw Refuse("{0} has no {1} “{2}”.", study_case.code, line.item->level == "adult" ? Say("adult") : Say("child"), name);
    }
    if (!member->PresentOn(date)) throw Refuse("{0} was not a member of {1} on {2}.", name, study_case.code, date);
    line.person = member->person;
    line.member = name;
  }

  void ReadValue(Line& line) {
    const std::string value = FoldText(line.value_text);
    if (value == "=") {
      line.status = "=";
    } else if (value == "n/a" || value == "n.v.t." || value == "nvt") {
      if (!line.item->not_applicable) throw Refuse("“{0}” applies to everyone; it cannot be “not applicable”.", line.item->key);
      line.status = "not_applicable";
    } else if (value == "unknown" || value == "onbekend") {
      line.status = "unknown";
    } else if (value.empty()) {
      if (line.remark.empty()) throw Refuse("the value is missing; write a point of the scale, n/a, unknown or = for confirmed unchanged.");
      line.status = "remark";
    } else {
      int point = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), point);
      const auto& points = line.item->points;
      const bool known = error == std::errc() && end == value.data() + value.size() &&
                         std::any_of(points.begin(), points.end(), [&](const ScalePoint& p) { return p.value == point; });
      if (!known) {
        throw Refuse("“{0}” is not a point of “{1}”, which goes from {2} to {3}; or write n/a, unknown or =.", line.value_text, line.item->key,
                     points.front().value, points.back().value);
      }
      line.status = "rated";
      line.value = point;
    }
  }

  void ResolveCase(const CaseFacts& study_case, Dates& dates) {
    const auto stored = RegistrationsOf(reading_, study_case.id, import_.instrument.id);
    State state;
    std::size_t next = 0;
    for (auto& [date, lines] : dates) {
      for (; next < stored.size() && stored[next].date < date; ++next) Enter(state, stored[next]);
      const Registration* same = next < stored.size() && stored[next].date == date ? &stored[next] : nullptr;
      ResolveRegistration(study_case, date, lines, state, same);
    }
  }

  void Enter(State& state, const Registration& registration) {
    auto rows = reading_.Query("SELECT item_id, person_id, status, value FROM answer WHERE registration_id = ? AND status <> 'remark'", registration.id);
    while (rows.Step()) {
      Standing standing;
      standing.status = ReadStatus(rows.View(2));
      if (const auto value = rows.MaybeInt(3)) standing.value = static_cast<int>(*value);
      state[{rows.GetId(0), rows.GetId(1)}] = standing;
    }
  }

  void ResolveRegistration(const CaseFacts& study_case, Date date, std::vector<Line>& lines, State& state, const Registration* stored) {
    NewRegistration registration{study_case.id, study_case.code, study_case.site, date, {}};
    State after = state;
    std::map<AnswerKey, std::int64_t> seen;
    bool same = true;
    for (const auto& line : lines) {
      const auto bad = [&](const Message& why) {
        import_.bad.push_back({line.number, study_case.code, line.member, line.item ? line.item->key : std::string(), ToIso(date), line.value_text, why});
      };
      if (!line.item) continue;
      NewAnswer answer{line.item, {line.item->id, line.person}, line.member, line.status, line.value, line.remark};
      if (const auto [first, fresh] = seen.emplace(answer.key, line.number); !fresh) {
        bad(Say("the same answer stands on line {0} already.", first->second));
        continue;
      }
      const auto before = state.find(answer.key);
      if (line.status == "=") {
        if (before == state.end() || before->second.status == AnswerStatus::kUnknown) {
          bad(Say("there is no earlier answer that could be confirmed."));
          continue;
        }
        answer.value = before->second.value;
        answer.status = answer.value ? "confirmed" : "not_applicable";
      } else if (copies_ && line.status == "rated" && before != state.end() && before->second.value == line.value) {
        answer.status = "copied";
      }
      if (stored && !IsThere(*stored, answer)) {
        bad(Say("{0} has a registration on {1} already, with something else for this item; change it there.", study_case.code, date));
        same = false;
        continue;
      }
      if (answer.status != "remark") after[answer.key] = {ReadStatus(answer.status), answer.value, date, false};
      registration.answers.push_back(std::move(answer));
    }
    if (!stored) {
      state = std::move(after);
      import_.answers += static_cast<std::int64_t>(registration.answers.size());
      import_.remarks += std::count_if(registration.answers.begin(), registration.answers.end(), [](const NewAnswer& a) { return !a.remark.empty(); });
      import_.registrations.push_back(std::move(registration));
    } else if (same) {
      ++import_.there;
    }
  }

  bool IsThere(const Registration& stored, const NewAnswer& answer) {
    const auto found = FindAnswer(reading_, stored.id, answer.key);
    if (!found || found->status != answer.status || found->value != answer.value) return false;
    return (found->remark ? TextOf(reading_, *found->remark)->utf8() : std::string()) == answer.remark;
  }

  Reading& reading_;
  Import& import_;
  bool copies_;
  std::unordered_map<std::string, const Item*> items_;
  std::unordered_map<std::string, CaseFacts> cases_;
  std::map<std::string, Dates> lines_;
};

Id Store(Writing& writing, const Id& instrument, const NewRegistration& registration) {
  const Id id = writing.NewId();
  writing.Do("INSERT INTO registration (id, case_id, instrument_id, date) VALUES (?, ?, ?, ?)", id, registration.study_case, instrument, registration.date);
  const RegistrationFacts facts{id, registration.study_case, instrument, registration.case_code, registration.site, registration.date, {}};
  for (const auto& answer : registration.answers) {
    std::optional<Id> remark, person;
    if (!answer.remark.empty()) remark = AddRemark(writing, facts, answer.item->key, answer.member, answer.remark);
    if (!answer.key.person.IsNil()) person = answer.key.person;
    writing.Do("INSERT INTO answer (id, registration_id, item_id, person_id, status, value, remark_id) VALUES (?, ?, ?, ?, ?, ?, ?)", writing.NewId(), id,
               answer.key.item, person, answer.status, answer.value, remark);
  }
  return id;
}

void Apply(const Import& import, bool skip, Applying& applying) {
  RefuseBadRows(import.bad, skip);
  const auto& all = import.registrations;
  for (std::size_t at = 0; at < all.size();) {
    applying.job().Progress(static_cast<double>(at) / static_cast<double>(all.size()), Say("Importing registrations"));
    applying.Run([&](Writing& writing) {
      for (std::size_t answers = 0; at < all.size() && answers < kAnswersPerRun; ++at) {
        applying.outcome.created.push_back(Store(writing, import.instrument.id, all[at]));
        answers += all[at].answers.size() + 1;
      }
    });
  }
}

}  // namespace

void AddRegistrationImport(Registry& registry) {
  Command import;
  import.id = "registrations.import";
  import.label = Say("Import registrations");
  import.help = Say(
      "Reads a table with the columns case, member, item, date, value and remark: one line for each answer. A value is a point of the scale, "
      "n/a, unknown, or = for confirmed unchanged; a line without item and value is a registration at which nothing changed.");
  import.parameters = {{.name = "file", .type = ParameterType::kFile, .label = Say("Table (CSV)"), .required = true},
                       InstrumentParameter(),
                       {.name = "repeats", .type = ParameterType::kChoice, .label = Say("A value equal to the last one"),
                        .help = Say("In a file of full snapshots a repeated value was copied, not rated, and counts as carried."),
                        .choices = {{"rated", Say("was rated again")}, {"copied", Say("was copied by the platform")}}, .fallback = "rated"},
                       {.name = "skip-bad", .type = ParameterType::kBoolean, .label = Say("Leave out rows that cannot come in"), .fallback = "no"}};
  import.prepare = [](Reading& reading, const Arguments& arguments, Job& job) {
    auto found = std::make_shared<Import>();
    found->instrument = GetInstrument(reading, TheInstrument(reading, arguments));
    TableFile file(arguments.Text("file"), {"case", "item", "date", "value"}, {"member", "remark"});
    ImportReader reader(reading, *found, arguments.Text("repeats") == "copied");
    for (std::int64_t count = 0; file.Next(); ++count) {
      if (count % 1000 == 0) job.Progress(0, Say("Reading the table"));
      reader.Take(file);
    }
    reader.Resolve(job);
    std::vector<Message> notes = file.notes();
    notes.push_back(Say("New: {0} with {1} and {2}.", SayCount("{0} registration", "{0} registrations", static_cast<std::int64_t>(found->registrations.size())),
                        SayCount("{0} answer", "{0} answers", static_cast<std::int64_t>(found->answers)),
                        SayCount("{0} remark", "{0} remarks", static_cast<std::int64_t>(found->remarks))));
    if (!found->bad.empty()) notes.push_back(StayOut(found->bad.size()));
    if (found->there > 0) {
      notes.push_back(SayCount("{0} registration is in the study already, with the same answers.",
                               "{0} registrations are in the study already, with the same answers.", found->there));
    }
    Plan plan;
    plan.preview = DryRun(found->bad, notes);
    plan.group = true;
    plan.apply = [found, notes, skip = arguments.Flag("skip-bad")](Applying& applying) {
      Apply(*found, skip, applying);
      applying.outcome.notes = notes;
      applying.outcome.show = view::Target{"registrations.cases", {}};
    };
    return plan;
  };
  registry.Add(std::move(import));
}

}  // namespace meerstem::registrations
