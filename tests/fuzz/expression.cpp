// The language of queries, and names as it has to spell them.
#include "plugins/coding/expression.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  using namespace meerstem::coding;
  const std::string text(input);
  if (!text.empty()) {
    const Expression name = ReadExpression(AsName(text));
    Hold(name.kind == Expression::Kind::kCode && name.name == text, "a name that is spelled is read as that name");
  }
  ReadExpression(text);
}
