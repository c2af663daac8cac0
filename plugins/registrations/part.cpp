#include "plugins/registrations/part.h"

#include "plugins/registrations/common.h"
#include "plugins/registrations/mapping.h"
#include "registrations_migrations.h"

namespace meerstem::registrations {
namespace {

/// “BA-01 2022-02-04”; with several instruments on one day, the instrument's key behind it.
constexpr const char* kName =
    "study_case.code || ' ' || registration.date || CASE WHEN EXISTS (SELECT 1 FROM registration other WHERE other.case_id = registration.case_id "
    "AND other.date = registration.date AND other.id <> registration.id) THEN ' ' || instrument.key ELSE '' END "
    "FROM registration JOIN study_case ON study_case.id = registration.case_id JOIN instrument ON instrument.id = registration.instrument_id ";

EntityKind RegistrationKind() {
  EntityKind kind{.kind = "registration", .table = "registration", .label = Say("registration")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(std::string("SELECT ") + kName + "WHERE registration.id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query(std::string("SELECT registration.id, ") + kName + "ORDER BY study_case.order_key, registration.date, registration.id");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"registrations.entry", {{"registration", id}}}; };
  return kind;
}

}  // namespace

void Register(Registry& registry) {
  registry.Add(Component{.name = "registrations", .migrations = RegistrationsMigrations(), .tables = {"import_mapping", "instrument_occasion", "former_wording", "variable_meaning", "variable_missing"}});
  registry.Add(RegistrationKind());
  registry.Group(Say("Instruments"));
  AddInstrumentCommands(registry);
  registry.Group(Say("Import and export"));
  AddMappingCommands(registry);
  AddMappingView(registry);
  AddHouseholdImport(registry);
  AddRegistrationImport(registry);
  AddExport(registry);
  registry.Group({});
  AddEntryCommands(registry);
  AddCaseViews(registry);
  AddItemView(registry);
  AddItemAnswers(registry);
  AddTimeline(registry);
  AddEntryView(registry);
  AddInstrumentView(registry);
  AddRemarksView(registry);
  registry.Group(Say("Cleaning and steps"));
  AddCleaningCommands(registry);
  AddCleaningViews(registry);
  AddDescribeViews(registry);
  registry.Group(Say("Import and export"));
  AddVariables(registry);
  AddOpenAnswers(registry);
  registry.Group(Say("Instruments"));
  AddInstrumentEditing(registry);
  AddInstrumentForms(registry);
  AddOccasions(registry);
  registry.Group(Say("Families and members"));
  AddMembers(registry);
  AddFamilyPage(registry);
}

}  // namespace meerstem::registrations
