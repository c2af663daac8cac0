#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/text.h"
#include "core/study/codes.h"
#include "core/study/display.h"
#include "core/store/store.h"

/// The whole study as whoever counts and compares needs it: plain arrays in memory. One million codings take about a
/// hundred megabytes, and a sweep over them some milliseconds.
namespace meerstem {

/// Ids with their names, numbered in the study's own order.
struct Numbered {
  static constexpr std::uint32_t kNone = 0xffffffffu;
  std::vector<Id> ids;
  std::vector<std::string> names;
  std::unordered_map<Id, std::uint32_t> numbers;

  std::uint32_t Add(const Id& id, std::string name);
  /// kNone when it is not there.
  std::uint32_t Find(const Id& id) const;
  std::size_t size() const { return ids.size(); }
};

/// Immutable; a change of the study makes a new one that shares everything that did not change. Safe to read from
/// several threads, and for as long as one likes.
class CodedStudy {
 public:
  static constexpr std::uint32_t kNone = Numbered::kNone;

  struct Turn {
    std::int32_t label_start, label_end, start, end;
    std::uint32_t voice;                ///< In Source::voices.
    Range words() const { return {start, end}; }
    Range label() const { return {label_start, label_end}; }
  };
  struct Quote {
    Id id;
    std::int32_t start, end;
    std::uint32_t turn;                 ///< The first turn that reaches beyond the start.
    std::uint32_t first, last;          ///< Its codings: [first, last) of Stock::codings.
    Range range() const { return {start, end}; }
  };
  struct Coding {
    Id id;
    std::uint32_t code;                 ///< In `codes`.
    std::uint32_t coder;                ///< In `coders`, or kNone.
  };
  /// What stands in one source, by position; of one quote the oldest coding first.
  struct Stock {
    std::vector<Turn> turns;
    std::vector<Quote> quotes;
    std::vector<Coding> codings;
  };
  /// One who speaks in a source.
  struct Voice {
    Id speaker;
    std::string label;
    std::uint32_t person = kNone;
    std::uint32_t stakeholder = kNone;  ///< The person's own, or that of the source.
    std::uint32_t site = kNone;
    std::uint32_t own_stakeholder = kNone;
    bool researcher = false;
    bool may_analyse = true;
    bool may_quote = true;
    bool may_archive = true;
    bool withdrawn = false;             ///< Took everything back: no quote that touches their words is in a Stock.
  };
  struct Source {
    Id id;
    Id content;
    std::string title;
    std::string kind;
    std::string date;
    std::uint32_t stakeholder = kNone;
    std::uint32_t site = kNone;
    std::vector<std::uint32_t> cases;   ///< That the source is about.
    std::vector<Voice> voices;
  };
  /// Who and what there is, without what stands in the texts.
  struct Frame {
    std::vector<Source> sources;        ///< In the study's order.
    std::unordered_map<Id, std::uint32_t> source_numbers;
    Numbered persons, stakeholders, sites, cases, coders;
    std::vector<std::string> stakeholder_keys;
    std::vector<std::vector<std::uint32_t>> cases_of_person;  ///< As a member, not as a coach.
    std::unordered_map<Id, std::vector<std::uint32_t>> cases_of_quote;
  };
  /// A code keeps its number for as long as the study is open, wherever it is moved; one that is deleted leaves a gap.
  struct Codes {
    std::vector<Code> list;             ///< As in the codebook.
    std::vector<std::uint32_t> number;  ///< Of each in `list`.
    std::vector<std::uint32_t> place;   ///< By number: where in `list`, or kNone.
    std::vector<std::uint32_t> parent;  ///< By number: the parent's, or kNone.
    std::unordered_map<Id, std::uint32_t> numbers;
    std::uint32_t Find(const Id& id) const;
    const Code* Of(std::uint32_t number) const { return place[number] == kNone ? nullptr : &list[place[number]]; }
    /// By number: does it stand under one of `codes`, or is it one itself?
    std::vector<char> Under(const std::vector<Id>& codes) const;
  };

  std::shared_ptr<const Frame> frame;
  std::shared_ptr<const Codes> codes;
  std::vector<std::shared_ptr<const Stock>> stocks;  ///< As Frame::sources.

  std::size_t size() const { return stocks.size(); }
  const Source& source(std::size_t index) const { return frame->sources[index]; }
  const Stock& stock(std::size_t index) const { return *stocks[index]; }

  /// Calls `visit(turn, voice)` for each turn that `range` touches, from `turn` on.
  template <class Visit>
  static void EachTurn(const Source& source, const Stock& stock, std::uint32_t turn, const Range& range, Visit visit) {
    for (; turn < stock.turns.size() && stock.turns[turn].start < range.end; ++turn) visit(stock.turns[turn], source.voices[stock.turns[turn].voice]);
  }
  /// The first turn that reaches beyond `position`.
  static std::uint32_t TurnAt(const Stock& stock, std::int64_t position);
  /// Does anybody but the interviewer speak in it, or nobody at all?
  static bool IsHeard(const Source& source, const Stock& stock, const Quote& quote);
  /// As display.h's MayUse.
  static bool MayUse(const Source& source, const Stock& stock, std::uint32_t turn, const Range& range, Purpose purpose);
};

/// The study as it stands; the first call of a study reads it all, later ones only what has changed.
std::shared_ptr<const CodedStudy> CodedStudyOf(Reading& reading);

}  // namespace meerstem
