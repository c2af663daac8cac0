#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/command/job.h"
#include "core/store/store.h"

/// What stands on the pages of a PDF that the study keeps: heads and feet too, which the text of the source leaves out.
namespace meerstem {

/// The words of each page, line by line, as poppler reads them; of one page where its number is given. None where the file
/// cannot be read.
std::vector<std::string> PrintedWords(const std::string& pdf, Job& job, std::optional<std::int64_t> only = {});

/// The words of a page without its lines, for finding a name that goes on in the next one: once with a space there, and
/// once with the parts of a broken word put together.
std::vector<std::string> WithoutLines(const std::string& page);

/// Whether nobody whom the study shows otherwise is named on a page, or on the one of that number. False for a file that
/// cannot be looked through.
bool HidesNobody(Reading& reading, const std::string& pdf, Job& job, std::optional<std::int64_t> only = {});

}  // namespace meerstem
