#include "plugins/documents/pages.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "plugins/documents/xml.h"

namespace meerstem::documents {
namespace {

constexpr std::size_t kFewestNumbers = 5;     ///< Line numbers: fewer may be anything.
constexpr double kMargin = 0.12;              ///< Of the height, where heads and feet stand.

double Number(std::string_view text) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return std::isfinite(number) && std::abs(number) < 1e6 ? number : 0;
}

bool IsDigits(std::string_view text) {
  return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The line number with which a line may begin.
std::optional<int> NumberOf(const PageLine& line) {
  if (line.words.empty() || !IsDigits(line.words.front().text)) return std::nullopt;
  int number = 0;
  const std::string& text = line.words.front().text;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Line numbers stand left of nearly all words, and count on.
std::int64_t DropLineNumbers(std::vector<PageLine>& lines) {
  std::vector<double> lefts;
  for (const auto& line : lines) {
    const std::size_t first = NumberOf(line) ? 1 : 0;
    if (line.words.size() > first) lefts.push_back(line.words[first].left);
  }
  if (lefts.empty()) return 0;
  // Where the words begin: the column of the leftmost tenth, so that indented ones do not decide.
  std::nth_element(lefts.begin(), lefts.begin() + static_cast<std::ptrdiff_t>(lefts.size() / 10), lefts.end());
  const double body = lefts[lefts.size() / 10];
  struct Candidate {
    std::size_t line;
    int number;
  };
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto number = NumberOf(lines[i]);
    if (!number || lines[i].words.front().right > body + 1) continue;
    if (lines[i].words.size() > 1 && lines[i].words[1].left - lines[i].words[0].right < 4) continue;
    candidates.push_back({i, *number});
  }
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    return std::pair(lines[a.line].page, lines[a.line].top) < std::pair(lines[b.line].page, lines[b.line].top);
  });
  if (candidates.size() < kFewestNumbers) return 0;
  std::map<int, std::size_t> steps;
  std::size_t anew = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    const int step = candidates[i].number - candidates[i - 1].number;
    const bool new_page = lines[candidates[i].line].page != lines[candidates[i - 1].line].page;
    if (new_page && step < 0 && candidates[i].number <= 10) ++anew;
    else ++steps[step];
  }
  std::size_t most = 0;
  for (const auto& [step, times] : steps) most = step > 0 && step <= 10 ? std::max(most, times) : most;
  if ((most + anew) * 10 < (candidates.size() - 1) * 8) return 0;
  for (const auto& candidate : candidates) {
    PageLine& line = lines[candidate.line];
    line.words.erase(line.words.begin());
    if (!line.words.empty()) line.left = line.words.front().left;
  }
  std::erase_if(lines, [](const PageLine& line) { return line.words.empty(); });
  return static_cast<std::int64_t>(candidates.size());
}

/// The line with every number as #: "Gesprek 3, pagina 12 van 20".
std::string Pattern(const PageLine& line) {
  std::string pattern;
  for (const char c : FoldText(line.Text())) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit || pattern.empty() || pattern.back() != '#') pattern += digit ? '#' : c;
  }
  return pattern;
}

/// Only a number, perhaps among signs: "12", "- 12 -", "p. 3/20".
bool IsPageNumber(const std::string& pattern) {
  if (pattern.find('#') == std::string::npos) return false;
  std::string words;
  for (const char c : pattern) {
    if (c >= 'a' && c <= 'z') words += c;
  }
  static const std::set<std::string, std::less<>> kWords = {"", "p", "pag", "page", "pagina", "pageof", "paginavan", "of", "van", "blz", "bladzijde", "seite", "seitevon"};
  return kWords.contains(words);
}

std::int64_t DropHeadsAndFeet(PdfPages& pages) {
  const std::size_t count = pages.pages.size();
  if (count < 2) return 0;
  struct Place {
    std::set<std::size_t> on;
    std::vector<std::size_t> lines;
  };
  std::map<std::pair<std::string, long>, Place> places;   // What stands at which height.
  for (std::size_t i = 0; i < pages.lines.size(); ++i) {
    const PageLine& line = pages.lines[i];
    const double height = pages.pages[line.page].height;
    if (line.top > height * kMargin && line.bottom < height * (1 - kMargin)) continue;
    const std::string text = line.Text();
    if (LooksLikeLabel(text)) continue;
    const std::string pattern = Pattern(line);
    for (const long shift : {0L, 1L}) {
      // Heights that differ by a point may be rounded apart: each line is counted in two rows that overlap.
      Place& place = places[{pattern, 2 * std::lround(std::floor(line.top / 6 + shift * 0.5)) + shift}];
      place.on.insert(line.page);
      place.lines.push_back(i);
    }
  }
  std::set<std::size_t> dropped;
  for (const auto& [key, place] : places) {
    const std::size_t odd = static_cast<std::size_t>(std::count_if(place.on.begin(), place.on.end(), [](std::size_t page) { return page % 2 == 0; }));
    const std::size_t even = place.on.size() - odd;
    const bool most = place.on.size() * 10 >= count * 6 || odd * 10 >= (count + 1) / 2 * 8 || even * 10 >= std::max<std::size_t>(1, count / 2) * 8;
    const bool number = IsPageNumber(key.first) && place.on.size() >= 2;
    if (place.on.size() >= (number ? 2u : 3u) && most) dropped.insert(place.lines.begin(), place.lines.end());
  }
  std::size_t index = 0;
  std::erase_if(pages.lines, [&](const PageLine&) { return dropped.contains(index++); });
  return static_cast<std::int64_t>(dropped.size());
}

/// Where two columns part: a strip that few lines cross, with as many words on either side as columns of a text have;
/// the columns of a table are filled by few of their rows.
std::optional<double> GutterOf(const std::vector<PageLine>& lines, double width) {
  constexpr std::size_t kFewest = 6;
  const auto points = static_cast<std::size_t>(std::clamp(width, 0.0, 5000.0));
  if (lines.size() < 2 * kFewest || points < 100) return std::nullopt;
  std::vector<int> crossing(points + 2, 0);
  for (const auto& line : lines) {
    const auto at = [&](double x) { return static_cast<std::size_t>(std::clamp(x, 0.0, static_cast<double>(points))); };
    ++crossing[at(line.left)];
    --crossing[at(line.right) + 1];
  }
  std::size_t best = 0, best_size = 0;
  int fewest = static_cast<int>(lines.size() / 5) + 1, open = 0;
  for (std::size_t x = 0, run = 0; x < points; ++x) {
    open += crossing[x];
    run = x > 0 && x > points * 3 / 10 && x < points * 7 / 10 ? run + 1 : 0;
    if (run == 0 || open > fewest) {
      run = 0;
      continue;
    }
    if (open < fewest) {
      fewest = open;
      best_size = 0;
      run = 1;
    }
    if (run > best_size) {
      best_size = run;
      best = x - run / 2;
    }
  }
  if (best_size < 6) return std::nullopt;
  const auto gutter = static_cast<double>(best);
  for (const bool left_side : {true, false}) {
    double left = 1e9, right = 0;
    std::vector<double> widths;
    for (const auto& line : lines) {
      if (left_side ? line.right > gutter : line.left < gutter) continue;
      left = std::min(left, line.left);
      right = std::max(right, line.right);
      widths.push_back(line.right - line.left);
    }
    const auto full = std::count_if(widths.begin(), widths.end(), [&](double each) { return each > (right - left) * 0.75; });
    if (widths.size() < kFewest || static_cast<std::size_t>(full) * 2 < widths.size()) return std::nullopt;
  }
  return gutter;
}

/// Down the left column, then down the right one, between the lines that run over both.
void OrderColumns(std::vector<PageLine>& lines, double gutter) {
  const auto over_both = [&](const PageLine& line) { return line.left < gutter && line.right > gutter; };
  std::vector<double> bars;
  for (const auto& line : lines) {
    if (over_both(line)) bars.push_back(line.top);
  }
  std::sort(bars.begin(), bars.end());
  const auto place = [&](const PageLine& line) {
    const auto band = std::lower_bound(bars.begin(), bars.end(), line.top) - bars.begin();
    return std::tuple(band, over_both(line) ? 2 : line.left < gutter ? 0 : 1, line.top);
  };
  std::stable_sort(lines.begin(), lines.end(), [&](const PageLine& a, const PageLine& b) { return place(a) < place(b); });
}

void OrderPages(PdfPages& pages) {
  std::vector<PageLine> ordered;
  for (std::size_t begin = 0; begin < pages.lines.size();) {
    std::size_t end = begin;
    while (end < pages.lines.size() && pages.lines[end].page == pages.lines[begin].page) ++end;
    std::vector<PageLine> page(std::make_move_iterator(pages.lines.begin() + static_cast<std::ptrdiff_t>(begin)), std::make_move_iterator(pages.lines.begin() + static_cast<std::ptrdiff_t>(end)));
    if (const auto gutter = GutterOf(page, pages.pages[page.front().page].width)) OrderColumns(page, *gutter);
    std::move(page.begin(), page.end(), std::back_inserter(ordered));
    begin = end;
  }
  pages.lines = std::move(ordered);
}

bool EndsSentence(std::string_view text) {
  while (!text.empty() && (text.back() == '"' || text.back() == ')' || text.back() == '\'')) text.remove_suffix(1);
  for (const std::string_view quote : {"”", "’", "»"}) {
    if (text.ends_with(quote)) text.remove_suffix(quote.size());
  }
  return text.ends_with('.') || text.ends_with('?') || text.ends_with('!') || text.ends_with(':') || text.ends_with("…");
}

/// A small letter, so that a sentence goes on.
bool BeginsSmall(std::string_view text) {
  const std::string folded = FoldText(text.substr(0, std::min<std::size_t>(text.size(), 16)));
  const bool letter = !folded.empty() && folded.front() >= 'a' && folded.front() <= 'z';
  return letter && (text.front() == folded.front() || (static_cast<unsigned char>(text.front()) == 0xC3 && text.size() > 1 && static_cast<unsigned char>(text[1]) >= 0x9F));
}

/// The sign of a word that was broken at the end of a line; empty: none.
std::string_view BrokenBy(std::string_view text) {
  for (const std::string_view sign : {"\xC2\xAD", "\xE2\x80\x90", "-"}) {
    if (text.size() > sign.size() + 1 && text.ends_with(sign)) {
      const char before = text[text.size() - sign.size() - 1];
      if (std::isalpha(static_cast<unsigned char>(before)) || static_cast<unsigned char>(before) >= 0x80) return sign;
    }
  }
  return {};
}

class Paragraphing {
 public:
  Paragraphing(const PdfPages& pages, Document& document) : pages_(pages), document_(document) {
    std::vector<double> pitches;
    for (std::size_t i = 0; i < pages.lines.size(); ++i) {
      const PageLine& line = pages.lines[i];
      double& right = right_[Column(line)];
      right = std::max(right, line.right);
      const auto left = left_.emplace(Column(line), line.left).first;
      left->second = std::min(left->second, line.left);
      if (i > 0 && IsBelow(pages.lines[i - 1], line)) pitches.push_back(line.top - pages.lines[i - 1].top);
      for (const auto& word : line.words) {
        if (word.text.find('-') != std::string::npos && !BrokenBy(word.text).size()) hyphenated_.insert(FoldText(word.text));
      }
    }
    if (!pitches.empty()) {
      // The lower third: in a talk of short turns there are as many gaps between paragraphs as lines within them.
      const auto third = pitches.begin() + static_cast<std::ptrdiff_t>(pitches.size() / 3);
      std::nth_element(pitches.begin(), third, pitches.end());
      pitch_ = *third;
    }
  }

  void Fill() {
    const PageLine* before = nullptr;
    std::string before_text;
    for (const PageLine& line : pages_.lines) {
      std::string words = line.Text();
      if (words.empty()) continue;
      if (before && GoesOn(*before, before_text, line, words)) Join(words);
      else if (before) Put("\n\n");
      NewPage(line.page);
      Put(words);
      end_ = position_;
      before = &line;
      before_text = std::move(words);
    }
    EndPage();
    if (!document_.text.empty()) document_.text += "\n";
  }

 private:
  static std::pair<std::size_t, long> Column(const PageLine& line) { return {line.page, std::lround(line.left / 60)}; }
  static bool IsBelow(const PageLine& before, const PageLine& line) {
    return before.page == line.page && line.top > before.top + 1 && line.left < before.right && before.left < line.right;
  }

  bool GoesOn(const PageLine& before, const std::string& before_text, const PageLine& line, const std::string& words) const {
    if (LooksLikeLabel(words)) return false;
    const bool small = BeginsSmall(words);
    const bool broken = !BrokenBy(before_text).empty() && small;
    if (!IsBelow(before, line)) return broken || (small && !EndsSentence(before_text));
    if (broken) return true;
    if (line.top - before.top > pitch_ * 1.4) return small && !EndsSentence(before_text) && line.top - before.top < pitch_ * 2.2;
    const double left = left_.at(Column(before)), right = right_.at(Column(before));
    const double width = std::max(1.0, right - left), room = (right - before.right) / width;
    if (EndsSentence(before_text)) {
      if (room > 0.25) return false;
      return line.left - before.left < 8;   // A first line that is set in begins a paragraph.
    }
    return room < 0.45 || small;
  }

  /// A word that was broken becomes one again, unless it has its hyphen elsewhere too ("follow-up"); "binnen-" before "en
  /// buitenland" keeps it.
  void Join(const std::string& words) {
    const std::string_view sign = BrokenBy(document_.text);
    if (sign.empty() || !BeginsSmall(words)) return Put(" ");
    const std::string first = words.substr(0, words.find(' '));
    static const std::set<std::string, std::less<>> kBetween = {"en", "of", "and", "or", "und", "oder", "et", "ou"};
    if (kBetween.contains(first)) return Put(" ");
    const auto space = document_.text.find_last_of(" \n");
    const std::string last = document_.text.substr(space == std::string::npos ? 0 : space + 1);
    if (sign == "-" && hyphenated_.contains(FoldText(last + first))) return;
    document_.text.resize(document_.text.size() - sign.size());
    --position_;
    end_ = position_;
  }
  void Put(std::string_view words) {
    document_.text += words;
    position_ += CountCodePoints(words);
  }
  void NewPage(std::size_t page) {
    if (!document_.pages.empty() && document_.pages.back().number == static_cast<std::int64_t>(page) + 1) return;
    EndPage();
    document_.pages.push_back({{position_, position_}, static_cast<std::int64_t>(page) + 1});
  }
  /// Without the blank or line ends that follow.
  void EndPage() {
    if (!document_.pages.empty()) document_.pages.back().range.end = end_;
  }

  const PdfPages& pages_;
  Document& document_;
  std::map<std::pair<std::size_t, long>, double> left_, right_;
  std::set<std::string> hyphenated_;
  double pitch_ = 1e6;
  std::int64_t position_ = 0;
  std::int64_t end_ = 0;       ///< Of the last line.
};

}  // namespace

std::string PageLine::Text() const {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

PdfPages ParsePages(std::string_view xhtml, const std::string& file_name) {
  // Poppler passes on characters that XML does not know.
  std::string clean = CleanText(xhtml);
  std::replace_if(clean.begin(), clean.end(), [](unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F; }, ' ');
  for (const char* never : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (auto at = clean.find(never); at != std::string::npos; at = clean.find(never, at + 3)) clean.replace(at, 3, "\xEF\xBF\xBD");
  }
  PdfPages pages;
  bool in_word = false;
  const bool whole = ReadXml(clean, {.begin =
                                         [&](std::string_view name, const XmlAttributes& attributes) {
                                           if (name == "page") {
                                             pages.pages.push_back({Number(AttributeOf(attributes, "width")), Number(AttributeOf(attributes, "height"))});
                                           } else if (name == "line" && !pages.pages.empty()) {
                                             in_word = false;
                                             pages.lines.push_back({pages.pages.size() - 1, Number(AttributeOf(attributes, "xMin")), Number(AttributeOf(attributes, "yMin")),
                                                                    Number(AttributeOf(attributes, "xMax")), Number(AttributeOf(attributes, "yMax")), {}});
                                           } else if (name == "word" && !pages.lines.empty()) {
                                             pages.lines.back().words.push_back({Number(AttributeOf(attributes, "xMin")), Number(AttributeOf(attributes, "xMax")), {}});
                                             in_word = true;
                                           }
                                         },
                                     .end =
                                         [&](std::string_view name) {
                                           if (name == "word" && in_word) {
                                             auto& words = pages.lines.back().words;
                                             words.back().text = Trim(words.back().text);
                                             if (words.back().text.empty()) words.pop_back();
                                             in_word = false;
                                           }
                                         },
                                     .text =
                                         [&](std::string_view words) {
                                           if (in_word) pages.lines.back().words.back().text += words;
                                         }});
  if (!whole || pages.pages.empty()) throw Refuse("The pages of “{0}” cannot be understood; print it to PDF again.", file_name);
  std::erase_if(pages.lines, [](const PageLine& line) { return line.words.empty(); });
  return pages;
}

void DropFurniture(PdfPages& pages, std::vector<Message>& notes) {
  if (const std::int64_t dropped = DropHeadsAndFeet(pages); dropped > 0) {
    notes.push_back(SayCount("{0} line at the head or foot of pages was left out.", "{0} lines at the head or foot of pages were left out.", dropped));
  }
  if (const std::int64_t dropped = DropLineNumbers(pages.lines); dropped > 0) {
    notes.push_back(SayCount("{0} line number in the margin was left out.", "{0} line numbers in the margin were left out.", dropped));
  }
  OrderPages(pages);
}

void FillFrom(const PdfPages& pages, Document& document) { Paragraphing(pages, document).Fill(); }

}  // namespace meerstem::documents
