// documents.import-folder: every file of a folder that can be read comes in; the table says what became of each.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "core/base/error.h"
#include "plugins/documents/common.h"
#include "plugins/documents/incoming.h"
#include "plugins/documents/part.h"
#include "plugins/documents/reading.h"

namespace meerstem::documents {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 5000;

struct File {
  std::string name;                  ///< Within the folder.
  std::optional<Incoming> incoming;
  Message refused;                   ///< Why it stays out.
};

std::vector<fs::path> FilesIn(const fs::path& folder, bool within) {
  std::error_code problem;
  if (!fs::is_directory(folder, problem)) throw Refuse("“{0}” is not a folder that can be opened; choose one.", folder.string());
  std::vector<fs::path> files;
  const auto take = [&](const fs::directory_entry& entry) {
    std::error_code ignored;
    // Hidden files are none of the researcher's, nor what Word keeps beside an open document.
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') || name.starts_with("~$") || !entry.is_regular_file(ignored)) return;
    files.push_back(entry.path());
    if (files.size() > kMostFiles) throw Refuse("“{0}” holds more than {1} files; bring them in folder by folder.", folder.string(), kMostFiles);
  };
  if (within) {
    for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, problem), end; !problem && at != end; at.increment(problem)) take(*at);
  } else {
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) take(*at);
  }
  if (problem) throw Refuse("“{0}” cannot be read ({1}); check who may read it.", folder.string(), problem.message());
  std::sort(files.begin(), files.end());
  return files;
}

void RefuseTitle(Reading& reading, const std::string& title, std::set<std::string>& titles) {
  RefuseTakenTitle(reading, title);
  if (!titles.insert(title).second) throw Refuse("Another file of this folder has the title “{0}” too; rename one of them.", title);
}

view::Model PreviewOf(const std::vector<File>& files) {
  auto columns = IncomingColumns();
  columns.insert(columns.begin() + 1, {"becomes", Say("Comes in")});
  std::vector<view::Row> rows;
  std::int64_t coming = 0;
  for (const auto& file : files) {
    std::vector<view::Cell> cells;
    if (file.incoming) {
      ++coming;
      cells = IncomingCells(*file.incoming);
      cells.front().value = file.name;
      cells.insert(cells.begin() + 1, {.value = Say("yes")});
    } else {
      cells = {{.value = file.name}, {.value = Say("no")}};
      cells.resize(columns.size() - 1, {.state = view::State::kEmpty});
      cells.push_back({.value = file.refused});
    }
    rows.push_back({file.name, std::move(cells), {}, {}});
  }
  view::Model model;
  model.title = Say("Files to bring in");
  model.population.facts = {{"files", Say("Files"), static_cast<std::int64_t>(files.size())}, {"coming", Say("Come in"), coming}};
  model.body = view::Table{std::move(columns), view::MakeRows(std::move(rows))};
  return model;
}

Plan PrepareFolder(Reading& reading, const Arguments& arguments, Job& job) {
  const fs::path folder = arguments.Text("folder");
  if (const std::string language = arguments.Text("language"); !language.empty()) CheckedLanguage(language);
  const auto paths = FilesIn(folder, arguments.Flag("subfolders"));
  auto files = std::make_shared<std::vector<File>>();
  std::set<std::string> titles;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    job.Progress(static_cast<double>(i) / static_cast<double>(paths.size()), Say("Reading {0}", TitleOf(paths[i].string())));
    File file{.name = paths[i].lexically_relative(folder).string()};
    try {
      Incoming incoming = ReadIncoming(paths[i].string(), {}, arguments, job);
      RefuseTitle(reading, incoming.title, titles);
      file.incoming = std::move(incoming);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused) throw;
      file.refused = error.message();
    }
    files->push_back(std::move(file));
  }
  const auto coming = std::count_if(files->begin(), files->end(), [](const File& file) { return file.incoming.has_value(); });
  Plan plan;
  plan.preview = PreviewOf(*files);
  plan.group = true;
  plan.apply = [files, arguments, folder, coming](Applying& applying) {
    if (coming == 0) {
      const auto first = files->empty() ? Say("it is empty") : files->front().refused;
      throw Refuse("No file of “{0}” can come in: {1}", folder.string(), first);
    }
    auto& notes = applying.outcome.notes;
    notes.push_back(Say("{0} of {1} files came in.", coming, files->size()));
    std::size_t done = 0;
    for (const auto& file : *files) {
      applying.job().Progress(static_cast<double>(done++) / static_cast<double>(files->size()), Say("Bringing in {0}", file.name));
      if (!file.incoming) {
        notes.push_back(Say("{0} stayed out: {1}", file.name, file.refused));
        continue;
      }
      applying.Run([&](Writing& writing) {
        const Id source = AddIncoming(writing, *file.incoming, arguments);
        applying.outcome.created.push_back(source);
        Report(writing, *file.incoming, source, applying.outcome);
      });
    }
    applying.outcome.show = view::Target{"documents.list", {}};
  };
  return plan;
}

}  // namespace

void RegisterImportFolder(Registry& registry) {
  Command command{.id = "documents.import-folder",
                  .label = Say("Bring in a folder"),
                  .help = Say("Brings in every text of a folder and says what became of each file; what cannot be read stays out.")};
  command.parameters = {{.name = "folder", .type = ParameterType::kFolder, .label = Say("Folder"), .required = true},
                        {.name = "subfolders", .type = ParameterType::kBoolean, .label = Say("With the folders in it")}};
  for (auto& parameter : FactParameters()) command.parameters.push_back(std::move(parameter));
  command.prepare = PrepareFolder;
  registry.Add(std::move(command));
}

}  // namespace meerstem::documents
