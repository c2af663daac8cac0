#include "core/console/batch.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/base/read_file.h"
#include "core/base/text.h"
#include "core/console/words.h"

namespace meerstem::console {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestBatch = std::size_t{64} << 20;

bool IsPath(ParameterType type) { return type == ParameterType::kFile || type == ParameterType::kFolder || type == ParameterType::kOutput; }

Outcome DoLine(Engine& engine, const std::vector<std::string>& words, const fs::path& folder, const Id& actor) {
  if (engine.registry().FindView(words[0])) throw Refuse("“{0}” is a view; a batch takes commands, which change the study.", words[0]);
  const Command& command = engine.CommandOf(words[0]);
  Options options;
  std::size_t at = 1;
  RawArguments raw = TakeOptions(words, at, &command.parameters, options);
  if (options.format || options.output || options.language || options.as || options.preview || options.help) {
    throw Refuse("--format, --output, --language, --as, --preview and --help go with the whole batch, not with one of its lines.");
  }
  if (options.suppress) throw Refuse("--suppress goes with a view.");
  for (auto& [name, value] : raw) {
    const auto parameter = std::find_if(command.parameters.begin(), command.parameters.end(), [&](const Parameter& p) { return p.name == name; });
    if (parameter != command.parameters.end() && IsPath(parameter->type) && !value.empty()) value = (folder / value).lexically_normal().string();
  }
  Job job;
  return engine.Execute(words[0], engine.Parse(command.parameters, raw), actor, job);
}

}  // namespace

void RequireReadable(const std::string& file) {
  std::error_code error;
  if (!fs::exists(file, error)) throw Refuse("“{0}” does not exist; check the name of the batch file.", file);
  if (!fs::is_regular_file(file, error) || !std::ifstream(file)) throw Refuse("“{0}” cannot be read; a batch is a text file.", file);
}

Outcome RunBatch(Engine& engine, const std::string& file, const Id& actor, std::int64_t& commands) {
  RequireReadable(file);
  const std::string bytes = ReadFile(file, kLargestBatch);
  if (!IsValidUtf8(bytes)) throw Refuse("“{0}” cannot be read; a batch is a text file.", file);
  const std::string text = CleanText(bytes);
  const fs::path folder = fs::absolute(file).parent_path();
  Outcome all;
  commands = 0;
  Store::Group group(engine.store(), {"batch", Say("Batch of commands"), actor});
  std::int64_t number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    const std::string_view line = std::string_view(text).substr(start, end - start);
    start = end + 1;
    ++number;
    try {
      const auto words = SplitLine(line);
      if (words.empty()) continue;
      Outcome outcome = DoLine(engine, words, folder, actor);
      all.changed.Add(outcome.changed);
      all.created.insert(all.created.end(), outcome.created.begin(), outcome.created.end());
      all.notes.insert(all.notes.end(), outcome.notes.begin(), outcome.notes.end());
      ++commands;
    } catch (const Error& error) {
      // The call was right, one of its lines was not: refused rather than wrong usage.
      throw Error(error.code() == ErrorCode::kUsage ? ErrorCode::kRefused : error.code(), Say("{0}, line {1}: {2}", file, number, error.message()));
    } catch (const std::exception& error) {
      throw Error(ErrorCode::kInternal, Say("{0}, line {1}: {2}", file, number, std::string(error.what())));
    }
  }
  group.Close();
  return all;
}

}  // namespace meerstem::console
