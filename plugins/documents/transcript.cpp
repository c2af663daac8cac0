#include "plugins/documents/transcript.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "core/base/text.h"

namespace meerstem::documents {
namespace {

constexpr std::int64_t kPause = 3000;        ///< Milliseconds of silence that begin a paragraph.
constexpr std::size_t kLongParagraph = 500;  ///< Bytes after which the end of a sentence does.

bool EndsSentence(std::string_view words) {
  for (const std::string_view end : {".", "?", "!", "…", ".”", ".\"", "?\"", "!\""}) {
    if (words.ends_with(end)) return true;
  }
  return false;
}

/// The words of one utterance, on one line.
std::string OneLine(std::string_view words) {
  std::string line = CleanText(words);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  std::string single;
  for (const char c : Trim(line)) {
    if (c != ' ' || single.empty() || single.back() != ' ') single += c;
  }
  return single;
}

}  // namespace

std::optional<std::int64_t> ReadTime(std::string_view text) {
  std::int64_t seconds = 0;
  int parts = 0;
  while (true) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 9), number);
    if (error != std::errc() || number < 0 || text.front() == '-' || ++parts > 3) return std::nullopt;
    if (parts > 1 && number > 59) return std::nullopt;
    seconds = seconds * 60 + number;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty() || text.front() != ':') break;
    text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
  }
  std::int64_t milliseconds = 0;
  if (!text.empty() && (text.front() == '.' || text.front() == ',')) {
    text.remove_prefix(1);
    for (std::int64_t unit = 100; !text.empty() && text.front() >= '0' && text.front() <= '9'; unit /= 10) {
      milliseconds += unit * (text.front() - '0');
      text.remove_prefix(1);
    }
  }
  if (!text.empty() || seconds >= 360000) return std::nullopt;
  return seconds * 1000 + milliseconds;
}

void FillFrom(Transcript transcript, Document& document) {
  std::stable_sort(transcript.utterances.begin(), transcript.utterances.end(), [](const Utterance& a, const Utterance& b) { return a.from < b.from; });
  Conversation conversation;
  std::map<std::string, std::size_t> speakers;
  std::string& text = document.text;
  std::int64_t position = 0;
  std::size_t paragraph = 0;     // Where the current one begins, in bytes.
  const Utterance* last = nullptr;
  const auto add = [&](std::string_view words) {
    text += words;
    position += CountCodePoints(words);
  };
  for (auto& utterance : transcript.utterances) {
    utterance.words = OneLine(utterance.words);
    utterance.speaker = OneLine(utterance.speaker);
    if (utterance.words.empty()) continue;
    const bool turn = !last || LabelKey(last->speaker) != LabelKey(utterance.speaker);
    const bool pause = last && utterance.from - last->until >= kPause;
    const bool long_enough = text.size() - paragraph > kLongParagraph && last && EndsSentence(last->words);
    if (!last || turn || pause || long_enough) {
      if (last) add("\n\n");
      paragraph = text.size();
      if (turn && !utterance.speaker.empty()) {
        const auto [found, fresh] = speakers.emplace(LabelKey(utterance.speaker), conversation.speakers.size());
        if (fresh) conversation.speakers.push_back({utterance.speaker, 0, IsInterviewer(utterance.speaker)});
        const std::int64_t start = position;
        add(utterance.speaker + ":");
        conversation.turns.push_back({found->second, {start, position}, {}});
        ++conversation.speakers[found->second].turns;
        add(" ");
      }
    } else {
      add(" ");
    }
    const std::int64_t start = position;
    add(utterance.words);
    document.moments.push_back({{start, position}, std::max<std::int64_t>(0, utterance.from), std::max(utterance.from, utterance.until)});
    if (!utterance.speaker.empty()) {
      FoundTurn& open = conversation.turns.back();
      if (open.words.empty()) open.words.start = start;
      open.words.end = position;
    }
    last = &utterance;
  }
  if (!text.empty()) text += "\n";
  if (!conversation.turns.empty()) document.conversation = std::move(conversation);
  document.notes.insert(document.notes.end(), transcript.notes.begin(), transcript.notes.end());
}

}  // namespace meerstem::documents
