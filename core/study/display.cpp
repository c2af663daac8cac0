#include "core/study/display.h"

#include <algorithm>
#include <set>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/study/people.h"
#include "core/study/sources.h"

namespace meerstem {
namespace {

constexpr std::int64_t kFewPeople = 5;

struct Replacement {
  Range range;
  std::string shown;
};

/// Does the character at this position belong to a word? Curly quotes, dashes and ellipses do not, or a name beside one
/// would be shown.
bool IsWordAt(const Text& text, std::int64_t position) {
  if (position < 0 || position >= text.size()) return false;
  const auto slice = text.Slice({position, position + 1});
  std::int32_t at = 0;
  UChar32 c;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(slice.data()), at, static_cast<std::int32_t>(slice.size()), c);
  return c >= 0 && (u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0);
}

/// Every place of the text where a name of the list stands as whole words, by position, the longest first.
std::vector<Replacement> Replacements(Reading& reading, const Id& source) {
  std::vector<Replacement> found;
  auto rows = reading.Query("SELECT words, shown FROM replacement ORDER BY length(words) DESC, words");
  std::shared_ptr<const Text> text, folded;
  while (rows.Step()) {
    if (!text) {
      text = TextOf(reading, source);
      folded = FoldedTextOf(reading, source);
    }
    for (const auto& range : FindFolded(*folded, rows.Text(0))) {
      const bool whole = !IsWordAt(*text, range.start - 1) && !IsWordAt(*text, range.end);
      const bool taken = std::any_of(found.begin(), found.end(), [&](const Replacement& r) { return r.range.Overlaps(range); });
      if (whole && !taken) found.push_back({range, rows.Text(1)});
    }
  }
  std::sort(found.begin(), found.end(), [](const Replacement& a, const Replacement& b) { return a.range < b.range; });
  return found;
}

/// The names by which a transcript labels speakers who have another pseudonym, within `range`, by position. A label
/// that does not hold the speaker's name as it was read is replaced whole.
std::vector<Replacement> Labels(Reading& reading, const Id& source, const Range& range) {
  std::vector<Replacement> found;
  auto rows = reading.Query(
      "SELECT label.start, label.end, speaker.label, person.pseudonym FROM span label JOIN turn ON turn.label_span_id = label.id "
      "JOIN speaker ON speaker.id = turn.speaker_id JOIN person ON person.id = speaker.person_id "
      "WHERE label.source_id = ? AND label.start < ? AND label.end > ? AND speaker.label <> person.pseudonym ORDER BY label.start",
      source, range.end, range.start);
  std::shared_ptr<const Text> text;
  while (rows.Step()) {
    if (!text) text = TextOf(reading, source);
    const Range label{rows.Int(0), rows.Int(1)};
    const std::string name = rows.Text(2);
    const std::string_view stored = text->Slice(label);
    const auto at = stored.find(name);
    if (at == std::string_view::npos || name.empty()) {
      found.push_back({label, rows.Text(3) + ": "});
      continue;
    }
    const std::int64_t start = label.start + CountCodePoints(stored.substr(0, at));
    found.push_back({{start, start + CountCodePoints(name)}, rows.Text(3)});
  }
  return found;
}

/// Labels go before names of the list, which may stand in them.
std::vector<Replacement> AllReplacements(Reading& reading, const Id& source, const Range& range) {
  std::vector<Replacement> all = Labels(reading, source, range);
  const std::vector<Replacement> labels = all;
  for (auto& name : Replacements(reading, source)) {
    const bool taken = std::any_of(labels.begin(), labels.end(), [&](const Replacement& label) { return label.range.Overlaps(name.range); });
    if (!taken) all.push_back(std::move(name));
  }
  std::sort(all.begin(), all.end(), [](const Replacement& a, const Replacement& b) { return a.range < b.range; });
  return all;
}

std::vector<view::Run> Runs(Reading& reading, const SourceSpan& span, const std::vector<Replacement>& replacements) {
  const auto text = TextOf(reading, span.source);
  const Range whole{std::max<std::int64_t>(0, span.range.start), std::min(span.range.end, text->size())};
  std::vector<view::Run> runs;
  const auto plain = [&](std::int64_t start, std::int64_t end) {
    if (start < end) runs.push_back({std::string(text->Slice({start, end})), {start, end}, view::Run::Role::kWords});
  };
  std::int64_t at = whole.start;
  for (const auto& replacement : replacements) {
    if (!replacement.range.Overlaps(whole)) continue;
    // A range that cuts a name in two shows the whole replacement rather than half of the name.
    plain(at, std::min(replacement.range.start, whole.end));
    const Range stored{std::max(replacement.range.start, whole.start), std::min(replacement.range.end, whole.end)};
    runs.push_back({replacement.shown, stored, view::Run::Role::kReplaced});
    at = std::max(at, stored.end);
  }
  plain(at, whole.end);
  return runs;
}

std::string Joined(const std::vector<view::Run>& runs) {
  std::string text;
  for (const auto& run : runs) text += run.text;
  return text;
}

}  // namespace

std::vector<view::Run> DisplayRuns(Reading& reading, const SourceSpan& span, Purpose) {
  // The same pseudonyms for every purpose: what is on screen may be seen over a shoulder.
  return Runs(reading, span, AllReplacements(reading, span.source, span.range));
}

std::string DisplayText(Reading& reading, const SourceSpan& span, Purpose purpose) { return Joined(DisplayRuns(reading, span, purpose)); }

std::string DisplayLabel(Reading& reading, const SourceSpan& label) { return Joined(Runs(reading, label, Replacements(reading, label.source))); }

bool MayUse(Reading& reading, const SourceSpan& span, Purpose purpose) {
  if (purpose == Purpose::kScreen) return true;
  return reading.Number(
             "SELECT count(*) FROM span words JOIN turn ON turn.span_id = words.id JOIN speaker ON speaker.id = turn.speaker_id "
             "JOIN person ON person.id = speaker.person_id WHERE words.source_id = ?1 AND words.start < ?3 AND words.end > ?2 "
             "AND (may_analyse = 0 OR (?4 AND may_quote = 0))",
             span.source, span.range.start, span.range.end, purpose == Purpose::kExport) == 0;
}

Message Reference(Reading& reading, const SourceSpan& span) {
  const Source source = GetSource(reading, span.source);
  const std::string parts = Setting(reading, "reference", "pseudonym type site date");
  const bool small_sites = Setting(reading, "reference_small_sites", "no") == "yes";
  std::vector<std::string> people, types;
  std::optional<Id> type = source.stakeholder, site = source.site;
  for (const auto& turn : TurnsOf(reading, span.source)) {
    if (!turn.words.Overlaps(span.range) || turn.researcher) continue;
    if (turn.person && std::find(people.begin(), people.end(), turn.person_name) == people.end()) people.push_back(turn.person_name);
    if (turn.stakeholder) {
      type = turn.stakeholder;
      if (std::find(types.begin(), types.end(), turn.stakeholder_name) == types.end()) types.push_back(turn.stakeholder_name);
    }
    if (turn.person) {
      auto row = reading.Query("SELECT site_id FROM person WHERE id = ?", *turn.person);
      if (row.Step() && row.MaybeId(0)) site = row.MaybeId(0);
    }
  }
  if (types.empty() && type) {
    auto row = reading.Query("SELECT name FROM stakeholder_type WHERE id = ?", *type);
    if (row.Step()) types.push_back(row.Text(0));
  }
  Message reference;
  const auto add = [&](MessageArgument argument) {
    reference.id += (reference.arguments.empty() ? "{" : ", {") + std::to_string(reference.arguments.size()) + "}";
    reference.arguments.push_back(std::move(argument));
  };
  const auto add_all = [&](const std::vector<std::string>& names) {
    std::string joined;
    for (const auto& name : names) joined += (joined.empty() ? "" : " + ") + name;
    if (!joined.empty()) add(joined);
  };
  if (parts.find("pseudonym") != std::string::npos) add_all(people);
  if (parts.find("type") != std::string::npos) add_all(types);
  if (parts.find("site") != std::string::npos && site) {
    const bool many = reading.Number(
                          "SELECT count(DISTINCT person.id) FROM person JOIN speaker ON speaker.person_id = person.id "
                          "WHERE person.site_id IS ? AND person.stakeholder_id IS ?",
                          site, type) >= kFewPeople;
    if (many || small_sites) {
      auto row = reading.Query("SELECT name FROM site WHERE id = ?", *site);
      if (row.Step()) add(row.Text(0));
    }
  }
  if (parts.find("date") != std::string::npos && source.date) add(*source.date);
  return reference;
}

}  // namespace meerstem
