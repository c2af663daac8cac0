// exchange.export-data: the study leaves as tables that R, Python and SPSS read.
#include <filesystem>
#include <memory>

#include "core/base/language.h"
#include "plugins/exchange/data_folder.h"
#include "plugins/exchange/part.h"

namespace meerstem::exchange {
namespace {

struct Tables {
  std::string target;
  Package package;
  std::vector<DataFile> files;
};

view::Model ShowTables(const Tables& tables) {
  std::vector<view::Row> rows;
  for (const auto& file : tables.files) {
    rows.push_back({.key = file.name(), .cells = {{.value = file.name()}, {.value = file.label()}, {.value = file.rows()}, {.value = static_cast<std::int64_t>(file.columns().size())}}});
  }
  view::Model model;
  model.title = Say("What goes out in “{0}”", std::filesystem::path(tables.target).filename().string());
  model.body = view::Table{{{"file", Say("File")}, {"what", Say("What")}, {"rows", Say("Rows"), view::ColumnType::kInteger}, {"columns", Say("Columns"), view::ColumnType::kInteger}}, view::MakeRows(std::move(rows))};
  return model;
}

Plan PrepareData(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  auto tables = std::make_shared<Tables>();
  tables->target = arguments.Text("to");
  while (tables->target.size() > 1 && tables->target.ends_with('/')) tables->target.pop_back();
  RequireFreeFolder(tables->target);
  tables->files = WriteData(reading, tables->package, job);
  std::string study;
  {
    auto row = reading.Query("SELECT file FROM pragma_database_list WHERE name = 'main'");
    if (row.Step()) study = std::filesystem::path(row.Text(0)).stem().string();
  }
  const auto language = Language::Load(arguments.Text("words"), registry.data_folder() + "/locale");
  WriteScripts(tables->files, study, *language, tables->package);
  Plan plan;
  plan.preview = ShowTables(*tables);
  plan.apply = [tables](Applying& applying) {
    tables->package.Folder(tables->target, applying.job());
    for (const auto& file : tables->files) applying.outcome.notes.push_back(Say("{0}: {1}.", file.name(), SayCount("{0} row", "{0} rows", file.rows())));
  };
  return plan;
}

}  // namespace

void RegisterExportData(Registry& registry) {
  Command command{.id = "exchange.export-data",
                  .label = Say("Send out tables for statistics"),
                  .help = Say("Writes texts, codes, quotes, codings, cases by codes (counts and 0/1), values and answers as CSV files into a new folder, with a dictionary of every column and scripts that read them in R, "
                              "Python and SPSS; names replaced and consent kept.")};
  command.parameters = {{.name = "to", .type = ParameterType::kFolder, .label = Say("Folder"), .help = Say("A new or an empty folder."), .required = true},
                        {.name = "words",
                         .type = ParameterType::kChoice,
                         .label = Say("Language of the dictionary"),
                         .choices = {{"nl", Say("Dutch")}, {"en", Say("English")}},
                         .fallback = "en"}};
  command.prepare = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return PrepareData(registry, reading, arguments, job); };
  registry.Add(std::move(command));
}

}  // namespace meerstem::exchange
