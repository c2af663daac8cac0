#include "core/plugin/host.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include <boost/dll/library_info.hpp>
#include <boost/dll/shared_library.hpp>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/plugin/plugin.h"

namespace meerstem {
namespace {

namespace fs = std::filesystem;

constexpr char kSectionPrefix[] = "meerstem.";

struct Candidate {
  PluginReport report;
  boost::dll::shared_library library;
  const PluginFace* face = nullptr;
  std::vector<std::string> needs;
};

/// Stands only around the load and create of one plugin, named after the plugin and this process; the kernel frees its
/// lock when the process dies, so that a mark without a lock means: a start stopped right there. Another Meerstem that
/// is starting has a mark of its own.
class LoadMark {
 public:
  LoadMark(const std::string& folder, const std::string& id) {
    if (folder.empty()) return;
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    path_ = (fs::path(folder) / (Prefix(id) + std::to_string(getpid()))).string();
    file_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ >= 0) flock(file_, LOCK_EX | LOCK_NB);
  }
  ~LoadMark() {
    if (file_ < 0) return;
    unlink(path_.c_str());
    close(file_);
  }
  LoadMark(const LoadMark&) = delete;

  /// The marks of starts, now dead, that stopped inside this plugin.
  static std::vector<fs::path> LeftBehind(const std::string& folder, const std::string& id) {
    std::vector<fs::path> marks;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
      const std::string name = entry.path().filename().string();
      if (!name.starts_with(Prefix(id)) || name.find_first_not_of("0123456789", Prefix(id).size()) != std::string::npos) continue;
      const int file = open(entry.path().c_str(), O_RDWR | O_CLOEXEC);
      if (file < 0) continue;
      if (flock(file, LOCK_EX | LOCK_NB) == 0) marks.push_back(entry.path());
      close(file);
    }
    return marks;
  }

 private:
  static std::string Prefix(const std::string& id) { return "loading-" + id + "."; }
  std::string path_;
  int file_ = -1;
};

/// Reads the fingerprint from the library's section names: nothing of the library has run yet.
Message WrongBuild(const fs::path& file) {
  std::vector<std::string> sections;
  try {
    boost::dll::library_info info(file.string());
    sections = info.sections();
  } catch (const std::exception&) {
    return Say("This is not a plugin: the file cannot be read as a library.");
  }
  const auto ours = std::find_if(sections.begin(), sections.end(), [](const std::string& s) { return s.starts_with(kSectionPrefix); });
  if (ours == sections.end()) return Say("This library is not a Meerstem plugin.");
  if (*ours != MEERSTEM_FINGERPRINT_SECTION) {
    return Say("This plugin was built differently from this Meerstem (another compiler or version); build it again with the same sources.");
  }
  return {};
}

Message WrongFace(const PluginFace& face) {
  if (face.magic != kPluginMagic) return Say("This library is not a Meerstem plugin.");
  if (face.api > kPluginApi) {
    return Say("This plugin needs a newer Meerstem (plugin interface {0}, this program has {1}).", face.api, kPluginApi);
  }
  if (face.api < kPluginApi || face.size != sizeof(PluginFace)) {
    return Say("This plugin was made for an older Meerstem (plugin interface {0}, this program has {1}).", face.api, kPluginApi);
  }
  if (!face.id || !face.version || !face.create) return Say("This plugin says neither who it is nor how to start it.");
  return {};
}

/// An exception that is not ours becomes one that names the plugin; the study stays as it was either way.
template <class Call>
auto Guarded(const std::string& plugin, Call call) -> decltype(call()) {
  try {
    return call();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    throw Error(ErrorCode::kInternal, Say("The plugin “{0}” failed ({1}); the study is as it was.", plugin, error.what()));
  } catch (...) {
    throw Error(ErrorCode::kInternal, Say("The plugin “{0}” failed; the study is as it was.", plugin));
  }
}

void Guard(std::vector<Parameter>& parameters, const std::string& plugin) {
  for (auto& parameter : parameters) {
    if (!parameter.study_choices) continue;
    parameter.study_choices = [plugin, call = std::move(parameter.study_choices)](Reading& reading) {
      return Guarded(plugin, [&] { return call(reading); });
    };
  }
}

Command Guard(Command command, const std::string& plugin) {
  if (command.impossible) {
    command.impossible = [plugin, call = std::move(command.impossible)](Reading& reading, const Arguments& arguments) {
      return Guarded(plugin, [&] { return call(reading, arguments); });
    };
  }
  Guard(command.parameters, plugin);
  command.prepare = [plugin, call = std::move(command.prepare)](Reading& reading, const Arguments& arguments, Job& job) {
    Plan plan = Guarded(plugin, [&] { return call(reading, arguments, job); });
    plan.apply = [plugin, apply = std::move(plan.apply)](Applying& applying) { Guarded(plugin, [&] { apply(applying); }); };
    return plan;
  };
  return command;
}

/// Rows are pulled long after the view was built.
class GuardedRows final : public view::Rows {
 public:
  GuardedRows(std::string plugin, std::shared_ptr<const view::Rows> rows) : plugin_(std::move(plugin)), rows_(std::move(rows)) {}
  std::size_t Count() const override {
    return Guarded(plugin_, [&] { return rows_->Count(); });
  }
  std::string Key(std::size_t index) const override {
    return Guarded(plugin_, [&] { return rows_->Key(index); });
  }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    return Guarded(plugin_, [&] { return rows_->Page(reading, first, count); });
  }

 private:
  std::string plugin_;
  std::shared_ptr<const view::Rows> rows_;
};

View Guard(View view, const std::string& plugin) {
  Guard(view.parameters, plugin);
  view.build = [plugin, call = std::move(view.build)](Reading& reading, const Arguments& arguments, Job& job) {
    view::Model model = Guarded(plugin, [&] { return call(reading, arguments, job); });
    if (auto* table = std::get_if<view::Table>(&model.body); table && table->rows) {
      table->rows = std::make_shared<GuardedRows>(plugin, table->rows);
    }
    return model;
  };
  return view;
}

EntityKind Guard(EntityKind kind, const std::string& plugin) {
  if (kind.name) {
    kind.name = [plugin, call = std::move(kind.name)](Reading& reading, const Id& id) { return Guarded(plugin, [&] { return call(reading, id); }); };
  }
  if (kind.list) {
    kind.list = [plugin, call = std::move(kind.list)](Reading& reading) { return Guarded(plugin, [&] { return call(reading); }); };
  }
  if (kind.open) {
    kind.open = [plugin, call = std::move(kind.open)](const Id& id) { return Guarded(plugin, [&] { return call(id); }); };
  }
  return kind;
}

Dimension Guard(Dimension dimension, const std::string& plugin) {
  dimension.groups = [plugin, call = std::move(dimension.groups)](Reading& reading) { return Guarded(plugin, [&] { return call(reading); }); };
  return dimension;
}

/// Refuses what would be registered twice, before anything of it stands in `to`.
void RequireFree(const Registry& from, const Registry& to) {
  const auto require = [](bool taken, const std::string& id) {
    if (taken) throw Error(ErrorCode::kInternal, Say("“{0}” is registered twice.", id));
  };
  for (const auto& component : from.components()) {
    require(std::any_of(to.components().begin(), to.components().end(), [&](const Component& c) { return c.name == component.name; }), component.name);
  }
  for (const auto& workspace : from.workspaces()) {
    require(std::any_of(to.workspaces().begin(), to.workspaces().end(), [&](const Workspace& w) { return w.id == workspace.id; }), workspace.id);
  }
  for (const auto& kind : from.kinds()) require(to.FindKind(kind.kind), kind.kind);
  for (const auto& dimension : from.dimensions()) require(to.FindDimension(dimension.id), dimension.id);
  for (const auto& command : from.commands()) require(to.FindCommand(command.id) || to.FindView(command.id), command.id);
  for (const auto& view : from.views()) require(to.FindCommand(view.id) || to.FindView(view.id), view.id);
}

/// What a plugin registers goes to a registry of its own first: one that fails halfway leaves nothing behind.
void Move(const Registry& from, Registry& to, const std::string& plugin) {
  RequireFree(from, to);
  for (const auto& component : from.components()) to.Add(component);
  for (const auto& kind : from.kinds()) to.Add(Guard(kind, plugin));
  for (const auto& dimension : from.dimensions()) to.Add(Guard(dimension, plugin));
  for (const auto& command : from.commands()) to.Add(Guard(command, plugin));
  for (const auto& view : from.views()) to.Add(Guard(view, plugin));
  for (const auto& workspace : from.workspaces()) to.Add(workspace);
}

}  // namespace

std::vector<PluginReport> PluginHost::Load(Registry& registry) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(options_.folder, error)) {
    if (entry.path().extension() == ".so") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());

  std::vector<PluginReport> reports;
  std::vector<std::unique_ptr<Candidate>> waiting;
  std::set<std::string> ids;
  for (const auto& file : files) {
    PluginReport report{.file = file.filename().string(), .id = file.stem().string()};
    report.why_not = WrongBuild(file);
    if (!report.why_not.empty()) {
      reports.push_back(std::move(report));
      continue;
    }
    const auto marks = LoadMark::LeftBehind(options_.state_folder, report.id);
    if (!marks.empty() && options_.ask_after_crash && !options_.ask_after_crash(report.id)) {
      // The mark stays: the next start asks again.
      report.why_not = Say("Left out: the last start stopped inside this plugin.");
      reports.push_back(std::move(report));
      continue;
    }
    // Loading is tried again: a mark of its own tells whether it stops again.
    std::error_code gone;
    for (const auto& mark : marks) fs::remove(mark, gone);
    auto candidate = std::make_unique<Candidate>();
    candidate->report = report;
    try {
      LoadMark mark(options_.state_folder, report.id);
      candidate->library.load(file.string(), boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
      // Never unloaded: what it registered, or only began, lives as long as the program.
      new boost::dll::shared_library(candidate->library);
      candidate->face = &candidate->library.get<const PluginFace>("meerstem_plugin");
    } catch (const std::exception& failure) {
      report.why_not = Say("The library cannot be loaded ({0}).", failure.what());
      reports.push_back(std::move(report));
      continue;
    }
    candidate->report.why_not = WrongFace(*candidate->face);
    if (candidate->report.why_not.empty()) {
      candidate->report.id = candidate->face->id;
      candidate->report.version = candidate->face->version;
      for (const char* const* need = candidate->face->needs; need && *need; ++need) candidate->needs.emplace_back(*need);
      if (!ids.insert(candidate->report.id).second) candidate->report.why_not = Say("There are two plugins “{0}”; this one was left out.", candidate->report.id);
    }
    if (!candidate->report.why_not.empty()) reports.push_back(std::move(candidate->report));
    else waiting.push_back(std::move(candidate));
  }

  std::set<std::string> loaded;
  for (bool progress = true; progress;) {
    progress = false;
    for (auto& candidate : waiting) {
      if (!candidate) continue;
      if (!std::all_of(candidate->needs.begin(), candidate->needs.end(), [&](const std::string& id) { return loaded.contains(id); })) continue;
      PluginReport& report = candidate->report;
      try {
        LoadMark mark(options_.state_folder, fs::path(report.file).stem().string());
        // The plugin may keep a reference to the registry it is given, so it is given the real one's facts to ask
        // and a scratch one to fill: both live for ever.
        auto* scratch = new Registry;
        scratch->SetDataFolder(registry.data_folder());
        scratch->SetWhole(&registry);
        Guarded(report.id, [&] { candidate->face->create(*scratch); });
        Move(*scratch, registry, report.id);
        report.loaded = true;
        loaded.insert(report.id);
      } catch (const Error& failure) {
        report.why_not = failure.message();
      }
      reports.push_back(std::move(report));
      candidate.reset();
      progress = true;
    }
  }
  for (auto& candidate : waiting) {
    if (!candidate) continue;
    std::string missing, circle;
    for (const auto& need : candidate->needs) {
      if (loaded.contains(need)) continue;
      std::string& list = ids.contains(need) ? circle : missing;
      list += (list.empty() ? "" : ", ") + need;
    }
    candidate->report.why_not = missing.empty() ? Say("It waits for {0}, which wait for it or failed.", circle) : Say("It needs the plugin {0}, which is not there.", missing);
    reports.push_back(std::move(candidate->report));
  }
  std::sort(reports.begin(), reports.end(), [](const PluginReport& a, const PluginReport& b) { return a.file < b.file; });
  return reports;
}

}  // namespace meerstem
