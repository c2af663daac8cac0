#include "plugins/coding/counts.h"

#include <algorithm>

namespace meerstem::coding {

CodeCounts CountCodes(const CodedStudy& study) {
  constexpr auto kNone = CodedStudy::kNone;
  const auto& parent = study.codes->parent;
  const std::size_t codes = parent.size(), persons = study.frame->persons.size(), types = study.frame->stakeholders.size();
  CodeCounts counts;
  counts.of.resize(codes);
  for (auto& count : counts.of) count.of_type.resize(types);
  std::vector<std::uint32_t> in_quote(codes, 0), in_source(codes, 0);  // The last quote and source that was counted there.
  std::vector<std::vector<bool>> people(codes);
  std::uint32_t quote_number = 0;
  std::vector<std::uint32_t> present, own, speaking;
  for (std::uint32_t s = 0; s < study.size(); ++s) {
    const auto& source = study.source(s);
    const auto& stock = study.stock(s);
    for (const auto& quote : stock.quotes) {
      if (!CodedStudy::IsHeard(source, stock, quote)) {
        counts.interviewer_only += quote.first < quote.last;
        continue;
      }
      ++counts.quotes;
      ++quote_number;
      present.clear();
      own.clear();
      for (auto c = quote.first; c < quote.last; ++c) {
        auto code = stock.codings[c].code;
        if (code == kNone) continue;
        // Two coders may have the same code on a quote.
        if (std::find(own.begin(), own.end(), code) == own.end()) {
          own.push_back(code);
          ++counts.of[code].own;
        }
        for (; code != kNone && in_quote[code] != quote_number; code = parent[code]) {
          in_quote[code] = quote_number;
          present.push_back(code);
        }
      }
      for (const auto code : present) {
        auto& count = counts.of[code];
        ++count.quotes;
        if (in_source[code] != s + 1) {
          in_source[code] = s + 1;
          ++count.sources;
        }
      }
      speaking.clear();
      bool in_turn = false;
      CodedStudy::EachTurn(source, stock, quote.turn, quote.range(), [&](const CodedStudy::Turn&, const CodedStudy::Voice& voice) {
        in_turn = true;
        if (!voice.researcher && voice.stakeholder != kNone && std::find(speaking.begin(), speaking.end(), voice.stakeholder) == speaking.end()) speaking.push_back(voice.stakeholder);
        if (voice.researcher || voice.person == kNone) return;
        for (const auto code : present) {
          if (people[code].empty()) people[code].resize(persons);
          if (people[code][voice.person]) continue;
          people[code][voice.person] = true;
          ++counts.of[code].people;
        }
      });
      if (!in_turn && source.stakeholder != kNone) speaking.push_back(source.stakeholder);
      for (const auto code : present) {
        for (const auto type : speaking) ++counts.of[code].of_type[type];
      }
    }
  }
  return counts;
}

}  // namespace meerstem::coding
