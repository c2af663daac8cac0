// coding.answers: a row for each source and a column for each question that more than one of them was asked; what a
// survey with open questions, or a set of interviews along one guide, is read by.
#include "plugins/coding/answered.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/boundaries.h"
#include "core/base/fold.h"
#include "core/study/display.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {

std::vector<Answered> AnsweredIn(const CodedStudy::Source& source, const CodedStudy::Stock& stock) {
  std::vector<Answered> all;
  const auto asks = [&](std::size_t i) { return source.voices[stock.turns[i].voice].researcher; };
  for (std::size_t i = 0; i < stock.turns.size();) {
    const std::size_t question = i;
    while (i < stock.turns.size() && asks(i)) ++i;
    const std::size_t answer = i;
    while (i < stock.turns.size() && !asks(i)) ++i;
    if (question == answer || answer == i) continue;
    all.push_back({{stock.turns[question].start, stock.turns[answer - 1].end}, {stock.turns[answer].start, stock.turns[i - 1].end}});
  }
  return all;
}

namespace {

constexpr std::size_t kMostQuestions = 60, kTitleLength = 80;
constexpr int kAnswerWidth = 36;

struct Question {
  SourceSpan first;                     ///< Where it is asked for the first time.
  std::map<std::uint32_t, std::vector<Range>> answers;  ///< By source.
};

struct Grid {
  std::shared_ptr<const CodedStudy> study;
  std::vector<Question> questions;      ///< In the order in which the sources ask them.
  std::vector<std::uint32_t> sources;   ///< Those that answer one of them.
  bool with_codes = false;
};

class GridRows final : public view::Rows {
 public:
  explicit GridRows(Grid grid) : grid_(std::move(grid)) {}
  std::size_t Count() const override { return grid_.sources.size(); }
  std::string Key(std::size_t index) const override { return ToString(grid_.study->source(grid_.sources[index]).id); }

  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    std::vector<view::Row> rows;
    Displaying display(reading, Purpose::kScreen);
    for (std::size_t i = first; i < grid_.sources.size() && i - first < count; ++i) {
      const std::uint32_t number = grid_.sources[i];
      const auto& source = grid_.study->source(number);
      view::Row row{.key = ToString(source.id), .cells = {{.value = source.title}}};
      for (const auto& question : grid_.questions) {
        const auto answers = question.answers.find(number);
        row.cells.push_back(answers == question.answers.end() ? view::Cell{.state = view::State::kEmpty} : CellOf(display, number, answers->second));
      }
      row.entities = {{"source", source.id}};
      row.target = view::Target{"coding.document", {{"source", source.id}}};
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  view::Cell CellOf(Displaying& display, std::uint32_t number, const std::vector<Range>& answers) const {
    const Id& source = grid_.study->source(number).id;
    std::string words;
    for (const auto& answer : answers) words += (words.empty() ? "" : "\n") + display.Text({source, answer});
    view::Cell cell{.value = words, .target = PlaceOf({source, answers.front()})};
    if (grid_.with_codes) {
      std::string codes = CodesOn(grid_.study->stock(number), answers);
      cell.value = words + (codes.empty() ? "" : " [" + codes + "]");
    }
    return cell;
  }

  /// The names of the codes that stand in the answers, in the order of the codebook.
  std::string CodesOn(const CodedStudy::Stock& stock, const std::vector<Range>& answers) const {
    std::set<std::uint32_t> places;
    for (const auto& quote : stock.quotes) {
      const bool inside = std::any_of(answers.begin(), answers.end(), [&](const Range& answer) { return quote.start < answer.end && answer.start < quote.end; });
      for (std::uint32_t i = quote.first; inside && i < quote.last; ++i) places.insert(grid_.study->codes->place[stock.codings[i].code]);
    }
    std::string names;
    for (const std::uint32_t place : places) {
      if (place != CodedStudy::kNone) names += (names.empty() ? "" : "; ") + grid_.study->codes->list[place].name;
    }
    return names;
  }

  Grid grid_;
};

std::string Shortened(const std::string& words) {
  const Text text(words);
  if (text.size() <= static_cast<std::int64_t>(kTitleLength)) return words;
  return std::string(text.Slice({0, kTitleLength - 1})) + "…";
}

std::set<Id> SourcesOfFile(Reading& reading, const std::string& name) {
  std::set<Id> sources;
  auto rows = reading.Query("SELECT id FROM source WHERE file_name = ?", name);
  while (rows.Step()) sources.insert(rows.GetId(0));
  return sources;
}

/// Files of which several sources came, as those of a survey do.
std::vector<Choice> Files(Reading& reading) {
  std::vector<Choice> files;
  auto rows = reading.Query("SELECT file_name FROM source WHERE file_name <> '' GROUP BY file_name HAVING count(*) > 1 ORDER BY file_name");
  while (rows.Step()) files.push_back({rows.Text(0), Verbatim(rows.Text(0))});
  return files;
}

/// The questions by their words, whatever capitals and accents; those that one source alone asks stay out.
std::vector<Question> QuestionsOf(Reading& reading, const CodedStudy& study, const Arguments& arguments, Job& job) {
  const auto asked = arguments.Entities("source");
  const bool of_file = arguments.Has("file");
  const auto from_file = of_file ? SourcesOfFile(reading, arguments.Text("file")) : std::set<Id>();
  const std::string wanted = FoldText(Trim(arguments.Text("question")));
  std::map<std::string, std::size_t> known;
  std::vector<Question> questions;
  for (std::uint32_t i = 0; i < study.size(); ++i) {
    const auto& source = study.source(i);
    if (!asked.empty() && std::find(asked.begin(), asked.end(), source.id) == asked.end()) continue;
    if (of_file && !from_file.contains(source.id)) continue;
    job.Progress(static_cast<double>(i) / static_cast<double>(study.size()));
    const auto answered = AnsweredIn(source, study.stock(i));
    if (answered.empty()) continue;
    const auto text = TextOf(reading, source.id);
    for (const auto& one : answered) {
      const std::string words = FoldText(text->Slice(TrimRange(*text, one.question)));
      if (words.empty() || words.find(wanted) == std::string::npos) continue;
      const auto [found, fresh] = known.emplace(words, questions.size());
      if (fresh) questions.push_back({{source.id, TrimRange(*text, one.question)}, {}});
      questions[found->second].answers[i].push_back(TrimRange(*text, one.answer));
    }
  }
  std::erase_if(questions, [](const Question& question) { return question.answers.size() < 2; });
  return questions;
}

view::Model BuildAnswers(Reading& reading, const Arguments& arguments, Job& job) {
  Grid grid{.study = CodedStudyOf(reading), .questions = {}, .sources = {}, .with_codes = arguments.Flag("with-codes")};
  grid.questions = QuestionsOf(reading, *grid.study, arguments, job);
  view::Model model;
  const auto found = static_cast<std::int64_t>(grid.questions.size());
  if (grid.questions.size() > kMostQuestions) grid.questions.resize(kMostQuestions);
  std::set<std::uint32_t> sources;
  for (const auto& question : grid.questions) {
    for (const auto& [source, answers] : question.answers) sources.insert(source);
  }
  grid.sources.assign(sources.begin(), sources.end());
  view::Table table;
  table.columns = {{"source", Say("Source")}};
  Displaying display(reading, Purpose::kScreen);
  for (std::size_t i = 0; i < grid.questions.size(); ++i) {
    table.columns.push_back({"question_" + std::to_string(i + 1), Verbatim(Shortened(display.Line(grid.questions[i].first))), view::ColumnType::kText, kAnswerWidth});
  }
  const auto rows = static_cast<std::int64_t>(grid.sources.size());
  table.rows = std::make_shared<GridRows>(std::move(grid));
  model.body = std::move(table);
  model.population.description = Say("Questions that the interviewer puts in the same words in two sources or more, and what is said up to the next question; an empty cell: not asked, or not answered.");
  model.population.facts = {{"sources", Say("Sources"), rows}, {"questions", Say("Questions"), found}};
  if (found > static_cast<std::int64_t>(kMostQuestions)) model.population.facts.push_back({"shown", Say("Questions shown"), static_cast<std::int64_t>(kMostQuestions)});
  model.empty = Say("No question stands in the same words in two sources. The open answers of a survey come in with “Import open answers”; in transcripts the interviewer's questions count.");
  Arguments asked;
  if (const std::string words = Trim(arguments.Text("question")); !words.empty()) asked.Set("question", words);
  model.actions = {{Say("Code by question"), "coding.code-answers", asked}};
  return model;
}

}  // namespace

void RegisterAnswered(Registry& registry) {
  View answers{.id = "coding.answers", .kind = view::Kind::kTable, .label = Say("Answers by question"), .help = Say("A row for each source and a column for each question that several were asked: a survey as a grid.")};
  answers.parameters = {{.name = "question", .label = Say("Words of the question"), .live = true},
                        {.name = "file", .type = ParameterType::kChoice, .label = Say("From the file"), .live = true, .study_choices = Files},
                        FilterParameter("source", "source", Say("Source")), FlagParameter("with-codes", Say("With the codes"))};
  answers.build = BuildAnswers;
  registry.Add(std::move(answers));
}

}  // namespace meerstem::coding
