#include "plugins/coding/expression.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"

namespace meerstem::coding {
namespace {

/// So deep may parentheses and `not` go: what one writes by hand never does, and a hostile text must not fill the stack.
constexpr int kDeepestNesting = 100;
constexpr std::size_t kLongest = 20'000;
constexpr std::int64_t kMostWords = 10'000;

struct Token {
  enum class Kind { kName, kQuoted, kSign, kOpen, kClose, kEnd };
  Kind kind;
  std::string text;
  std::int64_t at;
};

constexpr std::array kReserved{"and", "or", "not", "overlaps", "within", "encloses", "near", "followed", "by", "only"};

bool IsNameByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) || c == '_' || c == '-' || c == '.' || c == '/';
}

std::vector<Token> Tokens(const std::string& text) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const std::int64_t at = CountCodePoints(std::string_view(text).substr(0, i)) + 1;
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n') {
      ++i;
    } else if (c == '"') {
      std::string inside;
      for (++i;; ++i) {
        if (i >= text.size()) throw Refuse("The quotation mark at character {0} is never closed; put one behind the name.", at);
        if (text[i] == '"') {
          // A doubled one stands for itself.
          if (i + 1 >= text.size() || text[i + 1] != '"') break;
          ++i;
        }
        inside += text[i];
      }
      ++i;
      tokens.push_back({Token::Kind::kQuoted, std::move(inside), at});
    } else if (c == '(' || c == ')') {
      ++i;
      tokens.push_back({c == '(' ? Token::Kind::kOpen : Token::Kind::kClose, std::string(1, c), at});
    } else if (std::string_view("=!<>~").find(c) != std::string_view::npos) {
      std::string sign(1, c);
      if (++i < text.size() && text[i] == '=' && c != '=' && c != '~') sign += text[i++];
      if (sign == "!") throw Refuse("“!” at character {0} means nothing on its own; write != or not.", at);
      tokens.push_back({Token::Kind::kSign, std::move(sign), at});
    } else if (IsNameByte(c)) {
      std::string name;
      while (i < text.size() && IsNameByte(text[i])) name += text[i++];
      tokens.push_back({Token::Kind::kName, std::move(name), at});
    } else {
      throw Refuse("“{0}” at character {1} cannot stand in a query; put names with signs or spaces in quotation marks.", std::string(1, c), at);
    }
  }
  tokens.push_back({Token::Kind::kEnd, {}, CountCodePoints(text) + 1});
  return tokens;
}

class Reader {
 public:
  explicit Reader(const std::string& text) : tokens_(Tokens(text)) {}
  Expression Whole() {
    Expression expression = Or();
    if (Now().kind == Token::Kind::kClose) throw Refuse("The parenthesis at character {0} closes nothing; take it away, or open one before it.", Now().at);
    if (Now().kind != Token::Kind::kEnd) throw Refuse("Before “{0}” at character {1} must stand and, or, overlaps or another operator.", Now().text, Now().at);
    return expression;
  }

 private:
  const Token& Now() const { return tokens_[next_]; }
  bool IsWord(const char* word) const { return Now().kind == Token::Kind::kName && LowerAscii(Now().text) == word; }
  bool Take(const char* word) {
    if (!IsWord(word)) return false;
    ++next_;
    return true;
  }

  Expression Joined(Expression::Kind kind, const char* word, Expression (Reader::*part)()) {
    Expression first = (this->*part)();
    if (!IsWord(word)) return first;
    Expression all{.kind = kind, .at = first.at};
    all.parts.push_back(std::move(first));
    while (Take(word)) all.parts.push_back((this->*part)());
    return all;
  }
  Expression Or() { return Joined(Expression::Kind::kOr, "or", &Reader::And); }
  Expression And() { return Joined(Expression::Kind::kAnd, "and", &Reader::Not); }

  Expression Not() {
    if (!IsWord("not")) return Related();
    Expression expression{.kind = Expression::Kind::kNot, .at = Now().at};
    ++next_;
    const Deeper deeper(*this);
    expression.parts.push_back(Not());
    return expression;
  }

  Expression Related() {
    Expression left = Primary();
    Expression relation{.kind = Expression::Kind::kRelation, .at = left.at};
    if (Take("overlaps")) relation.relation = Expression::Relation::kOverlaps;
    else if (Take("within")) relation.relation = Expression::Relation::kWithin;
    else if (Take("encloses")) relation.relation = Expression::Relation::kEncloses;
    else if (Take("near")) relation.relation = Expression::Relation::kNear;
    else if (Take("followed")) {
      if (!Take("by")) throw Refuse("After “followed” at character {0} comes “by”.", tokens_[next_ - 1].at);
      relation.relation = Expression::Relation::kFollowedBy;
    } else {
      return left;
    }
    const bool reaches = relation.relation == Expression::Relation::kNear || relation.relation == Expression::Relation::kFollowedBy;
    // near(10) B; near (A or B) has no distance.
    if (reaches && Now().kind == Token::Kind::kOpen && IsReach(next_ + 1)) ReadReach(relation);
    relation.parts.push_back(std::move(left));
    relation.parts.push_back(Primary());
    for (const char* word : {"overlaps", "within", "encloses", "near", "followed"}) {
      if (IsWord(word)) throw Refuse("“{0}” at character {1} follows another such operator; put parentheses around the one that comes first.", Now().text, Now().at);
    }
    return relation;
  }

  bool IsReach(std::size_t at) const {
    if (at + 1 >= tokens_.size() || tokens_[at].kind != Token::Kind::kName || tokens_[at + 1].kind != Token::Kind::kClose) return false;
    const std::string word = LowerAscii(tokens_[at].text);
    return word == "turn" || word == "paragraph" || word.find_first_not_of("0123456789") == std::string::npos;
  }

  void ReadReach(Expression& relation) {
    const Token& token = tokens_[next_ + 1];
    const std::string word = LowerAscii(token.text);
    if (word == "turn") relation.reach = Expression::Reach::kTurn;
    else if (word == "paragraph") relation.reach = Expression::Reach::kParagraph;
    else {
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), relation.words);
      if (error != std::errc() || relation.words > kMostWords) throw Refuse("“{0}” at character {1} is too far; at most {2} words can lie between.", token.text, token.at, kMostWords);
    }
    next_ += 3;
  }

  Expression Primary() {
    if (IsWord("only")) {
      const auto at = Now().at;
      ++next_;
      Expression code = Primary();
      if (code.kind != Expression::Kind::kCode || code.only) throw Refuse("After “only” at character {0} must stand the name of one code.", at);
      code.only = true;
      return code;
    }
    const Token token = Now();
    if (token.kind == Token::Kind::kOpen) {
      ++next_;
      const Deeper deeper(*this);
      Expression inside = Or();
      if (Now().kind != Token::Kind::kClose) {
        if (Now().kind == Token::Kind::kEnd) throw Refuse("The parenthesis at character {0} is never closed.", token.at);
        throw Refuse("Before “{0}” at character {1} must stand and, or, overlaps or another operator.", Now().text, Now().at);
      }
      ++next_;
      return inside;
    }
    if (token.kind == Token::Kind::kEnd) throw Refuse("The query ends too early, at character {0}: here must stand a code, a condition or a parenthesis.", token.at);
    const bool reserved = token.kind == Token::Kind::kName && std::find(kReserved.begin(), kReserved.end(), LowerAscii(token.text)) != kReserved.end();
    if (reserved || (token.kind != Token::Kind::kName && token.kind != Token::Kind::kQuoted)) {
      throw Refuse("At character {0} must stand a code, a condition or a parenthesis, not “{1}”; a name like that goes in quotation marks.", token.at, token.text);
    }
    ++next_;
    Expression expression{.kind = Expression::Kind::kCode, .at = token.at, .name = token.text};
    if (Now().kind != Token::Kind::kSign) {
      if (token.text.empty()) throw Refuse("Between the quotation marks at character {0} must stand a name.", token.at);
      return expression;
    }
    expression.kind = Expression::Kind::kCondition;
    expression.sign = Now().text;
    ++next_;
    if (Now().kind != Token::Kind::kName && Now().kind != Token::Kind::kQuoted) {
      throw Refuse("After “{0}” at character {1} must stand a value.", expression.sign, Now().at);
    }
    expression.value = Now().text;
    expression.value_at = Now().at;
    ++next_;
    return expression;
  }

  struct Deeper {
    explicit Deeper(Reader& reader) : reader_(reader) {
      if (++reader_.depth_ > kDeepestNesting) throw Refuse("The query is nested too deeply at character {0}; save a part of it as a query of its own.", reader_.Now().at);
    }
    ~Deeper() { --reader_.depth_; }
    Deeper(const Deeper&) = delete;
    Reader& reader_;
  };

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
};

}  // namespace

Expression ReadExpression(const std::string& text) {
  if (text.size() > kLongest) throw Refuse("The query is too long; save parts of it as queries of their own.");
  return Reader(text).Whole();
}

std::string AsName(const std::string& name) {
  const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), IsNameByte) &&
                     std::find(kReserved.begin(), kReserved.end(), LowerAscii(name)) == kReserved.end();
  if (plain) return name;
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

}  // namespace meerstem::coding
