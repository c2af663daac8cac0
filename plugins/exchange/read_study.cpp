#include "plugins/exchange/read_study.h"

#include <filesystem>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "plugins/exchange/export_project.h"
#include "plugins/exchange/files.h"
#include "plugins/exchange/read_refi.h"

namespace meerstem::exchange {

Project ReadStudy(Reading& ours, const Registry& registry, const std::string& path, Job& job) {
  const std::string name = std::filesystem::path(path).filename().string();
  {
    auto row = ours.Query("SELECT file FROM pragma_database_list WHERE name = 'main'");
    std::error_code error;
    if (row.Step() && std::filesystem::equivalent(path, row.Text(0), error)) throw Refuse("“{0}” is this study itself; choose the copy in which somebody else worked.", name);
  }
  const auto clock = std::make_shared<SystemClock>();
  const auto store = Store::Open(path, {.read_only = true, .clock = clock, .ids = std::make_shared<IdSource>(clock), .components = registry.components()});
  const auto theirs = store->Read();
  ExportOptions options{.name = name};
  options.as_stored = [&](const Id& source) {
    auto mine = ours.Query("SELECT content_hash FROM source WHERE id = ?", source), other = theirs->Query("SELECT content_hash FROM source WHERE id = ?", source);
    return mine.Step() && other.Step() && mine.GetId(0) == other.GetId(0);
  };
  Package package;
  WriteProject(*theirs, registry, options, package, job);
  const auto files = ProjectFiles::Open(package.PathOf("project.qde"));
  return ReadRefi(*files, job);
}

}  // namespace meerstem::exchange
