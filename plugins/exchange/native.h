#pragma once

#include <map>
#include <set>
#include <string>

#include "plugins/exchange/native_file.h"
#include "plugins/exchange/project.h"

/// Projects as other tools keep them themselves: QualCoder, Taguette, RQDA; one reader for each fills the same Project.
namespace meerstem::exchange {

/// Is this what such a tool keeps (an SQLite file, or QualCoder's folder), and no file for exchange?
bool IsNative(const std::string& path);
/// kRefused, in words, for what none of them made, and for what cannot be read (MAXQDA's own files).
Project ReadNative(const std::string& path, Job& job);
/// What people know the project by: the file's name, or the folder's.
std::string NativeName(const std::string& path);

/// Is this a table by its name?
bool IsCodebookTable(const std::string& path);
/// A codebook from a table with a column “code” or “tag”, and perhaps “description” and “colour”. kRefused for any other.
Project ReadCodebookTable(const std::string& path);
Project ReadCodebookTable(const std::string& path, std::string bytes);

/// A project being filled. These tools number their things; here each gets an id made from the project's own mark, so
/// that the same project, brought in again with more in it, adds only what is new.
class NativeProject {
 public:
  /// `file`: what people call it.
  NativeProject(std::string origin, std::string file) : file_(std::move(file)) { project.origin = std::move(origin); }
  Project project;
  /// Set first: tells this project from any other of the tool.
  std::string mark;
  /// By the tool's own numbers; of texts and cases the index.
  std::map<std::int64_t, Id> codes;
  std::map<std::int64_t, std::size_t> texts, cases;

  Id IdOf(const std::string& kind, const std::string& what) const { return DerivedId(kind, project.origin + "/" + mark + "/" + what); }
  /// The coder of this name; nil for none.
  Id Coder(const std::string& name);
  /// A memo about whatever lists it; nil when it says nothing.
  Id Note(const std::string& what, const std::string& name, const std::string& text, const Stamp& stamp);
  ForeignSource& AddText(std::int64_t number, const std::string& title, const std::string& bytes);
  /// nullptr, and counted as left out, when there is none of this number.
  ForeignSource* TextOf(const std::optional<std::int64_t>& number);

  /// A place that a row of the tool names, and what it says of it.
  struct Place {
    std::optional<std::int64_t> text, start, end;
    Stamp stamp;
    std::string owner;
    std::string words = {};  ///< That the tool itself noted there.
    std::string memo = {};
  };
  /// A coding with its memo; one with an unknown code is counted with those.
  void AddCoding(const std::optional<std::int64_t>& code, const Place& place);
  /// A memo on words without a code.
  void Annotate(const Place& place);
  void AddCase(const std::optional<std::int64_t>& number, const std::string& name, const std::string& memo);
  /// The case is about the place, or about the text when the place is all of it.
  void LinkCase(const std::optional<std::int64_t>& number, const Place& place);
  /// A selection with at most one coding.
  void Select(ForeignSource& source, Selection selection, const ForeignCoding* coding);
  /// Codes in any order, each with the id of the one above it (nil: none); loops are cut.
  void TakeCodes(std::vector<std::pair<ForeignCode, Id>> taken);
  Id Variable(const std::string& name, const std::string& type);

 private:
  /// The text, unless it or the place is missing.
  ForeignSource* Lies(const Place& place);
  static std::string Spell(const ForeignSource& source, const Place& place);
  std::string file_;
  std::set<Id> coders_, variables_;
};

Project ReadQualCoder(NativeFile& file);
Project ReadRqda(NativeFile& file);
Project ReadTaguette(NativeFile& file);

}  // namespace meerstem::exchange
