// Instruments of one's own.
#include "plugins/registrations/part.h"
#include "tests/fuzz/target.h"
#include "tests/support/test_study.h"

void meerstem::fuzz::Try(std::string_view input) {
  static testing::TestStudy study{{registrations::Register}};
  static const std::string path = study.folder().path("fuzz.json");
  study.folder().Write("fuzz.json", std::string(input));
  Job job;
  study.engine().Prepare("registrations.add-instrument", Arguments{{"file", path}}, job);
}
