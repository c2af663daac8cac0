// store_writer STUDY RUN: edits a study as fast as it can until it is killed, and says each step on its standard output:
// "b KIND NAME COUNT" before, "a" once it is acknowledged as durable. A helper of kill_test.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include <unistd.h>

#include "core/study/codes.h"
#include "tests/core/store/toy_component.h"

using namespace meerstem;

namespace {

void Tell(const std::string& line) {
  const std::string whole = line + "\n";
  if (write(STDOUT_FILENO, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) _exit(3);
}

void Add(Store& store, const std::string& name) {
  store.Run({"test.code", Say("Add a code"), {}}, [&](Writing& writing) { EnsureCode(writing, name, {}, std::string(300, 'x')); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string run = argv[2];
  std::mt19937 random(static_cast<std::uint32_t>(std::atoi(argv[2])));
  try {
    auto store = Store::Open(argv[1], testing::ToyOptions(1000 + random()));
    Tell("ready");
    for (int step = 0;; ++step) {
      const std::string name = run + "." + std::to_string(step);
      const auto what = random() % 10;
      if (what < 5) {
        Tell("b do " + name + " 1");
        Add(*store, name + ".0");
      } else if (what < 8) {
        const int count = 3 + static_cast<int>(random() % 12);
        Tell("b do " + name + " " + std::to_string(count));
        Store::Group group(*store, {"test.group", Say("Many codes"), {}});
        for (int i = 0; i < count; ++i) Add(*store, name + "." + std::to_string(i));
        group.Close();
      } else if (store->NextUndo()) {
        Tell("b undo - 0");
        store->Undo({});
      } else {
        continue;
      }
      Tell("a");
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
