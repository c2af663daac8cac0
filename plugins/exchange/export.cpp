// exchange.export: the study leaves as a project or codebook that other tools open, and says what stays behind.
#include <filesystem>
#include <memory>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "plugins/exchange/export_project.h"
#include "plugins/exchange/part.h"

namespace meerstem::exchange {
namespace {

std::string Ending(const std::string& path) {
  return LowerAscii(std::filesystem::path(path).extension().string());
}

view::Model ShowLines(const std::string& file, const std::vector<Line>& lines) {
  std::vector<view::Row> rows;
  const auto number = [](std::int64_t value) { return value == 0 ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = value}; };
  for (const auto& line : lines) {
    rows.push_back({.key = std::to_string(rows.size()),
                    .cells = {{.value = line.what}, number(line.found), number(line.added), number(line.dropped),
                              line.remark.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = line.remark}}});
  }
  view::Model model;
  model.title = Say("What goes out in “{0}”", file);
  model.body = view::Table{{{"what", Say("What")},
                            {"found", Say("In the study"), view::ColumnType::kInteger},
                            {"added", Say("Goes out"), view::ColumnType::kInteger},
                            {"dropped", Say("Stays behind"), view::ColumnType::kInteger},
                            {"remark", Say("Remark"), view::ColumnType::kText, 60}},
                           view::MakeRows(std::move(rows))};
  return model;
}

struct Export {
  std::string target;
  std::string ending;
  Package package;
  std::vector<Line> lines;
};

Plan PrepareExport(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  const std::string target = arguments.Text("to");
  const std::string ending = Ending(target);
  if (ending != ".qdpx" && ending != ".qdc") throw Usage("“{0}”: the name tells what is wanted; let it end in .qdpx (everything) or .qdc (the codebook).", target);
  std::string study;
  {
    auto row = reading.Query("SELECT file FROM pragma_database_list WHERE name = 'main'");
    if (row.Step()) study = row.Text(0);
  }
  RequireTarget(target, study);
  auto out = std::make_shared<Export>();
  out->target = target;
  out->ending = ending;
  if (ending == ".qdc") {
    out->lines = WriteCodebook(reading, out->package);
  } else {
    ExportOptions options{.name = std::filesystem::path(study).stem().string(), .nvivo = arguments.Text("places") == "nvivo", .purpose = arguments.Text("for") == "archive" ? Purpose::kArchive : Purpose::kExport};
    auto newest = reading.Query("SELECT actor, at FROM journal ORDER BY seq DESC LIMIT 1");
    if (newest.Step()) {
      options.actor = newest.GetId(0);
      options.now = newest.Int(1);
    }
    out->lines = WriteProject(reading, registry, options, out->package, job);
  }
  Plan plan;
  plan.preview = ShowLines(std::filesystem::path(target).filename().string(), out->lines);
  plan.apply = [out](Applying& applying) {
    applying.job().Progress(0.9, Say("Writing {0}", out->target));
    if (out->ending == ".qdc") out->package.Copy("codebook.qdc", out->target);
    else out->package.Zip(out->target, applying.job());
    for (const auto& line : out->lines) {
      if (line.remark.empty()) applying.outcome.notes.push_back(Say("{0}: {1} of {2} went out.", line.what, line.added, line.found));
      else applying.outcome.notes.push_back(Say("{0}: {1} of {2} went out; {3}.", line.what, line.added, line.found, line.remark));
    }
  };
  return plan;
}

}  // namespace

void RegisterExport(Registry& registry) {
  Command command{.id = "exchange.export",
                  .label = Say("Send out the project"),
                  .help = Say("Writes the study as a project (.qdpx) or its codebook (.qdc) that other tools open (REFI-QDA), names replaced and consent kept, and tells what stays behind.")};
  command.parameters = {{.name = "to", .type = ParameterType::kOutput, .label = Say("File"), .help = Say("A .qdpx for everything, a .qdc for the codebook."), .required = true},
                        {.name = "places",
                         .type = ParameterType::kChoice,
                         .label = Say("Places in texts"),
                         .help = Say("How selections are counted: NVivo counts otherwise than the standard and would shift them."),
                         .choices = {{"standard", Say("By the standard")}, {"nvivo", Say("For NVivo")}},
                         .fallback = "standard"},
                        {.name = "for",
                         .type = ParameterType::kChoice,
                         .label = Say("Use"),
                         .help = Say("Whose words stay behind: of those who may not be quoted, or who may not be archived."),
                         .choices = {{"quoting", Say("To quote from")}, {"archive", Say("For an archive")}},
                         .fallback = "quoting"}};
  command.prepare = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return PrepareExport(registry, reading, arguments, job); };
  registry.Add(std::move(command));
}

}  // namespace meerstem::exchange
