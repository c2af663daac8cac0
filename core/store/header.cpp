#include "core/store/header.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <sys/vfs.h>

#include "core/base/error.h"

namespace meerstem {
namespace {

namespace fs = std::filesystem;

/// Of SQLite's file format: where the numbers stand in the first 100 bytes, big-endian.
constexpr std::size_t kPageSizeAt = 16, kChangeCounterAt = 24, kPageCountAt = 28, kApplicationIdAt = 68, kValidForAt = 92;

}  // namespace

void RequireStudy(const std::string& path) {
  std::array<unsigned char, 100> header{};
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::kDisk, Say("“{0}” cannot be opened; check that the file and its folder exist and may be read.", path));
  file.read(reinterpret_cast<char*>(header.data()), header.size());
  if (file.gcount() == 0) throw Error(ErrorCode::kDamaged, Say("“{0}” is empty, not a study.", path));
  const auto number = [&](std::size_t at) {
    return static_cast<std::uint64_t>(header[at]) << 24 | static_cast<std::uint64_t>(header[at + 1]) << 16 |
           static_cast<std::uint64_t>(header[at + 2]) << 8 | header[at + 3];
  };
  if (file.gcount() < 100 || std::memcmp(header.data(), "SQLite format 3", 16) != 0 || number(kApplicationIdAt) != kApplicationId) {
    throw Error(ErrorCode::kDamaged, Say("“{0}” is not a Meerstem study.", path));
  }
  // A journal beside the file tells what its size should be; without one, the header does.
  std::error_code none;
  const bool journal = fs::exists(path + "-journal", none) || fs::exists(path + "-wal", none);
  if (journal || number(kValidForAt) != number(kChangeCounterAt)) return;
  std::uint64_t page = static_cast<std::uint64_t>(header[kPageSizeAt]) << 8 | header[kPageSizeAt + 1];
  if (page == 1) page = 65536;
  const std::uint64_t whole = page * number(kPageCountAt);
  const std::uint64_t here = fs::file_size(path, none);
  if (here < whole) {
    throw Error(ErrorCode::kDamaged, Say("“{0}” has been cut off ({1} of {2} bytes are left); open one of its backups.", path, here, whole));
  }
}

bool OnNetworkShare(const std::string& path) {
  struct statfs system {};
  if (statfs(path.c_str(), &system) != 0) return false;
  switch (static_cast<std::uint32_t>(system.f_type)) {
    case 0x6969u:      // NFS
    case 0x517Bu:      // SMB
    case 0xFF534D42u:  // CIFS
    case 0xFE534D42u:  // SMB2
      return true;
    default:
      return false;
  }
}

}  // namespace meerstem
