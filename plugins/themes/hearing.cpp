#include "plugins/themes/hearing.h"

#include <algorithm>

namespace meerstem::themes {

Questions::Questions(Reading& reading) {
  auto uses = reading.Query("SELECT DISTINCT source_id FROM guide_use");
  while (uses.Step()) asked_[uses.GetId(0)];
  auto rows = reading.Query(
      "WITH RECURSIVE opened (topic, theme) AS (SELECT topic_id, theme_id FROM topic_theme "
      "UNION SELECT topic, theme.id FROM theme JOIN opened ON theme.parent_id = opened.theme) "
      "SELECT DISTINCT source_id, opened.theme FROM guide_use JOIN topic ON topic.guide_id = guide_use.guide_id JOIN opened ON opened.topic = topic.id");
  while (rows.Step()) asked_[rows.GetId(0)].insert(rows.GetId(1));
}

Asked Questions::Was(const Id& theme, const Id& source) const {
  const auto found = asked_.find(source);
  if (found == asked_.end()) return Asked::kUnknown;
  return found->second.contains(theme) ? Asked::kYes : Asked::kNo;
}

view::Cell Silence(const Questions& questions, const Id& theme, const std::set<Id>& sources) {
  if (sources.empty()) return {.state = view::State::kEmpty, .why = Say("Nobody heard.")};
  std::int64_t yes = 0, unknown = 0;
  for (const auto& source : sources) {
    const Asked asked = questions.Was(theme, source);
    yes += asked == Asked::kYes;
    unknown += asked == Asked::kUnknown;
  }
  const auto all = static_cast<std::int64_t>(sources.size());
  if (yes > 0) return {.state = view::State::kSilent, .why = SayCount("Asked in {0} conversation of {1}, and silent about this.", "Asked in {0} conversations of {1}, and silent about this.", yes, all)};
  if (unknown == 0) return {.state = view::State::kNotAsked, .why = SayCount("In no topic guide of the {0} conversation.", "In no topic guide of the {0} conversations.", all)};
  return {.state = view::State::kSilent, .why = SayCount("Heard, and silent about this; of {0} conversation it is not known what was asked.", "Heard, and silent about this; of {0} conversations it is not known what was asked.", unknown)};
}

std::vector<Message> SilenceNotes(const Questions& questions) {
  if (!questions.any()) return {Say("No topic guide says what was asked, so silent may also be not asked; load the guides and say where they were used.")};
  return {Say("silent: asked, and nothing said. not asked: in no topic guide of those conversations. – : nobody heard.")};
}

Hearing::Hearing(const Registry& registry, Reading& reading) : quotes_(QuotesOfThemes(registry, reading)), questions_(reading) {
  const auto study = CodedStudyOf(reading);
  const auto& frame = *study->frame;
  const auto id_of = [](const Numbered& numbered, std::uint32_t number) { return number == CodedStudy::kNone ? std::nullopt : std::optional(numbered.ids[number]); };
  for (std::uint32_t s = 0; s < study->size(); ++s) {
    const auto& source = study->source(s);
    if (source.kind == "remark") continue;
    const auto& stock = study->stock(s);
    const bool conversation = source.kind == "interview" || source.kind == "focus_group";
    // One person may stand under several labels; who is not known counts by label.
    std::vector<std::size_t> of_voice(source.voices.size(), speakers_.size());
    for (std::size_t v = 0; v < source.voices.size(); ++v) {
      const auto& voice = source.voices[v];
      if (voice.researcher || !voice.may_analyse) continue;
      const auto person = id_of(frame.persons, voice.person);
      const auto same = std::find_if(source.voices.begin(), source.voices.begin() + static_cast<std::ptrdiff_t>(v),
                                     [&](const auto& other) { return person && other.person == voice.person; });
      if (same != source.voices.begin() + static_cast<std::ptrdiff_t>(v)) {
        of_voice[v] = of_voice[static_cast<std::size_t>(same - source.voices.begin())];
        continue;
      }
      of_voice[v] = speakers_.size();
      speakers_.push_back({source.id, person, id_of(frame.stakeholders, voice.stakeholder), id_of(frame.sites, voice.site), person ? frame.persons.names[voice.person] : std::string(), conversation});
    }
    std::optional<std::size_t> itself;
    const auto source_itself = [&] {
      if (!itself) {
        itself = speakers_.size();
        speakers_.push_back({source.id, std::nullopt, id_of(frame.stakeholders, source.stakeholder), id_of(frame.sites, source.site), {}, conversation});
      }
      return *itself;
    };
    if (source.voices.empty()) source_itself();
    for (const auto& quote : stock.quotes) {
      if (!CodedStudy::IsHeard(source, stock, quote)) continue;
      if (!CodedStudy::MayUse(source, stock, quote.turn, quote.range(), Purpose::kAnalysis)) {
        ++withheld_;
        continue;
      }
      auto& mine = speakers_of_[quote.id];
      bool in_turn = false;
      for (auto turn = quote.turn; turn < stock.turns.size() && stock.turns[turn].start < quote.end; ++turn) {
        in_turn = true;
        const auto voice = stock.turns[turn].voice;
        if (source.voices[voice].researcher) continue;
        if (std::find(mine.begin(), mine.end(), of_voice[voice]) == mine.end()) mine.push_back(of_voice[voice]);
      }
      if (!in_turn) mine.push_back(source_itself());
    }
  }
}

const std::vector<std::size_t>& Hearing::SpeakersOf(const Id& quote) const {
  static const std::vector<std::size_t> none;
  const auto found = speakers_of_.find(quote);
  return found == speakers_of_.end() ? none : found->second;
}

}  // namespace meerstem::themes
