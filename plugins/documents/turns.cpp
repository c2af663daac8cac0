#include "plugins/documents/turns.h"

#include <algorithm>
#include <map>
#include <set>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/base/boundaries.h"
#include "core/base/fold.h"
#include "plugins/documents/pattern.h"

namespace meerstem::documents {
namespace {

constexpr std::int64_t kLongestLabel = 40;
constexpr int kMostWords = 4;

/// A line's label: byte offsets within the line.
struct Label {
  std::size_t start = 0;  ///< After a list marker or a time.
  std::size_t end = 0;    ///< Before the colon (and the time or spaces before it).
  std::size_t after = 0;  ///< After the colon.
  bool name_like = false; ///< Every word has a capital or is a number.
};

/// Reads code points of one line.
class Cursor {
 public:
  explicit Cursor(std::string_view line, std::size_t at = 0) : line_(line), at_(static_cast<std::int32_t>(at)) {}
  bool done() const { return at_ >= static_cast<std::int32_t>(line_.size()); }
  std::size_t at() const { return static_cast<std::size_t>(at_); }
  void Return(std::size_t at) { at_ = static_cast<std::int32_t>(at); }
  UChar32 Peek() const {
    std::int32_t at = at_;
    return Read(at);
  }
  UChar32 Next() { return Read(at_); }
  void SkipSpaces() {
    while (!done() && u_isUWhiteSpace(Peek())) Next();
  }

 private:
  UChar32 Read(std::int32_t& at) const {
    if (at >= static_cast<std::int32_t>(line_.size())) return 0;
    UChar32 c;
    U8_NEXT(line_.data(), at, static_cast<std::int32_t>(line_.size()), c);
    return c;
  }
  std::string_view line_;
  std::int32_t at_;
};

/// Skips "- ", "• ", "12. ", "12 " at the start of a line.
void SkipMarker(Cursor& cursor) {
  const std::size_t start = cursor.at();
  UChar32 c = cursor.Next();
  if (u_isdigit(c)) {
    while (u_isdigit(cursor.Peek())) cursor.Next();
    // A bare number before a blank is that of a numbered line.
    if (!u_isUWhiteSpace(cursor.Peek())) {
      c = cursor.Next();
      if (c != '.' && c != ')') return cursor.Return(start);
    }
  } else if (c != '-' && c != 0x2013 && c != 0x2014 && c != 0x2022 && c != '*') {
    return cursor.Return(start);
  }
  if (!u_isUWhiteSpace(cursor.Peek())) return cursor.Return(start);
  cursor.SkipSpaces();
}

/// Skips a time such as "00:12", "[1:02:33]" or "(00:12.5)", with the spaces behind it; false when there is none.
bool SkipTime(Cursor& cursor) {
  const std::size_t start = cursor.at();
  const UChar32 open = cursor.Peek();
  const bool bracket = open == '[' || open == '(' || open == '#';
  if (bracket) cursor.Next();
  int colons = 0, digits = 0;
  while (u_isdigit(cursor.Peek()) || cursor.Peek() == ':' || (colons > 0 && (cursor.Peek() == '.' || cursor.Peek() == ','))) {
    const UChar32 c = cursor.Next();
    if (c == ':') ++colons;
    else if (u_isdigit(c)) ++digits;
  }
  const bool closed = !bracket || cursor.Peek() == ']' || cursor.Peek() == ')' || cursor.Peek() == '#';
  if (colons < 1 || digits < 3 || !closed) {
    cursor.Return(start);
    return false;
  }
  if (bracket) cursor.Next();
  cursor.SkipSpaces();
  return true;
}

bool IsLabelCharacter(UChar32 c) {
  if (u_isalnum(c) || c == ' ' || c == 0xA0 || c == '.' || c == '-' || c == '\'' || c == 0x2019 || c == '&') return true;
  const int type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

/// What a label is made of: letters, digits, and what stands between them.
class LabelCheck {
 public:
  bool Take(UChar32 c) {
    if (++length_ > kLongestLabel) return false;
    const bool space = u_isUWhiteSpace(c);
    if (!space && !in_word_ && c != '&' && c != '-') {
      ++words_;
      const bool capital = !u_isalpha(c) || u_isUUppercase(c) || u_istitle(c) || !u_isULowercase(c);
      name_like_ &= capital;
      first_lower_ |= words_ == 1 && !capital;
    }
    in_word_ = !space && c != '&';
    letter_ |= static_cast<bool>(u_isalpha(c));
    return true;
  }
  bool name_like() const { return name_like_; }
  bool IsLabel(std::string_view spelled) const {
    if (!letter_ || words_ == 0 || words_ > kMostWords) return false;
    return !first_lower_ || words_ == 1 || IsInterviewer(spelled);
  }

 private:
  std::int64_t length_ = 0;
  int words_ = 0;
  bool letter_ = false, in_word_ = false, first_lower_ = false, name_like_ = true;
};

/// A whole stretch as a label; nullopt when it has not the shape of one.
std::optional<LabelCheck> WholeLabel(std::string_view stretch) {
  LabelCheck check;
  Cursor cursor(stretch);
  bool in_brackets = false;
  while (!cursor.done()) {
    const UChar32 c = cursor.Next();
    if (!in_brackets && c == '(') in_brackets = true;
    else if (in_brackets && c == ')') in_brackets = false;
    else if (!IsLabelCharacter(c) || (!in_brackets && !check.Take(c))) return std::nullopt;
  }
  if (in_brackets || !check.IsLabel(stretch)) return std::nullopt;
  return check;
}

std::optional<Label> ReadLabel(std::string_view line) {
  Cursor cursor(line);
  cursor.SkipSpaces();
  SkipMarker(cursor);
  SkipTime(cursor);
  Label label{.start = cursor.at(), .end = cursor.at(), .name_like = true};
  if (!u_isalnum(cursor.Peek())) return std::nullopt;

  LabelCheck check;
  std::int64_t bracketed = 0;
  while (true) {
    if (cursor.done()) return std::nullopt;
    const UChar32 c = cursor.Peek();
    if (c == ':' || c == '(' || c == '[' || c == '#') break;
    if (!IsLabelCharacter(c) || !check.Take(c)) return std::nullopt;
    cursor.Next();
    if (!u_isUWhiteSpace(c)) label.end = cursor.at();
  }
  // "Anna (mama):" belongs to the label, "Anna [00:12]:" is a time.
  if (cursor.Peek() != ':' && !SkipTime(cursor)) {
    if (cursor.Next() != '(') return std::nullopt;
    while (!cursor.done() && cursor.Peek() != ')') {
      if (!IsLabelCharacter(cursor.Peek()) || ++bracketed > kLongestLabel) return std::nullopt;
      cursor.Next();
    }
    if (cursor.done()) return std::nullopt;
    cursor.Next();
    label.end = cursor.at();
    cursor.SkipSpaces();
    SkipTime(cursor);
  }
  if (cursor.Next() != ':') return std::nullopt;
  label.after = cursor.at();
  const UChar32 next = cursor.Peek();
  if (u_isdigit(next) || next == '/' || next == '\\' || next == ':') return std::nullopt;
  if (!check.IsLabel(line.substr(label.start, label.end - label.start))) return std::nullopt;
  label.name_like = check.name_like();
  return label;
}

/// "[Name] words", "{Name}: words".
std::optional<Label> ReadBracket(std::string_view line) {
  Cursor cursor(line);
  SkipMarker(cursor);
  const UChar32 open = cursor.Next();
  if (open != '[' && open != '{') return std::nullopt;
  const std::size_t start = cursor.at();
  const auto close = line.substr(0, start + 4 * kLongestLabel).find(open == '[' ? ']' : '}', start);
  if (close == std::string_view::npos) return std::nullopt;
  const auto check = WholeLabel(line.substr(start, close - start));
  if (!check || !check->name_like()) return std::nullopt;
  Label label{.start = start, .end = close, .after = close + 1, .name_like = true};
  if (label.after < line.size() && line[label.after] == ':') ++label.after;
  return label;
}

/// "Name  0:03", "[00:00:05] Name": a name and a time, and nothing else on the line.
std::optional<Label> ReadTimed(std::string_view line) {
  Cursor cursor(line);
  cursor.SkipSpaces();
  const bool before = SkipTime(cursor);
  Label label{.start = cursor.at(), .end = line.size(), .after = line.size()};
  if (!before) {
    // From the end: the time is the last word.
    const auto space = line.find_last_of(" \t");
    if (space == std::string_view::npos || space < label.start) return std::nullopt;
    Cursor time(line, space + 1);
    if (!SkipTime(time) || !time.done()) return std::nullopt;
    label.end = space;
  }
  const std::string spelled = Trim(line.substr(label.start, label.end - label.start));
  if (spelled.empty()) return std::nullopt;
  label.start = line.find(spelled, label.start);
  label.end = label.start + spelled.size();
  if (spelled.ends_with(':')) --label.end;
  const auto check = WholeLabel(line.substr(label.start, label.end - label.start));
  if (!check) return std::nullopt;
  label.name_like = check->name_like();
  return label;
}

/// Cells between tabs: a number or time that may be missing, a name, and words in a later cell.
std::optional<Label> ReadRow(std::string_view line) {
  std::size_t start = 0;
  for (int column = 0; column < 3; ++column) {
    const auto tab = line.find('\t', start);
    if (tab == std::string_view::npos) return std::nullopt;
    const std::string cell = Trim(line.substr(start, tab - start));
    Cursor cursor(cell);
    while (!cursor.done() && !u_isalpha(cursor.Peek())) cursor.Next();
    if (!cursor.done()) {
      const std::size_t from = line.find(cell, start);
      Label label{.start = from, .end = from + cell.size() - cell.ends_with(':'), .after = tab};
      const auto check = WholeLabel(line.substr(label.start, label.end - label.start));
      if (!check || Trim(line.substr(tab)).empty()) return std::nullopt;
      label.name_like = check->name_like();
      return label;
    }
    start = tab + 1;
  }
  return std::nullopt;
}

/// A bold beginning of `bold` bytes.
std::optional<Label> ReadBold(std::string_view line, std::size_t bold) {
  const std::string spelled = Trim(line.substr(0, bold));
  if (spelled.empty()) return std::nullopt;
  Label label{.start = line.find(spelled), .after = bold};
  label.end = label.start + spelled.size() - spelled.ends_with(':');
  if (label.after < line.size() && line[label.after] == ':') ++label.after;
  const auto check = WholeLabel(line.substr(label.start, label.end - label.start));
  if (!check || !check->name_like()) return std::nullopt;
  label.name_like = true;
  return label;
}

/// Words that head a paragraph about the text, or hold up a sentence. Folded, singular.
const std::set<std::string, std::less<>>& NotPeople() {
  static const std::set<std::string, std::less<>> words = {
      // About the text.
      "opmerking", "opmerkingen", "noot", "nota", "note", "notes", "ps", "p.s.", "nb", "n.b.", "datum", "date", "plaats", "locatie", "place",
      "location", "setting", "duur", "duration", "tijd", "time", "uur", "onderwerp", "subject", "titel", "title", "thema", "topic", "bron",
      "source", "bestand", "file", "interview", "gesprek", "transcript", "transcriptie", "transcription", "opname", "recording", "aanwezig",
      "aanwezigen", "deelnemers", "participants", "present", "project", "samenvatting", "summary", "abstract", "conclusie", "conclusion",
      "inleiding", "introduction", "context", "achtergrond", "background", "bijlage", "appendix", "deel", "part", "hoofdstuk", "chapter", "vervolg",
      "einde", "end", "begin", "start", "pauze", "break", "legende", "legend", "code", "codes", "versie", "version", "auteur", "author", "contact",
      "tel", "tel.", "telefoon", "phone", "email", "e-mail", "mail", "website", "url", "http", "https", "ftp", "mailto", "file path", "adres",
      "address", "naam", "name", "leeftijd", "age", "geslacht", "gender", "doel", "aanpak", "resultaat", "resultaten", "results", "methode",
      "method", "reflectie", "observatie", "observation", "let op", "warning", "belangrijk", "important", "actie", "acties", "afspraken",
      "spreker", "sprekers", "speaker", "speakers", "persoon", "wie", "who", "rol", "tekst", "text", "inhoud", "content",
      // What a transcriber heard.
      "lacht", "lachen", "gelach", "stilte", "zucht", "huilt", "onverstaanbaar", "onduidelijk", "muziek", "applaus", "laughs", "laughter", "silence",
      "sighs", "cries", "unintelligible", "inaudible", "music", "applause", "pauze", "crosstalk",
      // Holding up a sentence.
      "bijvoorbeeld", "bv", "bv.", "bijv.", "vb", "vb.", "for example", "voorbeeld", "example", "kortom", "dus", "maar", "en", "want", "of", "ja",
      "nee", "neen", "allee", "kijk", "ten eerste", "ten tweede", "ten derde", "first", "second", "third", "eerst", "daarna",
      "eerlijk", "eerlijk gezegd", "concreet", "kort", "trouwens", "gevolg", "reden", "probleem", "oplossing", "also", "but", "and", "so", "well"};
  return words;
}

struct Line {
  Range range;             ///< Trimmed.
  bool heading = false;
  bool labelled = false;
  std::string key;
  Range label;             ///< With the colon.
  std::string spelled;
  bool name_like = false;
  bool alone = false;      ///< The label is the whole line; the words follow below.
};

std::optional<Label> ReadAs(SpeakerForm form, std::string_view line, const Text& text, const Range& paragraph, const std::vector<Range>& names) {
  switch (form) {
    case SpeakerForm::kColon: return ReadLabel(line);
    case SpeakerForm::kBracket: return ReadBracket(line);
    case SpeakerForm::kTimed: return ReadTimed(line);
    case SpeakerForm::kTable: return ReadRow(line);
    case SpeakerForm::kBold: break;
  }
  const auto bold = std::partition_point(names.begin(), names.end(), [&](const Range& name) { return name.start < paragraph.start; });
  if (bold == names.end() || bold->start != paragraph.start || bold->end > paragraph.end) return std::nullopt;
  return ReadBold(line, text.Byte(bold->end) - text.Byte(bold->start));
}

std::vector<Line> ReadLines(const Text& text, const std::vector<Range>& headings, SpeakerForm form, const std::vector<Range>& names) {
  std::vector<Line> lines;
  for (const Range& paragraph : Paragraphs(text)) {
    Line line{.range = paragraph};
    line.heading = std::any_of(headings.begin(), headings.end(), [&](const Range& heading) { return heading.Contains(paragraph.start); });
    const std::string_view slice = text.Slice(paragraph);
    if (const auto label = ReadAs(form, slice, text, paragraph, names)) {
      const std::size_t base = text.Byte(paragraph.start);
      line.spelled = std::string(slice.substr(label->start, label->end - label->start));
      line.key = LabelKey(line.spelled);
      line.label = {text.CodePoint(base + label->start), text.CodePoint(base + label->after)};
      line.name_like = label->name_like;
      line.alone = line.label.end == paragraph.end;
      line.labelled = !NotPeople().contains(line.key);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

/// A label of one letter ("I", "Q") says interviewer only beside others; "V" (vraag) only beside "A" (antwoord).
bool IsInterviewerAmong(const std::string& key, const std::map<std::string, std::int64_t>& counts) {
  if (key == "v") return counts.contains("a");
  return IsInterviewer(key);
}

std::set<std::string> Speakers(const std::vector<Line>& lines, const std::map<std::string, std::int64_t>& counts) {
  std::set<std::string> speakers;
  std::int64_t labelled_before = 0;
  const std::int64_t labelled = std::count_if(lines.begin(), lines.end(), [](const Line& line) { return line.labelled; });
  const bool interviewed = std::any_of(counts.begin(), counts.end(), [](const auto& entry) { return entry.first.size() > 1 && IsInterviewer(entry.first); });
  const bool labels_alone = std::any_of(lines.begin(), lines.end(), [&](const Line& line) { return line.labelled && line.alone && counts.at(line.key) >= 2; });
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (!line.labelled) continue;
    const std::int64_t after = labelled - labelled_before - 1;
    const bool first = labelled_before == 0;
    ++labelled_before;
    if (counts.at(line.key) >= 2) {
      speakers.insert(line.key);
      continue;
    }
    if (line.key.size() > 1 && IsInterviewer(line.key) && labelled > 1) {
      speakers.insert(line.key);
      continue;
    }
    const auto goes_on = [](const Line& neighbour) { return neighbour.labelled || neighbour.heading; };
    const bool among = (first || goes_on(lines[i - 1])) && (i + 1 == lines.size() || goes_on(lines[i + 1]));
    const bool in_conversation = after >= 2 || (!first && labelled >= 3) || (labelled >= 2 && interviewed);
    if (line.name_like && ((among && in_conversation) || (line.alone && labels_alone))) speakers.insert(line.key);
  }
  std::int64_t turns = 0;
  for (const auto& key : speakers) turns += counts.at(key);
  // A label that nobody answers ("ORCiD ID:" in a list of authors) must at least carry the text.
  const bool alone = speakers.size() == 1 && turns * 4 < static_cast<std::int64_t>(lines.size());
  if (turns < 2 || alone) speakers.clear();
  return speakers;
}

/// Makes turns of paragraphs, one after the other.
class TurnMaker {
 public:
  explicit TurnMaker(const Text& text) : text_(text) {}
  void Begin(const std::string& spelled, const std::string& key, bool interviewer, const Range& label, std::int64_t end) {
    End();
    const auto [found, added] = index_.emplace(key, conversation_.speakers.size());
    if (added) conversation_.speakers.push_back({spelled, 0, interviewer});
    open_ = FoundTurn{found->second, label, {label.end, end}};
  }
  void GoOn(std::int64_t end) {
    if (open_) open_->words.end = end;
  }
  void End() {
    if (open_) {
      open_->words = TrimRange(text_, open_->words);
      if (!open_->words.empty()) {
        ++conversation_.speakers[open_->speaker].turns;
        conversation_.turns.push_back(*open_);
      }
    }
    open_.reset();
  }
  Conversation Take() {
    End();
    return std::move(conversation_);
  }

 private:
  const Text& text_;
  Conversation conversation_;
  std::map<std::string, std::size_t> index_;
  std::optional<FoundTurn> open_;
};

}  // namespace

std::string LabelKey(std::string_view label) {
  const std::string folded = FoldText(Trim(label));
  std::string key;
  for (const char c : folded) {
    const bool space = c == ' ' || c == '\t';
    if (space && (key.empty() || key.back() == ' ')) continue;
    if (c == '\x01') continue;  // A combining mark.
    key += space ? ' ' : c;
  }
  return key;
}

bool LooksLikeLabel(std::string_view line) { return ReadLabel(line).has_value(); }

std::optional<LineLabel> LabelOf(std::string_view line) {
  const auto label = ReadLabel(line);
  if (!label) return std::nullopt;
  LineLabel found{std::string(line.substr(label->start, label->end - label->start)), label->after, label->name_like};
  if (NotPeople().contains(LabelKey(found.name))) return std::nullopt;
  return found;
}

bool IsInterviewer(std::string_view label) {
  static const std::set<std::string, std::less<>> words = {
      "interviewer", "interviewster", "interviewers", "i", "int", "intv", "iv",         "onderzoeker", "onderzoekster", "onderzoekers", "researcher",
      "vraag",       "vragen",        "question",     "q", "mod", "moderator", "moderatrice", "gespreksleider", "gespreksleidster", "facilitator",
      "vraagsteller", "interviewende", "begeleider gesprek"};
  std::string key = LabelKey(label);
  if (const auto bracket = key.find(" ("); bracket != std::string::npos) key.resize(bracket);
  while (!key.empty() && (std::isdigit(static_cast<unsigned char>(key.back())) || key.back() == ' ' || key.back() == '.')) key.pop_back();
  return words.contains(key);
}

Conversation FindTurns(const Text& text, const std::vector<Range>& headings, SpeakerForm form, const std::vector<Range>& names) {
  const std::vector<Line> lines = ReadLines(text, headings, form, names);
  std::map<std::string, std::int64_t> counts;
  for (const Line& line : lines) {
    if (line.labelled) ++counts[line.key];
  }
  const std::set<std::string> speakers = Speakers(lines, counts);
  if (form != SpeakerForm::kColon && form != SpeakerForm::kTimed) {
    std::int64_t labels = 0;
    for (const auto& key : speakers) labels += counts.at(key);
    if (labels * 4 < static_cast<std::int64_t>(lines.size())) return {};
  }
  TurnMaker maker(text);
  for (const Line& line : lines) {
    if (line.labelled && speakers.contains(line.key)) maker.Begin(line.spelled, line.key, IsInterviewerAmong(line.key, counts), line.label, line.range.end);
    else if (line.heading) maker.End();
    else maker.GoOn(line.range.end);
  }
  return maker.Take();
}

FormFound FindForm(const Text& text, const std::vector<Range>& headings, const std::vector<Range>& names) {
  FormFound best;
  for (const SpeakerForm form : {SpeakerForm::kColon, SpeakerForm::kTimed, SpeakerForm::kBracket, SpeakerForm::kTable, SpeakerForm::kBold}) {
    Conversation found = FindTurns(text, headings, form, names);
    if (found.turns.size() > best.conversation.turns.size()) best = {form, std::move(found)};
  }
  return best;
}

Conversation FindTurnsBy(const std::string& pattern, const Text& text, const std::vector<Range>& headings) {
  const Pattern regex(pattern);
  TurnMaker maker(text);
  for (const Range& paragraph : Paragraphs(text)) {
    const std::string line(text.Slice(paragraph));
    if (const auto match = regex.At(line)) {
      const std::string key = LabelKey(match->name);
      maker.Begin(match->name, key, IsInterviewer(key), {paragraph.start, paragraph.start + match->length}, paragraph.end);
    } else if (std::any_of(headings.begin(), headings.end(), [&](const Range& heading) { return heading.Contains(paragraph.start); })) {
      maker.End();
    } else {
      maker.GoOn(paragraph.end);
    }
  }
  return maker.Take();
}

}  // namespace meerstem::documents
