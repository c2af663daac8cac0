#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// The language of queries, read into a tree. What it can say:
///
///   "Trust/Time"  Trust                  quotes with this code or one below it; quotation marks where a name has spaces
///   only Trust                            quotes with the code itself, not those below it
///   A and B   A or B   not A   ( ... )    both on one quote, one of the two, not
///   A overlaps B                          quotes of A that share words with a quote of B
///   A within B    A encloses B            quotes of A that lie in one of B, or around one
///   A near B      A near(10) B            at most 20 words, or so many, between them, whichever comes first
///   A near(turn) B    A near(paragraph) B in the same turn or paragraph
///   A followed by B   A followed by(5) B  B comes after A, at most 20 words, or so many, later; also (turn), (paragraph)
///   stakeholder = coach   site != North   any dimension of the study and one of its groups
///   person.Age >= 30   case.Income = low  a variable of people, cases or sources; = != < <= > >= ~ (contains)
///   text ~ "trust"   coder = Ada   date >= 2023-01-01   query = "One that was saved"
///
/// `not` binds less than overlaps, within ..., more than `and`; `and` more than `or`.
namespace meerstem::coding {

struct Expression {
  enum class Kind { kCode, kCondition, kNot, kAnd, kOr, kRelation };
  enum class Relation { kOverlaps, kWithin, kEncloses, kNear, kFollowedBy };
  enum class Reach { kWords, kTurn, kParagraph };

  Kind kind = Kind::kCode;
  std::int64_t at = 0;              ///< Where it begins in what was typed, in characters from 1.
  bool only = false;                ///< kCode: not the codes below it.
  std::string name;                 ///< The code; of a condition what is looked at ...
  std::string sign;                 ///< ... = != < <= > >= ~ ...
  std::string value;                ///< ... and what it is held against.
  std::int64_t value_at = 0;
  Relation relation = Relation::kOverlaps;
  Reach reach = Reach::kWords;
  std::int64_t words = 20;
  std::vector<Expression> parts;    ///< One of kNot, two of kRelation, two or more of kAnd and kOr.
};

/// Refuses, with the place, what cannot be read.
Expression ReadExpression(const std::string& text);
/// The name as an expression has to write it: in quotation marks unless it is a plain word.
std::string AsName(const std::string& name);

}  // namespace meerstem::coding
