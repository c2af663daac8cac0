// A person withdraws: none of their words is left in any view, in any format, nor in a project that leaves. The words are
// those that nobody else in the study says or writes.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/study/sources.h"
#include "core/view/writers.h"
#include "tests/study/sample_copy.h"
#include "tests/study/view_arguments.h"

namespace meerstem {
namespace {

namespace fs = std::filesystem;

constexpr char kPerson[] = "Rosa", kSource[] = "Oostende – gezin";

/// Words of seven ASCII letters or more, in lower case: what is longer than a code of the machine's and written alike everywhere.
std::set<std::string> WordsIn(const std::string& bytes) {
  std::set<std::string> words;
  std::string word;
  bool plain = true;
  const auto end = [&] {
    if (plain && word.size() >= 7) words.insert(word);
    word.clear();
    plain = true;
  };
  for (const char c : bytes) {
    const unsigned char u = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) word += static_cast<char>(c | 0x20);
    else if (u >= 0x80 || c == '_') plain = false;
    else end();
  }
  end();
  return words;
}

std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Withdrawal : public testing::SampleCopy {
 protected:
  void SetUp() override {
    SampleCopy::SetUp();
    BringInPages();
    FindTheirWords();
  }

  /// Theirs alone: not said by others, not in a column of words, not in a text of the program.
  void FindTheirWords() {
    auto store = program_->Open(study_, true);
    auto reading = store->Read();
    std::string mine, others;
    std::vector<Id> sources;
    {
      auto rows = reading->Query("SELECT id FROM source");
      while (rows.Step()) sources.push_back(rows.GetId(0));
    }
    for (const auto& source : sources) {
      const auto text = TextOf(*reading, source);
      std::int64_t at = 0;
      for (const auto& turn : TurnsOf(*reading, source)) {
        if (turn.person_name != kPerson) continue;
        others += std::string(text->Slice({at, turn.words.start})) + " ";
        mine += std::string(text->Slice(turn.words)) + " ";
        at = turn.words.end;
      }
      others += std::string(text->Slice({at, text->size()})) + " ";
    }
    std::vector<std::pair<std::string, std::string>> columns;
    {
      auto rows = reading->Query(
          "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'TEXT' AND t.name NOT IN ('content')");
      while (rows.Step()) columns.emplace_back(rows.Text(0), rows.Text(1));
    }
    for (const auto& [table, column] : columns) {
      auto rows = reading->Query("SELECT " + column + " FROM " + table);
      while (rows.Step()) others += rows.Text(0) + " ";
    }
    for (const auto& entry : fs::directory_iterator(std::string(MEERSTEM_SOURCE_DIR) + "/locales/nl")) others += BytesOf(entry.path().string()) + " ";
    const auto theirs = WordsIn(mine), rest = WordsIn(others);
    std::set_difference(theirs.begin(), theirs.end(), rest.begin(), rest.end(), std::inserter(words_, words_.end()));
    ASSERT_GT(words_.size(), 40u);
  }

  std::set<std::string> Found(const std::string& bytes) {
    const auto all = WordsIn(bytes);
    std::set<std::string> found;
    std::set_intersection(words_.begin(), words_.end(), all.begin(), all.end(), std::inserter(found, found.end()));
    return found;
  }

  /// The words of every file in a zip.
  std::string Unpacked(const std::string& bytes, const std::string& name) {
    const std::string file = folder_.Write(name, bytes), into = folder_.path(name + ".d"), command = "unzip -q -o '" + file + "' -d '" + into + "'";
    EXPECT_EQ(std::system(command.c_str()), 0) << name;
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(into)) {
      if (entry.is_regular_file()) all += BytesOf(entry.path().string()) + " ";
    }
    fs::remove_all(into);
    return all;
  }

  /// Every view in every format in which words can be read, or `only` some; what was found, by view and format.
  std::map<std::string, std::set<std::string>> Walk(const std::set<std::string>& only = {}) {
    std::map<std::string, std::set<std::string>> found;
    int number = 0;
    const auto look = [&](const View& view, const std::string& format, const std::vector<std::string>& arguments) {
      if (!only.empty() && !only.contains(view.id + " " + format)) return;
      std::vector<std::string> words{view.id, "--format", format};
      words.insert(words.end(), arguments.begin(), arguments.end());
      SCOPED_TRACE(view.id + " as " + format);
      std::string bytes = Call(words);
      if (format == "xlsx" || format == "docx" || format == "odt") bytes = Unpacked(bytes, std::to_string(++number) + "." + format);
      auto mine = Found(bytes);
      if (!mine.empty()) found[view.id + " " + format].merge(mine);
    };
    for (const auto& view : program_->registry().views()) {
      const auto known = kArguments.find(view.id);
      for (const auto& format : view::FormatsOf(view.kind)) {
        // Pictures of letters: their words are those of the SVG, which stands for them.
        if (format == "png" || format == "pdf") continue;
        // A display as a text of its own holds the cells of its table, which csv and html hold too.
        if ((format == "docx" || format == "odt") && view.kind != view::Kind::kProse) continue;
        look(view, format, known == kArguments.end() ? std::vector<std::string>() : known->second);
        const bool of_source = std::any_of(view.parameters.begin(), view.parameters.end(), [](const Parameter& p) { return p.name == "source" && p.required; });
        if (of_source) look(view, format, {"--source", kSource});
      }
    }
    const View& search = *program_->registry().FindView("coding.search");
    for (const auto& word : words_) look(search, "csv", {"--text", word, "--mode", "whole-word"});
    return found;
  }

  std::set<std::string> words_;
};

TEST_F(Withdrawal, LeavesNoWordInAnyViewOrExport) {
  const std::set<std::string> shown{"coding.document csv", "coding.retrieve csv", "themes.report docx", "themes.report md", "coding.search csv"};
  const auto before = Walk(shown);
  for (const auto& each : shown) EXPECT_TRUE(before.contains(each)) << each << " did not hold their words before: the walk looks in the wrong place";
  Call({"people.withdraw", "--person", kPerson});
  for (const auto& [where, words] : Walk()) ADD_FAILURE() << where << " still holds: " << *words.begin();
  const std::string project = folder_.path("out.qdpx"), codebook = folder_.path("out.qdc");
  Call({"exchange.export", "--to", project});
  EXPECT_TRUE(Found(Unpacked(BytesOf(project), "out.zip")).empty());
  Call({"exchange.export", "--to", codebook});
  EXPECT_TRUE(Found(BytesOf(codebook)).empty());

  // The journal tells that it was done, without a word.
  const std::string journal = Call({"journal", "--format", "csv"});
  EXPECT_NE(journal.find("people.withdraw"), std::string::npos);
  EXPECT_TRUE(Found(journal).empty());

  // Taken back, they are there again; confirmed, they are nowhere in the file.
  EXPECT_NE(Found(BytesOf(study_)).size(), 0u);
  Call({"undo"});
  EXPECT_FALSE(Found(Call({"coding.document", "--source", kSource, "--format", "csv"})).empty());
  Call({"people.withdraw", "--person", kPerson});
  Call({"people.purge", "--person", kPerson, "--confirm", "yes", "--delete-backups", "yes"});
  std::string bytes;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(study_).parent_path())) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name.find(".meerstem") != std::string::npos) bytes += BytesOf(entry.path().string());
  }
  EXPECT_TRUE(Found(bytes).empty()) << *Found(bytes).begin();
  Call({"check"});
}

}  // namespace
}  // namespace meerstem
