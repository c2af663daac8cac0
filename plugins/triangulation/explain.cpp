// Explain the change: from an outcome, an item or a domain to the families in it, what changed there, the remarks written at
// those answers, and what members and coaches said about it, coded or not.
#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/base/text.h"
#include "core/study/sources.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"
#include "plugins/triangulation/voices.h"

namespace meerstem::triangulation {
namespace {

/// A line of the view before it has words.
struct Entry {
  enum class Kind { kFamily, kChange, kRemark, kQuote, kConversation };
  Kind kind = Kind::kFamily;
  std::size_t family = 0;
  AnswerChange change;      ///< kFamily: how many answers went down and up stands in before and after.
  Id thing;                 ///< Answer of a remark, quote, or source.
  SourceSpan span;
  std::uint32_t source = 0, quote = 0;
  Date date;
};

class ExplainRows final : public view::Rows {
 public:
  ExplainRows(std::shared_ptr<const Families> families, std::shared_ptr<const CodedStudy> study, std::vector<Entry> entries, Purpose purpose)
      : families_(std::move(families)), study_(std::move(study)), entries_(std::move(entries)), purpose_(purpose) {}
  std::size_t Count() const override { return entries_.size(); }
  std::string Key(std::size_t index) const override {
    const Entry& entry = entries_[index];
    const std::string family = ToString(families_->list[entry.family].study_case);
    switch (entry.kind) {
      case Entry::Kind::kFamily: return family;
      case Entry::Kind::kChange: return family + "/" + ToString(entry.change.key.item) + "/" + ToString(entry.change.key.person);
      default: return family + "/" + ToString(entry.thing);
    }
  }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    const Items items(reading);
    Displaying displaying(reading, purpose_);
    std::vector<view::Row> rows;
    for (std::size_t i = first; i < std::min(entries_.size(), first + count); ++i) rows.push_back(One(reading, items, displaying, i));
    return rows;
  }

 private:
  static view::Cell Nothing() { return {.state = view::State::kEmpty}; }

  Message MemberName(Reading& reading, const Id& person) const {
    if (person.IsNil()) return Say("household");
    auto row = reading.Query("SELECT pseudonym FROM person WHERE id = ?", person);
    return row.Step() ? Verbatim(row.Text(0)) : Message{};
  }

  view::Row One(Reading& reading, const Items& items, Displaying& displaying, std::size_t index) const {
    const Entry& entry = entries_[index];
    const Family& family = families_->list[entry.family];
    view::Row row{.key = Key(index), .entities = {{"case", family.study_case}}};
    row.cells = {{.value = family.code}};
    const auto put = [&](Message what, std::string glyph, view::Cell where, view::Cell date, view::Cell words, view::Cell codes) {
      view::Cell kind{.value = std::move(what), .glyph = std::move(glyph)};
      for (auto* cell : {&kind, &where, &date, &words, &codes}) row.cells.push_back(std::move(*cell));
    };
    switch (entry.kind) {
      case Entry::Kind::kFamily: {
        row.target = view::Target{"triangulation.timeline", {{"case", family.study_case}}};
        view::Cell outcome = OutcomeCell(*families_, family);
        const view::Cell scores = ScoresCell(family);
        if (const auto* from_to = std::get_if<Message>(&scores.value)) {
          outcome.value = outcome.state == view::State::kValue ? Say("{0}: {1}", std::get<Message>(outcome.value), *from_to) : *from_to;
          outcome.state = view::State::kValue;
        }
        view::Cell date = family.follow_up ? view::Cell{.value = *family.follow_up} : Nothing();
        const Message moved = Say("{0} down, {1} up", entry.change.before, entry.change.after);
        if (auto* words = std::get_if<Message>(&outcome.value)) outcome.value = Say("{0}; {1}", *words, moved);
        else outcome = {.value = moved};
        put(Say("Family"), {}, {.value = family.site}, std::move(date), std::move(outcome), Nothing());
        break;
      }
      case Entry::Kind::kChange: {
        const Item* item = items.Find(entry.change.key.item);
        row.entities.push_back({"item", entry.change.key.item});
        if (!entry.change.key.person.IsNil()) row.entities.push_back({"person", entry.change.key.person});
        row.target = view::Target{"registrations.case", {{"case", family.study_case}}};
        const auto point = [&](int value) {
          for (const auto& each : item ? item->points : std::vector<ScalePoint>{}) {
            if (each.value == value) return Say("{0} ({1})", value, each.label);
          }
          return Say("{0}", value);
        };
        view::Cell words{.value = Say("{0} → {1}", point(entry.change.before), point(entry.change.after))};
        if (entry.change.carried) words.why = Say("Entered before the follow-up and carried since.");
        put(entry.change.points() < 0 ? Say("Got worse") : Say("Got better"), entry.change.points() < 0 ? "↓" : "↑",
            {.value = Say("{0} – {1}", item ? Verbatim(item->name) : Message{}, MemberName(reading, entry.change.key.person))}, {.value = entry.change.since}, std::move(words), Nothing());
        break;
      }
      case Entry::Kind::kRemark: {
        const Item* item = items.Find(entry.change.key.item);
        row.entities.push_back({"source", entry.span.source});
        row.target = PlaceOf(entry.span);
        put(Say("Remark"), "✎", {.value = Say("{0} – {1}", item ? Verbatim(item->name) : Message{}, MemberName(reading, entry.change.key.person))}, {.value = entry.date},
            Words(reading, displaying, entry.span), CodesCell(CodesIn(entry.span.source), entry.span));
        break;
      }
      case Entry::Kind::kQuote: {
        const auto& source = study_->source(entry.source);
        const auto& stock = study_->stock(entry.source);
        row.entities.push_back({"quote", entry.thing});
        row.target = PlaceOf(entry.span);
        const auto date = ParseDate(source.date);
        put(Say("Quote"), "”", {.value = Reference(reading, entry.span)}, date ? view::Cell{.value = *date} : Nothing(), Words(reading, displaying, entry.span),
            CodesCell(CodesOn(*study_, stock, stock.quotes[entry.quote]), entry.span));
        break;
      }
      case Entry::Kind::kConversation: {
        const auto& source = study_->source(entry.source);
        const auto& stock = study_->stock(entry.source);
        row.entities.push_back({"source", source.id});
        row.target = view::Target{"coding.document", {{"source", source.id}}};
        std::int64_t bare = 0, turns = 0;
        for (const auto& turn : stock.turns) {
          if (source.voices[turn.voice].researcher) continue;
          ++turns;
          bare += std::none_of(stock.quotes.begin(), stock.quotes.end(), [&](const CodedStudy::Quote& quote) { return quote.first < quote.last && quote.start < turn.end && turn.start < quote.end; });
        }
        const auto date = ParseDate(source.date);
        put(Say("Conversation"), "■", {.value = source.title}, date ? view::Cell{.value = *date} : Nothing(), {.value = Say("{0} turns, {1} of them without a code", turns, bare)}, Nothing());
        break;
      }
    }
    return row;
  }

  view::Cell Words(Reading& reading, Displaying& displaying, const SourceSpan& span) const {
    if (!MayUse(reading, span, purpose_)) return {.state = view::State::kSuppressed, .why = Say("No consent for this use.")};
    return {.value = displaying.Text(span)};
  }

  std::vector<std::string> CodesIn(const Id& source) const {
    std::vector<std::string> codes;
    const auto number = study_->frame->source_numbers.find(source);
    if (number == study_->frame->source_numbers.end()) return codes;
    const auto& stock = study_->stock(number->second);
    for (const auto& quote : stock.quotes) {
      for (auto& code : CodesOn(*study_, stock, quote)) {
        if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(std::move(code));
      }
    }
    return codes;
  }

  std::shared_ptr<const Families> families_;
  std::shared_ptr<const CodedStudy> study_;
  std::vector<Entry> entries_;
  Purpose purpose_;
};

struct Question {
  std::string outcome, domain, direction;
  std::optional<Id> item, site;
  bool only_uncoded = false;
  Purpose purpose = Purpose::kAnalysis;
};

class Explaining {
 public:
  Explaining(const Registry& registry, Reading& reading, Job& job, Question question)
      : reading_(reading), job_(job), question_(std::move(question)), families_(FamiliesOf(registry, reading, job)), changes_(ChangesOf(registry, reading, job)), linked_(LinkedQuotes(reading)), study_(linked_->shared_study()), items_(reading) {}

  view::Model Build() {
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < families_->list.size(); ++i) {
      const Family& family = families_->list[i];
      if (!family.follow_up || (question_.site && family.site_id != question_.site) || !Wanted(family, question_.outcome)) continue;
      const bool asked = question_.item || !question_.domain.empty() || !question_.direction.empty();
      if (asked && Asked(family).empty()) continue;
      wanted.push_back(i);
    }
    ReadWords();
    for (const auto family : wanted) {
      job_.Progress(static_cast<double>(&family - wanted.data()) / static_cast<double>(wanted.size()));
      OneFamily(family);
    }
    view::Model model;
    model.population = About(*families_, Say("Families with a follow-up, what changed in their answers since baseline, and what was said and written about it"), static_cast<std::int64_t>(wanted.size()));
    model.population.facts.insert(model.population.facts.end(), {{"down", Say("Answers that went down"), down_}, {"up", Say("Answers that went up"), up_}, {"remarks", Say("Remarks at those answers"), remarks_},
                                                                 {"quotes", Say("Quotes"), quotes_}, {"without_words", Say("Families without remark or quote"), wordless_}});
    model.notes = {Say("Remarks are those written after baseline, up to follow-up, at an answer that changed. Quotes are those in which members speak or that are about the family; a coach's words count where they are about it.")};
    model.body = view::Table{{{"case", Say("Family")}, {"what", Say("What")}, {"where", Say("Site, item or voice"), view::ColumnType::kText, 30}, {"date", Say("Date"), view::ColumnType::kDate},
                              {"words", Say("What changed or was said"), view::ColumnType::kText, 70}, {"codes", Say("Codes"), view::ColumnType::kText, 30}},
                             std::make_shared<ExplainRows>(families_, study_, std::move(entries_), question_.purpose)};
    return model;
  }

 private:
  std::vector<AnswerChange> Asked(const Family& family) const {
    std::vector<AnswerChange> asked;
    const auto found = changes_->find(family.study_case);
    if (found == changes_->end()) return asked;
    for (const auto& change : found->second) {
      if (question_.item && change.key.item != *question_.item) continue;
      if (question_.direction == "worse" && change.points() > 0) continue;
      if (question_.direction == "better" && change.points() < 0) continue;
      if (!question_.domain.empty()) {
        const Item* item = items_.Find(change.key.item);
        const InstrumentDomain* domain = item ? items_.DomainOf(*item) : nullptr;
        if (!domain || domain->level + "." + domain->key != question_.domain) continue;
      }
      asked.push_back(change);
    }
    return asked;
  }

  void OneFamily(std::size_t place) {
    const Family& family = families_->list[place];
    const auto changed = Asked(family);
    Entry head{.kind = Entry::Kind::kFamily, .family = place};
    for (const auto& change : changed) ++(change.points() < 0 ? head.change.before : head.change.after);
    down_ += head.change.before;
    up_ += head.change.after;
    entries_.push_back(head);
    std::vector<Entry> remarks = RemarksOf(place, changed);
    const std::int64_t words_before = remarks_ + quotes_;
    for (const auto& change : changed) {
      entries_.push_back({.kind = Entry::Kind::kChange, .family = place, .change = change});
      for (const auto& remark : remarks) {
        if (remark.change.key != change.key) continue;
        entries_.push_back(remark);
        ++remarks_;
      }
    }
    for (const auto& [s, q] : linked_->Of(family.study_case)) {
      const auto& quote = study_->stock(s).quotes[q];
      if (question_.only_uncoded && quote.first < quote.last) continue;
      entries_.push_back({.kind = Entry::Kind::kQuote, .family = place, .thing = quote.id, .span = {study_->source(s).id, quote.range()}, .source = s, .quote = q});
      ++quotes_;
    }
    wordless_ += remarks_ + quotes_ == words_before;
    const auto held = conversations_.find(family.study_case);
    if (held == conversations_.end()) return;
    for (const auto number : held->second) entries_.push_back({.kind = Entry::Kind::kConversation, .family = place, .thing = study_->source(number).id, .source = number});
  }

  /// The conversations in which members speak or that are about a family, and the families about which something was
  /// remarked: asked once, for there may be thousands of families.
  void ReadWords() {
    for (std::uint32_t s = 0; s < study_->size(); ++s) {
      const auto& source = study_->source(s);
      if (source.kind == "remark") continue;
      std::set<std::uint32_t> cases(source.cases.begin(), source.cases.end());
      for (const auto& voice : source.voices) {
        if (voice.person == CodedStudy::kNone) continue;
        const auto& own = study_->frame->cases_of_person[voice.person];
        cases.insert(own.begin(), own.end());
      }
      for (const auto number : cases) conversations_[study_->frame->cases.ids[number]].push_back(s);
    }
    auto rows = reading_.Query("SELECT DISTINCT case_id FROM source JOIN answer ON answer.remark_id = source.id JOIN registration ON registration.id = registration_id WHERE source.kind = 'remark'");
    while (rows.Step()) remarked_.insert(rows.GetId(0));
  }

  std::vector<Entry> RemarksOf(std::size_t place, const std::vector<AnswerChange>& changed) {
    std::vector<Entry> remarks;
    const Family& family = families_->list[place];
    if (changed.empty() || !remarked_.contains(family.study_case)) return remarks;
    auto rows = reading_.Query(
        "SELECT answer.id, item_id, person_id, date, remark_id, (SELECT count(*) FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id WHERE span.source_id = remark_id) "
        "FROM registration JOIN answer ON registration_id = registration.id WHERE case_id = ? AND remark_id IS NOT NULL AND date > ? AND date <= ? "
        "AND registration.id NOT IN (SELECT registration_id FROM excluded_registration) ORDER BY date, answer.id",
        family.study_case, *family.baseline, *family.follow_up);
    while (rows.Step()) {
      if (question_.only_uncoded && rows.Int(5) > 0) continue;
      Entry entry{.kind = Entry::Kind::kRemark, .family = place, .thing = rows.GetId(0), .date = rows.MaybeDate(3).value_or(Date{})};
      entry.change.key = {rows.GetId(1), rows.GetId(2)};
      entry.span = {rows.GetId(4), {0, TextOf(reading_, rows.GetId(4))->size()}};
      remarks.push_back(std::move(entry));
    }
    return remarks;
  }

  Reading& reading_;
  Job& job_;
  Question question_;
  std::shared_ptr<const Families> families_;
  std::shared_ptr<const Changes> changes_;
  std::shared_ptr<const Linked> linked_;
  std::shared_ptr<const CodedStudy> study_;
  Items items_;
  std::unordered_map<Id, std::vector<std::uint32_t>> conversations_;
  std::unordered_set<Id> remarked_;
  std::vector<Entry> entries_;
  std::int64_t down_ = 0, up_ = 0, remarks_ = 0, quotes_ = 0, wordless_ = 0;
};

Parameter DomainParameter() {
  Parameter parameter{.name = "domain", .type = ParameterType::kChoice, .label = Say("Domain"), .live = true};
  parameter.study_choices = [](Reading& reading) {
    std::vector<Choice> choices;
    for (const auto& id : Instruments(reading)) {
      for (const auto& domain : GetInstrument(reading, id).domains) {
        const std::string key = domain.level + "." + domain.key;
        if (std::none_of(choices.begin(), choices.end(), [&](const Choice& choice) { return choice.key == key; })) choices.push_back({key, Verbatim(domain.name)});
      }
    }
    return choices;
  };
  return parameter;
}

}  // namespace

void AddExplain(Registry& registry) {
  View view{.id = "triangulation.explain", .kind = view::Kind::kTable, .label = Say("Explain the change"),
            .help = Say("For an outcome, an item or a domain: the families in it, what changed, the remarks at the answers that changed and the quotes of members and coaches. A code typed in the last column goes on these words.")};
  // Asked for nothing in particular: why families got worse.
  Parameter outcome = OutcomeParameter(registry);
  outcome.study_choices = [choices = std::move(outcome.study_choices)](Reading& reading) {
    auto all = choices(reading);
    all.insert(all.begin(), {"any", Say("any outcome")});
    return all;
  };
  outcome.fallback = "worse";
  view.parameters = {std::move(outcome),
                     {.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .live = true, .entity_kind = "item"},
                     DomainParameter(),
                     {.name = "direction", .type = ParameterType::kChoice, .label = Say("Which changes"), .live = true, .choices = {{"worse", Say("worse")}, {"better", Say("better")}}},
                     {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"},
                     {.name = "uncoded", .type = ParameterType::kBoolean, .label = Say("Only words without a code"), .live = true}, UseParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    Question question{arguments.Text("outcome"), arguments.Text("domain"), arguments.Text("direction"), arguments.Entity("item"), arguments.Entity("site"), arguments.Flag("uncoded"), UseOf(arguments)};
    if (question.outcome == "any") question.outcome.clear();
    view::Model model = Explaining(whole, reading, job, question).Build();
    model.title = question.outcome == "worse" && !question.item && question.domain.empty() ? Say("Why families got worse") : Say("What is behind the change");
    model.empty = Say("No family with a follow-up answers to this.");
    if (FamiliesOf(whole, reading, job)->population.facts.empty()) SayNoScores(whole, model);
    return model;
  };
  registry.Add(std::move(view));
}

}  // namespace meerstem::triangulation
