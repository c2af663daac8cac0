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

/// The first bytes of a file.
struct Header {
  explicit Header(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    open = static_cast<bool>(file);
    file.read(reinterpret_cast<char*>(bytes.data()), bytes.size());
    size = file.gcount();
  }
  std::uint64_t Number(std::size_t at) const {
    return static_cast<std::uint64_t>(bytes[at]) << 24 | static_cast<std::uint64_t>(bytes[at + 1]) << 16 | static_cast<std::uint64_t>(bytes[at + 2]) << 8 | bytes[at + 3];
  }
  bool IsStudy() const { return size == 100 && std::memcmp(bytes.data(), "SQLite format 3", 16) == 0 && Number(kApplicationIdAt) == kApplicationId; }

  std::array<unsigned char, 100> bytes{};
  bool open = false;
  std::streamsize size = 0;
};

}  // namespace

bool IsStudy(const std::string& path) { return Header(path).IsStudy(); }

void RequireStudy(const std::string& path) {
  const Header header(path);
  if (!header.open) throw Error(ErrorCode::kDisk, Say("“{0}” cannot be opened; check that the file and its folder exist and may be read.", path));
  if (header.size == 0) throw Error(ErrorCode::kDamaged, Say("“{0}” is empty, not a study.", path));
  if (!header.IsStudy()) {
    throw Error(ErrorCode::kDamaged, Say("“{0}” is not a Meerstem study.", path));
  }
  // A journal beside the file tells what its size should be; without one, the header does.
  std::error_code none;
  const bool journal = fs::exists(path + "-journal", none) || fs::exists(path + "-wal", none);
  if (journal || header.Number(kValidForAt) != header.Number(kChangeCounterAt)) return;
  std::uint64_t page = static_cast<std::uint64_t>(header.bytes[kPageSizeAt]) << 8 | header.bytes[kPageSizeAt + 1];
  if (page == 1) page = 65536;
  const std::uint64_t whole = page * header.Number(kPageCountAt);
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
