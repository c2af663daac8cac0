#include "plugins/coding/regex_literal.h"

#include <algorithm>

namespace meerstem::coding {
namespace {

bool IsPlain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' '; }

/// May this stand behind a backslash? Letters that stand for line ends or for what they are not, may not.
bool MayBeEscaped(char c) { return c > ' ' && c < 0x7F && (!IsPlain(c) || std::string_view("wdbBSh").find(c) != std::string_view::npos); }

/// Two letters that one sign can stand for (ﬁ, ﬆ), which a search by folded letters does not find.
bool IsLigature(char before, char c) {
  const auto lower = [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; };
  before = lower(before);
  c = lower(c);
  return (before == 'f' && (c == 'f' || c == 'i' || c == 'l')) || (before == 's' && c == 't');
}

/// Behind a set of characters that opens at `at`; npos where it could hold the end of a line.
std::size_t BehindSet(std::string_view expression, std::size_t at) {
  const std::size_t first = at + 1;
  for (at = first; at < expression.size(); ++at) {
    const char c = expression[at];
    if (c == ']') return at == first ? std::string_view::npos : at + 1;
    if (c == '\\') {
      if (++at == expression.size() || !MayBeEscaped(expression[at])) break;
    } else if (c == '^' || c == '[' || c == '&' || (c >= 0 && c < ' ')) {
      break;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<std::string> LiteralsOfLines(std::string_view expression) {
  std::vector<std::string> literals(1);
  std::string run;
  int depth = 0;
  const auto cut = [&] {
    if (run.size() > literals.back().size()) literals.back() = run;
    run.clear();
  };
  for (std::size_t at = 0; at < expression.size();) {
    const char c = expression[at];
    const std::string_view rest = expression.substr(at + 1);
    if (IsPlain(c)) {
      if (at > 0 && IsLigature(expression[at - 1], c)) {
        if (!run.empty()) run.pop_back();
        cut();
      } else if (depth == 0) {
        run += c;
      }
      ++at;
      continue;
    }
    // What may come no time does not count.
    if ((c == '?' || c == '*' || c == '{') && !run.empty()) run.pop_back();
    cut();
    if (c >= 0 && c < ' ') return {};
    if (c == '(' && rest.starts_with("?") && !rest.starts_with("?:")) return {};
    if (c == '\\' && (rest.empty() || !MayBeEscaped(rest[0]))) return {};
    if (c == '|' && depth == 0) literals.emplace_back();
    depth += (c == '(') - (c == ')');
    if (c == '[') at = BehindSet(expression, at);
    else if (c == '{') at = expression.find('}', at);
    else if (c == '\\') at += 2;
    else at += c == '(' && rest.starts_with("?:") ? 3 : 1;
    if (at == std::string_view::npos) return {};
  }
  cut();
  constexpr std::size_t kWorthwhile = 3;
  const auto tells_little = [](const std::string& literal) { return literal.size() < kWorthwhile || literal.find_first_not_of(' ') == std::string::npos; };
  return std::any_of(literals.begin(), literals.end(), tells_little) ? std::vector<std::string>() : literals;
}

}  // namespace meerstem::coding
