// Variables of cases and people from a table: every column that is not the name of the case or person becomes one.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/study/people.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/export_table.h"
#include "plugins/registrations/table_file.h"
#include "plugins/registrations/variable_meaning.h"

namespace meerstem::registrations {
namespace {

constexpr std::size_t kValuesPerRun = 2'000;

/// As REFI-QDA names them, from narrow to wide: a column has the first that all of its values fit.
enum Type { kInteger, kFloat, kDate, kText };
constexpr const char* kTypes[] = {"integer", "float", "date", "text"};

/// A number with a decimal point, also when it was written with a comma.
std::optional<std::string> Number(std::string text) {
  std::replace(text.begin(), text.end(), ',', '.');
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return text;
}

/// Whether a time of day stands behind the date, which a date alone would lose.
bool HasTime(const std::string& text) {
  const auto time = text.find_first_of(" T");
  return time != std::string::npos && text.find_first_of("123456789", time) != std::string::npos;
}

bool Fits(const std::string& text, Type type) {
  if (type == kText) return true;
  if (type == kDate) return ReadTableDay(text) && !HasTime(text);
  const auto number = Number(text);
  return number && (type == kFloat || number->find_first_not_of("-0123456789") == std::string::npos);
}

std::string Stored(const std::string& text, Type type) {
  if (type == kDate) return ToIso(*ReadTableDay(text));
  return type == kFloat ? *Number(text) : text;
}

struct Values {
  struct Column {
    std::string name;
    TableColumn meaning;
    std::vector<std::pair<std::string, std::string>> missing;  ///< Codes declared missing, by whom.
    Type type = kInteger;
    std::vector<std::pair<std::string, std::string>> values;  ///< By what the file calls the case or person.
  };
  std::vector<Column> columns;
  std::vector<BadRow> bad;
  std::vector<std::string> fresh;  ///< Cases or people that are made, in the order of the file.
  std::int64_t nameless = 0;       ///< Columns with values that nothing could be called by.
  std::int64_t rows = 0;
};

/// The code behind a missing value, which a cell shows by its label.
std::string LabelledCode(const TableColumn& column, const std::string& shown) {
  for (const auto& [code, label] : column.labels) {
    if (label == shown) return code;
  }
  return shown;
}

Values ReadValues(Reading& reading, const Arguments& arguments, const std::string& programs, Job& job) {
  const std::string kind = arguments.Text("for"), role = kind == "case" ? "case" : "member";
  Mapping mapping = MappingOf(reading, arguments);
  // Files of a survey often have nobody's name: their rows are numbered.
  const std::string prefix = Trim(arguments.Text("number-rows"));
  std::vector<std::string> required;
  if (prefix.empty()) required.push_back(role);
  // Nothing tells which line names the columns, then: the first, unless another is said.
  else if (mapping.options.header == 0) mapping.options.header = 1;
  TableFile file(arguments.Text("file"), mapping, required, {}, programs, job);
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  const std::size_t named = prefix.empty() ? ColumnOf(mapping, file.columns(), role).value_or(kNone) : kNone;
  const auto wanted = arguments.Texts("column");
  Values values;
  std::vector<std::size_t> at;
  std::vector<std::map<std::string, std::string>> called;
  std::set<std::string> taken;
  std::set<std::size_t> nameless;
  for (std::size_t i = 0; i < file.columns().size(); ++i) {
    const std::string& name = file.columns()[i].name;
    if (name.empty()) nameless.insert(i);
    const bool asked = wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) { return FoldText(one) == FoldText(name); });
    if (i == named || name.empty() || !asked) continue;
    at.push_back(i);
    // Several columns of one name are several variables.
    std::string one = name;
    for (int n = 2; !taken.insert(one).second; ++n) one = name + " " + std::to_string(n);
    values.columns.push_back({one, file.columns()[i], {}, kInteger, {}});
    called.push_back(CalledBy(file.columns()[i]));
  }
  if (at.size() < std::max<std::size_t>(wanted.size(), 1)) throw Refuse("“{0}” has no such column beside “{1}”.", arguments.Text("file"), prefix.empty() ? file.columns()[named == kNone ? 0 : named].name : prefix);
  const auto names = NamesOf(reading, kind);
  const bool make = arguments.Flag("make-new") || !prefix.empty();
  std::map<std::string, std::int64_t> seen;
  std::int64_t number = 0;
  while (file.Next()) {
    job.Progress(0, Say("Reading the table"));
    const std::string who = prefix.empty() ? file.Get(role) : prefix + std::to_string(++number);
    std::erase_if(nameless, [&](std::size_t column) {
      const bool filled = !file.Cell(column).text.empty();
      values.nameless += filled;
      return filled;
    });
    const bool known = names.contains(who) || (make && !who.empty());
    const bool twice = known && !seen.emplace(who, file.line()).second;
    if (!known || twice) {
      NoteBadRow(values.bad, {file.line(), kind == "case" ? who : "", kind == "case" ? "" : who, {}, {}, {},
                              twice ? Say("the same one stands on line {0} already.", seen[who])
                              : kind == "case" ? Say("there is no case “{0}” in the study; import the families first.", file.Get(role))
                                               : Say("there is no person “{0}” in the study.", file.Get(role))});
      continue;
    }
    ++values.rows;
    if (!names.contains(who)) values.fresh.push_back(who);
    for (std::size_t i = 0; i < at.size(); ++i) {
      const TableCell& cell = file.Cell(at[i]);
      if (cell.text.empty()) continue;
      auto& column = values.columns[i];
      if (cell.missing) {
        column.missing.emplace_back(who, LabelledCode(column.meaning, cell.text));
        continue;
      }
      // A labelled value is its label: that is what a reader understands.
      const auto label = called[i].find(cell.text);
      std::string text = label == called[i].end() ? cell.text : label->second;
      while (!Fits(text, column.type)) column.type = static_cast<Type>(column.type + 1);
      column.values.emplace_back(who, std::move(text));
    }
  }
  // A column may have begun as numbers and turned out to be dates or words: earlier values must fit too.
  for (auto& column : values.columns) {
    while (!std::all_of(column.values.begin(), column.values.end(), [&](const auto& value) { return Fits(value.second, column.type); })) {
      column.type = static_cast<Type>(column.type + 1);
    }
    if (column.values.empty()) column.type = kText;
  }
  return values;
}

/// The variable of that name, of the type that its new values and those it has already both fit.
Id EnsureVariable(Writing& writing, const std::string& name, const std::string& kind, const char* type) {
  {
    auto row = writing.Query("SELECT id, type FROM variable WHERE name = ? AND entity_kind = ?", name, kind);
    if (row.Step()) {
      const Id id = row.GetId(0);
      const std::string there = row.Text(1);
      if (there == type) return id;
      const bool numbers = (there == "integer" || there == "float") && (std::string_view(type) == "integer" || std::string_view(type) == "float");
      writing.Do("UPDATE variable SET type = ?1 WHERE id = ?2 AND type <> ?1", numbers ? "float" : "text", id);
      return id;
    }
  }
  const Id id = writing.NewId();
  writing.Do("INSERT INTO variable (id, name, type, entity_kind, order_key) VALUES (?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM variable))", id, name, type, kind);
  return id;
}

void StoreValue(Writing& writing, const Id& variable, const Id& entity, const std::string& value) {
  std::optional<Id> there;
  {
    auto row = writing.Query("SELECT id FROM variable_value WHERE variable_id = ? AND entity_id = ?", variable, entity);
    if (row.Step()) there = row.GetId(0);
  }
  if (there) writing.Do("UPDATE variable_value SET value = ?1 WHERE id = ?2 AND value <> ?1", value, *there);
  else writing.Do("INSERT INTO variable_value (id, variable_id, entity_id, value) VALUES (?, ?, ?, ?)", writing.NewId(), variable, entity, value);
}

void StoreMissing(Writing& writing, const Id& variable, const Id& entity, const std::string& code) {
  writing.Do("DELETE FROM variable_missing WHERE variable_id = ? AND entity_id = ?", variable, entity);
  writing.Do("INSERT INTO variable_missing (id, variable_id, entity_id, code) VALUES (?, ?, ?, ?)", writing.NewId(), variable, entity, code);
}

void Apply(const Values& values, const std::string& kind, Applying& applying) {
  for (std::size_t first = 0; first < values.fresh.size(); first += kValuesPerRun) {
    applying.Run([&](Writing& writing) {
      for (std::size_t i = first; i < std::min(values.fresh.size(), first + kValuesPerRun); ++i) {
        applying.outcome.created.push_back(kind == "case" ? EnsureCase(writing, values.fresh[i]) : EnsurePerson(writing, values.fresh[i]));
      }
    });
  }
  std::map<std::string, Id> names;
  {
    auto reading = applying.store().Read();
    names = NamesOf(*reading, kind);
  }
  for (const auto& column : values.columns) {
    for (std::size_t first = 0; first < std::max<std::size_t>(column.values.size(), 1); first += kValuesPerRun) {
      applying.job().Progress(static_cast<double>(first) / static_cast<double>(std::max<std::size_t>(column.values.size(), 1)), Say("Importing variables"));
      applying.Run([&](Writing& writing) {
        const Id variable = EnsureVariable(writing, column.name, kind, kTypes[column.type]);
        if (first == 0) {
          applying.outcome.created.push_back(variable);
          if (!SaysNothing(column.meaning)) StoreMeaning(writing, variable, column.meaning);
          for (const auto& [who, code] : column.missing) StoreMissing(writing, variable, names.at(who), code);
        }
        for (std::size_t i = first; i < std::min(column.values.size(), first + kValuesPerRun); ++i) {
          StoreValue(writing, variable, names.at(column.values[i].first), Stored(column.values[i].second, column.type));
        }
      });
    }
  }
}

/// yyyy-mm-dd, or yyyy-mm-ddThh:mm:ss with thousandths where there are any.
std::optional<Moment> ReadMoment(const std::string& text) {
  const auto day = ReadTableDay(text);
  if (!day) return std::nullopt;
  const auto time = text.find_first_of(" T");
  if (time == std::string::npos) return Moment{*day};
  int hours = 0, minutes = 0, seconds = 0, thousandths = 0;
  if (std::sscanf(text.c_str() + time + 1, "%2d:%2d:%2d.%3d", &hours, &minutes, &seconds, &thousandths) < 3) return std::nullopt;
  return Moment{*day, ((hours * 60 + minutes) * 60 + seconds) * 1'000 + thousandths};
}

/// A value as it was stored, in the type of its column; as text where it does not fit.
ExportCell CellOf(const std::string& value, ExportColumn::Type type) {
  using Type = ExportColumn::Type;
  if (type == Type::kDate) {
    if (const auto date = ParseDate(value)) return *date;
  } else if (type == Type::kMoment) {
    if (const auto moment = ReadMoment(value)) return *moment;
  } else if (type != Type::kText) {
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc() && end == value.data() + value.size()) return number;
  }
  return value;
}

/// The column as the statistics file had it; nullopt when a value has come that is none of that file's.
std::optional<ExportColumn> ColumnAsItCame(Reading& reading, const Id& variable, const std::string& name, const TableColumn& meaning) {
  ExportColumn column = AsColumn(name, meaning);
  if (column.type == ExportColumn::Type::kText) return column;
  auto values = reading.Query("SELECT DISTINCT value FROM variable_value WHERE variable_id = ?", variable);
  while (values.Step()) {
    if (std::holds_alternative<std::string>(CellOf(CodeOf(meaning, values.Text(0)), column.type))) return std::nullopt;
  }
  return column;
}

Command ExportCommand() {
  Command command;
  command.id = "registrations.export-variables";
  command.label = Say("Export variables of families or people");
  command.help = Say("A line for each case or person and a column for each variable, as CSV, XLSX, SPSS (.sav, .zsav) or Stata (.dta). What came from such a file goes out with its labels and missing values.");
  command.parameters = {{.name = "to", .type = ParameterType::kOutput, .label = Say("File"), .help = Say(".csv, .xlsx, .sav, .zsav or .dta"), .required = true},
                        {.name = "for", .type = ParameterType::kChoice, .label = Say("Variables of"), .choices = {{"case", Say("families")}, {"person", Say("people")}}, .fallback = "case"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string path = arguments.Text("to"), kind = arguments.Text("for");
    RequireTarget(path);
    Plan plan;
    plan.apply = [path, kind](Applying& applying) {
      RefuseStudyItself(path, applying.store());
      auto reading = applying.store().Read();
      ExportTable table;
      table.title = kind;
      table.columns = {{kind == "case" ? "case" : "member", {}, ExportColumn::Type::kText}};
      std::map<Id, std::size_t> variables;
      std::map<Id, TableColumn> meanings;
      std::map<std::pair<Id, Id>, std::string> missing;  // By case or person, and variable.
      {
        auto rows = reading->Query("SELECT id, name, type FROM variable WHERE entity_kind = ? ORDER BY order_key, name", kind);
        while (rows.Step()) {
          const Id id = rows.GetId(0);
          const std::string name = rows.Text(1), type = rows.Text(2);
          variables[id] = table.columns.size();
          const auto meaning = KeepsCodes(path) ? MeaningOf(*reading, id) : std::nullopt;
          if (auto column = meaning ? ColumnAsItCame(*reading, id, name, *meaning) : std::nullopt) {
            table.columns.push_back(std::move(*column));
            meanings.emplace(id, *meaning);
            continue;
          }
          using Type = ExportColumn::Type;
          table.columns.push_back({name, name, type == "date" ? Type::kDate : type == "float" ? Type::kReal : type == "integer" || type == "boolean" ? Type::kNumber : Type::kText});
        }
      }
      if (!meanings.empty()) {
        auto rows = reading->Query("SELECT entity_id, variable_id, code FROM variable_missing");
        while (rows.Step()) missing[{rows.GetId(0), rows.GetId(1)}] = rows.Text(2);
      }
      if (variables.empty()) throw Refuse("The study has no such variables yet; registrations.import-variables brings them in.");
      std::int64_t rows = 0;
      table.each = [&](const auto& tell) {
        rows = 0;
        auto values = reading->Query(kind == "case" ? "SELECT study_case.id, code, variable_id, value FROM study_case LEFT JOIN variable_value ON entity_id = study_case.id ORDER BY study_case.order_key, study_case.id"
                                                    : "SELECT person.id, pseudonym, variable_id, value FROM person JOIN variable_value ON entity_id = person.id ORDER BY pseudonym, person.id");
        Id now;
        std::vector<ExportCell> row;
        const auto finish = [&] {
          if (row.empty()) return;
          ++rows;
          tell(row);
        };
        while (values.Step()) {
          if (row.empty() || values.GetId(0) != now) {
            finish();
            now = values.GetId(0);
            row.assign(table.columns.size(), ExportCell());
            row[0] = values.Text(1);
            for (auto at = missing.lower_bound({now, Id{}}); at != missing.end() && at->first.first == now; ++at) {
              const auto variable = variables.find(at->first.second);
              if (variable == variables.end() || !meanings.contains(variable->first)) continue;
              // A code is a number, also where numbers are shown as dates.
              row[variable->second] = CellOf(at->second, meanings.at(variable->first).text ? ExportColumn::Type::kText : ExportColumn::Type::kReal);
            }
          }
          const auto variable = variables.find(values.GetId(2));
          if (variable == variables.end()) continue;
          const auto meaning = meanings.find(variable->first);
          row[variable->second] = CellOf(meaning == meanings.end() ? values.Text(3) : CodeOf(meaning->second, values.Text(3)), table.columns[variable->second].type);
        }
        finish();
      };
      WriteTable(table, path);
      applying.outcome.notes.push_back(SayCount("{0} row was written to “{1}”.", "{0} rows were written to “{1}”.", rows, path));
    };
    return plan;
  };
  return command;
}

}  // namespace

void AddVariables(Registry& registry) {
  EntityKind kind{.kind = "variable", .table = "variable", .label = Say("variable")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM variable WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, name FROM variable ORDER BY order_key, name");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  registry.Add(std::move(kind));

  Command import;
  import.id = "registrations.import-variables";
  import.label = Say("Import variables of families or people");
  import.help = Say("Reads a table with a line for each case or person: every other column becomes a variable, by which numbers can be split. Labelled values come in as their labels.");
  import.parameters = RosterParameters(Say("Variables of"), "case");
  for (auto& parameter : FileParameters()) import.parameters.push_back(std::move(parameter));
  import.prepare = [programs = ProgramsOf(registry)](Reading& reading, const Arguments& arguments, Job& job) {
    auto values = std::make_shared<Values>(ReadValues(reading, arguments, programs, job));
    std::vector<Message> notes = {Say("{0} of {1}.", SayCount("{0} variable", "{0} variables", static_cast<std::int64_t>(values->columns.size())),
                                      arguments.Text("for") == "case" ? SayCount("{0} case", "{0} cases", values->rows) : SayCount("{0} person", "{0} people", values->rows))};
    if (values->nameless > 0) {
      notes.push_back(SayCount("{0} column with values has no name and stays out; name it in the file, or say with --header which line names the columns.",
                               "{0} columns with values have no name and stay out; name them in the file, or say with --header which line names the columns.", values->nameless));
    }
    if (!values->bad.empty()) notes.push_back(StayOut(values->bad.size()));
    Plan plan;
    plan.preview = DryRun(values->bad, notes);
    plan.group = true;
    plan.apply = [values, notes, kind = arguments.Text("for"), skip = arguments.Flag("skip-bad")](Applying& applying) {
      RefuseBadRows(values->bad, skip);
      Apply(*values, kind, applying);
      applying.outcome.notes = notes;
    };
    return plan;
  };
  registry.Add(std::move(import));
  registry.Add(ExportCommand());
}

}  // namespace meerstem::registrations
