#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/store/store.h"

/// Invented studies of a given size, the same for the same seed: what speed is measured on.
namespace meerstem::bench {

struct Size {
  std::string name;
  int sources;
  int words;                        ///< Of each source.
  int codes;
  int codings;
  std::uint64_t seed = 1;
};

/// S: 15 sources, 120 codes, 2,000 codings; M: 200, 400, 40,000; L: 2,000, 1,000, 1,000,000; sources of 9,000 words.
/// Throws std::invalid_argument for another name.
Size SizeOf(const std::string& name);

/// Makes the study at `path`, which must not exist: interviews in which a researcher asks and one of four types of
/// people answers, a codebook of two levels, codings by three researchers, a fifth of the quotes with two codes.
/// Written without a journal, so that what is measured begins with a study that was just opened.
void Generate(const std::string& path, const Size& size, const std::vector<Component>& components);

}  // namespace meerstem::bench
