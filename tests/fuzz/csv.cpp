// Tables of separated values: whatever the bytes, records end.
#include "core/base/csv.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  CsvReader reader{std::string(input)};
  std::vector<std::string> cells;
  std::int64_t line = 0;
  while (reader.Next(cells)) {
    Hold(reader.line() > line, "a record begins behind the one before it");
    line = reader.line();
  }
}
