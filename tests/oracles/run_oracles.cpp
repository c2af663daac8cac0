// run_oracles DIR: every *.json of the folder, a list of cases each; says which expected numbers are not met and closes
// with “N passed, N failed, N skipped”. Exit 1 when any failed. A method that is not known has failed.
#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "tests/oracles/case.h"

namespace meerstem::oracles {
namespace {

namespace fs = std::filesystem;

/// Agreement between coders is nobody's yet.
const std::set<std::string> kSkippedFamilies = {"agreement", "unitizing"};

struct Tally {
  int passed = 0, failed = 0, skipped = 0;
};

std::vector<std::string> Try(const Json& oracle, const Methods& methods, const std::string& folder) {
  const std::string method = oracle.at("method");
  const auto found = methods.find(method);
  if (found == methods.end()) return {"the method “" + method + "” is not known"};
  return Compare(oracle, found->second(oracle.at("input"), folder));
}

void RunFile(const fs::path& path, const Methods& methods, Tally& tally) {
  const std::string file = path.filename().string();
  const auto fail = [&](const std::string& what) {
    std::cout << file << ": " << what << "\n";
    ++tally.failed;
  };
  Json cases;
  try {
    cases = Json::parse(std::ifstream(path));
    if (!cases.is_array()) return fail("not a list of cases");
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  for (const auto& oracle : cases) {
    std::string id = "a case without id";
    try {
      id = oracle.value("id", id);
      if (kSkippedFamilies.contains(oracle.value("family", ""))) {
        ++tally.skipped;
        continue;
      }
      const auto faults = Try(oracle, methods, path.parent_path().string());
      if (faults.empty()) ++tally.passed;
      for (std::size_t i = 0; i < faults.size(); ++i) {
        if (i == 0) fail(id + ": " + faults[i]);
        else std::cout << file << ": " << id << ": " << faults[i] << "\n";
      }
    } catch (const std::exception& error) {
      fail(id + ": " + error.what());
    }
  }
}

int Run(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (error) {
    std::cerr << "The folder “" << folder << "” cannot be read: " << error.message() << "\n";
    return 2;
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    std::cerr << "The folder “" << folder << "” has no .json files.\n";
    return 2;
  }
  Methods methods;
  AddPairedMethods(methods);
  AddAssociationMethods(methods);
  AddIndexMethods(methods);
  Tally tally;
  for (const auto& file : files) RunFile(file, methods, tally);
  std::cout << tally.passed << " passed, " << tally.failed << " failed, " << tally.skipped << " skipped\n";
  return tally.failed > 0 ? 1 : 0;
}

}  // namespace
}  // namespace meerstem::oracles

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "run_oracles DIR: the folder with the oracle files\n";
    return 2;
  }
  return meerstem::oracles::Run(words[1]);
}
