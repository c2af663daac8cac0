#include "plugins/documents/incoming.h"

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/display.h"
#include "core/study/people.h"
#include "core/study/places.h"
#include "core/study/quotes.h"
#include "plugins/documents/common.h"
#include "plugins/documents/reading.h"

namespace meerstem::documents {
namespace {

struct NamedForm {
  const char* key;
  SpeakerForm form;
};
constexpr NamedForm kForms[] = {{"colon", SpeakerForm::kColon}, {"brackets", SpeakerForm::kBracket}, {"times", SpeakerForm::kTimed}, {"table", SpeakerForm::kTable}, {"bold", SpeakerForm::kBold}};

std::vector<std::string> Labels(const Conversation& conversation, bool counted) {
  std::vector<std::string> labels;
  for (const auto& speaker : conversation.speakers) labels.push_back(counted ? speaker.label + " (" + std::to_string(speaker.turns) + ")" : speaker.label);
  return labels;
}

std::size_t CountOthers(const Conversation& conversation) {
  std::size_t others = 0;
  for (const auto& speaker : conversation.speakers) others += !speaker.interviewer;
  return others;
}

/// A comment of the file is a memo on the words that it is about.
void AddComment(Writing& writing, const Id& source, const Text& text, const Comment& comment) {
  const Range words = TrimRange(text, comment.range.empty() ? GrowToWords(text, {comment.range.start, std::min(text.size(), comment.range.start + 1)}) : comment.range);
  const Id about = words.empty() ? source : EnsureQuote(writing, {source, words});
  const std::string memo = comment.author.empty() ? comment.words : comment.author + ": " + comment.words;
  writing.Do("INSERT INTO memo (id, entity_kind, entity_id, kind, text, author_id, at) VALUES (?, ?, ?, 'general', ?, NULL, ?)", writing.NewId(),
             words.empty() ? "source" : "quote", about, memo, writing.now());
}

view::Cell Count(std::size_t number) { return {.value = static_cast<std::int64_t>(number)}; }

}  // namespace

std::vector<Parameter> SpeakerParameters() {
  Parameter speakers{.name = "speakers", .type = ParameterType::kChoice, .label = Say("Speakers"), .help = Say("How the text says who speaks."), .fallback = "auto"};
  for (const char* form : {"auto", "colon", "brackets", "times", "table", "bold", "none"}) speakers.choices.push_back({form, FormLabel(form)});
  return {speakers,
          {.name = "speaker-pattern", .label = Say("Pattern for speakers"), .help = Say("A regular expression for the beginning of a line, the name as (?<speaker>...); goes before the choice above.")}};
}

SpeakerReading SpeakerReadingOf(const Arguments& arguments) {
  const std::string form = arguments.Text("speakers");
  return {form.empty() ? "auto" : form, Trim(arguments.Text("speaker-pattern"))};
}

Message FormLabel(const std::string& form) {
  if (form == "auto") return Say("Found out");
  if (form == "colon") return Say("Name: words");
  if (form == "brackets") return Say("[Name] words");
  if (form == "times") return Say("Name and time on a line of their own");
  if (form == "table") return Say("A table with a column of names");
  if (form == "bold") return Say("Names in bold");
  if (form == "pattern") return Say("Pattern of one's own");
  if (form == "file") return Say("As the file itself says");
  return Say("Nobody is named");
}

Conversation ReadSpeakers(const Text& text, const std::vector<Range>& headings, const std::vector<Range>& names, const SpeakerReading& reading, std::string& found) {
  Conversation conversation;
  found.clear();
  if (!reading.pattern.empty()) {
    conversation = FindTurnsBy(reading.pattern, text, headings);
    found = "pattern";
  } else if (reading.form == "auto") {
    FormFound best = FindForm(text, headings, names);
    conversation = std::move(best.conversation);
    for (const auto& [key, form] : kForms) found = best.form == form ? key : found;
  } else {
    for (const auto& [key, form] : kForms) {
      if (reading.form != key) continue;
      conversation = FindTurns(text, headings, form, names);
      found = key;
    }
  }
  if (conversation.turns.empty()) {
    conversation = {};
    found.clear();
  }
  return conversation;
}

std::vector<Parameter> FactParameters() {
  std::vector<Parameter> parameters = {
      {.name = "kind", .type = ParameterType::kChoice, .label = Say("Kind"), .choices = KindChoices(), .fallback = "interview"},
      {.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .help = Say("Of those who speak, as long as they are not known one by one."), .entity_kind = "stakeholder"},
      {.name = "person", .label = Say("Person"), .help = Say("Pseudonym of the one who speaks besides the interviewer; made when new."), .study_choices = PersonChoices},
      {.name = "site", .label = Say("Site"), .help = Say("Made when new."), .study_choices = SiteChoices},
      {.name = "date", .type = ParameterType::kDate, .label = Say("Date")},
      {.name = "language", .label = Say("Language"), .help = Say("nl, en, de, fr ...")},
      {.name = "about-case", .label = Say("About case"), .help = Say("Code of a case that the text is about; made when new."), .list = true, .study_choices = CaseChoices},
      {.name = "encoding", .label = Say("Encoding"), .help = Say("Default: found out. UTF-8, UTF-16LE, UTF-16BE, windows-1252, ISO-8859-1, ISO-8859-15 ...")},
      {.name = "without-file", .type = ParameterType::kBoolean, .label = Say("Leave a PDF itself out"), .help = Say("Its pages cannot be shown then. Otherwise it stays in the study as it is, with the names in it; a page with a hidden name is not shown.")}};
  for (auto& parameter : SpeakerParameters()) parameters.push_back(std::move(parameter));
  return parameters;
}

Incoming ReadIncoming(const std::string& path, const std::string& title, const Arguments& arguments, Job& job) {
  Incoming incoming{.document = ReadDocument(path, Trim(arguments.Text("encoding")), job)};
  incoming.title = title.empty() ? Trim(CleanText(TitleOf(path))) : title;
  const Text text(incoming.document.text);
  const SpeakerReading reading = SpeakerReadingOf(arguments);
  const std::string person = Trim(arguments.Text("person"));
  if (HasTurns(arguments.Text("kind"))) {
    if (incoming.document.conversation && reading.form == "auto" && reading.pattern.empty()) {
      incoming.conversation = *incoming.document.conversation;
      incoming.form = "file";
    } else {
      incoming.conversation = ReadSpeakers(text, incoming.document.headings, incoming.document.names, reading, incoming.form);
      incoming.pattern = reading.pattern;
    }
  }
  if (incoming.conversation.turns.empty()) {
    incoming.conversation = {};
    if (!person.empty()) incoming.conversation = OneTurn(text, person);
  } else if (!person.empty() && CountOthers(incoming.conversation) > 1) {
    throw Refuse("Several people speak in “{0}” ({1}); leave out --person and say who each of them is with documents.assign-speaker.",
                 incoming.document.file_name, Listed(Labels(incoming.conversation, false)));
  }
  return incoming;
}

std::vector<view::Column> IncomingColumns() {
  return {{"file", Say("File")},
          {"title", Say("Title")},
          {"encoding", Say("Encoding")},
          {"paragraphs", Say("Paragraphs"), view::ColumnType::kInteger},
          {"words", Say("Words"), view::ColumnType::kInteger},
          {"speakers", Say("Speakers (turns)")},
          {"turns", Say("Turns"), view::ColumnType::kInteger},
          {"found-by", Say("Speakers found by")},
          {"moments", Say("Times"), view::ColumnType::kInteger},
          {"pages", Say("Pages"), view::ColumnType::kInteger},
          {"comments", Say("Comments"), view::ColumnType::kInteger},
          {"notes", Say("Notes")}};
}

std::vector<view::Cell> IncomingCells(const Incoming& incoming) {
  const Document& document = incoming.document;
  const Message speakers = Listed(Labels(incoming.conversation, true));
  Message notes;
  for (const auto& note : document.notes) notes = notes.empty() ? note : Say("{0} {1}", std::move(notes), note);
  return {{.value = document.file_name},
          {.value = incoming.title},
          document.encoding.empty() ? view::Cell{.state = view::State::kNotApplicable} : view::Cell{.value = document.encoding},
          {.value = document.paragraphs},
          {.value = CountWords(document.text)},
          speakers.empty() ? view::Cell{.state = view::State::kEmpty, .why = Say("nobody is named at the start of paragraphs")} : view::Cell{.value = speakers},
          Count(incoming.conversation.turns.size()),
          incoming.form.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = FormLabel(incoming.form)},
          Count(document.moments.size()),
          Count(document.pages.size()),
          Count(document.comments.size()),
          notes.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = notes}};
}

Id AddIncoming(Writing& writing, const Incoming& incoming, const Arguments& arguments) {
  RefuseTakenTitle(writing, incoming.title);  // Again: someone may have taken it since the preview.
  Source source{.title = incoming.title, .kind = arguments.Text("kind")};
  source.content = StoreContent(writing, incoming.document.text);
  if (const std::string language = arguments.Text("language"); !language.empty()) source.language = CheckedLanguage(language);
  source.date = arguments.Day("date");
  if (const std::string site = Trim(arguments.Text("site")); !site.empty()) source.site = EnsureSite(writing, site);
  source.stakeholder = arguments.Entity("stakeholder");
  source.file_name = incoming.document.file_name;
  source.encoding = incoming.document.encoding;
  const Id id = AddSource(writing, source);

  std::vector<std::optional<Id>> people;
  const std::string person = Trim(arguments.Text("person"));
  for (const auto& speaker : incoming.conversation.speakers) {
    people.emplace_back();
    if (speaker.interviewer) {
      people.back() = InterviewerPerson(writing);
    } else if (!person.empty()) {
      people.back() = EnsurePerson(writing, person);
      CompletePerson(writing, *people.back(), source.stakeholder, source.site);
    }
  }
  StoreTurns(writing, id, incoming.conversation, people);
  for (const auto& moment : incoming.document.moments) AddMoment(writing, id, moment);
  SetPages(writing, id, incoming.document.pages, arguments.Flag("without-file") ? std::string_view() : std::string_view(incoming.document.original));
  if (!incoming.document.comments.empty()) {
    const Text text(incoming.document.text);
    for (const auto& comment : incoming.document.comments) AddComment(writing, id, text, comment);
  }
  if (!incoming.form.empty()) {
    writing.Do("INSERT INTO speaker_reading (id, source_id, form, pattern) VALUES (?, ?, ?, ?)", writing.NewId(), id, incoming.form, incoming.pattern);
  }
  for (const auto& code : arguments.Texts("about-case")) {
    if (Trim(code).empty()) continue;
    writing.Do("INSERT INTO source_about (id, source_id, case_id) VALUES (?, ?, ?)", writing.NewId(), id, EnsureCase(writing, Trim(code)));
  }
  return id;
}

void Report(Reading& reading, const Incoming& incoming, const Id& source, Outcome& outcome) {
  const Message paragraphs = SayCount("{0} paragraph", "{0} paragraphs", incoming.document.paragraphs);
  if (incoming.document.encoding.empty()) outcome.notes.push_back(Say("“{0}”: {1}.", incoming.title, paragraphs));
  else outcome.notes.push_back(Say("“{0}”: {1}, read as {2}.", incoming.title, paragraphs, incoming.document.encoding));
  if (incoming.document.unreadable > 0) {
    outcome.notes.push_back(SayCount("“{1}”: {0} character could not be read and became �; another --encoding may fit better.",
                                     "“{1}”: {0} characters could not be read and became �; another --encoding may fit better.",
                                     incoming.document.unreadable, incoming.title));
  }
  std::vector<std::string> labels;
  auto rows = reading.Query(
      "SELECT speaker.id, label, count(turn.id) FROM speaker LEFT JOIN turn ON turn.speaker_id = speaker.id WHERE source_id = ? "
      "GROUP BY speaker.id ORDER BY speaker.id",
      source);
  while (rows.Step()) labels.push_back(ShownLabel(reading, source, rows.GetId(0), rows.Text(1)) + " (" + std::to_string(rows.Int(2)) + ")");
  if (!labels.empty()) outcome.notes.push_back(Say("“{0}”: speakers and their turns: {1}.", incoming.title, Listed(labels)));
  const auto comments = static_cast<std::int64_t>(incoming.document.comments.size());
  if (comments > 0) outcome.notes.push_back(SayCount("“{1}”: {0} comment became a memo.", "“{1}”: {0} comments became memos.", comments, incoming.title));
  for (const auto& note : incoming.document.notes) outcome.notes.push_back(Say("“{0}”: {1}", incoming.title, note));
}

}  // namespace meerstem::documents
