// Lines of a batch file as words, and words as options.
#include "core/console/words.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  const auto words = console::SplitLine(input);
  std::string spelled;
  for (const auto& word : words) {
    spelled += " \"";
    for (const char c : word) {
      if (c == '"' || c == '\\') spelled += '\\';
      spelled += c;
    }
    spelled += '"';
  }
  Hold(console::SplitLine(spelled) == words, "words in quotation marks stay as they are");
  static const std::vector<Parameter> parameters = {{.name = "name"}, {.name = "many", .list = true}, {.name = "yes", .type = ParameterType::kBoolean}};
  console::Options options;
  std::size_t at = 0;
  console::TakeOptions(words, at, &parameters, options);
}
