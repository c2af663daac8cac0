#include "core/study/printed.h"

#include <algorithm>
#include <string_view>

#include "core/base/process.h"
#include "core/base/text.h"
#include "core/study/display.h"

namespace meerstem {
namespace {

constexpr double kPatience = 60;  // Seconds for one file.

}  // namespace

std::vector<std::string> PrintedWords(const std::string& pdf, Job& job, std::optional<std::int64_t> only) {
  std::vector<std::string> program = {"pdftotext", "-enc", "UTF-8"};
  if (only) program.insert(program.end(), {"-f", std::to_string(*only), "-l", std::to_string(*only)});
  program.insert(program.end(), {"-", "-"});
  ProcessLimits limits{.seconds = kPatience};
  limits.stop = [&job] { return job.cancelled(); };
  const ProcessResult result = RunProcess(program, pdf, limits);
  std::vector<std::string> pages;
  if (!result.ok()) return pages;
  // Each page ends with a form feed.
  for (std::size_t begin = 0, end = 0; (end = result.out.find('\f', begin)) != std::string::npos; begin = end + 1) {
    pages.push_back(CleanText(std::string_view(result.out).substr(begin, end - begin)));
  }
  return pages;
}

std::vector<std::string> WithoutLines(const std::string& page) {
  std::string spaced = page, joined = page;
  std::replace(spaced.begin(), spaced.end(), '\n', ' ');
  for (std::size_t at = 0; (at = joined.find("-\n", at)) != std::string::npos;) joined.erase(at, 2);
  std::replace(joined.begin(), joined.end(), '\n', ' ');
  std::vector<std::string> all = {std::move(spaced)};
  if (joined != all.front()) all.push_back(std::move(joined));
  return all;
}

bool HidesNobody(Reading& reading, const std::string& pdf, Job& job, std::optional<std::int64_t> only) {
  const auto pages = PrintedWords(pdf, job, only);
  return !pages.empty() && std::all_of(pages.begin(), pages.end(), [&](const std::string& page) {
    const auto all = WithoutLines(page);
    return std::all_of(all.begin(), all.end(), [&](const std::string& words) { return DisplayWords(reading, words) == words; });
  });
}

}  // namespace meerstem
