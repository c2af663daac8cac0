// Scores and the 7 × 7 of 20,000 families with 100,000 registrations, beside a plain sweep over the same answers in
// memory. Once as people register: the first registration of a family holds every answer, the later ones what changed,
// so that 4.5 million answers are stated by a third as many rows. Once as an imported snapshot: all of them are rows.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "core/study/instruments.h"
#include "plugins/indices/part.h"
#include "plugins/indices/study_scores.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

using namespace indices;

double Seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// `--families=N` makes it smaller.
int families = 20'000;
constexpr int kRegistrations = 5;
constexpr int kItems = 45;

/// One adult and one child a family; the first 8 items are the household's, 21 the adult's, 16 the child's.
const char* LevelOf(int item) { return item < 8 ? "household" : item < 29 ? "adult" : "child"; }

class Large : public TestStudy {
 public:
  /// `every`: each registration holds every answer.
  explicit Large(bool every) : TestStudy({&indices::Register}), every_(every) {
    store().Run({"bench", Say("Set up"), actor(), false}, [&](Writing& writing) { AddInstrument(writing); });
    // A Run remembers what it changed: short ones keep the memory small.
    constexpr int kPerRun = 500;
    for (int first = 0; first < families; first += kPerRun) {
      store().Run({"bench", Say("Set up"), actor(), false}, [&](Writing& writing) { AddFamilies(writing, first, std::min(families, first + kPerRun)); });
    }
    std::string criteria;
    for (int i = 0; i < 6; ++i) {
      const int first = i < 2 ? i * 4 : i < 4 ? 8 + (i - 2) * 10 : 29 + (i - 4) * 8;
      criteria += std::string(i ? "," : "") + R"({"id":"c)" + std::to_string(i) + R"(","name":{"en":"C"},"level":")" + LevelOf(first) + R"(","items":[)";
      for (int k = 0; k < 3; ++k) criteria += std::string(k ? "," : "") + R"({"item":"i)" + std::to_string(first + k) + R"(","insufficient_at_most":2})";
      criteria += R"(],"persons":"any","across":"any","min_answered":1,"without_persons":"unknown"})";
    }
    Do("indices.add-rule-set", {{"file", folder().Write("rules.json", R"({"format":"meerstem-rule-set","format_version":1,"id":"six","version":"1","name":{"en":"Six"},"instrument":"large",
      "threshold":3,"baseline":"first","follow_up":"last","follow_up_months":6,"criteria":[)" + criteria + "]}")}});
  }
  std::int64_t answers = 0;

 private:
  void AddInstrument(Writing& writing) {
    instrument = writing.NewId();
    writing.Do("INSERT INTO instrument (id, key, version, name) VALUES (?, 'large', '1', '{}')", instrument);
    Id domain;
    for (int i = 0; i < kItems; ++i) {
      if (i == 0 || std::string(LevelOf(i)) != LevelOf(i - 1)) {
        domain = writing.NewId();
        writing.Do("INSERT INTO instrument_domain (id, instrument_id, level, key, name) VALUES (?, ?, ?, ?, '{}')", domain, instrument, LevelOf(i), LevelOf(i));
      }
      items.push_back(writing.NewId());
      writing.Do("INSERT INTO item (id, domain_id, key, name, not_applicable) VALUES (?, ?, ?, '{}', 0)", items.back(), domain, "i" + std::to_string(i));
      for (int point = 1; point <= 5; ++point) writing.Do("INSERT INTO scale_point (id, item_id, value, label) VALUES (?, ?, ?, '{}')", writing.NewId(), items.back(), point);
    }
  }

  int Next(std::uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<int>((state >> 33) % below);
  }

  void AddFamilies(Writing& writing, int first, int last) {
    for (int f = first; f < last; ++f) {
      const Id family = writing.NewId();
      writing.Do("INSERT INTO study_case (id, code, order_key) VALUES (?, ?, ?)", family, "F" + std::to_string(f), f);
      std::optional<Id> people[2] = {writing.NewId(), writing.NewId()};
      for (int p = 0; p < 2; ++p) {
        writing.Do("INSERT INTO person (id, pseudonym) VALUES (?, ?)", *people[p], std::to_string(2 * f + p));
        writing.Do("INSERT INTO membership (id, person_id, case_id, role) VALUES (?, ?, ?, ?)", writing.NewId(), *people[p], family, p ? "child" : "adult");
      }
      for (int r = 0; r < kRegistrations; ++r) {
        const Id registration = writing.NewId();
        writing.Do("INSERT INTO registration (id, case_id, instrument_id, date) VALUES (?, ?, ?, ?)", registration, family, instrument, AddMonths({2022, 1, 15}, 3 * r));
        for (int i = 0; i < kItems; ++i) {
          if (!every_ && r > 0 && Next(8) != 0) continue;
          const std::optional<Id> person = i < 8 ? std::nullopt : people[i < 29 ? 0 : 1];
          writing.Do("INSERT INTO answer (id, registration_id, item_id, person_id, status, value) VALUES (?, ?, ?, ?, 'rated', ?)", writing.NewId(), registration,
                     items[static_cast<std::size_t>(i)], person, 1 + Next(5));
          ++answers;
        }
      }
    }
  }

  bool every_;
  Id instrument;
  std::vector<Id> items;
  std::uint64_t state = 1;
};

/// The same work where nothing has to be read: a byte for each of the 4.5 million stated answers, the scores of the
/// first and the last registration, and the 7 × 7.
double PlainSweep() {
  static const std::vector<std::uint8_t> all = [] {
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(families) * kRegistrations * kItems);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(1 + i * 2654435761u % 5);
    return bytes;
  }();
  return Seconds([&] {
    std::int64_t matrix[7][7] = {}, sum = 0;
    for (const auto value : all) sum += value;
    for (std::size_t f = 0; f < static_cast<std::size_t>(families); ++f) {
      int score[2] = {};
      for (int side = 0; side < 2; ++side) {
        const std::uint8_t* at = &all[(f * kRegistrations + (side ? kRegistrations - 1 : 0)) * kItems];
        for (int c = 0; c < 6; ++c) score[side] += at[c * 7] <= 2 || at[c * 7 + 1] <= 2 || at[c * 7 + 2] <= 2;
      }
      ++matrix[score[0]][score[1]];
    }
    benchmark::DoNotOptimize(sum);
    benchmark::DoNotOptimize(matrix);
  });
}

void ScoresAndTransitions(benchmark::State& state) {
  Large study(state.range(0) != 0);
  double built = 0, floor = 0;
  for (auto _ : state) {
    view::Model model;
    study.Reopen();  // What is kept in memory between views does not count.
    const double seconds = Seconds([&] { model = study.See("indices.transitions"); });
    if (std::get<std::int64_t>(std::get<view::Matrix>(model.body).total->value) != families) state.SkipWithError("not every family was scored");
    state.SetIterationTime(seconds);
    built += seconds;
    floor += PlainSweep();
  }
  state.counters["registrations"] = families * kRegistrations;
  state.counters["answers_stored"] = static_cast<double>(study.answers);
  state.counters["floor_ms"] = 1000 * floor / static_cast<double>(state.iterations());
  state.counters["times_floor"] = built / floor;
}
BENCHMARK(ScoresAndTransitions)->ArgName("every_answer_stored")->Arg(0)->Arg(1)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace meerstem::testing

int main(int count, char** words) {
  benchmark::Initialize(&count, words);
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto equals = word.find('=');
    const int number = equals == std::string::npos ? 0 : std::atoi(word.c_str() + equals + 1);
    if (word.rfind("--families=", 0) != 0 || number < 1) {
      std::fprintf(stderr, "bench_scores [--families=N] [options of Google Benchmark]\n");
      return 2;
    }
    meerstem::testing::families = number;
  }
  benchmark::RunSpecifiedBenchmarks();
}
