#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/store/store.h"

namespace meerstem {

struct Code {
  Id id;
  std::optional<Id> parent;
  std::string name;
  std::string path;    ///< "Parent/Child"
  std::string colour;  ///< #RRGGBB
  std::string definition;
  bool codable = true;
  int depth = 0;
};

/// All codes, parents before children, in the codebook's order.
std::vector<Code> Codebook(Reading& reading);

/// The n-th colour of a palette that stays distinct under colour blindness; it begins again at its end.
std::string PaletteColour(std::size_t n);

/// The code of that path; parents that do not exist are made too. An empty colour is chosen from the
/// palette. kRefused for an empty name or one with an empty part.
Id EnsureCode(Writing& writing, const std::string& path, const std::string& colour = {}, const std::string& definition = {});

}  // namespace meerstem
