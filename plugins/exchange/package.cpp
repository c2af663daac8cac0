#include "plugins/exchange/package.h"

#include <filesystem>
#include <fstream>

#include <unistd.h>
#include <zip.h>

#include "core/base/error.h"

namespace meerstem::exchange {
namespace {

namespace fs = std::filesystem;

Error NotWritten(const std::string& target) {
  return Error(ErrorCode::kDisk, Say("“{0}” could not be written; look whether the disk is full or the folder can only be read.", target));
}

/// A file beside the target that takes its place at the end, or goes.
class Draft {
 public:
  explicit Draft(const std::string& target) : target_(target), draft_(target + ".unfinished-" + std::to_string(getpid())) {}
  ~Draft() {
    std::error_code ignored;
    fs::remove_all(draft_, ignored);
  }
  Draft(const Draft&) = delete;
  const std::string& path() const { return draft_; }
  void Finish() {
    std::error_code error;
    fs::rename(draft_, target_, error);
    if (error) throw NotWritten(target_);
  }

 private:
  std::string target_, draft_;
};

}  // namespace

std::string Package::Path(const std::string& name) {
  const fs::path path = folder_ / name;
  fs::create_directories(path.parent_path());
  names_.push_back(name);
  return path.string();
}

void Package::Add(const std::string& name, std::string_view bytes) {
  std::ofstream file(Path(name), std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw NotWritten(name);
}

void Package::Zip(const std::string& target, Job& job) {
  Draft draft(target);
  int error = 0;
  zip_t* zip = zip_open(draft.path().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (!zip) throw NotWritten(target);
  for (const auto& name : names_) {
    zip_source_t* source = zip_source_file(zip, (folder_ / name).c_str(), 0, -1);
    const zip_int64_t index = source ? zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
      if (source) zip_source_free(source);
      zip_discard(zip);
      throw NotWritten(target);
    }
    // Quick rather than small: three times the speed for a tenth of the size.
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, 1);
  }
  zip_register_cancel_callback_with_state(zip, [](zip_t*, void* state) { return static_cast<Job*>(state)->cancelled() ? 1 : 0; }, nullptr, &job);
  if (zip_close(zip) != 0) {
    zip_discard(zip);
    job.Progress(1);
    throw NotWritten(target);
  }
  draft.Finish();
}

void Package::Folder(const std::string& target, Job& job) {
  RequireFreeFolder(target);
  Draft draft(target);
  std::error_code error;
  fs::create_directory(draft.path(), error);
  for (const auto& name : names_) {
    job.Progress(0.95, Say("Writing {0}", name));
    fs::copy_file(folder_ / name, fs::path(draft.path()) / name, error);
    if (error) throw NotWritten(target);
  }
  draft.Finish();
}

void Package::Copy(const std::string& name, const std::string& target) {
  Draft draft(target);
  std::error_code error;
  fs::copy_file((folder_ / name), draft.path(), fs::copy_options::overwrite_existing, error);
  if (error) throw NotWritten(target);
  draft.Finish();
}

void RequireFreeFolder(const std::string& target) {
  std::error_code error;
  const auto file = fs::symlink_status(target, error);
  if (fs::exists(file) && !fs::is_directory(file)) throw Refuse("“{0}” is a file; name a new folder.", target);
  if (fs::is_directory(file) && !fs::is_empty(target, error)) throw Refuse("There is something in the folder “{0}” already; name a new or an empty one, so that nothing is written over.", target);
  const fs::path above = fs::absolute(target).lexically_normal().parent_path();
  if (!fs::is_directory(above, error)) throw Refuse("The folder “{0}” does not exist; make it first.", above.string());
  if (access(above.c_str(), W_OK) != 0) throw Refuse("The folder “{0}” can only be read; choose another for the output.", above.string());
}

void RequireTarget(const std::string& target, const std::string& study) {
  std::error_code error;
  if (fs::equivalent(target, study, error)) throw Refuse("“{0}” is the study itself; choose another file for the output.", target);
  if (fs::is_directory(target, error)) throw Refuse("“{0}” is a folder; name a file in it.", target);
  const fs::path folder = fs::path(target).parent_path().empty() ? fs::path(".") : fs::path(target).parent_path();
  if (!fs::is_directory(folder, error)) throw Refuse("The folder “{0}” does not exist; make it first.", folder.string());
  if (access(folder.c_str(), W_OK) != 0) throw Refuse("The folder “{0}” can only be read; choose another for the output.", folder.string());
}

}  // namespace meerstem::exchange
