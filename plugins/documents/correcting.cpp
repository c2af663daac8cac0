// A text that is in already gets other words: typed, or from a corrected file. Quotes, times and pages stay on their
// words; who speaks is read again where it was read from the text.
#include "plugins/documents/correcting.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/alignment.h"
#include "core/study/correction.h"
#include "core/study/deletion.h"
#include "core/study/display.h"
#include "plugins/documents/common.h"
#include "plugins/documents/incoming.h"
#include "plugins/documents/part.h"
#include "plugins/documents/reading.h"

namespace meerstem::documents {
namespace {

std::string Joined(const std::vector<view::Run>& runs) {
  std::string text;
  for (const auto& run : runs) text += run.text;
  return text;
}

/// What was typed over the shown words of a range, as words of the text: a pseudonym that was left as it stands means the
/// name that it stands for.
std::string FromShown(Reading& reading, const SourceSpan& span, const std::string& typed) {
  const auto runs = DisplayRuns(reading, span, Purpose::kScreen);
  const auto text = TextOf(reading, span.source);
  const Text before(Joined(runs)), after(CleanText(typed));
  const Alignment alignment(before, after);
  std::string words;
  std::int64_t shown = 0, taken = 0;
  for (const auto& run : runs) {
    const Range place{shown, shown + CountCodePoints(run.text)};
    shown = place.end;
    if (run.role == view::Run::Role::kWords || place.empty()) continue;
    const Range now = alignment.Follow(place);
    if (now.start < taken || after.Slice(now) != run.text) continue;
    words += after.Slice({taken, now.start});
    words += text->Slice(run.stored);
    taken = now.end;
  }
  return words.append(after.Slice({taken, after.size()}));
}

using TurnPlace = std::pair<Range, Range>;   ///< Label and words.

TurnPlace PlaceOf(const StoredTurn& turn) { return {turn.label.empty() ? Range{turn.words.start, turn.words.start} : turn.label, turn.words}; }

/// By whom and how the turns of a source were found.
SpeakerReading ReadingOf(Reading& reading, const Id& source) {
  auto row = reading.Query("SELECT form, pattern FROM speaker_reading WHERE source_id = ?", source);
  if (!row.Step()) return {"colon", {}};
  const std::string form = row.Text(0);
  return {form == "file" ? "colon" : form, row.Text(1)};
}

/// Are the stored turns those that the words alone tell? Otherwise someone made them in another way.
bool FollowFromWords(const Text& text, const std::vector<StoredTurn>& turns, const SpeakerReading& how) {
  std::string found;
  const Conversation conversation = ReadSpeakers(text, {}, {}, how, found);
  if (conversation.turns.size() != turns.size()) return false;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const FoundTurn& turn = conversation.turns[i];
    if (PlaceOf(turns[i]) != TurnPlace(turn.label, turn.words)) return false;
    if (LabelKey(conversation.speakers[turn.speaker].label) != LabelKey(turns[i].speaker_label)) return false;
  }
  return true;
}

/// The speakers of the corrected text: those that were there, under the name that they now have, and new ones.
std::vector<Id> SpeakersFor(Writing& writing, const Id& source, const Conversation& conversation, const std::vector<StoredTurn>& turns) {
  std::map<std::string, Id> known;
  for (const auto& turn : turns) known.emplace(LabelKey(turn.speaker_label), turn.speaker);
  std::set<std::string> named;
  for (const auto& speaker : conversation.speakers) named.insert(LabelKey(speaker.label));
  std::vector<Id> speakers;
  for (std::size_t i = 0; i < conversation.speakers.size(); ++i) {
    const FoundSpeaker& speaker = conversation.speakers[i];
    if (const auto found = known.find(LabelKey(speaker.label)); found != known.end()) {
      speakers.push_back(found->second);
      continue;
    }
    // Where one name took the place of another throughout, it is the same person.
    std::set<std::pair<Id, std::string>> before;
    for (const auto& found : conversation.turns) {
      if (found.speaker != i) continue;
      for (const auto& turn : turns) {
        if (turn.words.Overlaps(found.words)) before.emplace(turn.speaker, LabelKey(turn.speaker_label));
      }
    }
    if (before.size() == 1 && !named.contains(before.begin()->second) && std::find(speakers.begin(), speakers.end(), before.begin()->first) == speakers.end()) {
      speakers.push_back(before.begin()->first);
      writing.Do("UPDATE speaker SET label = ? WHERE id = ?", speaker.label, speakers.back());
      continue;
    }
    speakers.push_back(writing.NewId());
    std::optional<Id> person;
    if (speaker.interviewer) person = InterviewerPerson(writing);
    writing.Do("INSERT INTO speaker (id, source_id, label, person_id) VALUES (?, ?, ?, ?)", speakers.back(), source, speaker.label, person);
  }
  return speakers;
}

void DropTurn(Writing& writing, const Id& turn) {
  std::vector<Id> spans;
  {
    auto row = writing.Query("SELECT span_id, label_span_id FROM turn WHERE id = ?", turn);
    if (!row.Step()) return;
    spans.push_back(row.GetId(0));
    if (const auto label = row.MaybeId(1)) spans.push_back(*label);
  }
  DeleteEntity(writing, "turn", turn);
  for (const auto& span : spans) {
    if (!IsReferenced(writing, "span", span)) writing.Do("DELETE FROM span WHERE id = ?", span);
  }
}

void ReadTurnsAgain(Writing& writing, const Id& source, const SpeakerReading& how) {
  std::string found;
  const Conversation conversation = ReadSpeakers(*TextOf(writing, source), {}, {}, how, found);
  const auto turns = TurnsOf(writing, source);
  const auto speakers = SpeakersFor(writing, source, conversation, turns);
  std::map<TurnPlace, const StoredTurn*> stored;
  for (const auto& turn : turns) stored.emplace(PlaceOf(turn), &turn);
  std::set<Id> kept;
  for (const auto& turn : conversation.turns) {
    const auto same = stored.find({turn.label, turn.words});
    if (same != stored.end() && same->second->speaker == speakers[turn.speaker]) {
      kept.insert(same->second->id);
      continue;
    }
    const Id label = EnsureSpan(writing, {source, turn.label});
    writing.Do("INSERT INTO turn (id, speaker_id, label_span_id, span_id) VALUES (?, ?, ?, ?)", writing.NewId(), speakers[turn.speaker], label,
               EnsureSpan(writing, {source, turn.words}));
  }
  for (const auto& turn : turns) {
    if (!kept.contains(turn.id)) DropTurn(writing, turn.id);
  }
  for (const auto& turn : turns) {
    if (writing.Number("SELECT EXISTS (SELECT 1 FROM speaker WHERE id = ?1) AND NOT EXISTS (SELECT 1 FROM turn WHERE speaker_id = ?1)", turn.speaker) > 0) {
      DeleteEntity(writing, "speaker", turn.speaker);
    }
  }
}

void Apply(Writing& writing, const Correction& correction, bool drop_quotes, Outcome& outcome) {
  const SpeakerReading how = ReadingOf(writing, correction.source);
  const auto turns = TurnsOf(writing, correction.source);
  const bool from_words = how.form != "bold" && FollowFromWords(*TextOf(writing, correction.source), turns, how);
  Correct(writing, correction, drop_quotes);
  if (from_words) ReadTurnsAgain(writing, correction.source, how);
  const std::int64_t gone = correction.gone(), changed = static_cast<std::int64_t>(correction.changed.size()) - gone;
  if (changed > 0) {
    outcome.notes.push_back(SayCount("{0} quote of {1} has other words now; it stands in the list of changed quotes.",
                                     "{0} quotes of {1} have other words now; they stand in the list of changed quotes.", changed, correction.quotes));
  }
  if (gone > 0) outcome.notes.push_back(SayCount("{0} quote went with its words.", "{0} quotes went with their words.", gone));
}

view::Model PreviewOf(Reading& reading, const Correction& correction) {
  const auto before = TextOf(reading, correction.source);
  const Text after(correction.text);
  std::vector<view::Row> rows;
  for (const auto& quote : correction.changed) {
    view::Cell now{.value = DisplayWords(reading, after.Slice(quote.after))};
    if (quote.after.empty()) now = {.state = view::State::kEmpty, .why = Say("its words are gone")};
    rows.push_back({ToString(quote.quote), {{.value = DisplayText(reading, {correction.source, quote.before}, Purpose::kScreen)}, std::move(now)}, {{"quote", quote.quote}}, {}});
  }
  view::Model model;
  model.title = Say("Quotes whose words change");
  model.population.facts = {{"quotes", Say("Quotes"), correction.quotes}, {"changed", Say("Changed"), static_cast<std::int64_t>(correction.changed.size())}, {"gone", Say("Gone"), correction.gone()}};
  model.body = view::Table{{{"before", Say("Before")}, {"now", Say("Now")}}, view::MakeRows(std::move(rows))};
  model.empty = Say("Every quote keeps its words.");
  return model;
}

Plan PlanOf(Reading& reading, const Id& source, std::string text, bool drop_quotes, std::vector<Message> notes) {
  if (GetSource(reading, source).kind == "remark") throw Refuse("A registration remark follows its registration; change it there.");
  const Correction correction = PlanCorrection(reading, source, std::move(text));
  const Id was = GetSource(reading, source).content;
  Plan plan = Simply([=](Writing& writing, Outcome& outcome) {
    // Someone may have corrected it since.
    const bool still = GetSource(writing, source).content == was;
    Apply(writing, still ? correction : PlanCorrection(writing, source, correction.text), drop_quotes, outcome);
    outcome.notes.insert(outcome.notes.end(), notes.begin(), notes.end());
  });
  plan.preview = PreviewOf(reading, correction);
  return plan;
}

Plan PrepareCorrect(Reading& reading, const Arguments& arguments, Job&) {
  const Id source = *arguments.Entity("source");
  const auto text = TextOf(reading, source);
  Range range{0, text->size()};
  if (arguments.Has("paragraph")) {
    const auto paragraphs = Paragraphs(*text);
    const std::int64_t number = arguments.Int("paragraph");
    if (number < 1 || number > static_cast<std::int64_t>(paragraphs.size())) {
      throw Refuse("This source has {0} paragraphs; there is none with number {1}.", paragraphs.size(), number);
    }
    range = paragraphs[static_cast<std::size_t>(number - 1)];
    const std::string was = arguments.Text("was");
    if (!was.empty() && was != ParagraphKey(reading, {source, range})) {
      throw Refuse("This paragraph was changed in the meantime; look at it again before you correct it.");
    }
  }
  std::string words = FromShown(reading, {source, range}, arguments.Text("text"));
  if (arguments.Has("paragraph")) words = Trim(words);
  std::string corrected = std::string(text->Slice({0, range.start})) + words;
  std::string_view rest = text->Slice({range.end, text->size()});
  // A paragraph that is taken out takes the blank lines behind it along.
  if (words.empty()) rest.remove_prefix(std::min(rest.find_first_not_of('\n'), rest.size()));
  return PlanOf(reading, source, corrected.append(rest), arguments.Flag("drop-quotes"), {});
}

Plan PrepareAgain(Reading& reading, const Arguments& arguments, Job& job) {
  const Document document = ReadDocument(arguments.Text("file"), Trim(arguments.Text("encoding")), job);
  const Id source = *arguments.Entity("source");
  Plan plan = PlanOf(reading, source, document.text, arguments.Flag("drop-quotes"), document.notes);
  // Pages that can be shown are those of this file.
  if (!document.original.empty()) {
    plan.apply = [apply = std::move(plan.apply), source, document](Applying& applying) {
      apply(applying);
      applying.Run([&](Writing& writing) { SetPages(writing, source, document.pages, document.original); });
    };
    plan.group = true;
  }
  return plan;
}

}  // namespace

std::string ParagraphKey(Reading& reading, const SourceSpan& paragraph) {
  return ToString(HashOf(DisplayText(reading, paragraph, Purpose::kScreen))).substr(0, 8);
}

void RegisterCorrecting(Registry& registry) {
  const Parameter drop{.name = "drop-quotes", .type = ParameterType::kBoolean, .label = Say("Quotes may go"), .help = Say("Quotes whose words are gone from the new text go, with their codings.")};
  registry.Add(Command{.id = "documents.correct",
                       .label = Say("Correct a text"),
                       .help = Say("Gives a source, or one paragraph of it, other words; quotes, times and pages stay on their words."),
                       .parameters = {SourceParameter(),
                                      {.name = "text", .type = ParameterType::kProse, .label = Say("Text"), .help = Say("The words as they should be. A pseudonym that is left as it is shown keeps the name that it stands for."), .required = true},
                                      {.name = "paragraph", .type = ParameterType::kInteger, .label = Say("Paragraph"), .help = Say("Its number, from 1; default: the whole text.")},
                                      {.name = "was", .label = Say("Mark of the paragraph"), .help = Say("As documents.edit gives it; refused when the paragraph has changed since.")},
                                      drop},
                       .prepare = PrepareCorrect});
  registry.Add(Command{.id = "documents.import-again",
                       .label = Say("Bring in a corrected file"),
                       .help = Say("Gives a source the text of a corrected file; quotes, times and pages stay on their words."),
                       .parameters = {SourceParameter(),
                                      {.name = "file", .type = ParameterType::kFile, .label = Say("File"), .help = Say("{0}.", KnownKinds()), .required = true},
                                      {.name = "encoding", .label = Say("Encoding"), .help = Say("Default: found out. UTF-8, UTF-16LE, UTF-16BE, windows-1252, ISO-8859-1, ISO-8859-15 ...")},
                                      drop},
                       .prepare = PrepareAgain});
}

}  // namespace meerstem::documents
