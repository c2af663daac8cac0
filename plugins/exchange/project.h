#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/id.h"
#include "core/base/message.h"
#include "core/study/places.h"
#include "plugins/exchange/offsets.h"
#include "plugins/exchange/xml_reader.h"

/// A project of another tool in memory, as it says itself, whatever its format: what every reader fills and the importer
/// lays beside the study. Nil ids: not said.
namespace meerstem::exchange {

struct Stamp {
  Id by;
  std::optional<std::int64_t> at;
};

struct ForeignUser {
  Id id;
  std::string name;
};

/// Parents come before their children.
struct ForeignCode {
  Id id;
  std::optional<std::size_t> parent;  ///< Index.
  std::string name;
  std::string colour;                 ///< As it came; may be no colour at all.
  std::string description;
  bool codable = true;
  std::vector<Id> notes;
};

struct ForeignCoding {
  Id id;
  Id code;
  Stamp stamp;
};

struct Selection {
  Id id;
  Stamp stamp;
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::string name;
  std::string description;
  std::uint32_t first_coding = 0;  ///< In ForeignSource::codings.
  std::uint32_t codings = 0;
  std::vector<Id> notes;
};

struct ForeignValue {
  Id variable;
  std::string value;
};

/// A text that can be coded: a text source, the text of a PDF, a transcript.
struct ForeignSource {
  Id id;
  std::string title;
  std::string file_name;
  std::optional<ForeignText> text;    ///< None: the project does not hold it.
  std::vector<Selection> selections;
  std::vector<ForeignCoding> codings; ///< Of the selections, each one's together.
  std::vector<ForeignCoding> whole;   ///< On the source as a whole.
  std::string description;
  std::vector<Id> notes;
  std::vector<ForeignValue> values;
  std::string original;               ///< The PDF whose text it is; empty: not to be had, or too large to keep.
  std::vector<Page> pages;            ///< Of that.
};

/// An element that no table of the study can hold.
struct ForeignKept {
  Element element;
  bool in_study = false;  ///< What remains of a source whose text is in `sources`.
};

struct ForeignNote {
  Id id;
  std::string name;
  std::string text;
  std::string description;
  Stamp stamp;
};

struct ForeignVariable {
  Id id;
  std::string name;
  std::string type;  ///< As the store spells it: text, boolean, integer, float, date, datetime.
};

struct ForeignCase {
  Id id;
  std::string name;
  std::string description;
  std::vector<ForeignValue> values;
  std::vector<Id> sources;
  std::vector<Id> selections;
};

/// Why something was left out: the reason, how often, and the first place.
struct Dropped {
  std::int64_t count = 0;
  std::string first;
};

struct Project {
  std::string name;
  std::string origin;
  bool codebook_only = false;
  std::vector<ForeignUser> users;
  std::vector<ForeignCode> codes;
  std::vector<ForeignVariable> variables;
  std::vector<ForeignCase> cases;
  std::vector<ForeignSource> sources;
  std::vector<ForeignNote> notes;
  std::vector<Id> notes_of_study;
  std::vector<ForeignKept> kept;
  std::string description;
  std::optional<OffsetRule> counts;        ///< What places count, where the format settles it; otherwise the origin does.
  Message places;                          ///< How the reader itself counted places into the texts; empty: as `counts` says.
  bool names_are_words = false;            ///< A selection's name is what the tool noted as its words, never a title.
  std::map<std::string, Dropped> dropped;  ///< By key of the reason (report.cpp).

  void Drop(const std::string& reason, const std::string& where) {
    Dropped& drop = dropped[reason];
    if (drop.count++ == 0) drop.first = where;
  }
};

/// Does an attribute of this name hold a GUID?
bool IsReference(std::string_view attribute);
/// As it is written: in capitals, which every reader takes.
std::string ShowGuid(const Id& id);

/// An id made from others, the same whenever the same file is read again.
Id DerivedId(const std::string& kind, const std::string& from);

}  // namespace meerstem::exchange
