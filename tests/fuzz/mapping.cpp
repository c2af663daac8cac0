// What people say about a file's columns, and what a study remembers of it.
#include "plugins/registrations/mapping.h"
#include "plugins/registrations/part.h"
#include "tests/fuzz/target.h"
#include "tests/support/test_study.h"

void meerstem::fuzz::Try(std::string_view input) {
  using namespace meerstem::registrations;
  static testing::TestStudy study{{registrations::Register}};
  static const Id id = [] {
    Id stored;
    study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) { stored = StoreMapping(writing, "fuzz", std::nullopt, {}, {}); });
    return stored;
  }();
  const auto part = input.find('\0');
  if (part == std::string_view::npos) {
    // Lines of `what = value`, as they are typed.
    Mapping mapping;
    for (std::size_t at = 0; at < input.size();) {
      const auto line = input.substr(at, input.find('\n', at) - at);
      const auto equals = line.find('=');
      SetMapping(mapping, std::string(line.substr(0, equals)), equals == std::string_view::npos ? "" : std::string(line.substr(equals + 1)));
      at += line.size() + 1;
    }
    return;
  }
  // As the study holds it, in a file that came from elsewhere.
  study.store().Scratch([&](Database& database) {
    database.Do("UPDATE import_mapping SET json = ?, columns = ? WHERE id = ?", input.substr(0, part), input.substr(part + 1), id);
  });
  GetMapping(*study.store().Read(), id);
}
