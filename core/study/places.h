#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
inline constexpr std::size_t kLargestOriginal = std::size_t{16} << 20;  ///< A study goes by mail, too.

/// In place of the pages that the source has. `original` is the file that they are of, for showing them; empty: not kept.
void SetPages(Writing& writing, const Id& source, const std::vector<Page>& pages, std::string_view original);
/// The file that a source came from, where it was kept. Names stand in it that the study hides: whoever shows something of it
/// asks first.
std::optional<std::string> OriginalOf(Reading& reading, const Id& source);

/// "12:03", "1:02:03": as a player shows it.
std::string SpellMoment(std::int64_t milliseconds);

}  // namespace meerstem
