// What an edit, an undo and a search cost, each with the counter `times_floor`: how many times the bare thing that it
// cannot do without, measured in the same run; and what many rows hold in memory.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/study/codes.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

double Seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// One small edit: a code of its own, recorded for undo and durable on return. Floor: one INSERT of the same row into a
/// bare database in WAL with synchronous=FULL.
void SmallEdit(benchmark::State& state) {
  TestStudy study({});
  Database bare(study.folder().path("bare.db"), Database::Mode::kCreate);
  bare.Script("PRAGMA journal_mode=WAL");
  bare.Script("PRAGMA synchronous=FULL");
  bare.Script("CREATE TABLE code (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  double edits = 0, floor = 0;
  std::int64_t number = 0;
  for (auto _ : state) {
    const std::string name = "code " + std::to_string(++number);
    const double edit =
        Seconds([&] { study.store().Run({"bench.code", Say("Add a code"), study.actor()}, [&](Writing& writing) { EnsureCode(writing, name, {}, {}); }); });
    state.SetIterationTime(edit);
    edits += edit;
    floor += Seconds([&] { bare.Do("INSERT INTO code (name) VALUES (?)", name); });
  }
  state.counters["floor_ms"] = 1000 * floor / static_cast<double>(number);
  state.counters["times_floor"] = edits / floor;
}
BENCHMARK(SmallEdit)->UseManualTime()->Unit(benchmark::kMillisecond);

/// The undo of an edit of 20,000 rows. Floor: one DELETE of as many rows of a bare table.
void UndoOfManyRows(benchmark::State& state) {
  constexpr int kRows = 20'000;
  TestStudy study({});
  Database bare(study.folder().path("bare.db"), Database::Mode::kCreate);
  bare.Script("PRAGMA journal_mode=WAL");
  bare.Script("PRAGMA synchronous=FULL");
  bare.Script("CREATE TABLE code (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  double undone = 0, floor = 0;
  for (auto _ : state) {
    study.store().Run({"bench.codes", Say("Add a code"), study.actor()}, [&](Writing& writing) {
      for (int i = 0; i < kRows; ++i) {
        writing.Do("INSERT INTO code (id, name, colour, order_key) VALUES (?, ?, '#000000', ?)", writing.NewId(), "code " + std::to_string(i), std::int64_t{i});
      }
    });
    bare.Script("BEGIN");
    for (int i = 0; i < kRows; ++i) bare.Do("INSERT INTO code (name) VALUES (?)", "code " + std::to_string(i));
    bare.Script("COMMIT");
    const double undo = Seconds([&] { study.Undo(); });
    state.SetIterationTime(undo);
    undone += undo;
    floor += Seconds([&] { bare.Script("DELETE FROM code WHERE id > 0"); });
  }
  state.counters["rows"] = kRows;
  state.counters["times_floor"] = undone / floor;
}
BENCHMARK(UndoOfManyRows)->UseManualTime()->Unit(benchmark::kMillisecond);

void ForgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

/// The most memory that this process held since then, in MB.
double Peak() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

/// Rows in one Run, or in many short ones of a group: what is recorded for undo lies in memory until its Run is over, so
/// that the Runs, not the rows, say how much is held. With MEERSTEM_LONG a million rows.
void ManyRows(benchmark::State& state) {
  const std::int64_t rows = state.range(0), runs = state.range(1);
  for (auto _ : state) {
    TestStudy study({});
    ForgetPeak();
    const Act act{"bench.codes", Say("Add a code"), study.actor()};
    const double done = Seconds([&] {
      Store::Group group(study.store(), act);
      for (std::int64_t run = 0, row = 0; run < runs; ++run) {
        study.store().Run(act, [&](Writing& writing) {
          for (; row < rows * (run + 1) / runs; ++row) {
            writing.Do("INSERT INTO code (id, name, colour, order_key) VALUES (?, ?, '#000000', ?)", writing.NewId(), "code " + std::to_string(row), row);
          }
        });
      }
      group.Close();
    });
    state.SetIterationTime(done);
    state.counters["peak_mb"] = Peak();
    ForgetPeak();
    state.counters["undo_s"] = Seconds([&] { study.Undo(); });
    state.counters["undo_peak_mb"] = Peak();
  }
}

const std::int64_t kMany = std::getenv("MEERSTEM_LONG") ? 1'000'000 : 20'000;
BENCHMARK(ManyRows)->ArgNames({"rows", "runs"})->Args({kMany, 1})->Args({kMany, kMany / 500})->Iterations(1)->UseManualTime()->Unit(benchmark::kSecond);

/// 18 MB of Dutch sentences, a hundredth of them with accents.
const std::string& ManyWords() {
  static const std::string words = [] {
    std::string text;
    for (int i = 0; text.size() < 18'000'000; ++i) {
      text += i % 100 == 0 ? "De coördinator zegt dat één gezin méér rust kreeg.\n" : "Ze belt als het moeilijk gaat, en anders zien we elkaar op dinsdag.\n";
      if (i % 5000 == 0) text += "Het vertrouwen groeide traag.\n";
    }
    return text;
  }();
  return words;
}

/// One sweep of memchr for the first letter, and a comparison at each: the least that a search has to do.
std::int64_t PlainSweep(const std::string& text, const std::string& needle) {
  std::int64_t found = 0;
  const char* at = text.data();
  const char* end = at + text.size();
  while ((at = static_cast<const char*>(std::memchr(at, needle[0], static_cast<std::size_t>(end - at))))) {
    if (static_cast<std::size_t>(end - at) < needle.size()) break;
    found += std::memcmp(at, needle.data(), needle.size()) == 0;
    ++at;
  }
  return found;
}

void Fold(benchmark::State& state) {
  const std::string& words = ManyWords();
  double folding = 0, floor = 0;
  for (auto _ : state) {
    std::string folded;
    const double fold = Seconds([&] { folded = FoldText(words); });
    state.SetIterationTime(fold);
    folding += fold;
    std::string copy;
    floor += Seconds([&] {
      copy = words;
      benchmark::DoNotOptimize(copy.data());
    });
    benchmark::DoNotOptimize(folded.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(words.size()));
  state.counters["times_copy"] = folding / floor;
}
BENCHMARK(Fold)->UseManualTime()->Unit(benchmark::kMillisecond);

void FindInFolded(benchmark::State& state) {
  const FoldedText text(ManyWords());
  const std::string needle = "vertrouwen";
  double finding = 0, floor = 0;
  for (auto _ : state) {
    std::vector<Range> found;
    const double find = Seconds([&] { found = FindFolded(text, needle); });
    state.SetIterationTime(find);
    finding += find;
    std::int64_t plain = 0;
    floor += Seconds([&] {
      plain = PlainSweep(text.utf8(), needle);
      benchmark::DoNotOptimize(plain);
    });
    if (static_cast<std::int64_t>(found.size()) != plain || plain == 0) state.SkipWithError("the search and the plain sweep disagree");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text.utf8().size()));
  state.counters["times_floor"] = finding / floor;
}
BENCHMARK(FindInFolded)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace meerstem::testing

BENCHMARK_MAIN();
