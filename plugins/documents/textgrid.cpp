// Praat's TextGrid, in its long and its short form: the same values in the same order, with or without their names.
#include <charconv>
#include <set>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "plugins/documents/transcript.h"

namespace meerstem::documents {
namespace {

struct Token {
  enum class Kind { kText, kNumber, kFlag, kEnd } kind = Kind::kEnd;
  std::string text;
  double number = 0;
};

/// Texts in quotes, numbers and <flags>; names, [indices] and signs between them are for human readers.
class Values {
 public:
  explicit Values(std::string_view text) : text_(text) {}
  Token Next() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') return Quoted();
      if (c == '<') return {Token::Kind::kFlag, Until('>'), 0};
      if (c == '[') {
        Until(']');
      } else if (c == '!') {
        Until('\n');
      } else if ((c >= '0' && c <= '9') || c == '-') {
        if (const auto number = Number()) return {Token::Kind::kNumber, {}, *number};
      } else if (IsNameCharacter(c)) {
        while (at_ < text_.size() && (IsNameCharacter(text_[at_]) || (text_[at_] >= '0' && text_[at_] <= '9'))) ++at_;
      } else {
        ++at_;
      }
    }
    return {};
  }

 private:
  static bool IsNameCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
  std::string Until(char end) {
    const std::size_t start = ++at_;
    const auto found = text_.find(end, start);
    at_ = found == std::string_view::npos ? text_.size() : found + 1;
    return std::string(text_.substr(start, (found == std::string_view::npos ? text_.size() : found) - start));
  }
  Token Quoted() {
    Token token{Token::Kind::kText, {}, 0};
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
        ++at_;
      }
      token.text += text_[at_];
    }
    ++at_;
    return token;
  }
  std::optional<double> Number() {
    double number = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
    if (error != std::errc()) {
      ++at_;
      return std::nullopt;
    }
    at_ = static_cast<std::size_t>(end - text_.data());
    return number;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

class TextGridReader {
 public:
  TextGridReader(std::string_view text, const std::string& file_name) : values_(text), file_name_(file_name) {}

  Transcript Read() {
    if (Text() != "ooTextFile" || Text() != "TextGrid") Broken();
    Number();
    Number();
    Token token = values_.Next();
    if (token.kind == Token::Kind::kFlag) token = values_.Next();
    if (token.kind != Token::Kind::kNumber) Broken();
    Transcript transcript;
    std::vector<std::string> left_out;
    std::vector<std::pair<std::string, std::vector<Utterance>>> tiers;
    for (double tiers_left = token.number; tiers_left >= 1; --tiers_left) {
      const std::string kind = Text(), name = Text();
      Number();
      Number();
      double count = Number();
      std::vector<Utterance> tier;
      for (; count >= 1; --count) {
        const double from = Number();
        const double until = kind == "IntervalTier" ? Number() : from;
        std::string words = Text();
        if (kind == "IntervalTier" && !IsSilence(words)) tier.push_back({{}, Milliseconds(from), Milliseconds(until), std::move(words)});
      }
      if (kind != "IntervalTier" || IsOfSounds(name)) left_out.push_back(name);
      else if (!tier.empty()) tiers.emplace_back(name, std::move(tier));
    }
    // One tier with a name that says what it holds is no speaker.
    static const std::set<std::string, std::less<>> kNoSpeaker = {"words", "word", "ort", "ortho", "text", "tekst", "transcription", "transcriptie", "transcript", "utterance", "utterances", "sentence", "sentences", "trans", ""};
    for (auto& [name, tier] : tiers) {
      const bool speaker = !(tiers.size() == 1 && kNoSpeaker.contains(FoldText(Trim(name))));
      for (auto& utterance : tier) {
        if (speaker) utterance.speaker = SpeakerOf(name);
        transcript.utterances.push_back(std::move(utterance));
      }
    }
    for (const auto& name : left_out) transcript.notes.push_back(Say("The tier “{0}” holds sounds or points, no speech, and was left out.", name));
    return transcript;
  }

 private:
  [[noreturn]] void Broken() const { throw Refuse("“{0}” is not a whole TextGrid; open it in Praat and save it again as a text file.", file_name_); }
  std::string Text() {
    Token token = values_.Next();
    if (token.kind != Token::Kind::kText) Broken();
    return std::move(token.text);
  }
  double Number() {
    const Token token = values_.Next();
    if (token.kind != Token::Kind::kNumber) Broken();
    return token.number;
  }
  static std::int64_t Milliseconds(double seconds) { return seconds > 0 && seconds < 360000 ? static_cast<std::int64_t>(seconds * 1000 + 0.5) : 0; }
  static bool IsSilence(const std::string& words) {
    static const std::set<std::string, std::less<>> kSilence = {"", "sil", "sp", "<sil>", "<p:>", "silence", "#", "_"};
    return kSilence.contains(FoldText(Trim(words)));
  }
  /// Tiers in which words are cut into sounds would say everything a second time.
  static bool IsOfSounds(const std::string& name) {
    const std::string folded = FoldText(name);
    for (const char* part : {"phon", "phone", "syll", "mau", "kan"}) {
      if (folded == part || (std::string_view(part).size() > 3 && folded.find(part) != std::string::npos)) return true;
    }
    return false;
  }
  static std::string SpeakerOf(const std::string& name) {
    for (const std::string_view end : {" - words", "-words", " - utterances", "_ORT", "-ORT"}) {
      if (name.size() > end.size() && name.ends_with(end)) return name.substr(0, name.size() - end.size());
    }
    return name;
  }
  Values values_;
  const std::string& file_name_;
};

}  // namespace

Transcript ParseTextGrid(std::string_view utf8, const std::string& file_name) { return TextGridReader(utf8, file_name).Read(); }

}  // namespace meerstem::documents
