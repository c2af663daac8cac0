// documents.import: files that were chosen one by one; all of them, or none.
#include <memory>
#include <set>

#include "core/base/error.h"
#include "plugins/documents/common.h"
#include "plugins/documents/incoming.h"
#include "plugins/documents/part.h"
#include "plugins/documents/reading.h"

namespace meerstem::documents {
namespace {

view::Model PreviewOf(const std::vector<Incoming>& files) {
  std::vector<view::Row> rows;
  for (const auto& file : files) rows.push_back({file.document.file_name, IncomingCells(file), {}, {}});
  view::Model model;
  model.title = Say("Files to bring in");
  model.body = view::Table{IncomingColumns(), view::MakeRows(std::move(rows))};
  return model;
}

Plan PrepareImport(Reading& reading, const Arguments& arguments, Job& job) {
  const auto paths = arguments.Texts("file");
  if (paths.size() > 1 && arguments.Has("title")) throw Refuse("--title names one text; leave it out and each of the {0} files takes its own name as title.", paths.size());
  if (const std::string language = arguments.Text("language"); !language.empty()) CheckedLanguage(language);
  auto files = std::make_shared<std::vector<Incoming>>();
  std::set<std::string> titles;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    job.Progress(static_cast<double>(i) / static_cast<double>(paths.size()), Say("Reading {0}", TitleOf(paths[i])));
    files->push_back(ReadIncoming(paths[i], Trim(arguments.Text("title")), arguments, job));
    const std::string& title = files->back().title;
    RefuseTakenTitle(reading, title);
    if (!titles.insert(title).second) throw Refuse("Two of these files would have the title “{0}”; bring them in one by one, with --title.", title);
  }
  Plan plan;
  plan.preview = PreviewOf(*files);
  plan.group = files->size() > 1;
  plan.apply = [files, arguments](Applying& applying) {
    for (std::size_t i = 0; i < files->size(); ++i) {
      const Incoming& incoming = (*files)[i];
      applying.job().Progress(static_cast<double>(i) / static_cast<double>(files->size()), Say("Bringing in {0}", incoming.title));
      applying.Run([&](Writing& writing) {
        const Id source = AddIncoming(writing, incoming, arguments);
        applying.outcome.created.push_back(source);
        Report(writing, incoming, source, applying.outcome);
      });
    }
    if (files->size() == 1) applying.outcome.show = DocumentTarget(applying.outcome.created.front());
    else applying.outcome.show = view::Target{"documents.list", {}};
  };
  return plan;
}

}  // namespace

void RegisterImport(Registry& registry) {
  Command command{.id = "documents.import",
                  .label = Say("Bring in texts"),
                  .help = Say("Brings in transcripts and other texts and finds who speaks where: Word, OpenDocument, RTF, PDF, HTML, EPUB, Markdown, plain text, subtitles, and files of Praat, Transcriber and ELAN."),
                  .key = "Ctrl+I"};
  command.parameters = {{.name = "file", .type = ParameterType::kFile, .label = Say("File"), .help = Say("{0}; several come in together.", KnownKinds()), .required = true, .list = true},
                        {.name = "title", .label = Say("Title"), .help = Say("Default: the name of the file.")}};
  for (auto& parameter : FactParameters()) command.parameters.push_back(std::move(parameter));
  command.prepare = PrepareImport;
  registry.Add(std::move(command));
}

}  // namespace meerstem::documents
