#include <iostream>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/console/console.h"

int main(int count, char** words) {
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(words + 1, words + count);
  if (arguments.size() == 1 && arguments[0] == "--version") {
    std::cout << "meerstem-cli " MEERSTEM_VERSION "\n";
    return 0;
  }
  try {
    const meerstem::Program program(meerstem::Folders::BesideProgram());
    return meerstem::RunConsole(arguments, std::cout, std::cerr, program);
  } catch (const meerstem::Error& error) {
    std::cerr << "meerstem-cli: " << (*meerstem::Language::English())(error.message()) << "\n";
  } catch (const std::exception& error) {
    std::cerr << "meerstem-cli: " << error.what() << "\n";
  }
  return 1;
}
