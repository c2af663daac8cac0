// exchange.import: a project of another tool comes in, and says what became of it.
#include <filesystem>
#include <memory>

#include "core/base/error.h"
#include "core/store/header.h"
#include "plugins/exchange/native.h"
#include "plugins/exchange/part.h"
#include "plugins/exchange/read_refi.h"
#include "plugins/exchange/read_study.h"
#include "plugins/exchange/write_import.h"

namespace meerstem::exchange {
namespace {

std::int64_t Newest(Reading& reading) { return reading.Number("SELECT ifnull(max(seq), 0) FROM journal"); }

/// Of the plugin that knows conversations, where it is loaded.
constexpr const char* kFindSpeakers = "documents.find-speakers";

/// What was read and how it lies beside the study; kept from the preview to the deed.
struct Import {
  std::string file;
  Project project;
  Resolved resolved;
  std::int64_t seen = 0;
};

void AddNotes(const Report& report, Outcome& outcome) {
  if (!report.offsets.empty()) outcome.notes.push_back(Say("Places counted in {0}.", report.offsets));
  for (const auto& line : report.lines) {
    if (line.found > 0) {
      outcome.notes.push_back(Say("{0}: {1} in the file, {2} new, {3} already there, {4} kept unseen, {5} left out.", line.what, line.found, line.added, line.present, line.kept, line.dropped));
    } else {
      outcome.notes.push_back(Say("{0}: {1}; {2}.", line.what, line.dropped, line.remark));
    }
  }
}

Plan PrepareImport(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  auto import = std::make_shared<Import>();
  if (const std::string file = arguments.Text("file"); IsStudy(file)) {
    import->file = std::filesystem::path(file).filename().string();
    import->project = ReadStudy(reading, registry, file, job);
  } else if (IsNative(file)) {
    import->file = NativeName(file);
    import->project = ReadNative(file, job);
  } else if (IsCodebookTable(file)) {
    import->file = std::filesystem::path(file).filename().string();
    import->project = ReadCodebookTable(file);
  } else {
    const auto files = ProjectFiles::Open(file);
    import->file = files->name();
    import->project = ReadRefi(*files, job);
  }
  import->seen = Newest(reading);
  import->resolved = Resolve(reading, import->project, import->file, job);
  Plan plan;
  plan.preview = ShowReport(import->resolved.report);
  plan.group = true;
  plan.apply = [import, find_speakers = registry.FindCommand(kFindSpeakers) != nullptr, kind = arguments.Text("kind")](Applying& applying) {
    // Someone may have changed the study since the preview.
    if (const auto now = applying.store().Read(); Newest(*now) != import->seen) import->resolved = Resolve(*now, import->project, import->file, applying.job());
    if (import->resolved.empty()) {
      applying.outcome.notes.push_back(Say("Everything of “{0}” is in the study already.", import->file));
      return;
    }
    WriteImport(applying, import->resolved, kind);
    AddNotes(import->resolved.report, applying.outcome);
    if (const auto texts = static_cast<std::int64_t>(import->resolved.sources.size()); texts > 0 && find_speakers) {
      applying.outcome.notes.push_back(SayCount("Who speaks in the {0} new text is not known yet; documents.find-speakers looks for the names in it.",
                                                "Who speaks in the {0} new texts is not known yet; documents.find-speakers looks for the names in them.", texts));
    }
  };
  return plan;
}

Command ImportCommand(const Registry& registry) {
  Command command{.id = "exchange.import",
                  .label = Say("Bring in a project"),
                  .help = Say("Brings in a project or codebook of another tool (REFI-QDA: .qdpx, .qde, .qdc; or what QualCoder, Taguette and RQDA keep themselves), or a copy of this study in which somebody else coded (.meerstem), with texts, codes, codings, coders, memos, cases and variables, and reports what was left out.")};
  command.parameters = {
      {.name = "file", .type = ParameterType::kFile, .label = Say("File"), .help = Say("A .qdpx, .qde or .qdc; data.qda in a folder of QualCoder, .sqlite3 of Taguette, .rqda of RQDA; a .meerstem; a .csv of codes."), .required = true},
      {.name = "kind",
       .type = ParameterType::kChoice,
       .label = Say("Kind"),
       .help = Say("What the texts are, where the project does not say."),
       .choices = {{"interview", Say("Interview")}, {"focus_group", Say("Focus group")}, {"field_note", Say("Field note")}, {"document", Say("Document")}, {"literature", Say("Literature")}},
       .fallback = "document"}};
  command.prepare = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return PrepareImport(registry, reading, arguments, job); };
  return command;
}

View ReportView(const Registry& registry) {
  View view{.id = "exchange.report", .kind = view::Kind::kTable, .label = Say("What an import brought"), .help = Say("What came in with a project, line by line, and what was left out and why.")};
  view.parameters = {{.name = "import", .type = ParameterType::kEntity, .label = Say("Import"), .help = Say("Default: the last one."), .entity_kind = "import"}};
  view.build = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    std::optional<Id> import = arguments.Entity("import");
    if (!import) {
      auto row = reading.Query("SELECT id FROM exchange_import ORDER BY at DESC, id DESC LIMIT 1");
      if (row.Step()) import = row.GetId(0);
    }
    if (import) {
      view::Model model = ShowReport(LoadReport(reading, *import));
      const bool silent = reading.Number("SELECT EXISTS (SELECT 1 FROM source WHERE kind <> 'remark' AND NOT EXISTS (SELECT 1 FROM speaker WHERE source_id = source.id))") != 0;
      if (silent && registry.FindCommand(kFindSpeakers)) model.actions = {{Say("Find the speakers"), kFindSpeakers, {}}};
      return model;
    }
    view::Model model = ShowReport({});
    model.title = Say("What an import brought");
    model.notes.clear();
    model.empty = Say("No project came in yet.");
    model.actions = {{Say("Bring in a project"), "exchange.import", {}}};
    return model;
  };
  return view;
}

}  // namespace

void RegisterImport(Registry& registry) {
  registry.Add(ImportCommand(registry));
  registry.Add(ReportView(registry));
}

}  // namespace meerstem::exchange
