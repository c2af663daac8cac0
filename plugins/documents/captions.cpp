// WebVTT and SubRip: of Zoom ("Name: words"), Teams (<v Name>), YouTube (captions that roll: each repeats the line before).
#include <algorithm>
#include <array>
#include <map>

#include "core/base/error.h"
#include "plugins/documents/transcript.h"

namespace meerstem::documents {
namespace {

struct Cue {
  std::int64_t from = 0;
  std::int64_t until = 0;
  std::vector<std::string> lines;   ///< Marks still in them.
};

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

bool IsNumber(std::string_view line) {
  const std::string trimmed = Trim(line);
  return !trimmed.empty() && std::all_of(trimmed.begin(), trimmed.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
}

/// "00:00:06,500 --> 00:00:09,000 align:start".
std::optional<Cue> ReadTiming(std::string_view line) {
  const auto arrow = line.find("-->");
  if (arrow == std::string_view::npos) return std::nullopt;
  const auto from = ReadTime(Trim(line.substr(0, arrow)));
  const std::string rest = Trim(line.substr(arrow + 3));
  const auto until = ReadTime(rest.substr(0, rest.find_first_of(" \t")));
  if (!from) return std::nullopt;
  return Cue{*from, std::max(*from, until.value_or(*from)), {}};
}

std::vector<Cue> ReadCues(std::string_view text, bool vtt) {
  std::vector<Cue> cues;
  std::vector<std::string_view> between;   // What stands after a blank line: a number or name of the next cue, or more words.
  bool open = false;
  for (const std::string_view line : LinesOf(text)) {
    if (auto cue = ReadTiming(line)) {
      // Without a blank line before it, the number of this cue looks like words of the one before.
      if (open && between.empty() && !cues.back().lines.empty() && IsNumber(cues.back().lines.back())) cues.back().lines.pop_back();
      if (!between.empty() && (vtt || IsNumber(between.back()))) between.pop_back();
      if (!cues.empty() && !vtt) cues.back().lines.insert(cues.back().lines.end(), between.begin(), between.end());
      between.clear();
      cues.push_back(std::move(*cue));
      open = true;
    } else if (Trim(line).empty()) {
      open = false;
    } else if (open) {
      cues.back().lines.emplace_back(line);
    } else {
      between.push_back(line);
    }
  }
  if (!cues.empty() && !vtt) cues.back().lines.insert(cues.back().lines.end(), between.begin(), between.end());
  return cues;
}

/// A line in parts: who speaks (<v Name>) and what, without marks. Anything else between < and > was typed: "<lacht>".
struct Part {
  std::string voice;
  std::string words;
};

constexpr std::size_t kLongestMark = 200;

bool IsMark(std::string_view tag) {
  static constexpr std::array kTags = {"c", "i", "b", "u", "v", "lang", "ruby", "rt", "font", "s", "em", "strong"};
  if (tag.starts_with('/')) tag.remove_prefix(1);
  if (!tag.empty() && tag.front() >= '0' && tag.front() <= '9') return ReadTime(tag).has_value();
  const auto name = tag.substr(0, tag.find_first_of(" \t."));
  return std::any_of(kTags.begin(), kTags.end(), [&](const char* known) {
    return std::equal(name.begin(), name.end(), known, known + std::char_traits<char>::length(known), [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
  });
}

std::string WithoutEntities(std::string_view words) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kEntities = {
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&nbsp;", " "}, {"&lrm;", ""}, {"&rlm;", ""}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}};
  std::string plain;
  while (!words.empty()) {
    const auto found = std::find_if(kEntities.begin(), kEntities.end(), [&](const auto& entity) { return words.starts_with(entity.first); });
    if (found == kEntities.end()) {
      plain += words.front();
      words.remove_prefix(1);
    } else {
      plain += found->second;
      words.remove_prefix(found->first.size());
    }
  }
  return plain;
}

/// `voice` goes on over the lines of a cue.
std::vector<Part> PartsOf(std::string_view line, std::string& voice, bool vtt) {
  std::vector<Part> parts{{voice, {}}};
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view here = line.substr(at, kLongestMark);
    const auto length = here.front() == '<' ? here.find('>') : here.starts_with("{\\") ? here.find('}') : std::string_view::npos;
    if (length != std::string_view::npos) {
      const std::size_t close = at + length;
      const std::string_view tag = line.substr(at + 1, length - 1);
      if (line[at] == '{') {
        at = close + 1;
        continue;
      }
      if (IsMark(tag)) {
        if (tag == "/v") voice.clear();
        if (tag.starts_with("v ") || tag.starts_with("v.")) {
          const auto space = tag.find(' ');
          voice = space == std::string_view::npos ? "" : WithoutEntities(Trim(tag.substr(space)));
        }
        if (voice != parts.back().voice) parts.push_back({voice, {}});
        at = close + 1;
        continue;
      }
    }
    parts.back().words += line[at++];
  }
  for (auto& part : parts) part.words = Trim(vtt ? WithoutEntities(part.words) : part.words);
  std::erase_if(parts, [](const Part& part) { return part.words.empty(); });
  return parts;
}

struct Line {
  std::size_t cue;
  Part part;
};

/// Captions that roll: a cue begins with the lines, or the line, with which the one before ended. Only where a good part
/// of the file does so, or someone who says "ja" twice would be heard once.
std::int64_t DropRepeats(const std::vector<Cue>& cues, std::vector<Line>& lines) {
  std::vector<std::pair<std::size_t, std::size_t>> ranges(cues.size(), {0, 0});
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto& range = ranges[lines[i].cue];
    if (range.first == range.second) range = {i, i + 1};
    else range.second = i + 1;
  }
  // Which cue was the last with words; how many of a cue's first lines stand at that one's end; what its next line begins with.
  std::vector<std::size_t> repeated(lines.size(), 0);   // Bytes of the line that were said already.
  std::size_t rolling = 0, chances = 0, last = cues.size();
  for (std::size_t c = 0; c < cues.size(); ++c) {
    const auto [first, end] = ranges[c];
    if (first == end) continue;
    if (last < cues.size() && cues[c].from <= cues[last].until + 100) {
      ++chances;
      const auto [before, before_end] = ranges[last];
      std::size_t same = std::min(end - first, before_end - before);
      while (same > 0 && !std::equal(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.begin() + static_cast<std::ptrdiff_t>(first + same),
                                     lines.begin() + static_cast<std::ptrdiff_t>(before_end - same), [](const Line& a, const Line& b) { return a.part.words == b.part.words; })) {
        --same;
      }
      for (std::size_t i = 0; i < same; ++i) repeated[first + i] = lines[first + i].part.words.size();
      // "Ik bel" becomes "Ik bel elke week" while it is spoken.
      if (same == 0 && lines[first].part.words.starts_with(lines[before_end - 1].part.words + " ")) {
        repeated[first] = lines[before_end - 1].part.words.size() + 1;
        same = 1;
      }
      rolling += same > 0;
    }
    last = c;
  }
  if (rolling < 3 || rolling * 3 < chances) return 0;
  std::int64_t dropped = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    dropped += repeated[i] > 0;
    lines[i].part.words.erase(0, repeated[i]);
  }
  return dropped;
}

/// "Name: words" of Zoom, where a name stands more than once, or names stand before a good part of the lines.
void SplitNames(std::vector<Line>& lines) {
  std::map<std::string, std::int64_t> counts;
  std::int64_t labelled = 0;
  for (const auto& line : lines) {
    if (!line.part.voice.empty()) return;
    if (const auto label = LabelOf(line.part.words)) {
      ++counts[LabelKey(label->name)];
      ++labelled;
    }
  }
  const bool common = labelled * 4 >= static_cast<std::int64_t>(lines.size());
  std::string voice;
  std::size_t cue = 0;
  for (auto& line : lines) {
    const auto label = LabelOf(line.part.words);
    if (label && (counts[LabelKey(label->name)] > 1 || (common && label->name_like))) {
      voice = label->name;
      line.part.words = Trim(line.part.words.substr(label->after));
    } else if (line.cue != cue && common) {
      voice.clear();   // Zoom names the speaker in every cue; one without is nobody's.
    }
    line.part.voice = voice;
    cue = line.cue;
  }
}

}  // namespace

Transcript ParseCaptions(std::string_view utf8, const std::string& file_name) {
  const std::string text = CleanText(utf8);
  const bool vtt = text.starts_with("WEBVTT");
  const std::vector<Cue> cues = ReadCues(text, vtt);
  if (cues.empty()) throw Refuse("“{0}” holds no captions with a time (00:00:01.000 --> 00:00:02.000); give it the extension .txt to read it as a text.", file_name);
  std::vector<Line> lines;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    std::string voice;
    for (const auto& line : cues[i].lines) {
      for (auto& part : PartsOf(line, voice, vtt)) lines.push_back({i, std::move(part)});
    }
  }
  Transcript transcript;
  if (const std::int64_t dropped = DropRepeats(cues, lines); dropped > 0) {
    transcript.notes.push_back(SayCount("Captions that roll: {0} line that only repeats the one before was left out.",
                                        "Captions that roll: {0} lines that only repeat the one before were left out.", dropped));
  }
  SplitNames(lines);
  for (const auto& line : lines) {
    auto& all = transcript.utterances;
    const Cue& cue = cues[line.cue];
    if (!all.empty() && all.back().from == cue.from && all.back().until == cue.until && all.back().speaker == line.part.voice) {
      all.back().words += (all.back().words.empty() ? "" : " ") + line.part.words;
    } else {
      all.push_back({line.part.voice, cue.from, cue.until, line.part.words});
    }
  }
  return transcript;
}

}  // namespace meerstem::documents
