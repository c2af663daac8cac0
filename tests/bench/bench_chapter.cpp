// What a long chapter costs whoever writes it: in a copy of a study (the sample one) a chapter with 500 live quotes and 20
// live tables is made, opened, opened again after a paragraph was typed, and written as a file. The floor is the same
// quotes and tables on their own, in the same run.
//   bench_chapter STUDY [options of Google Benchmark]
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/command/engine.h"
#include "core/plugin/program.h"
#include "core/study/display.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core/view/writers.h"
#include "tests/support/test_study.h"

namespace meerstem::bench {
namespace {

constexpr std::size_t kQuotes = 500;
constexpr std::size_t kEvery = kQuotes / 20;  // A table stands behind so many quotes.
constexpr char kTitle[] = "A long chapter";
const std::vector<std::string> kTables = {"themes.matrix",      "indices.transitions", "indices.outcomes", "triangulation.display", "documents.overview",
                                          "themes.evidence",    "coding.matrix",       "indices.flows",    "themes.frame",          "themes.comparison"};

class Writer {
 public:
  Writer(const Program& program, const std::string& path) : program_(program), store_(program.Open(path, false)), engine_(program.registry(), *store_), actor_(EnsureResearcher(*store_, "Ada")) {
    Do("themes.add-chapter", {{"title", kTitle}});
    std::vector<QuoteFacts> quotes;
    {
      auto reading = store_->Read();
      quotes = Quotes(*reading, {});
    }
    for (std::size_t i = 0; i < kQuotes; ++i) {
      const auto& quote = quotes[i % quotes.size()];
      spans_.push_back(quote.span);
      if (i % kEvery == 0) Do("themes.add-block", {{"chapter", kTitle}, {"kind", "heading"}, {"text", "Part " + std::to_string(i / kEvery)}});
      Do("themes.add-quote", {{"chapter", kTitle}, {"quote", ToString(quote.id)}});
      if (i % kEvery == kEvery / 2) Do("themes.add-view", {{"chapter", kTitle}, {"view", kTables[i / kEvery % kTables.size()]}, {"as", "table"}});
    }
    paragraph_ = Do("themes.add-block", {{"chapter", kTitle}, {"text", "Typed"}}).created.back();
  }
  view::Model Build(const std::string& view, const RawArguments& raw) {
    Job job;
    return engine_.Build(view, engine_.Parse(engine_.ViewOf(view).parameters, raw), job);
  }
  view::Model Chapter() { return Build("themes.chapter", {{"chapter", kTitle}}); }
  void Type(int key) { Do("themes.edit-block", {{"block", ToString(paragraph_)}, {"text", "Typed " + std::to_string(key)}}); }
  /// The same quotes and tables without a chapter around them.
  void Floor() {
    {
      auto reading = store_->Read();
      for (const auto& span : spans_) {
        benchmark::DoNotOptimize(DisplayText(*reading, span, Purpose::kExport));
        benchmark::DoNotOptimize(Reference(*reading, span));
      }
    }
    for (std::size_t i = 0; i < kQuotes / kEvery; ++i) benchmark::DoNotOptimize(Build(kTables[i % kTables.size()], {}));
  }
  std::size_t Export(const view::Model& model, const std::string& format) {
    auto reading = store_->Read();
    return view::Write(model, format, *program_.LanguageFor("nl"), *reading).size();
  }

 private:
  Outcome Do(const std::string& command, const RawArguments& raw) {
    Job job;
    return engine_.Execute(command, engine_.Parse(engine_.CommandOf(command).parameters, raw), actor_, job);
  }

  const Program& program_;
  std::unique_ptr<Store> store_;
  Engine engine_;
  Id actor_, paragraph_;
  std::vector<SourceSpan> spans_;
};

Writer* writer = nullptr;

void Floor(benchmark::State& state) {
  for (auto _ : state) writer->Floor();
}
BENCHMARK(Floor)->Unit(benchmark::kMillisecond);

void Open(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(writer->Chapter());
}
BENCHMARK(Open)->Unit(benchmark::kMillisecond);

void TypeAndSee(benchmark::State& state) {
  int keys = 0;
  for (auto _ : state) {
    writer->Type(++keys);
    benchmark::DoNotOptimize(writer->Chapter());
  }
}
BENCHMARK(TypeAndSee)->Unit(benchmark::kMillisecond);

void Export(benchmark::State& state, const std::string& format) {
  const auto model = writer->Chapter();
  for (auto _ : state) state.counters["bytes"] = static_cast<double>(writer->Export(model, format));
}
BENCHMARK_CAPTURE(Export, docx, std::string("docx"))->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(Export, odt, std::string("odt"))->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(Export, pdf, std::string("pdf"))->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(Export, html, std::string("html"))->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(Export, md, std::string("md"))->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace meerstem::bench

int main(int count, char** words) {
  using namespace meerstem;
  benchmark::Initialize(&count, words);
  if (count != 2 || !std::filesystem::exists(words[1])) {
    std::fprintf(stderr, "bench_chapter STUDY [options of Google Benchmark]\n");
    return 2;
  }
  const testing::TestFolder folder;
  const std::string copy = folder.path("chapter.meerstem");
  std::filesystem::copy_file(words[1], copy);
  const Program program({MEERSTEM_PLUGIN_DIR, MEERSTEM_DATA_DIR, "", ""});
  bench::Writer opened(program, copy);
  bench::writer = &opened;
  benchmark::RunSpecifiedBenchmarks();
}
