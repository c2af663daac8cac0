#include <memory>
#include <set>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/display.h"
#include "core/study/people.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"
#include "plugins/documents/reading.h"

namespace meerstem::documents {
namespace {

/// A file that was read, with the title it will have and who speaks in it.
struct Incoming {
  Document document;
  std::string title;
  Conversation conversation;
};

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

Incoming ReadOne(const std::string& path, const Arguments& arguments, Job& job) {
  Incoming incoming{.document = ReadDocument(path, Trim(arguments.Text("encoding")), job)};
  incoming.title = Trim(arguments.Text("title"));
  if (incoming.title.empty()) incoming.title = Trim(CleanText(TitleOf(path)));
  const Text text(incoming.document.text);
  const std::string person = Trim(arguments.Text("person"));
  if (HasTurns(arguments.Text("kind"))) incoming.conversation = FindTurns(text, incoming.document.headings);
  if (incoming.conversation.turns.empty()) {
    incoming.conversation = {};
    if (!person.empty()) incoming.conversation = OneTurn(text, person);
  } else if (!person.empty() && CountOthers(incoming.conversation) > 1) {
    throw Refuse("Several people speak in “{0}” ({1}); leave out --person and say who each of them is with documents.assign-speaker.",
                 incoming.document.file_name, Listed(Labels(incoming.conversation, false)));
  }
  return incoming;
}

view::Model PreviewOf(const std::vector<Incoming>& files) {
  std::vector<view::Row> rows;
  for (const auto& file : files) {
    const auto& encoding = file.document.encoding;
    const Message speakers = Listed(Labels(file.conversation, true));
    rows.push_back({file.document.file_name,
                    {{.value = file.document.file_name},
                     {.value = file.title},
                     encoding.empty() ? view::Cell{.state = view::State::kNotApplicable} : view::Cell{.value = encoding},
                     {.value = file.document.paragraphs},
                     {.value = CountWords(file.document.text)},
                     speakers.empty() ? view::Cell{.state = view::State::kEmpty, .why = Say("nobody is named at the start of paragraphs")} : view::Cell{.value = speakers},
                     {.value = static_cast<std::int64_t>(file.conversation.turns.size())}},
                    {},
                    {}});
  }
  view::Model model;
  model.title = Say("Files to bring in");
  model.body = view::Table{{{"file", Say("File")},
                            {"title", Say("Title")},
                            {"encoding", Say("Encoding")},
                            {"paragraphs", Say("Paragraphs"), view::ColumnType::kInteger},
                            {"words", Say("Words"), view::ColumnType::kInteger},
                            {"speakers", Say("Speakers (turns)")},
                            {"turns", Say("Turns"), view::ColumnType::kInteger}},
                           view::MakeRows(std::move(rows))};
  return model;
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
}

Plan Prepare(Reading& reading, const Arguments& arguments, Job& job) {
  const auto paths = arguments.Texts("file");
  if (paths.size() > 1 && arguments.Has("title")) throw Refuse("--title names one text; leave it out and each of the {0} files takes its own name as title.", paths.size());
  if (const std::string language = arguments.Text("language"); !language.empty()) CheckedLanguage(language);
  auto files = std::make_shared<std::vector<Incoming>>();
  std::set<std::string> titles;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    job.Progress(static_cast<double>(i) / static_cast<double>(paths.size()), Say("Reading {0}", TitleOf(paths[i])));
    files->push_back(ReadOne(paths[i], arguments, job));
    const std::string& title = files->back().title;
    RefuseTakenTitle(reading, title);
    if (!titles.insert(title).second) throw Refuse("Two of these files would have the title “{0}”; bring them in one by one, with --title.", title);
  }
  Plan plan;
  plan.preview = PreviewOf(*files);
  plan.group = files->size() > 1;
  plan.apply = [files, arguments](Applying& applying) {
    for (std::size_t i = 0; i < files->size(); ++i) {
      const Incoming& incoming = (*files)[i];
      applying.job().Progress(static_cast<double>(i) / static_cast<double>(files->size()), Say("Bringing in {0}", incoming.title));
      applying.Run([&](Writing& writing) {
        const Id source = AddIncoming(writing, incoming, arguments);
        applying.outcome.created.push_back(source);
        Report(writing, incoming, source, applying.outcome);
      });
    }
    if (files->size() == 1) applying.outcome.show = DocumentTarget(applying.outcome.created.front());
    else applying.outcome.show = view::Target{"documents.list", {}};
  };
  return plan;
}

}  // namespace

void RegisterImport(Registry& registry) {
  Command command{.id = "documents.import", .label = Say("Bring in texts"), .help = Say("Brings in transcripts and other texts (.txt, .md, .docx) and finds who speaks where."), .key = "Ctrl+I"};
  command.parameters = {
      {.name = "file", .type = ParameterType::kFile, .label = Say("File"), .help = Say("A .txt, .md or .docx; several come in together."), .required = true, .list = true},
      {.name = "title", .label = Say("Title"), .help = Say("Default: the name of the file.")},
      {.name = "kind", .type = ParameterType::kChoice, .label = Say("Kind"), .choices = KindChoices(), .fallback = "interview"},
      {.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .help = Say("Of those who speak, as long as they are not known one by one."), .entity_kind = "stakeholder"},
      {.name = "person", .label = Say("Person"), .help = Say("Pseudonym of the one who speaks besides the interviewer; made when new."), .study_choices = PersonChoices},
      {.name = "site", .label = Say("Site"), .help = Say("Made when new."), .study_choices = SiteChoices},
      {.name = "date", .type = ParameterType::kDate, .label = Say("Date")},
      {.name = "language", .label = Say("Language"), .help = Say("nl, en, de, fr ...")},
      {.name = "about-case", .label = Say("About case"), .help = Say("Code of a case that the text is about; made when new."), .list = true, .study_choices = CaseChoices},
      {.name = "encoding", .label = Say("Encoding"), .help = Say("Default: found out. UTF-8, UTF-16LE, UTF-16BE, windows-1252, ISO-8859-1, ISO-8859-15 ...")}};
  command.prepare = Prepare;
  registry.Add(std::move(command));
}

}  // namespace meerstem::documents
