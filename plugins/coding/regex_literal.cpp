#include "plugins/coding/regex_literal.h"

#include <algorithm>

namespace meerstem::coding {
namespace {

bool IsPlain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' '; }

/// May this stand behind a backslash? Letters that stand for line ends or for what they are not, may not.
bool MayBeEscaped(char c) { return c > ' ' && c < 0x7F && (!IsPlain(c) || std::string_view("wdbBSh").find(c) != std::string_view::npos); }

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

/// Reads an expression once, from left to right.
class Reader {
 public:
  explicit Reader(std::string_view expression) : expression_(expression) {}

  Literals Read() {
    Literals literals = Alternatives();
    if (failed_ || at_ != expression_.size()) return {};
    literals.first = literals.first && std::none_of(literals.words.begin(), literals.words.end(), MayOverlap);
    return literals;
  }

 private:
  static constexpr std::size_t kWorthwhile = 3, kMost = 12;
  static constexpr int kDeepest = 100;

  /// How few places are left to look at, about: as many letters as the shortest has.
  static std::size_t Worth(const Literals& choice) {
    std::size_t least = choice.words.empty() || choice.words.size() > kMost ? 0 : std::string::npos;
    for (const auto& literal : choice.words) least = std::min(least, literal.find_first_not_of(' ') == std::string::npos ? 0 : literal.size());
    return least < kWorthwhile ? 0 : least;
  }
  /// Can a word begin before the same word has ended? Then not every place of it is found.
  static bool MayOverlap(const std::string& word) {
    for (std::size_t size = 1; size < word.size(); ++size) {
      if (word.compare(0, size, word, word.size() - size, size) == 0) return true;
    }
    return false;
  }
  char Next() const { return at_ < expression_.size() ? expression_[at_] : '\0'; }
  void Fail() {
    failed_ = true;
    at_ = expression_.size();
  }

  Literals Alternatives() {
    Literals all = Branch();
    bool known = !all.words.empty();
    while (Next() == '|') {
      ++at_;
      const Literals branch = Branch();
      known = known && !branch.words.empty();
      all.first = all.first && branch.first;
      all.words.insert(all.words.end(), branch.words.begin(), branch.words.end());
    }
    return known ? all : Literals();
  }

  Literals Branch() {
    Literals best;
    std::string run;
    bool begins = true;  // Nothing came before the run that takes room.
    const auto offer = [&](Literals choice) {
      choice.first = choice.first && begins;
      if (Worth(choice) > Worth(best)) best = std::move(choice);
      begins = false;
    };
    const auto cut = [&] {
      if (!run.empty()) offer({{run}, true});
      run.clear();
    };
    while (at_ < expression_.size() && expression_[at_] != '|' && expression_[at_] != ')') {
      const char c = expression_[at_];
      if (IsPlain(c)) {
        run += c;
        ++at_;
        continue;
      }
      // What may come no time does not count, and what follows it may be what comes first.
      if (IsMaybe(c) && !run.empty()) {
        run.pop_back();
        begins = begins && !run.empty();
      }
      cut();
      if (c == '(') {
        offer(Group());
      } else {
        begins = begins && expression_.substr(at_).starts_with("\\b");
        Pass(c);
      }
    }
    cut();
    return best;
  }

  static bool IsMaybe(char c) { return c == '?' || c == '*' || c == '{'; }

  Literals Group() {
    const std::string_view rest = expression_.substr(at_ + 1);
    if (rest.starts_with("?") && !rest.starts_with("?:")) return Fail(), Literals();
    if (++depth_ > kDeepest) return Fail(), Literals();
    at_ += rest.starts_with("?:") ? 3 : 1;
    Literals inside = Alternatives();
    --depth_;
    if (Next() != ')') return Fail(), Literals();
    ++at_;
    return IsMaybe(Next()) ? Literals() : inside;
  }

  /// Past something that is no letter; fails at what could hold the end of a line.
  void Pass(char c) {
    if (c >= 0 && c < ' ') return Fail();
    if (c == '\\' && (at_ + 1 == expression_.size() || !MayBeEscaped(expression_[at_ + 1]))) return Fail();
    if (c == '[') at_ = BehindSet(expression_, at_);
    else if (c == '{') at_ = expression_.find('}', at_);
    else at_ += c == '\\' ? 2 : 1;
    if (at_ == std::string_view::npos) Fail();
  }

  std::string_view expression_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace

Literals LiteralsOfLines(std::string_view expression) { return Reader(expression).Read(); }

}  // namespace meerstem::coding
