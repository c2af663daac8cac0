#include "plugins/coding/counts.h"

#include <algorithm>
#include <utility>

#include "core/study/derive.h"

namespace meerstem::coding {
namespace {

/// Adds what stands in sources to counts, or takes it away again.
class Counting {
 public:
  Counting(const CodedStudy& study, CodeCounts& counts) : study_(study), counts_(counts), in_quote_(study.codes->parent.size()), in_source_(in_quote_.size()) {
    counts_.of.resize(in_quote_.size());
    for (auto& count : counts_.of) count.of_type.resize(study.frame->stakeholders.size());
    counts_.spoken.resize(in_quote_.size());
  }

  /// `sign` 1 or -1.
  void Source(std::uint32_t number, std::int64_t sign) {
    const auto& source = study_.source(number);
    const auto& stock = study_.stock(number);
    ++source_number_;
    said_.clear();
    for (const auto& quote : stock.quotes) {
      if (CodedStudy::IsHeard(source, stock, quote)) Quote(source, stock, quote, sign);
      else counts_.interviewer_only += sign * (quote.first < quote.last);
    }
    // Somebody may speak in many quotes of a source.
    std::sort(said_.begin(), said_.end());
    said_.erase(std::unique(said_.begin(), said_.end()), said_.end());
    for (const auto& [code, person] : said_) {
      auto& spoken = counts_.spoken[code];
      if (spoken.empty()) spoken.resize(study_.frame->persons.size());
      const std::uint32_t before = spoken[person];
      spoken[person] = static_cast<std::uint32_t>(before + sign);
      counts_.of[code].people += (spoken[person] > 0) - (before > 0);
    }
  }

 private:
  static constexpr auto kNone = CodedStudy::kNone;

  void Quote(const CodedStudy::Source& source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote, std::int64_t sign) {
    counts_.quotes += sign;
    ++quote_number_;
    present_.clear();
    own_.clear();
    for (auto c = quote.first; c < quote.last; ++c) {
      auto code = stock.codings[c].code;
      if (code == kNone) continue;
      // Two coders may have the same code on a quote.
      if (std::find(own_.begin(), own_.end(), code) == own_.end()) {
        own_.push_back(code);
        counts_.of[code].own += sign;
      }
      for (; code != kNone && in_quote_[code] != quote_number_; code = study_.codes->parent[code]) {
        in_quote_[code] = quote_number_;
        present_.push_back(code);
      }
    }
    for (const auto code : present_) {
      auto& count = counts_.of[code];
      count.quotes += sign;
      if (std::exchange(in_source_[code], source_number_) != source_number_) count.sources += sign;
    }
    speaking_.clear();
    bool in_turn = false;
    CodedStudy::EachTurn(source, stock, quote.turn, quote.range(), [&](const CodedStudy::Turn&, const CodedStudy::Voice& voice) {
      in_turn = true;
      if (!voice.researcher && voice.stakeholder != kNone && std::find(speaking_.begin(), speaking_.end(), voice.stakeholder) == speaking_.end()) speaking_.push_back(voice.stakeholder);
      if (voice.researcher || voice.person == kNone) return;
      for (const auto code : present_) said_.emplace_back(code, voice.person);
    });
    if (!in_turn && source.stakeholder != kNone) speaking_.push_back(source.stakeholder);
    for (const auto code : present_) {
      for (const auto type : speaking_) counts_.of[code].of_type[type] += sign;
    }
  }

  const CodedStudy& study_;
  CodeCounts& counts_;
  std::vector<std::uint32_t> in_quote_, in_source_;  ///< By code: the last quote and source that was counted there.
  std::uint32_t quote_number_ = 0, source_number_ = 0;
  std::vector<std::uint32_t> present_, own_, speaking_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> said_;  ///< Code and person, of one source.
};

}  // namespace

CodeCounts CountCodes(std::shared_ptr<const CodedStudy> study) {
  CodeCounts counts;
  Counting counting(*study, counts);
  for (std::uint32_t s = 0; s < study->size(); ++s) counting.Source(s, 1);
  counts.study = std::move(study);
  return counts;
}

std::shared_ptr<const CodeCounts> CodeCountsOf(Reading& reading) {
  // For what it reads, also when the counts are at hand.
  CodedStudyOf(reading);
  return Derive<CodeCounts>(reading, "code_counts", [&](const std::shared_ptr<const CodeCounts>& before, std::int64_t, std::int64_t) -> std::shared_ptr<const CodeCounts> {
    auto study = CodedStudyOf(reading);
    if (before && before->study == study) return before;
    // Who a voice is, and where a code stands, changes counts everywhere.
    if (!before || before->study->frame != study->frame || before->study->codes != study->codes) return std::make_shared<CodeCounts>(CountCodes(std::move(study)));
    auto counts = std::make_shared<CodeCounts>(*before);
    Counting out(*before->study, *counts), in(*study, *counts);
    for (std::uint32_t s = 0; s < study->size(); ++s) {
      if (before->study->stocks[s] == study->stocks[s]) continue;
      out.Source(s, -1);
      in.Source(s, 1);
    }
    counts->study = std::move(study);
    return counts;
  });
}

}  // namespace meerstem::coding
