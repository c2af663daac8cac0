#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/command/parameters.h"
#include "core/store/store.h"

/// Where words stand outside their text: at a moment of the recording, on a page of the file they came from.
namespace meerstem {

struct Moment {
  Range range;                          ///< The words that are heard then.
  std::int64_t from = 0;                ///< In milliseconds.
  std::optional<std::int64_t> until;
};

struct Page {
  Range range;
  std::int64_t number = 1;
  Id id = {};
};

/// By position.
std::vector<Moment> MomentsOf(Reading& reading, const Id& source);
std::vector<Page> PagesOf(Reading& reading, const Id& source);

void AddMoment(Writing& writing, const Id& source, const Moment& moment);
void AddPage(Writing& writing, const Id& source, const Page& page);

/// The file that a source came from, whose pages can be shown. Names stand in it that the study hides: whoever shows a page
/// asks first whether its words are shown as they are stored.
void KeepOriginal(Writing& writing, const Id& source, std::string_view bytes);
std::optional<std::string> OriginalOf(Reading& reading, const Id& source);
/// The source has no pages and no file any more.
void DropPages(Writing& writing, const Id& source);

/// "12:03", "1:02:03": as a player shows it.
std::string SpellMoment(std::int64_t milliseconds);

}  // namespace meerstem
