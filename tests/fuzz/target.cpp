#include "tests/fuzz/target.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "core/base/error.h"

namespace meerstem::fuzz {

void Hold(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "This does not hold: %s\n", what);
  std::abort();
}

}  // namespace meerstem::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    meerstem::fuzz::Try({reinterpret_cast<const char*>(data), size});
  } catch (const meerstem::Error& error) {
    meerstem::fuzz::Hold(error.code() != meerstem::ErrorCode::kInternal, error.what());
  }
  return 0;
}
