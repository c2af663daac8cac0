#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/command/parameters.h"
#include "core/plugin/registry.h"
#include "core/store/store.h"
#include "core/study/coded_study.h"

/// Quotes: spans of sources that codes, themes and chapters point at; and what each quote belongs to.
namespace meerstem {

/// The quote on exactly this span, found or made. kRefused for an empty or impossible range.
Id EnsureQuote(Writing& writing, const SourceSpan& span);
SourceSpan SpanOf(Reading& reading, const Id& quote);
/// Deletes quotes of `candidates` to which nothing points any more (no coding, memo, about, or plugin row).
void DropLooseQuotes(Writing& writing, const std::vector<Id>& candidates);

/// What a quote belongs to, derived from the turns it lies in: people (several when it crosses turns), their types
/// and sites, and cases: those it is about, its source is about, or its speakers are members of.
/// A quote outside every turn takes type and site of its source.
struct QuoteFacts {
  Id id;
  SourceSpan span;
  std::vector<Id> people;
  std::vector<Id> stakeholders;
  std::vector<Id> sites;
  std::vector<Id> cases;
  std::int64_t words = 0;
};

/// Which quotes to look at.
struct QuoteFilter {
  std::vector<Id> codes;            ///< With their descendants; empty: all quotes.
  std::vector<Id> stakeholders;
  std::vector<Id> sites;
  std::vector<Id> sources;
  std::vector<Id> coders;
  std::vector<Id> cases;
  bool include_researchers = false; ///< The interviewer's words count only when asked for.
  bool include_remarks = true;      ///< A remark is the registrar's voice about a case; matrices keep it apart.
  bool count_words = false;
  std::vector<std::string> source_kinds;  ///< Empty: all.
};

/// A quote of a CodedStudy, by its numbers.
struct QuotePlace {
  std::uint32_t source;
  std::uint32_t quote;
};
/// The quotes that a filter lets through, in the order of sources and positions, without their facts: what a view of a
/// million quotes works with.
std::vector<QuotePlace> QuotePlaces(const CodedStudy& study, const QuoteFilter& filter);
/// What a quote belongs to, each once, in the numbers of the study's frame.
struct QuoteNumbers {
  std::vector<std::uint32_t> people, stakeholders, sites, cases;
};
/// Fills `into`, whose room is used again.
void NumbersOf(const CodedStudy& study, const CodedStudy::Source& source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote,
               bool include_researchers, QuoteNumbers& into);
/// The same as ids; `words` is left at 0.
QuoteFacts FactsOf(const CodedStudy& study, const CodedStudy::Source& source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote,
                   bool include_researchers);

/// In the order of sources and positions.
std::vector<QuoteFacts> Quotes(Reading& reading, const QuoteFilter& filter);

/// Who was heard, as if each speaker's turns in a source were one quote (id: the speaker's; a source without turns
/// stands for itself): tells "heard, and silent about this" from "nobody heard". The interviewer is left out.
std::vector<QuoteFacts> Voices(Reading& reading, bool include_remarks);

/// Which group of `dimension` each of `quotes` lies in, through the dimension's own unit: a person's group is that of
/// every quote they speak in, and so on. result[i] lists group indices of quotes[i], each once.
std::vector<std::vector<std::size_t>> GroupsOfQuotes(const Dimension& dimension, const Grouping& grouping, const std::vector<QuoteFacts>& quotes);

/// `code` and everything below it.
std::vector<Id> WithDescendants(Reading& reading, const std::vector<Id>& codes);

}  // namespace meerstem
