// The command that brings registrations in: dry run first, then in short Runs of one group.
#include "plugins/registrations/common.h"
#include "plugins/registrations/import_reader.h"

namespace meerstem::registrations {
namespace {

constexpr std::size_t kAnswersPerRun = 500;

void Apply(const Import& import, bool skip, Applying& applying) {
  RefuseBadRows(import.bad, skip);
  const auto& all = import.registrations;
  for (std::size_t at = 0; at < all.size();) {
    applying.job().Progress(static_cast<double>(at) / static_cast<double>(all.size()), Say("Importing registrations"));
    applying.Run([&](Writing& writing) {
      for (std::size_t answers = 0; at < all.size() && answers < kAnswersPerRun; ++at) {
        applying.outcome.created.push_back(StoreRegistration(writing, import.instrument.id, all[at]));
        answers += all[at].answers.size() + 1;
      }
    });
  }
}

std::vector<Message> Summary(const Import& import) {
  std::vector<Message> notes = import.notes;
  notes.push_back(Say("New: {0} with {1} and {2}.", SayCount("{0} registration", "{0} registrations", static_cast<std::int64_t>(import.registrations.size())),
                      SayCount("{0} answer", "{0} answers", import.answers), SayCount("{0} remark", "{0} remarks", import.remarks)));
  if (!import.bad.empty()) notes.push_back(StayOut(import.bad.size()));
  if (import.there > 0) {
    notes.push_back(SayCount("{0} registration is in the study already, with the same answers.",
                             "{0} registrations are in the study already, with the same answers.", import.there));
  }
  return notes;
}

}  // namespace

void AddRegistrationImport(Registry& registry) {
  Command import;
  import.id = "registrations.import";
  import.label = Say("Import registrations");
  import.help = Say(
      "Reads CSV, XLSX, SPSS or Stata. Long: the columns case, member, item, date, value and remark, a line for each answer; wide: case, member, date and a "
      "column for each item. A value is a point of the scale or its wording, n/a, unknown, or = for confirmed unchanged; a line without item and value is a "
      "registration at which nothing changed.");
  import.parameters = {{.name = "file", .type = ParameterType::kFile, .label = Say("Table (CSV, XLSX, SAV, DTA)"), .required = true},
                       InstrumentParameter(),
                       {.name = "repeats", .type = ParameterType::kChoice, .label = Say("A value equal to the last one"),
                        .help = Say("In a file of full snapshots a repeated value was copied, not rated, and counts as carried."),
                        .choices = {{"rated", Say("was rated again")}, {"copied", Say("was copied by the platform")}}, .fallback = "rated"},
                       {.name = "skip-bad", .type = ParameterType::kBoolean, .label = Say("Leave out rows that cannot come in"), .fallback = "no"}};
  for (auto& parameter : MappingParameters()) import.parameters.push_back(std::move(parameter));
  import.parameters.push_back({.name = "remember", .type = ParameterType::kText, .label = Say("Remember the mapping as"), .help = Say("A name under which the next file of this kind comes in the same way.")});
  import.prepare = [programs = ProgramsOf(registry)](Reading& reading, const Arguments& arguments, Job& job) {
    auto found = std::make_shared<Import>();
    std::optional<Id> instrument = arguments.Entity("instrument");
    if (const auto stored = arguments.Entity("mapping"); stored && !instrument) instrument = GetMapping(reading, *stored).instrument;
    found->instrument = GetInstrument(reading, instrument ? *instrument : TheInstrument(reading, arguments));
    const Mapping mapping = MappingOf(reading, arguments);
    ImportReader(reading, *found, mapping, arguments.Text("repeats") == "copied").Read(arguments.Text("file"), programs, job);
    const auto notes = Summary(*found);
    Plan plan;
    plan.preview = DryRun(found->bad, notes);
    plan.group = true;
    plan.apply = [found, notes, mapping, skip = arguments.Flag("skip-bad"), name = arguments.Text("remember")](Applying& applying) {
      Apply(*found, skip, applying);
      if (!name.empty()) applying.Run([&](Writing& writing) { StoreMapping(writing, name, found->instrument.id, mapping, found->columns); });
      applying.outcome.notes = notes;
      applying.outcome.show = view::Target{"registrations.cases", {}};
    };
    return plan;
  };
  registry.Add(std::move(import));
}

}  // namespace meerstem::registrations
