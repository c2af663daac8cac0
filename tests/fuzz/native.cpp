// Databases of other tools, byte for byte.
#include <fstream>

#include "plugins/exchange/native.h"
#include "tests/fuzz/target.h"
#include "tests/support/test_study.h"

void meerstem::fuzz::Try(std::string_view input) {
  static const testing::TestFolder folder;
  static const std::string path = folder.path("fuzz.rqda");
  std::ofstream(path, std::ios::binary | std::ios::trunc).write(input.data(), static_cast<std::streamsize>(input.size()));
  Job job;
  if (exchange::IsNative(path)) exchange::ReadNative(path, job);
}
