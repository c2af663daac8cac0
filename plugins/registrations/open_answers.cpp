// Open answers of a survey: a table with a line for each respondent becomes a text for each, question and answer by turns,
// so that they are read, searched and coded as conversations are.
#include <algorithm>
#include <filesystem>
#include <set>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/study/people.h"
#include "core/study/sources.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/table_file.h"

namespace meerstem::registrations {
namespace {

constexpr std::size_t kRespondentsPerRun = 200;
/// A column of which no answer has so many words is no open question, unless it is named.
constexpr std::int64_t kWordsOfAnOpenAnswer = 4;

struct OpenAnswer {
  std::size_t question;
  std::string words;
};

struct Respondent {
  std::string name;
  std::string title;
  std::optional<Date> date;
  std::string study_case;                 ///< Of a person, where the table says so.
  std::vector<OpenAnswer> answers;
};

struct Survey {
  std::vector<std::string> questions;
  std::vector<Respondent> respondents;
  std::vector<BadRow> bad;
  std::int64_t silent = 0;                ///< Rows without any open answer.
};

std::int64_t WordsIn(const std::string& text) {
  std::int64_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    words += !space && !inside;
    inside = !space;
  }
  return words;
}

/// The columns of the questions: those that are named, or else all but those with a part of their own.
std::vector<std::size_t> Candidates(const TableFile& file, const Mapping& mapping, const std::vector<std::string>& roles, const std::vector<std::string>& wanted) {
  std::set<std::size_t> taken;
  for (const auto& role : roles) {
    if (const auto column = ColumnOf(mapping, file.columns(), role)) taken.insert(*column);
  }
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < file.columns().size(); ++i) {
    const auto& column = file.columns()[i];
    const bool asked = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) { return FoldText(one) == FoldText(column.name); });
    if (wanted.empty() ? !taken.contains(i) && !column.name.empty() && column.labels.empty() : asked) at.push_back(i);
  }
  return at;
}

Survey ReadSurvey(Reading& reading, const Arguments& arguments, const std::string& programs, Job& job) {
  const std::string path = arguments.Text("file"), kind = arguments.Text("for"), role = kind == "case" ? "case" : "member";
  Mapping mapping = MappingOf(reading, arguments);
  const std::string prefix = Trim(arguments.Text("number-rows"));
  std::vector<std::string> required, optional = {"date"};
  if (prefix.empty()) required.push_back(role);
  else if (mapping.options.header == 0) mapping.options.header = 1;
  if (kind == "person") optional.push_back("case");
  TableFile file(path, mapping, required, optional, programs, job);
  std::vector<std::string> roles = optional;
  if (prefix.empty()) roles.push_back(role);
  const auto wanted = arguments.Texts("column");
  auto at = Candidates(file, mapping, roles, wanted);
  if (at.size() < wanted.size()) throw Refuse("“{0}” does not have all of these columns.", path);
  for (const std::size_t column : at) file.Reads(column);

  // One column may be called “case” and name the respondent.
  const bool tells_case = kind == "person" && file.Has("case") && (!prefix.empty() || ColumnOf(mapping, file.columns(), "case") != ColumnOf(mapping, file.columns(), role));

  const auto names = NamesOf(reading, kind);
  const auto cases = tells_case ? NamesOf(reading, "case") : std::map<std::string, Id>();
  const bool make = arguments.Flag("make-new") || !prefix.empty();
  std::set<std::string> titles;
  {
    auto rows = reading.Query("SELECT title FROM source");
    while (rows.Step()) titles.insert(rows.Text(0));
  }
  const std::string stem = std::filesystem::path(path).stem().string();
  Survey survey;
  std::vector<bool> open(at.size(), !wanted.empty());
  std::set<std::string> seen;
  std::int64_t number = 0;
  while (file.Next()) {
    job.Progress(0, Say("Reading the table"));
    Respondent one{.name = prefix.empty() ? file.Get(role) : prefix + std::to_string(++number), .title = {}, .date = file.Day("date"), .study_case = {}, .answers = {}};
    one.title = one.name + " – " + stem;
    if (tells_case) one.study_case = file.Get("case");
    // What an open question is, shows in all rows, also in those that stay out.
    for (std::size_t i = 0; i < at.size(); ++i) {
      const TableCell& cell = file.Cell(at[i]);
      if (cell.missing || !IsValidUtf8(cell.text)) continue;
      std::string words = Trim(CleanText(cell.text));
      if (words.empty()) continue;
      if (!open[i] && WordsIn(words) >= kWordsOfAnOpenAnswer) open[i] = true;
      one.answers.push_back({i, std::move(words)});
    }
    const bool known = names.contains(one.name) || (make && !one.name.empty());
    Message why;
    if (!known) why = kind == "case" ? Say("there is no case “{0}” in the study; import the families first.", one.name) : Say("there is no person “{0}” in the study.", one.name);
    else if (!seen.insert(one.name).second) why = Say("the same one stands on an earlier line.");
    else if (titles.contains(one.title)) why = Say("the study has a text “{0}” already.", one.title);
    else if (!one.study_case.empty() && !cases.contains(one.study_case)) why = Say("there is no case “{0}” in the study; import the families first.", one.study_case);
    if (!why.empty()) {
      NoteBadRow(survey.bad, {file.line(), kind == "case" ? one.name : one.study_case, kind == "case" ? "" : one.name, {}, {}, {}, std::move(why)});
      continue;
    }
    survey.respondents.push_back(std::move(one));
  }
  for (std::size_t i = 0; i < at.size(); ++i) {
    const auto& column = file.columns()[at[i]];
    survey.questions.push_back(Trim(CleanText(column.label.empty() ? column.name : column.label)));
  }
  for (auto& one : survey.respondents) {
    std::erase_if(one.answers, [&](const OpenAnswer& answer) { return !open[answer.question]; });
  }
  survey.silent = std::erase_if(survey.respondents, [](const Respondent& one) { return one.answers.empty(); });
  if (std::find(open.begin(), open.end(), true) == open.end()) {
    throw Refuse("“{0}” has no column with open answers, of {1} words or more; name the columns if there are any.", path, kWordsOfAnOpenAnswer);
  }
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (!open[i]) survey.questions[i].clear();
  }
  return survey;
}

/// Who asks: somebody of the study's type of researchers, by the name of that type.
Id Asker(Writing& writing, std::string& name) {
  Id type;
  for (const auto& one : StakeholderTypes(writing)) {
    if (one.researcher && type.IsNil()) {
      type = one.id;
      name = one.name;
    }
  }
  const Id person = EnsurePerson(writing, name);
  if (!type.IsNil()) writing.Do("UPDATE person SET stakeholder_id = ? WHERE id = ? AND stakeholder_id IS NULL", type, person);
  return person;
}

struct Shape {
  std::string file_name;
  std::optional<Id> stakeholder;
  std::optional<Date> date;
  bool of_cases = false;
};

/// `people`: whom the study knew before, by name.
void Store(Writing& writing, const Survey& survey, const Respondent& one, const Shape& shape, const std::map<std::string, Id>& people, Outcome& outcome) {
  std::string asks;
  const Id asker = Asker(writing, asks);
  Id who;
  std::vector<Id> about;
  if (shape.of_cases) {
    about.push_back(EnsureCase(writing, one.name));
    who = EnsurePerson(writing, one.name);
    writing.Do("UPDATE person SET site_id = (SELECT site_id FROM study_case WHERE id = ?) WHERE id = ? AND site_id IS NULL", about.front(), who);
  } else {
    const auto found = people.find(one.name);
    who = found == people.end() ? EnsurePerson(writing, one.name) : found->second;
    if (!one.study_case.empty()) about.push_back(EnsureCase(writing, one.study_case));
  }
  if (shape.stakeholder) writing.Do("UPDATE person SET stakeholder_id = ? WHERE id = ? AND stakeholder_id IS NULL", *shape.stakeholder, who);

  struct Place {
    bool question;
    Range label, words;
  };
  std::string text;
  std::vector<Place> places;
  std::int64_t length = 0;
  const auto turn = [&](bool question, const std::string& label, const std::string& words) {
    if (!text.empty()) {
      text += "\n\n";
      length += 2;
    }
    const std::int64_t begin = length, from = begin + CountCodePoints(label) + 2;
    text += label + ": " + words;
    length = from + CountCodePoints(words);
    places.push_back({question, {begin, from}, {from, length}});
  };
  for (const auto& answer : one.answers) {
    turn(true, asks, survey.questions[answer.question]);
    turn(false, one.name, answer.words);
  }
  const Id source = AddSource(writing, {.title = one.title,
                                        .kind = "document",
                                        .content = StoreContent(writing, text),
                                        .date = one.date ? one.date : shape.date,
                                        .stakeholder = shape.stakeholder,
                                        .file_name = shape.file_name,
                                        .encoding = "utf-8"});
  const Id asking = writing.NewId(), answering = writing.NewId();
  writing.Do("INSERT INTO speaker (id, source_id, label, person_id) VALUES (?, ?, ?, ?)", asking, source, asks, asker);
  writing.Do("INSERT INTO speaker (id, source_id, label, person_id) VALUES (?, ?, ?, ?)", answering, source, one.name, who);
  for (const auto& place : places) {
    writing.Do("INSERT INTO turn (id, speaker_id, label_span_id, span_id) VALUES (?, ?, ?, ?)", writing.NewId(), place.question ? asking : answering,
               EnsureSpan(writing, {source, place.label}), EnsureSpan(writing, {source, place.words}));
  }
  for (const auto& study_case : about) writing.Do("INSERT INTO source_about (id, source_id, case_id) VALUES (?, ?, ?)", writing.NewId(), source, study_case);
  outcome.created.push_back(source);
}

}  // namespace

void AddOpenAnswers(Registry& registry) {
  Command import;
  import.id = "registrations.import-open-answers";
  import.label = Say("Import open answers");
  import.help = Say("Reads the table of a survey, a line for each respondent: each becomes a text of questions and answers, to be read, searched and coded. The questions are the columns that you name, or else those in which somebody wrote four words or more.");
  import.parameters = RosterParameters(Say("Who answers"), "person");
  import.parameters.push_back({.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .help = Say("Of those who have none yet."), .entity_kind = "stakeholder"});
  import.parameters.push_back({.name = "date", .type = ParameterType::kDate, .label = Say("Date"), .help = Say("Where the table has no dates.")});
  for (auto& parameter : FileParameters()) import.parameters.push_back(std::move(parameter));
  import.prepare = [programs = ProgramsOf(registry), &registry = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    auto survey = std::make_shared<Survey>(ReadSurvey(reading, arguments, programs, job));
    std::string questions;
    for (const auto& question : survey->questions) {
      if (!question.empty()) questions += (questions.empty() ? "“" : "; “") + question + "”";
    }
    std::vector<Message> notes = {SayCount("{0} respondent with open answers.", "{0} respondents with open answers.", static_cast<std::int64_t>(survey->respondents.size())),
                                  Say("Questions: {0}.", questions)};
    if (survey->silent > 0) notes.push_back(SayCount("{0} row has no open answer and stays out.", "{0} rows have no open answer and stay out.", survey->silent));
    if (!survey->bad.empty()) notes.push_back(StayOut(survey->bad.size()));
    Shape shape{.file_name = std::filesystem::path(arguments.Text("file")).filename().string(),
                .stakeholder = arguments.Entity("stakeholder"),
                .date = arguments.Day("date"),
                .of_cases = arguments.Text("for") == "case"};
    Plan plan;
    plan.preview = DryRun(survey->bad, notes);
    plan.group = true;
    plan.apply = [survey, notes, shape, skip = arguments.Flag("skip-bad"), grid = registry.FindView("coding.answers") != nullptr](Applying& applying) {
      RefuseBadRows(survey->bad, skip);
      const auto& all = survey->respondents;
      for (std::size_t first = 0; first < all.size(); first += kRespondentsPerRun) {
        applying.job().Progress(static_cast<double>(first) / static_cast<double>(all.size()), Say("{0} of {1}", first, all.size()));
        applying.Run([&](Writing& writing) {
          const auto people = NamesOf(writing, "person");
          for (std::size_t i = first; i < std::min(all.size(), first + kRespondentsPerRun); ++i) Store(writing, *survey, all[i], shape, people, applying.outcome);
        });
      }
      applying.outcome.notes = notes;
      // One respondent alone is no file to choose.
      if (grid && all.size() > 1) applying.outcome.show = view::Target{"coding.answers", {{"file", shape.file_name}}};
    };
    return plan;
  };
  registry.Add(std::move(import));
}

}  // namespace meerstem::registrations
