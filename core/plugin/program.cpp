#include "core/plugin/program.h"

#include <cstdlib>
#include <filesystem>

#include <boost/dll/runtime_symbol_info.hpp>
#include <pwd.h>
#include <unistd.h>

#include "core/command/engine.h"
#include "core/study/people.h"

namespace meerstem {

namespace fs = std::filesystem;

Folders Folders::BesideProgram() {
  const fs::path root = fs::path(boost::dll::this_line_location().string()).parent_path().parent_path();
  Folders folders{(root / "lib" / "meerstem").string(), (root / "share").string(), (root / "share" / "locale").string(), {}};
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state) folders.state = (fs::path(state) / "meerstem").string();
  else if (const char* home = std::getenv("HOME"); home && *home) folders.state = (fs::path(home) / ".local/state/meerstem").string();
  return folders;
}

Program::Program(Folders folders, std::function<bool(const std::string&)> ask_after_crash, const std::vector<void (*)(Registry&)>& parts)
    : folders_(std::move(folders)), clock_(std::make_shared<SystemClock>()), ids_(std::make_shared<IdSource>(clock_)) {
  registry_.SetDataFolder(folders_.data);
  RegisterCore(registry_);
  for (const auto part : parts) part(registry_);
  plugins_ = PluginHost({folders_.plugins, folders_.state, std::move(ask_after_crash)}).Load(registry_);
}

std::shared_ptr<const Language> Program::LanguageFor(const std::string& tag) const { return Language::Load(tag, folders_.locales); }

Store::Options Program::Options(bool read_only) const {
  return {.read_only = read_only, .clock = clock_, .ids = ids_, .components = registry_.components()};
}

std::unique_ptr<Store> Program::Create(const std::string& path, const std::string& language, const std::string& researcher) const {
  auto store = Store::Create(path, Options(false));
  const Id actor = EnsureResearcher(*store, researcher);
  store->Run({"study.new", Say("New study"), actor}, [&](Writing& writing) { SeedStudy(writing, language); });
  store->Seal();
  return store;
}

std::unique_ptr<Store> Program::Open(const std::string& path, bool read_only) const { return Store::Open(path, Options(read_only)); }

std::string Program::DefaultResearcher() {
  const passwd* user = getpwuid(getuid());
  return user && user->pw_name && *user->pw_name ? user->pw_name : "1";
}

}  // namespace meerstem
