#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/message.h"

namespace meerstem::themes {

/// A list of expected themes or of topics as a file holds it.
struct Outline {
  struct Entry {
    std::string name;
    std::string description;
    std::string parent;                 ///< Path within the outline; empty: at the top.
    std::vector<std::string> themes;    ///< Of a topic: paths of themes of the study.
    Message place;                      ///< "line 4" or "topics[3]", for refusals.
  };
  std::string name;                     ///< Empty: the file has none.
  std::string origin;
  std::vector<Entry> entries;           ///< Parents before what is below them.
};

/// Expected themes: CSV with a heading (name, description, parent) or JSON
/// {"format": "meerstem-frame", "format_version": 1, "name", "origin", "themes": [{"name", "description", "themes": [...]}]}.
Outline ReadFrameFile(const std::string& path);
/// Topics: CSV with a heading (topic, themes; several with | between them) or JSON
/// {"format": "meerstem-guide", "format_version": 1, "name", "topics": [{"topic", "themes": ["..."]}]}.
Outline ReadGuideFile(const std::string& path);

/// Between the parts of a path; a name may not hold it.
inline constexpr char kSlash = '/';

}  // namespace meerstem::themes
