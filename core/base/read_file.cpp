#include "core/base/read_file.h"

#include <filesystem>
#include <fstream>

#include "core/base/error.h"

namespace meerstem {

std::string ReadFile(const std::string& path, std::size_t limit) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw Refuse("There is no file “{0}”; check the name and the folder.", path);
  if (!fs::is_regular_file(status)) throw Refuse("“{0}” is not a file that can be read.", path);
  const auto size = fs::file_size(path, error);
  if (!error && size > limit) {
    throw Refuse("“{0}” has {1} bytes; files of this kind are read up to {2} bytes.", path, size, limit);
  }
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(error ? 0 : size, '\0');
  if (!stream || !stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    throw Refuse("“{0}” cannot be read; check that you may open it.", path);
  }
  return bytes;
}

}  // namespace meerstem
