#pragma once

#include <array>

/// Columns of the study that the standard has no place for travel as variables of sources and cases, under ids of their
/// own by which they are known again.
namespace meerstem::exchange {

struct MetaVariable {
  const char* column;   ///< Of `source` or `study_case`; site and stakeholder by name and key.
  const char* entity;   ///< source or case.
  const char* name;     ///< What other tools show.
  const char* type;
};

inline constexpr std::array kMeta = {MetaVariable{"kind", "source", "Kind of source", "text"},    MetaVariable{"language", "source", "Language", "text"},
                                     MetaVariable{"date", "source", "Date", "date"},              MetaVariable{"site", "source", "Site", "text"},
                                     MetaVariable{"stakeholder", "source", "Stakeholder type", "text"}, MetaVariable{"file_name", "source", "File", "text"},
                                     MetaVariable{"encoding", "source", "Encoding", "text"},      MetaVariable{"started", "case", "Started", "date"},
                                     MetaVariable{"ended", "case", "Ended", "date"},              MetaVariable{"site", "case", "Site of the case", "text"}};

/// The parts of a code's definition that travel as notes, by the note's name and the code's column.
inline constexpr std::array kCodeNotes = {std::pair{"include", "Include"}, std::pair{"exclude", "Exclude"}, std::pair{"example", "Example"}};

}  // namespace meerstem::exchange
