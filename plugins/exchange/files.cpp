#include "plugins/exchange/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include <zip.h>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"

namespace meerstem::exchange {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kEntries = 100'000;
constexpr std::uint64_t kXml = std::uint64_t{2} << 30;
constexpr std::size_t kAll = std::size_t{512} << 20;

/// The part of a path that can name a file of the project; empty: none of its business.
std::string Inside(const std::string& path) {
  std::string name = path;
  for (const char* scheme : {"internal://", "relative://"}) {
    if (LowerAscii(name).starts_with(scheme)) name = name.substr(std::string(scheme).size());
  }
  if (name.find("://") != std::string::npos || name.find('\0') != std::string::npos || name.find('\\') != std::string::npos) return {};
  while (name.starts_with('/')) name.erase(0, 1);
  for (const auto& part : fs::path(name)) {
    if (part == "..") return {};
  }
  return name;
}

class ZipFiles final : public ProjectFiles {
 public:
  explicit ZipFiles(const std::string& path) : name_(fs::path(path).filename().string()) {
    int error = 0;
    zip_.reset(zip_open(path.c_str(), ZIP_RDONLY, &error));
    if (!zip_) throw Broken();
    const auto count = zip_get_num_entries(zip_.get(), 0);
    if (count > kEntries) throw Refuse("“{0}” holds {1} files, more than a project can; it is not read.", name_, static_cast<std::int64_t>(count));
    std::vector<std::string> projects;
    for (zip_int64_t i = 0; i < count; ++i) {
      const char* raw = zip_get_name(zip_.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
      if (!raw) continue;
      std::string entry = raw;
      std::replace(entry.begin(), entry.end(), '\\', '/');
      entries_.emplace(LowerAscii(entry), static_cast<zip_uint64_t>(i));
      if (LowerAscii(entry).ends_with(".qde") && std::count(entry.begin(), entry.end(), '/') <= 1) projects.push_back(LowerAscii(entry));
    }
    // The shallowest one: a project may have been packed with its folder.
    std::sort(projects.begin(), projects.end(), [](const auto& a, const auto& b) { return std::count(a.begin(), a.end(), '/') < std::count(b.begin(), b.end(), '/'); });
    if (projects.empty()) throw Refuse("“{0}” is an archive, but holds no project (.qde); choose a .qdpx, .qde or .qdc.", name_);
    const auto depth = [](const std::string& entry) { return std::count(entry.begin(), entry.end(), '/'); };
    if (projects.size() > 1 && depth(projects[0]) == depth(projects[1])) throw Refuse("“{0}” holds more than one project (.qde); bring them in one by one.", name_);
    project_ = projects.front();
    const auto slash = project_.rfind('/');
    folder_ = slash == std::string::npos ? "" : project_.substr(0, slash + 1);
  }

  const std::string& name() const override { return name_; }

  ByteSource Xml() override {
    const auto index = entries_.at(project_);
    if (Unpacked(index) > kXml) throw TooLarge(project_);
    auto file = Entry(index);
    return [this, file, given = std::uint64_t{0}](char* buffer, std::size_t size) mutable {
      const auto count = zip_fread(file.get(), buffer, size);
      if (count < 0) throw Broken();
      given += static_cast<std::uint64_t>(count);
      if (given > kXml) throw TooLarge(project_);
      return static_cast<std::size_t>(count);
    };
  }

  std::optional<std::string> Read(const std::string& path) override {
    const auto found = Find(path);
    if (!found) return std::nullopt;
    const std::string inside = Inside(path);
    if (Unpacked(*found) > kLargestFile) throw TooLarge(inside);
    auto file = Entry(*found);
    std::string bytes;
    std::vector<char> buffer(std::size_t{256} << 10);
    for (;;) {
      const auto count = zip_fread(file.get(), buffer.data(), buffer.size());
      if (count < 0) throw Broken();
      if (count == 0) break;
      bytes.append(buffer.data(), static_cast<std::size_t>(count));
      // What the archive says of itself is not to be trusted.
      if (bytes.size() > kLargestFile) throw TooLarge(inside);
    }
    Count(bytes.size());
    return bytes;
  }

 private:
  Error Broken() const { return Refuse("“{0}” is damaged or not a whole file: the archive cannot be read; copy or export it again.", name_); }
  std::optional<std::uint64_t> SizeOf(const std::string& path) override {
    const auto found = Find(path);
    return found ? std::optional(Unpacked(*found)) : std::nullopt;
  }
  std::optional<zip_uint64_t> Find(const std::string& path) const {
    const std::string inside = LowerAscii(Inside(path));
    if (inside.empty()) return std::nullopt;
    auto found = entries_.find(folder_ + "sources/" + inside);
    if (found == entries_.end()) found = entries_.find(folder_ + inside);
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
  }
  Error TooLarge(const std::string& entry) const { return Refuse("“{0}”: “{1}” is larger than any text of a project when unpacked; it is not read.", name_, entry); }

  std::uint64_t Unpacked(zip_uint64_t index) const {
    zip_stat_t about;
    if (zip_stat_index(zip_.get(), index, 0, &about) != 0) throw Broken();
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE) {
      throw Refuse("“{0}” is protected by a password; export the project without one.", name_);
    }
    return about.valid & ZIP_STAT_SIZE ? about.size : 0;
  }
  std::shared_ptr<zip_file_t> Entry(zip_uint64_t index) {
    std::shared_ptr<zip_file_t> file(zip_fopen_index(zip_.get(), index, 0), [](zip_file_t* open) {
      if (open) zip_fclose(open);
    });
    if (!file) throw Broken();
    return file;
  }

  struct Discard {
    void operator()(zip_t* zip) const { zip_discard(zip); }
  };
  std::string name_;
  std::unique_ptr<zip_t, Discard> zip_;
  std::map<std::string, zip_uint64_t> entries_;  ///< By lower-case name; the first of two.
  std::string project_, folder_;
};

class FolderFiles final : public ProjectFiles {
 public:
  explicit FolderFiles(const std::string& path) : path_(path), name_(fs::path(path).filename().string()) {}

  const std::string& name() const override { return name_; }

  ByteSource Xml() override {
    auto file = std::make_shared<std::ifstream>(path_, std::ios::binary);
    std::error_code error;
    const auto size = fs::file_size(path_, error);
    if (!*file || error) throw Refuse("“{0}” cannot be read; look whether you may open it.", name_);
    if (size > kXml) throw Refuse("“{0}” is larger than a project can be; it is not read.", name_);
    return [file](char* buffer, std::size_t wanted) {
      file->read(buffer, static_cast<std::streamsize>(wanted));
      return static_cast<std::size_t>(file->gcount());
    };
  }

  std::optional<std::string> Read(const std::string& path) override {
    const auto file = Find(path);
    if (!file) return std::nullopt;
    std::error_code error;
    if (fs::file_size(*file, error) > kLargestFile) throw Refuse("“{0}”: “{1}” is larger than any text of a project; it is not read.", name_, Inside(path));
    std::ifstream in(*file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    Count(bytes.size());
    return bytes;
  }

 private:
  std::optional<std::uint64_t> SizeOf(const std::string& path) override {
    std::error_code error;
    const auto file = Find(path);
    return file ? std::optional<std::uint64_t>(fs::file_size(*file, error)) : std::nullopt;
  }
  std::optional<fs::path> Find(const std::string& path) const {
    const std::string inside = Inside(path);
    if (inside.empty()) return std::nullopt;
    for (const char* sources : {"sources", "Sources", ""}) {
      const fs::path file = fs::path(path_).parent_path() / sources / inside;
      std::error_code error;
      // A link may lead out of the project.
      if (fs::is_regular_file(fs::symlink_status(file, error))) return file;
    }
    return std::nullopt;
  }

  std::string path_, name_;
};

}  // namespace

void ProjectFiles::Count(std::size_t bytes) {
  given_ += bytes;
  if (given_ > kAll) throw Refuse("The texts of “{0}” together are larger than {1} MB, more than a project can hold; it is not read.", name(), kAll >> 20);
}

std::optional<std::string> ProjectFiles::ReadSmall(const std::string& path, std::size_t most) {
  const auto size = SizeOf(path);
  return size && *size <= most && given_ + *size <= kAll / 2 ? Read(path) : std::nullopt;
}

std::unique_ptr<ProjectFiles> ProjectFiles::Open(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  std::error_code error;
  if (!fs::exists(path, error)) throw Refuse("There is no file “{0}”.", path);
  if (!fs::is_regular_file(path, error)) throw Refuse("“{0}” is a folder, and none of QualCoder; choose a .qdpx, .qde or .qdc.", name);
  std::ifstream file(path, std::ios::binary);
  char head[512] = {};
  file.read(head, sizeof head);
  if (!file && file.gcount() == 0) {
    if (fs::file_size(path, error) == 0) throw Refuse("“{0}” is empty; copy or export it again.", name);
    throw Refuse("“{0}” cannot be read; look whether you may open it.", name);
  }
  const std::string_view begin(head, static_cast<std::size_t>(file.gcount()));
  if (begin.starts_with("PK")) return std::make_unique<ZipFiles>(path);
  const bool utf16 = begin.starts_with("\xFF\xFE") || begin.starts_with("\xFE\xFF");
  const auto first = begin.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (utf16 || (first != std::string_view::npos && begin[first] == '<')) return std::make_unique<FolderFiles>(path);
  throw Refuse("“{0}” is not a project for exchange; choose a .qdpx, .qde or .qdc, or a project of QualCoder, Taguette or RQDA.", name);
}

}  // namespace meerstem::exchange
