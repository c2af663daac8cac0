// What the program that reads SPSS and Stata files prints, however the file broke it.
#include "plugins/registrations/table_source.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  const auto table = registrations::ReadStatLines(std::string(input), "fuzz.sav");
  std::vector<registrations::TableCell> cells;
  while (table->Next(cells)) Hold(cells.size() <= table->columns()->size(), "a row is no wider than its columns");
}
