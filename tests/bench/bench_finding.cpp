// How long a person waits in the coding room, on invented projects of a given size, one thread at a time:
// bench_finding [--project=S|M|L] [--file=PATH: kept, and used when it exists] [Google Benchmark's own options].
// Beside whole-project analyses the counter `times_floor`: how many times a plain loop over the same arrays in memory,
// measured in the same run.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <functional>
#include <iostream>

#include <sys/resource.h>
#include <unicode/regex.h>

#include "core/base/language.h"
#include "core/command/engine.h"
#include "core/study/coded_study.h"
#include "core/study/sources.h"
#include "core/view/writers.h"
#include "plugins/coding/part.h"
#include "tests/bench/project.h"
#include "tests/support/test_study.h"

namespace meerstem::bench {
namespace {

double Seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The opened project. Benchmarks run in the order in which they are registered, so that each finds warm what those
/// before it have read.
class Project {
 public:
  explicit Project(std::string path) : path_(std::move(path)), clock_(std::make_shared<SystemClock>()), ids_(std::make_shared<IdSource>(clock_)) {
    RegisterCore(registry_);
    coding::Register(registry_);
  }
  const Registry& registry() const { return registry_; }
  void Open() {
    Close();
    store_ = Store::Open(path_, {.backups = false, .clock = clock_, .ids = ids_, .components = registry_.components()});
    engine_ = std::make_unique<Engine>(registry_, *store_);
    actor_ = EnsureResearcher(*store_, "Ada");
  }
  void Close() {
    engine_.reset();
    store_.reset();
  }
  Store& store() { return *store_; }
  view::Model See(const std::string& view, const RawArguments& raw = {}) {
    Job job;
    return engine_->Build(view, engine_->Parse(engine_->ViewOf(view).parameters, raw), job);
  }
  /// A view with the first screenful of its rows, as the window fetches them; how many rows there are.
  std::size_t SeePage(const std::string& view, const RawArguments& raw = {}) {
    const auto model = See(view, raw);
    const auto* table = std::get_if<view::Table>(&model.body);
    if (!table) return 0;
    table->rows->Page(*store_->Read(), 0, 100);
    return table->rows->Count();
  }
  void Do(const std::string& command, const RawArguments& raw) {
    Job job;
    engine_->Execute(command, engine_->Parse(engine_->CommandOf(command).parameters, raw), actor_, job);
  }
  void Undo() { store_->Undo(actor_); }
  std::shared_ptr<const CodedStudy> Coded() { return CodedStudyOf(*store_->Read()); }
  std::shared_ptr<const Text> TextOfSource(std::size_t number) { return TextOf(*store_->Read(), Coded()->source(number).id); }

 private:
  std::string path_;
  Registry registry_;
  std::shared_ptr<const Clock> clock_;
  std::shared_ptr<IdSource> ids_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Engine> engine_;
  Id actor_;
};

Project* project = nullptr;

/// Runs `action` each time with the number of the run; `floor`, when there is one, as often, and compares the medians.
void Measure(benchmark::State& state, const std::function<void(int)>& action, const std::function<void()>& floor = {}) {
  std::vector<double> taken, least;
  int run = 0;
  for (auto _ : state) {
    taken.push_back(Seconds([&] { action(run); }));
    state.SetIterationTime(taken.back());
    if (floor) least.push_back(Seconds(floor));
    ++run;
  }
  const auto median = [](std::vector<double>& values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  };
  state.counters["worst_ms"] = 1000 * *std::max_element(taken.begin(), taken.end());
  state.counters["median_ms"] = 1000 * median(taken);
  if (!floor) return;
  state.counters["floor_ms"] = 1000 * median(least);
  state.counters["times_floor"] = median(taken) / median(least);
}

/// Opening the file, the codebook with its counts, and the first search, which reads and folds every text.
void OpenAndShowCodebook(benchmark::State& state) {
  Measure(state, [](int) {
    project->Open();
    benchmark::DoNotOptimize(project->See("coding.codebook"));
  });
}
void ReadAndFoldAllTexts(benchmark::State& state) {
  Measure(state, [](int) { benchmark::DoNotOptimize(project->See("coding.search", {{"text", "vertrouwen"}})); });
}

void Codebook(benchmark::State& state) {
  Measure(state, [](int) { benchmark::DoNotOptimize(project->See("coding.codebook")); });
}

void OpenSource(benchmark::State& state) {
  const auto study = project->Coded();
  Measure(state, [&](int run) {
    const auto& source = study->source(static_cast<std::size_t>(run) * 7 % study->size());
    benchmark::DoNotOptimize(project->See("coding.document", {{"source", ToString(source.id)}}));
  });
}

/// One selection coded, and everything that shows it right again: the document and the codebook.
void CodeSelection(benchmark::State& state) {
  const auto study = project->Coded();
  double edits = 0;
  Measure(state, [&](int run) {
    const std::size_t number = static_cast<std::size_t>(run) * 5 % study->size();
    const auto turn = study->stock(number).turns[1 + 2 * static_cast<std::size_t>(run) % 20];
    const std::string source = ToString(study->source(number).id);
    const double edit = Seconds([&] { project->Do("coding.apply", {{"source", source}, {"start", std::to_string(turn.start)}, {"end", std::to_string(turn.start + 30 + run)}, {"code", ToString(study->codes->list.back().id)}}); });
    edits += edit;
    benchmark::DoNotOptimize(project->See("coding.document", {{"source", source}}));
    benchmark::DoNotOptimize(project->See("coding.codebook"));
  });
  state.counters["of_which_edit_ms"] = 1000 * edits / static_cast<double>(state.iterations());
}

void SearchAll(benchmark::State& state) {
  const auto study = project->Coded();
  std::vector<std::shared_ptr<const Text>> texts;
  {
    auto reading = project->store().Read();
    for (std::size_t i = 0; i < study->size(); ++i) texts.push_back(FoldedTextOf(*reading, study->source(i).id));
  }
  const std::string needle = "verhuizen, taal";
  Measure(state, [&](int) { project->SeePage("coding.search", {{"text", needle}}); },
          [&] {
            std::int64_t found = 0;
            for (const auto& text : texts) {
              const auto& utf8 = text->utf8();
              for (std::size_t at = 0; (at = utf8.find(needle, at)) != std::string::npos; at += needle.size()) ++found;
            }
            benchmark::DoNotOptimize(found);
          });
}

/// What takes more than one phrase: a word that stands everywhere, whole words, wildcards, nearness.
void SearchFor(benchmark::State& state, const RawArguments& raw) {
  std::size_t found = 0;
  Measure(state, [&](int) { found = project->SeePage("coding.search", raw); });
  state.counters["places"] = static_cast<double>(found);
}
void SearchFrequentWord(benchmark::State& state) { SearchFor(state, {{"text", "vertrouwen"}}); }
void SearchTwoLetters(benchmark::State& state) { SearchFor(state, {{"text", "en"}}); }
void SearchWholeWord(benchmark::State& state) { SearchFor(state, {{"text", "taal"}, {"mode", "whole-word"}}); }
void SearchWildcard(benchmark::State& state) { SearchFor(state, {{"text", "verhui*"}, {"mode", "wildcard"}}); }
void SearchNear(benchmark::State& state) { SearchFor(state, {{"text", "verhuizen"}, {"near", "taal"}}); }
/// The first two need letters that stand on few lines; of the third none are known, so that every text is read through,
/// as the plain loop does.
void SearchExpression(benchmark::State& state) { SearchFor(state, {{"text", "verhui[sz]\\w+|angst"}, {"mode", "regex"}}); }
void SearchGroupedExpression(benchmark::State& state) { SearchFor(state, {{"text", "(verhui|angst)\\w*"}, {"mode", "regex"}}); }
void SearchAnyExpression(benchmark::State& state) {
  const char* expression = "\\b[vw]\\w+ [vw]\\w+";
  const auto study = project->Coded();
  std::vector<std::shared_ptr<const Text>> texts;
  for (std::size_t i = 0; i < study->size(); ++i) texts.push_back(project->TextOfSource(i));
  UErrorCode status = U_ZERO_ERROR;
  icu::RegexMatcher matcher(icu::UnicodeString::fromUTF8(expression), UREGEX_CASE_INSENSITIVE | UREGEX_MULTILINE, status);
  std::size_t found = 0;
  Measure(state, [&](int) { found = project->SeePage("coding.search", {{"text", expression}, {"mode", "regex"}}); },
          [&] {
            std::size_t least = 0;
            for (const auto& text : texts) {
              const auto units = icu::UnicodeString::fromUTF8(text->utf8());
              matcher.reset(units);
              while (matcher.find(status)) ++least;
            }
            benchmark::DoNotOptimize(least);
          });
  state.counters["places"] = static_cast<double>(found);
}

void RetrieveOneCode(benchmark::State& state) {
  const auto study = project->Coded();
  int last = 0;
  const auto code = [&](int run) { return study->codes->list[static_cast<std::size_t>(run) * 13 % study->codes->list.size()]; };
  Measure(state, [&](int run) {
    last = run;
    project->SeePage("coding.retrieve", {{"code", ToString(code(run).id)}});
  }, [&] {
    const auto number = study->codes->Find(code(last).id);
    std::vector<Id> found;
    for (const auto& stock : study->stocks) {
      for (const auto& coding : stock->codings) {
        if (coding.code == number) found.push_back(coding.id);
      }
    }
    benchmark::DoNotOptimize(found.data());
  });
}

/// All pairs of codes that share words, as the list of pairs. The plain loop adds one for each pair of codings that do.
void CooccurrenceOfAllCodes(benchmark::State& state) {
  const auto study = project->Coded();
  Measure(state, [](int) { project->SeePage("coding.cooccurrence-pairs"); },
          [&] {
            const std::size_t codes = study->codes->place.size();
            std::vector<std::uint32_t> together(codes * codes, 0);
            for (const auto& stock : study->stocks) {
              std::size_t first = 0;
              std::vector<std::int32_t> reach;
              for (const auto& quote : stock->quotes) reach.push_back(std::max(quote.end, reach.empty() ? 0 : reach.back()));
              for (const auto& quote : stock->quotes) {
                while (reach[first] <= quote.start) ++first;
                for (auto other = first; other < stock->quotes.size() && stock->quotes[other].start < quote.end; ++other) {
                  if (stock->quotes[other].end <= quote.start) continue;
                  for (auto a = quote.first; a < quote.last; ++a) {
                    for (auto b = stock->quotes[other].first; b < stock->quotes[other].last; ++b) ++together[stock->codings[a].code * codes + stock->codings[b].code];
                  }
                }
              }
            }
            benchmark::DoNotOptimize(together.data());
          });
}

void QueryOfTwoCodes(benchmark::State& state) {
  const auto study = project->Coded();
  const auto& list = study->codes->list;
  Measure(state, [&](int run) {
    const auto code = [&](int n) { return '"' + list[static_cast<std::size_t>(n) % list.size()].path + '"'; };
    project->SeePage("coding.query", {{"expression", code(run * 7) + " near " + code(run * 11 + 3) + " and stakeholder = coach"}});
  });
}

/// The bytes of a CSV file with every coding. The plain loop writes the same columns.
void AllCodingsToCsv(benchmark::State& state) {
  const auto study = project->Coded();
  std::vector<std::shared_ptr<const Text>> texts;
  for (std::size_t i = 0; i < study->size(); ++i) texts.push_back(project->TextOfSource(i));
  const auto language = Language::English();
  std::size_t bytes = 0;
  Measure(state, [&](int) {
    const auto model = project->See("coding.retrieve");
    bytes = view::Write(model, "csv", *language, *project->store().Read()).size();
  }, [&] {
    std::string out;
    const auto field = [&](std::string_view text) {
      out += ',';
      const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
      if (quoted) out += '"';
      for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
      }
      if (quoted) out += '"';
    };
    const auto& frame = *study->frame;
    for (std::size_t i = 0; i < study->size(); ++i) {
      const auto& source = study->source(i);
      const auto& stock = study->stock(i);
      for (const auto& quote : stock.quotes) {
        for (auto c = quote.first; c < quote.last; ++c) {
          const auto& voice = source.voices[stock.turns[quote.turn].voice];
          field(texts[i]->Slice(quote.range()));
          field(study->codes->Of(stock.codings[c].code)->path);
          field(source.title);
          field(std::to_string(quote.start));
          field(std::to_string(quote.end));
          field(frame.persons.names[voice.person]);
          field(frame.stakeholders.names[voice.stakeholder]);
          if (voice.site != CodedStudy::kNone) field(frame.sites.names[voice.site]);
          for (const auto about : frame.cases_of_person[voice.person]) field(frame.cases.names[about]);
          if (stock.codings[c].coder != CodedStudy::kNone) field(frame.coders.names[stock.codings[c].coder]);
          field(ToString(quote.id));
          out += "\r\n";
        }
      }
    }
    benchmark::DoNotOptimize(out.data());
  });
  state.counters["MB"] = static_cast<double>(bytes) / 1e6;
}

void PeakMemory(benchmark::State& state) {
  for (auto _ : state) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.SetIterationTime(1e-9);
    state.counters["MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
  }
}

/// `whole`: every line has every counter, as CSV must; 0 where it has none.
void Register(int runs, bool whole) {
  const auto add = [whole](const char* name, void (*function)(benchmark::State&), int times) {
    const auto run = [function, whole](benchmark::State& state) {
      for (const char* counter : {"median_ms", "worst_ms", "floor_ms", "times_floor", "of_which_edit_ms", "places", "MB"}) {
        if (whole) state.counters[counter] = 0;
      }
      function(state);
    };
    benchmark::RegisterBenchmark(name, run)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(times);
  };
  add("open_and_show_codebook", OpenAndShowCodebook, 1);
  add("read_and_fold_all_texts", ReadAndFoldAllTexts, 1);
  add("codebook_again", Codebook, runs);
  add("open_source", OpenSource, runs);
  add("code_selection", CodeSelection, runs);
  add("search_all_texts", SearchAll, runs);
  add("search_frequent_word", SearchFrequentWord, runs);
  add("search_two_letters", SearchTwoLetters, runs);
  add("search_whole_word", SearchWholeWord, runs);
  add("search_wildcard", SearchWildcard, runs);
  add("search_near", SearchNear, runs);
  add("search_expression", SearchExpression, runs);
  add("search_grouped_expression", SearchGroupedExpression, runs);
  add("search_any_expression", SearchAnyExpression, 3);
  add("retrieve_one_code", RetrieveOneCode, runs);
  add("query_of_two_codes", QueryOfTwoCodes, runs);
  add("cooccurrence_of_all_codes", CooccurrenceOfAllCodes, runs);
  add("peak_memory_so_far", PeakMemory, 1);
  add("all_codings_to_csv", AllCodingsToCsv, std::min(runs, 3));
  add("peak_memory", PeakMemory, 1);
}

}  // namespace

int Main(int argc, char** argv) {
  std::string name = "S", file;
  bool whole = false;
  std::vector<char*> rest;
  for (int i = 0; i < argc; ++i) {
    if (std::strncmp(argv[i], "--project=", 10) == 0) name = argv[i] + 10;
    else if (std::strncmp(argv[i], "--file=", 7) == 0) file = argv[i] + 7;
    else rest.push_back(argv[i]);
    whole = whole || std::strcmp(argv[i], "--benchmark_format=csv") == 0;
  }
  int count = static_cast<int>(rest.size());
  benchmark::Initialize(&count, rest.data());
  if (benchmark::ReportUnrecognizedArguments(count, rest.data())) return 2;
  const testing::TestFolder folder;
  if (file.empty()) file = folder.path("project.meerstem");
  Project opened(file);
  if (!std::filesystem::exists(file)) {
    std::cerr << "Making project " << name << " took " << Seconds([&] { Generate(file, SizeOf(name), opened.registry().components()); }) << " s.\n";
  }
  project = &opened;
  Register(name == "S" ? 5 : 21, whole);
  benchmark::RunSpecifiedBenchmarks();
  opened.Close();
  return 0;
}

}  // namespace meerstem::bench

int main(int argc, char** argv) {
  try {
    return meerstem::bench::Main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
