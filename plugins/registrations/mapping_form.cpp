// A mapping in the window: the file's columns are looked at once, then each role, item and value is said in a form.
#include <algorithm>

#include "core/base/error.h"
#include "core/study/deletion.h"
#include "core/study/instruments.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/mapping.h"
#include "plugins/registrations/table_file.h"

namespace meerstem::registrations {
namespace {

Parameter TheMapping(bool required) {
  return {.name = "mapping", .type = ParameterType::kEntity, .label = Say("Mapping"), .required = required, .entity_kind = "mapping"};
}

Command LookCommand(const std::string& programs) {
  Command look;
  look.id = "registrations.map";
  look.label = Say("Map the columns of a table");
  look.help = Say("Looks at the columns of a file and remembers under a name which of them is what; every file of that kind can then come in the same way.");
  look.parameters = {{.name = "file", .type = ParameterType::kFile, .label = Say("Table (CSV, XLSX, SAV, DTA)"), .required = true},
                     {.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true},
                     InstrumentParameter()};
  for (auto& parameter : MappingParameters()) {
    if (parameter.name != "mapping") look.parameters.push_back(std::move(parameter));
  }
  look.prepare = [programs](Reading& reading, const Arguments& arguments, Job& job) {
    const Id instrument = TheInstrument(reading, arguments);
    const Mapping mapping = MappingOf(reading, arguments);
    const TableFile file(arguments.Text("file"), mapping, {}, {}, programs, job);
    return Simply([name = arguments.Text("name"), instrument, mapping, columns = file.columns()](Writing& writing, Outcome& outcome) {
      const Id id = StoreMapping(writing, name, instrument, mapping, columns);
      outcome.created.push_back(id);
      outcome.notes.push_back(SayCount("The table has {0} column.", "The table has {0} columns.", static_cast<std::int64_t>(columns.size())));
      outcome.show = view::Target{"registrations.mapping", {{"mapping", id}}};
    });
  };
  return look;
}

Command SetCommand() {
  Command set;
  set.id = "registrations.set-mapping";
  set.label = Say("Change a mapping");
  set.help = Say("Says which column has a role or an item, or how the table is to be read; without a value it is taken back.");
  set.parameters = {TheMapping(true),
                    {.name = "what", .type = ParameterType::kText, .label = Say("Role or item"),
                     .help = Say("case, date, member ..., the key of an item, or shape, header, separator, encoding, sheet, not_applicable, unknown, instrument."), .required = true},
                    {.name = "value", .type = ParameterType::kText, .label = Say("Column or value")}};
  set.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    StoredMapping stored = GetMapping(reading, *arguments.Entity("mapping"));
    const std::string what = arguments.Text("what"), value = arguments.Text("value");
    if (what == "instrument") {
      auto row = reading.Query("SELECT id FROM instrument WHERE key = ? ORDER BY id DESC", value);
      if (!row.Step()) throw Refuse("The study has no instrument “{0}”.", value);
      stored.instrument = row.GetId(0);
    } else {
      SetMapping(stored.mapping, what, value);
      if (stored.mapping.columns.contains(what)) ColumnOf(stored.mapping, stored.columns, what);  // Refuses a column that is not there.
    }
    return Simply([stored](Writing& writing, Outcome&) { StoreMapping(writing, stored.name, stored.instrument, stored.mapping, stored.columns); });
  };
  return set;
}

Command DeleteCommand() {
  Command remove;
  remove.id = "registrations.delete-mapping";
  remove.label = Say("Forget a mapping");
  remove.help = Say("What came in with it stays.");
  remove.parameters = {TheMapping(true)};
  remove.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([id = *arguments.Entity("mapping")](Writing& writing, Outcome&) { DeleteEntity(writing, "import_mapping", id); });
  };
  return remove;
}

/// The form of one mapping, field by field.
class MappingForm {
 public:
  MappingForm(Reading& reading, const StoredMapping& stored) : reading_(reading), stored_(stored) {}

  view::Form Build() {
    form_.sections = {{"columns", Say("Columns")}, {"values", Say("Values")}, {"file", Say("File")}};
    if (stored_.instrument) instrument_ = GetInstrument(reading_, *stored_.instrument);
    const bool wide = IsWide();
    Choose("columns", "instrument", Say("Instrument"), InstrumentChoices(), instrument_.key);
    Choose("columns", "shape", Say("Shape"), {{"", Say("as the columns say")}, {"long", Say("a line for each answer")}, {"wide", Say("a column for each item")}},
           stored_.mapping.shape);
    for (const auto& [role, label] : Roles()) {
      const bool only_long = role == "item" || role == "value" || role == "status" || role == "remark";
      if (!wide || !only_long) Column("columns", role, label, role == "case" || role == "date" || role == "item" || role == "value");
    }
    Text("values", "not_applicable", Say("Values that say “not applicable”"), Join(stored_.mapping.not_applicable));
    Text("values", "unknown", Say("Values that say “unknown”"), Join(stored_.mapping.unknown));
    Text("file", "header", Say("Line that names the columns"), stored_.mapping.options.header ? std::to_string(stored_.mapping.options.header) : "");
    Text("file", "separator", Say("Separator"), stored_.mapping.options.separator);
    Choose("file", "encoding", Say("Encoding"), {{"", Say("as the file says")}, {"utf-8", Verbatim("UTF-8")}, {"utf-16", Verbatim("UTF-16")}, {"windows-1252", Verbatim("Windows-1252")}},
           stored_.mapping.options.encoding);
    Text("file", "sheet", Say("Sheet of a workbook"), stored_.mapping.options.sheet);
    if (wide) {
      for (const auto& domain : instrument_.domains) {
        form_.sections.push_back({domain.key, Verbatim(domain.name)});
        for (const auto index : domain.items) Column(domain.key, instrument_.items[index].key, Verbatim(instrument_.items[index].name), false);
      }
    }
    form_.actions = {{Say("Import with this mapping"), "registrations.import", {{"mapping", stored_.id}}},
                     {Say("Forget this mapping"), "registrations.delete-mapping", {{"mapping", stored_.id}}}};
    return std::move(form_);
  }

 private:
  bool IsWide() const {
    if (!stored_.mapping.shape.empty()) return stored_.mapping.shape == "wide";
    const bool item = Found("item").has_value(), value = Found("value").has_value();
    if (item && value) return false;
    // One of the two is there and no column of an item: the other is what is asked for.
    const auto& items = instrument_.items;
    return (!item && !value) || std::any_of(items.begin(), items.end(), [this](const Item& one) { return Found(one.key).has_value(); });
  }
  /// The column of a role; a fault in the mapping is shown at its field, not thrown.
  std::optional<std::size_t> Found(const std::string& role, Message* fault = nullptr) const {
    try {
      return ColumnOf(stored_.mapping, stored_.columns, role);
    } catch (const Error& error) {
      if (fault) *fault = error.message();
      return std::nullopt;
    }
  }
  static std::string Join(const std::vector<std::string>& values) {
    std::string all;
    for (const auto& value : values) all += (all.empty() ? "" : "|") + value;
    return all;
  }
  std::vector<Choice> InstrumentChoices() {
    std::vector<Choice> choices;
    auto rows = reading_.Query("SELECT key, name FROM instrument ORDER BY id");
    while (rows.Step()) choices.push_back({rows.Text(0), Verbatim(ReadLocalized(rows.Text(1)))});
    return choices;
  }
  view::Field& Add(const std::string& section, const std::string& what, Message label, ParameterType type, std::vector<Choice> choices, const std::string& value) {
    view::Field field{.key = what, .section = section, .label = std::move(label), .type = type, .choices = std::move(choices)};
    field.value = value.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = value};
    field.edit = view::Edit{"registrations.set-mapping", {{"mapping", stored_.id}, {"what", what}}, "value", type, field.choices};
    form_.fields.push_back(std::move(field));
    return form_.fields.back();
  }
  void Choose(const std::string& section, const std::string& what, Message label, std::vector<Choice> choices, const std::string& value) {
    Add(section, what, std::move(label), ParameterType::kChoice, std::move(choices), value);
  }
  void Text(const std::string& section, const std::string& what, Message label, const std::string& value) { Add(section, what, std::move(label), ParameterType::kText, {}, value); }
  void Column(const std::string& section, const std::string& role, Message label, bool needed) {
    std::vector<Choice> choices = {{"", Say("none")}};
    for (const auto& column : stored_.columns) {
      if (column.name.empty()) continue;
      choices.push_back({column.name, column.label.empty() ? Verbatim(column.name) : Say("{0}: {1}", column.name, column.label)});
    }
    Message fault;
    const auto found = Found(role, &fault);
    view::Field& field = Add(section, role, std::move(label), ParameterType::kChoice, std::move(choices), found ? stored_.columns[*found].name : "");
    if (found && !stored_.mapping.columns.contains(role)) field.value.why = Say("found by its name");
    field.error = fault.empty() && needed && !found ? Say("No column was found for this; choose one.") : fault;
    if (!field.error.empty() && form_.next_unanswered.empty()) form_.next_unanswered = role;
  }

  Reading& reading_;
  const StoredMapping& stored_;
  Instrument instrument_;
  view::Form form_;
};

view::Model ShowMapping(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  auto id = arguments.Entity("mapping");
  if (!id) {
    auto last = reading.Query("SELECT id FROM import_mapping ORDER BY id DESC LIMIT 1");
    if (last.Step()) id = last.GetId(0);
  }
  if (!id) {
    model.body = view::Form{};
    model.empty = Say("No mapping is remembered yet; look at a table first.");
    model.actions = {{Say("Map the columns of a table"), "registrations.map", {}}};
    return model;
  }
  const StoredMapping stored = GetMapping(reading, *id);
  model.title = Say("Mapping: {0}", stored.name);
  model.population.description = Say("Which column of such tables is what");
  model.population.facts = {{"columns", Say("Columns"), static_cast<std::int64_t>(stored.columns.size())}};
  model.body = MappingForm(reading, stored).Build();
  return model;
}

}  // namespace

void AddMappingCommands(Registry& registry) {
  EntityKind kind{.kind = "mapping", .table = "import_mapping", .label = Say("mapping")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM import_mapping WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, name FROM import_mapping ORDER BY name");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"registrations.mapping", {{"mapping", id}}}; };
  registry.Add(std::move(kind));
  registry.Add(LookCommand(ProgramsOf(registry)));
  registry.Add(SetCommand());
  registry.Add(DeleteCommand());
}

void AddMappingView(Registry& registry) {
  View mapping;
  mapping.id = "registrations.mapping";
  mapping.kind = view::Kind::kForm;
  mapping.label = Say("Mapping of columns");
  mapping.help = Say("Which column of a table is what when registrations are imported.");
  mapping.parameters = {TheMapping(false)};
  mapping.build = &ShowMapping;
  registry.Add(std::move(mapping));
}

}  // namespace meerstem::registrations
