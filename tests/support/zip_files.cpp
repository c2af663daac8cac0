#include "tests/support/zip_files.h"

#include <zip.h>

namespace meerstem::testing {

std::string WriteZip(const TestFolder& folder, const std::string& name, const std::map<std::string, std::string>& entries) {
  const std::string path = folder.path(name);
  int error = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (const auto& [entry, bytes] : entries) zip_file_add(zip, entry.c_str(), zip_source_buffer(zip, bytes.data(), bytes.size(), 0), ZIP_FL_ENC_UTF_8);
  zip_close(zip);
  return path;
}

std::map<std::string, std::string> ReadZip(const std::string& path) {
  std::map<std::string, std::string> entries;
  int error = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_RDONLY, &error);
  if (!zip) return entries;
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
    zip_stat_t about;
    zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &about);
    std::string bytes(about.size, '\0');
    zip_file_t* file = zip_fopen_index(zip, static_cast<zip_uint64_t>(i), 0);
    zip_fread(file, bytes.data(), bytes.size());
    zip_fclose(file);
    entries[about.name] = bytes;
  }
  zip_discard(zip);
  return entries;
}

}  // namespace meerstem::testing
