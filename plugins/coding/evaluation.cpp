#include "plugins/coding/evaluation.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/study/sources.h"
#include "plugins/coding/conditions.h"
#include "plugins/coding/meeting.h"

namespace meerstem::coding {

using Kind = Expression::Kind;
using Bits = std::vector<char>;

struct Query::Node {
  Expression::Kind kind;
  Bits codes;                                ///< kCode: by number.
  Condition condition;                       ///< kCondition.
  Expression::Relation relation{};
  Expression::Reach reach{};
  std::int64_t words = 0;
  std::vector<std::unique_ptr<Node>> parts;
};

namespace {

using Node = Query::Node;

/// Saved queries may name saved queries; so deep, and no deeper, or one would stand in itself.
constexpr int kMostQueries = 10;

class Binder {
 public:
  Binder(const Registry& registry, Reading& reading, const CodedStudy& study, bool include_researchers)
      : registry_(registry), reading_(reading), study_(study), include_researchers_(include_researchers) {}

  std::unique_ptr<Node> Bind(const Expression& expression, int depth = 0) {
    if (expression.kind == Kind::kCondition && expression.name == "query") return Saved(expression, depth);
    auto node = std::make_unique<Node>();
    node->kind = expression.kind;
    if (expression.kind == Kind::kCode) {
      const Id code = CodeNamed(study_, expression);
      if (expression.only) {
        node->codes.assign(study_.codes->place.size(), 0);
        node->codes[study_.codes->Find(code)] = 1;
      } else {
        node->codes = study_.codes->Under({code});
      }
    }
    if (expression.kind == Kind::kCondition) node->condition = BindCondition(registry_, reading_, study_, expression, include_researchers_);
    node->relation = expression.relation;
    node->reach = expression.reach;
    node->words = expression.words;
    for (const auto& part : expression.parts) node->parts.push_back(Bind(part, depth));
    return node;
  }

 private:
  std::unique_ptr<Node> Saved(const Expression& expression, int depth) {
    if (expression.sign != "=" && expression.sign != "!=") throw Refuse("At character {0}: a saved query is or is not; write = or !=.", expression.at);
    auto row = reading_.Query("SELECT expression FROM saved_query WHERE name = ?", expression.value);
    if (!row.Step()) throw Refuse("At character {0}: no query is saved as “{1}”.", expression.value_at, expression.value);
    if (depth >= kMostQueries) throw Refuse("The saved query “{0}” stands in itself, directly or through others; change one of them.", expression.value);
    std::unique_ptr<Node> node;
    try {
      node = Bind(ReadExpression(row.Text(0)), depth + 1);
    } catch (const Error& error) {
      if (depth > 0) throw;
      throw Refuse("In the saved query “{0}”: {1}", expression.value, error.message());
    }
    if (expression.sign == "=") return node;
    auto negated = std::make_unique<Node>();
    negated->kind = Kind::kNot;
    negated->parts.push_back(std::move(node));
    return negated;
  }

  const Registry& registry_;
  Reading& reading_;
  const CodedStudy& study_;
  bool include_researchers_;
};

/// The expression held against one source.
class Answering {
 public:
  Answering(Reading& reading, const CodedStudy& study, std::uint32_t source, bool include_researchers)
      : reading_(reading), study_(study), number_(source), source_(study.source(source)), stock_(study.stock(source)), asked_(stock_.quotes.size(), 0) {
    for (std::size_t i = 0; i < stock_.quotes.size(); ++i) {
      const auto& quote = stock_.quotes[i];
      asked_[i] = IsAsked(source_, stock_, quote, include_researchers) == Asked::kAsked;
    }
  }

  Bits Of(const Node& node) {
    switch (node.kind) {
      case Kind::kCode:
        return Coded(node.codes);
      case Kind::kCondition:
        return node.condition(reading_, number_, asked_);
      case Kind::kNot: {
        Bits bits = Of(*node.parts[0]);
        for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = asked_[i] && !bits[i];
        return bits;
      }
      case Kind::kAnd:
      case Kind::kOr: {
        Bits bits = Of(*node.parts[0]);
        for (std::size_t p = 1; p < node.parts.size(); ++p) {
          const Node& part = *node.parts[p];
          const bool all = node.kind == Kind::kAnd;
          if (all && std::find(bits.begin(), bits.end(), 1) == bits.end()) return bits;
          // A condition looks at each quote on its own: of those that are out already it need not be asked.
          const Bits other = all && part.kind == Kind::kCondition ? part.condition(reading_, number_, bits) : Of(part);
          for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = node.kind == Kind::kAnd ? bits[i] && other[i] : bits[i] || other[i];
        }
        return bits;
      }
      default:
        return Related(node);
    }
  }

 private:
  Bits Coded(const Bits& codes) const {
    Bits bits(stock_.quotes.size(), 0);
    for (std::size_t i = 0; i < bits.size(); ++i) {
      const auto& quote = stock_.quotes[i];
      for (auto c = quote.first; asked_[i] && !bits[i] && c < quote.last; ++c) {
        const auto code = stock_.codings[c].code;
        bits[i] = code < codes.size() && codes[code];
      }
    }
    return bits;
  }

  Bits Related(const Node& node) {
    const Bits left = Of(*node.parts[0]), right = Of(*node.parts[1]);
    Bits bits(stock_.quotes.size(), 0);
    if (std::find(left.begin(), left.end(), 1) == left.end() || std::find(right.begin(), right.end(), 1) == right.end()) return bits;
    if (!text_) text_ = TextOf(reading_, source_.id);
    const Meeting meeting(stock_, text_.get(), node.relation, node.reach, node.words);
    const Row others(stock_, right);
    for (std::size_t i = 0; i < bits.size(); ++i) {
      if (!left[i]) continue;
      const auto& quote = stock_.quotes[i];
      const Range around = meeting.Around(quote);
      bits[i] = others.EachIn(around, [&](std::uint32_t other) { return meeting.Holds(quote, stock_.quotes[other], around); });
    }
    return bits;
  }

  Reading& reading_;
  const CodedStudy& study_;
  std::uint32_t number_;
  const CodedStudy::Source& source_;
  const CodedStudy::Stock& stock_;
  Bits asked_;
  std::shared_ptr<const Text> text_;
};

}  // namespace

Asked IsAsked(const CodedStudy::Source& source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote, bool include_researchers) {
  if (quote.first >= quote.last) return Asked::kNot;
  bool heard = true, in_turn = false, may = true;
  for (auto i = quote.turn; i < stock.turns.size() && stock.turns[i].start < quote.end; ++i) {
    const auto& voice = source.voices[stock.turns[i].voice];
    may = may && voice.may_analyse;
    heard = (in_turn && heard) || include_researchers || !voice.researcher;
    in_turn = true;
  }
  return !heard ? Asked::kNot : may ? Asked::kAsked : Asked::kWithheld;
}

std::int64_t Withheld(const CodedStudy& study, bool include_researchers) {
  std::int64_t withheld = 0;
  for (std::size_t s = 0; s < study.size(); ++s) {
    for (const auto& quote : study.stock(s).quotes) withheld += IsAsked(study.source(s), study.stock(s), quote, include_researchers) == Asked::kWithheld;
  }
  return withheld;
}

Query::Query(const Registry& registry, Reading& reading, std::shared_ptr<const CodedStudy> study, const std::string& text, bool include_researchers)
    : study_(std::move(study)), include_researchers_(include_researchers) {
  root_ = Binder(registry, reading, *study_, include_researchers).Bind(ReadExpression(text));
}
Query::~Query() = default;
Query::Query(Query&&) noexcept = default;

std::vector<QuotePlace> Query::Places(Reading& reading, Job& job) const {
  std::vector<QuotePlace> places;
  for (std::uint32_t s = 0; s < study_->size(); ++s) {
    if (s % 64 == 0) job.Progress(static_cast<double>(s) / static_cast<double>(study_->size()));
    if (study_->stock(s).codings.empty()) continue;
    const Bits bits = Answering(reading, *study_, s, include_researchers_).Of(*root_);
    for (std::uint32_t q = 0; q < bits.size(); ++q) {
      if (bits[q]) places.push_back({s, q});
    }
  }
  return places;
}

}  // namespace meerstem::coding
