// Who speaks where, in every form, and the times that stand in a text. A pattern may stand before the first NUL.
#include "plugins/documents/stamps.h"
#include "plugins/documents/turns.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  using namespace meerstem::documents;
  const auto nul = input.find('\0');
  const Text text(CleanText(nul == std::string_view::npos ? input : input.substr(nul + 1)));
  const auto hold = [&](const Conversation& conversation) {
    std::int64_t before = 0;
    for (const auto& turn : conversation.turns) {
      Hold(turn.speaker < conversation.speakers.size(), "a turn has a speaker");
      Hold(turn.label.start >= before && turn.label.end <= turn.words.start && !turn.words.empty() && turn.words.end <= text.size(), "turns follow each other");
      before = turn.words.end;
    }
  };
  std::vector<Range> names;
  for (std::int64_t at = 0; at + 3 < text.size(); at += 11) names.push_back({at, at + 3});
  for (const auto form : {SpeakerForm::kColon, SpeakerForm::kBracket, SpeakerForm::kTimed, SpeakerForm::kTable, SpeakerForm::kBold}) hold(FindTurns(text, {}, form, names));
  for (const auto& moment : FindStamps(text)) Hold(!moment.range.empty() && moment.range.end <= text.size(), "a moment lies in the text");
  if (nul != std::string_view::npos) hold(FindTurnsBy(CleanText(input.substr(0, nul)), text));
}
