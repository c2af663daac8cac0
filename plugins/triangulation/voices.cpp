#include "plugins/triangulation/voices.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/study/derive.h"

namespace meerstem::triangulation {

Linked::Linked(std::shared_ptr<const CodedStudy> study, const Linked* before) : study_(std::move(study)) {
  const bool kept = before && before->study_->frame == study_->frame && before->study_->size() == study_->size();
  if (kept) by_case_ = before->by_case_;
  else by_case_.resize(study_->frame->cases.size());
  for (std::uint32_t s = 0; s < study_->size(); ++s) {
    if (kept && before->study_->stocks[s] == study_->stocks[s]) continue;
    if (kept) Remove(*before->study_, s);
    Add(s);
  }
}

void Linked::Add(std::uint32_t number) {
  const auto& source = study_->source(number);
  const auto& stock = study_->stock(number);
  if (source.kind == "remark") return;
  QuoteNumbers numbers;
  std::vector<std::pair<std::uint32_t, QuotePlace>> found;
  for (std::uint32_t q = 0; q < stock.quotes.size(); ++q) {
    if (!CodedStudy::IsHeard(source, stock, stock.quotes[q])) continue;
    NumbersOf(*study_, source, stock, stock.quotes[q], false, numbers);
    for (const auto study_case : numbers.cases) found.emplace_back(study_case, QuotePlace{number, q});
  }
  for (const auto& [study_case, place] : found) {
    auto& all = by_case_[study_case];
    // At the end while everything is read; else where the source has its place.
    auto at = all.end();
    if (!all.empty() && all.back().source > number) at = std::upper_bound(all.begin(), all.end(), number, [](std::uint32_t one, const QuotePlace& each) { return one < each.source; });
    all.insert(at, place);
  }
}

void Linked::Remove(const CodedStudy& study, std::uint32_t number) {
  const auto& source = study.source(number);
  const auto& stock = study.stock(number);
  QuoteNumbers numbers;
  std::vector<std::uint32_t> cases;
  for (const auto& quote : stock.quotes) {
    NumbersOf(study, source, stock, quote, false, numbers);
    for (const auto study_case : numbers.cases) {
      if (std::find(cases.begin(), cases.end(), study_case) == cases.end()) cases.push_back(study_case);
    }
  }
  for (const auto study_case : cases) std::erase_if(by_case_[study_case], [number](const QuotePlace& place) { return place.source == number; });
}

const std::vector<QuotePlace>& Linked::Of(const Id& study_case) const {
  static const std::vector<QuotePlace> kNone;
  const auto number = study_->frame->cases.Find(study_case);
  return number == CodedStudy::kNone ? kNone : by_case_[number];
}

std::shared_ptr<const Linked> LinkedQuotes(Reading& reading) {
  CodedStudyOf(reading);  // Whoever asks has read what it rests on.
  return Derive<Linked>(reading, "triangulation.linked", [&](std::shared_ptr<const Linked> before, std::int64_t, std::int64_t) {
    auto study = CodedStudyOf(reading);
    if (before && before->shared_study() == study) return before;
    return std::make_shared<const Linked>(std::move(study), before.get());
  });
}

std::vector<std::string> CodesOn(const CodedStudy& study, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote) {
  std::vector<std::string> codes;
  for (auto c = quote.first; c < quote.last; ++c) {
    const auto number = stock.codings[c].code;
    const Code* code = number == CodedStudy::kNone ? nullptr : study.codes->Of(number);
    if (code && std::find(codes.begin(), codes.end(), code->path) == codes.end()) codes.push_back(code->path);
  }
  return codes;
}

view::Cell CodesCell(const std::vector<std::string>& codes, const SourceSpan& span) {
  std::string all;
  for (const auto& code : codes) all += (all.empty() ? "" : "; ") + code;
  view::Cell cell{.value = all};
  if (codes.empty()) cell = {.state = view::State::kEmpty, .why = Say("Not coded.")};
  cell.edit = view::Edit{"coding.apply", {{"span", span}}, "new-code", ParameterType::kText, {}};
  return cell;
}

view::Target PlaceOf(const SourceSpan& span) { return {"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}}; }

Message OnNewLine(Message above, Message below) {
  if (above.empty()) return below;
  if (below.empty()) return above;
  return Message{"{0}\n{1}", {}, {detail::ToArgument(std::move(above)), detail::ToArgument(std::move(below))}};
}

std::string Shortened(const std::string& words, std::int64_t longest) {
  const Text text(words);
  if (text.size() <= longest) return words;
  std::string cut(text.Slice({0, longest}));
  if (const auto space = cut.rfind(' '); space != std::string::npos) cut.resize(space);
  return cut + " …";
}

}  // namespace meerstem::triangulation
