#include "plugins/documents/common.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/display.h"
#include "core/study/people.h"

namespace meerstem::documents {
namespace {

std::vector<Choice> ChoicesFrom(Statement rows) {
  std::vector<Choice> choices;
  while (rows.Step()) choices.push_back({rows.Text(0), Verbatim(rows.Text(1))});
  return choices;
}

/// Nested two by two: a message knows arguments 0 to 9 only.
template <class T>
Message ListOf(const std::vector<T>& parts) {
  Message list;
  for (const auto& part : parts) list = list.empty() ? Say("{0}", part) : Say("{0}, {1}", std::move(list), part);
  return list;
}

}  // namespace

std::vector<Choice> KindChoices() {
  std::vector<Choice> choices;
  for (const char* kind : {"interview", "focus_group", "field_note", "document", "literature"}) choices.push_back({kind, KindLabel(kind)});
  return choices;
}

Message KindLabel(const std::string& kind) {
  if (kind == "interview") return Say("Interview");
  if (kind == "focus_group") return Say("Focus group");
  if (kind == "field_note") return Say("Field note");
  if (kind == "document") return Say("Document");
  if (kind == "remark") return Say("Registration remark");
  return Say("Literature");
}

bool HasTurns(const std::string& kind) { return kind == "interview" || kind == "focus_group" || kind == "field_note"; }

void RefuseTakenTitle(Reading& reading, const std::string& title, const std::optional<Id>& except) {
  auto row = reading.Query("SELECT 1 FROM source WHERE title = ? AND id IS NOT ?", title, except);
  if (row.Step()) throw Refuse("There is already a source with the title “{0}”; give this one another title.", title);
}

std::string CheckedLanguage(const std::string& tag) {
  const std::string language = Trim(tag);
  const auto dash = std::min(language.find('-'), language.size());
  const bool letters = std::all_of(language.begin(), language.begin() + static_cast<std::ptrdiff_t>(dash), [](unsigned char c) { return c >= 'a' && c <= 'z'; });
  const bool rest = std::all_of(language.begin() + static_cast<std::ptrdiff_t>(dash), language.end(), [](unsigned char c) { return c == '-' || (c < 0x80 && std::isalnum(c)); });
  if (!letters || !rest || dash < 2 || dash > 3 || language.ends_with('-')) throw Refuse("“{0}” is not a language; write nl, en, de, fr ...", language);
  return language;
}

std::vector<Choice> StakeholderChoices(Reading& reading) {
  return ChoicesFrom(reading.Query("SELECT key, name FROM stakeholder_type ORDER BY order_key"));
}
std::vector<Choice> SiteChoices(Reading& reading) { return ChoicesFrom(reading.Query("SELECT name, name FROM site ORDER BY order_key")); }
std::vector<Choice> PersonChoices(Reading& reading) { return ChoicesFrom(reading.Query("SELECT pseudonym, pseudonym FROM person ORDER BY pseudonym")); }
std::vector<Choice> CaseChoices(Reading& reading) { return ChoicesFrom(reading.Query("SELECT code, code FROM study_case ORDER BY order_key")); }

Parameter SourceParameter(bool required) {
  return {.name = "source", .type = ParameterType::kEntity, .label = Say("Source"), .help = Say("Its title, or its id."), .required = required, .entity_kind = "source"};
}

Message Listed(const std::vector<std::string>& texts) { return ListOf(texts); }
Message Listed(const std::vector<Date>& dates) { return ListOf(dates); }

Id InterviewerPerson(Writing& writing) {
  // A pseudonym that is the same in every language, since it is data.
  const Id person = EnsurePerson(writing, "Interviewer");
  std::optional<Id> researcher;
  for (const auto& type : StakeholderTypes(writing)) {
    if (type.researcher && !researcher) researcher = type.id;
  }
  CompletePerson(writing, person, researcher, std::nullopt);
  return person;
}

void CompletePerson(Writing& writing, const Id& person, const std::optional<Id>& stakeholder, const std::optional<Id>& site) {
  writing.Do("UPDATE person SET stakeholder_id = ?2 WHERE id = ?1 AND stakeholder_id IS NULL AND ?2 IS NOT NULL", person, stakeholder);
  writing.Do("UPDATE person SET site_id = ?2 WHERE id = ?1 AND site_id IS NULL AND ?2 IS NOT NULL", person, site);
}

std::vector<Id> StoreTurns(Writing& writing, const Id& source, const Conversation& conversation, const std::vector<std::optional<Id>>& people) {
  std::vector<Id> speakers;
  for (std::size_t i = 0; i < conversation.speakers.size(); ++i) {
    speakers.push_back(writing.NewId());
    writing.Do("INSERT INTO speaker (id, source_id, label, person_id) VALUES (?, ?, ?, ?)", speakers.back(), source, conversation.speakers[i].label, people[i]);
  }
  for (const auto& turn : conversation.turns) {
    std::optional<Id> label;
    if (!turn.label.empty()) label = EnsureSpan(writing, {source, turn.label});
    const Id words = EnsureSpan(writing, {source, turn.words});
    writing.Do("INSERT INTO turn (id, speaker_id, label_span_id, span_id) VALUES (?, ?, ?, ?)", writing.NewId(), speakers[turn.speaker], label, words);
  }
  return speakers;
}

Conversation OneTurn(const Text& text, const std::string& label) {
  return {{{label, 1, false}}, {{0, {}, TrimRange(text, {0, text.size()})}}};
}

std::string ShownLabel(Reading& reading, const Id& source, const Id& speaker, const std::string& label) {
  auto row = reading.Query(
      "SELECT span.start, span.end FROM turn JOIN span ON span.id = turn.label_span_id WHERE turn.speaker_id = ? ORDER BY span.start LIMIT 1", speaker);
  if (!row.Step()) return label;  // Not a word of the text: a pseudonym.
  const Range range{row.Int(0), std::min(row.Int(1), row.Int(0) + CountCodePoints(label))};
  return DisplayLabel(reading, {source, range});
}

std::int64_t WordsOf(Reading& reading, const Id& content) {
  // A content's hash names one text for ever, so that a count never grows old.
  static std::mutex mutex;
  static std::unordered_map<Id, std::int64_t> counts;
  {
    std::lock_guard lock(mutex);
    if (const auto found = counts.find(content); found != counts.end()) return found->second;
  }
  auto row = reading.Query("SELECT text FROM content WHERE hash = ?", content);
  const std::int64_t count = row.Step() ? CountWords(row.View(0)) : 0;
  std::lock_guard lock(mutex);
  counts[content] = count;
  return count;
}

view::Target DocumentTarget(const Id& source) { return {"coding.document", {{"source", source}}}; }

}  // namespace meerstem::documents
