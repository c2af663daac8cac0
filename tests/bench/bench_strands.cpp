// How long a person waits after an edit until a joint display is right again: an invented project of a given size (L: 2,000
// sources, a million codings) with families beside it, five registrations each. For each display one selection is coded, or
// one answer changed, and the display is built with its first screenful of rows.
//   bench_strands [--project=S|M|L] [--families=N] [--file=PATH: kept, and used when it exists] [options of Google Benchmark]
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "core/command/engine.h"
#include "core/study/coded_study.h"
#include "plugins/coding/part.h"
#include "plugins/indices/part.h"
#include "plugins/registrations/part.h"
#include "plugins/themes/part.h"
#include "plugins/triangulation/part.h"
#include "tests/bench/project.h"
#include "tests/support/test_study.h"

namespace meerstem::bench {
namespace {

constexpr int kRegistrations = 5;
constexpr int kItems = 45;
constexpr int kThemes = 15;

double Seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

class Project {
 public:
  explicit Project(std::string path) : path_(std::move(path)), clock_(std::make_shared<SystemClock>()), ids_(std::make_shared<IdSource>(clock_)) {
    RegisterCore(registry_);
    for (const auto part : {&coding::Register, &themes::Register, &registrations::Register, &indices::Register, &triangulation::Register}) part(registry_);
  }
  void Make(const Size& size, int families, const std::string& rules) {
    Generate(path_, size, registry_.components());
    Open();
    store_->Scratch([&](Database& database) { AddInstrument(database); });
    constexpr int kPerRun = 500;
    for (int first = 0; first < families; first += kPerRun) {
      store_->Scratch([&](Database& database) { AddFamilies(database, first, std::min(families, first + kPerRun)); });
    }
    store_->Scratch([&](Database& database) {
      // Those who speak in the project are registered too.
      std::vector<Id> cases;
      auto rows = database.Query("SELECT id FROM study_case WHERE id NOT IN (SELECT case_id FROM registration)");
      while (rows.Step()) cases.push_back(rows.GetId(0));
      for (const auto& family : cases) Register(database, family, {});
    });
    Do("indices.add-rule-set", {{"file", rules}});
    const auto codes = Coded()->codes->list;
    for (int theme = 0; theme < kThemes; ++theme) {
      RawArguments raw = {{"name", "Theme " + std::to_string(theme)}};
      for (std::size_t c = static_cast<std::size_t>(theme); c < codes.size(); c += kThemes) {
        if (codes[c].parent) raw.emplace_back("code", ToString(codes[c].id));
      }
      Do("themes.add-theme", raw);
      Do("triangulation.set-direction", {{"theme", "Theme " + std::to_string(theme)}, {"direction", theme % 2 ? "better" : "worse"}});
    }
    for (int finding = 0; finding < 20; ++finding) {
      const std::string name = "Finding " + std::to_string(finding);
      Do("triangulation.add-finding", {{"construct", name}});
      Do("triangulation.add-value", {{"finding", name}, {"view", "indices.outcomes"}, {"row", finding % 2 ? "left" : "worse_deprived"}, {"column", "n"}});
      Do("triangulation.add-theme", {{"finding", name}, {"theme", "Theme " + std::to_string(finding % kThemes)}});
    }
  }
  void Open() {
    engine_.reset();
    store_.reset();
    store_ = Store::Open(path_, {.backups = false, .clock = clock_, .ids = ids_, .components = registry_.components()});
    engine_ = std::make_unique<Engine>(registry_, *store_);
    actor_ = EnsureResearcher(*store_, "Ada");
  }
  void SeePage(const std::string& view, const RawArguments& raw) {
    Job job;
    const auto model = engine_->Build(view, engine_->Parse(engine_->ViewOf(view).parameters, raw), job);
    if (const auto* table = std::get_if<view::Table>(&model.body)) table->rows->Page(*store_->Read(), 0, 40);
    benchmark::DoNotOptimize(model);
  }
  void Do(const std::string& command, const RawArguments& raw) {
    Job job;
    engine_->Execute(command, engine_->Parse(engine_->CommandOf(command).parameters, raw), actor_, job);
  }
  std::shared_ptr<const CodedStudy> Coded() { return CodedStudyOf(*store_->Read()); }
  /// One selection gets a code.
  void Code(int run) {
    const auto study = Coded();
    const std::size_t number = static_cast<std::size_t>(run) * 5 % study->size();
    const auto turn = study->stock(number).turns[1 + 2 * (static_cast<std::size_t>(run) % 20)];
    Do("coding.apply", {{"source", ToString(study->source(number).id)}, {"start", std::to_string(turn.start)}, {"end", std::to_string(turn.start + 30 + run)}, {"code", ToString(study->codes->list.back().id)}});
  }
  /// One answer changes.
  void Answer(int run) {
    store_->Run({"bench", Say("An answer"), actor_}, [&](Writing& writing) {
      auto row = writing.Query("SELECT id, value FROM answer ORDER BY id LIMIT 1 OFFSET ?", 1000 + run);
      if (row.Step()) writing.Do("UPDATE answer SET value = ? WHERE id = ?", 1 + row.Int(1) % 5, row.GetId(0));
    });
  }

 private:
  static const char* LevelOf(int item) { return item < 8 ? "household" : item < 29 ? "adult" : "child"; }
  int Next(std::uint64_t below) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<int>((state_ >> 33) % below);
  }
  void AddInstrument(Database& database) {
    instrument_ = ids_->Next();
    database.Do("INSERT INTO instrument (id, key, version, name) VALUES (?, 'large', '1', '{}')", instrument_);
    Id domain;
    for (int i = 0; i < kItems; ++i) {
      if (i == 0 || std::string(LevelOf(i)) != LevelOf(i - 1)) {
        domain = ids_->Next();
        database.Do("INSERT INTO instrument_domain (id, instrument_id, level, key, name) VALUES (?, ?, ?, ?, '{}')", domain, instrument_, LevelOf(i), LevelOf(i));
      }
      items_.push_back(ids_->Next());
      database.Do("INSERT INTO item (id, domain_id, key, name, not_applicable, order_key) VALUES (?, ?, ?, '{}', 0, ?)", items_.back(), domain, "i" + std::to_string(i), i);
    }
  }
  void Register(Database& database, const Id& family, const std::vector<Id>& people) {
    for (int r = 0; r < kRegistrations; ++r) {
      const Id registration = ids_->Next();
      database.Do("INSERT INTO registration (id, case_id, instrument_id, date) VALUES (?, ?, ?, ?)", registration, family, instrument_, AddMonths({2022, 1, 15}, 3 * r));
      for (int i = 0; i < kItems; ++i) {
        if ((r > 0 && Next(8) != 0) || (i >= 8 && people.empty())) continue;
        const std::optional<Id> person = i < 8 ? std::nullopt : std::optional(people[i < 29 ? 0 : 1]);
        database.Do("INSERT INTO answer (id, registration_id, item_id, person_id, status, value) VALUES (?, ?, ?, ?, 'rated', ?)", ids_->Next(), registration, items_[static_cast<std::size_t>(i)], person, 1 + Next(5));
      }
    }
  }
  void AddFamilies(Database& database, int first, int last) {
    for (int f = first; f < last; ++f) {
      const Id family = ids_->Next();
      database.Do("INSERT INTO study_case (id, code, order_key) VALUES (?, ?, ?)", family, "F" + std::to_string(f), 100'000 + f);
      std::vector<Id> people = {ids_->Next(), ids_->Next()};
      for (std::size_t p = 0; p < 2; ++p) {
        database.Do("INSERT INTO person (id, pseudonym) VALUES (?, ?)", people[p], "M" + std::to_string(2 * f + static_cast<int>(p)));
        database.Do("INSERT INTO membership (id, person_id, case_id, role) VALUES (?, ?, ?, ?)", ids_->Next(), people[p], family, p ? "child" : "adult");
      }
      Register(database, family, people);
    }
  }

  std::string path_;
  Registry registry_;
  std::shared_ptr<const Clock> clock_;
  std::shared_ptr<IdSource> ids_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Engine> engine_;
  Id actor_, instrument_;
  std::vector<Id> items_;
  std::uint64_t state_ = 1;
};

Project* project = nullptr;
int edits = 0;

void Measure(benchmark::State& state, const std::string& view, const RawArguments& raw, bool answer) {
  project->SeePage(view, raw);  // What stood on the screen before.
  std::vector<double> taken;
  for (auto _ : state) {
    ++edits;
    if (answer) project->Answer(edits);
    else project->Code(edits);
    taken.push_back(Seconds([&] { project->SeePage(view, raw); }));
    state.SetIterationTime(taken.back());
  }
  std::sort(taken.begin(), taken.end());
  state.counters["median_ms"] = 1000 * taken[taken.size() / 2];
  state.counters["worst_ms"] = 1000 * taken.back();
}

const std::vector<std::pair<std::string, RawArguments>> kDisplays = {{"triangulation.display", {{"columns", "outcome"}}},
                                                                     {"triangulation.display", {{"columns", "stakeholder"}}},
                                                                     {"triangulation.types", {}},
                                                                     {"triangulation.cases", {}},
                                                                     {"triangulation.extremes", {}},
                                                                     {"triangulation.explain", {}},
                                                                     {"triangulation.disconfirming", {}},
                                                                     {"triangulation.association", {}},
                                                                     {"triangulation.side-by-side", {}},
                                                                     {"triangulation.ledger", {}},
                                                                     {"triangulation.completeness", {}},
                                                                     {"triangulation.pillars", {}},
                                                                     {"triangulation.thread", {}},
                                                                     {"triangulation.timeline", {{"case", "F10"}}},
                                                                     {"triangulation.flow", {}}};

}  // namespace
}  // namespace meerstem::bench

int main(int count, char** words) {
  using namespace meerstem;
  using namespace meerstem::bench;
  benchmark::Initialize(&count, words);
  std::string size = "L", file;
  int families = 20'000;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word.starts_with("--project=")) size = word.substr(10);
    else if (word.starts_with("--families=")) families = std::max(1, std::atoi(word.c_str() + 11));
    else if (word.starts_with("--file=")) file = word.substr(7);
    else {
      std::fprintf(stderr, "bench_strands [--project=S|M|L] [--families=N] [--file=PATH] [options of Google Benchmark]\n");
      return 2;
    }
  }
  const testing::TestFolder folder;
  if (file.empty()) file = folder.path("strands.meerstem");
  std::string criteria;
  for (int i = 0; i < 6; ++i) {
    const int first = i < 2 ? i * 4 : i < 4 ? 8 + (i - 2) * 10 : 29 + (i - 4) * 8;
    criteria += std::string(i ? "," : "") + R"({"id":"c)" + std::to_string(i) + R"(","name":{"en":"C"},"level":")" + (first < 8 ? "household" : first < 29 ? "adult" : "child") + R"(","items":[)";
    for (int k = 0; k < 3; ++k) criteria += std::string(k ? "," : "") + R"({"item":"i)" + std::to_string(first + k) + R"(","insufficient_at_most":2})";
    criteria += R"(],"persons":"any","across":"any","min_answered":1,"without_persons":"unknown"})";
  }
  const std::string rules = folder.Write("rules.json", R"({"format":"meerstem-rule-set","format_version":1,"id":"six","version":"1","name":{"en":"Six"},"instrument":"large","threshold":3,"baseline":"first",
    "follow_up":"last","follow_up_months":6,"criteria":[)" + criteria + "]}");
  Project opened(file);
  if (std::filesystem::exists(file)) opened.Open();
  else opened.Make(SizeOf(size), families, rules);
  project = &opened;
  for (const bool answer : {false, true}) {
    for (const auto& [view, raw] : kDisplays) {
      const std::string name = std::string(answer ? "answer/" : "coding/") + view + (raw.empty() ? "" : "/" + raw.front().second);
      benchmark::RegisterBenchmark(name.c_str(), [view = view, raw = raw, answer](benchmark::State& state) { Measure(state, view, raw, answer); })->UseManualTime()->Unit(benchmark::kMillisecond);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
}
