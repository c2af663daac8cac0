#pragma once

#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/id.h"
#include "core/command/job.h"
#include "core/store/store.h"
#include "plugins/exchange/project.h"
#include "plugins/exchange/report.h"

/// A project laid beside the study: what of it is new, under which ids, and what becomes of the rest. Reads only; the same
/// file laid beside a study that holds it finds nothing to add.
namespace meerstem::exchange {

struct NewCode {
  Id id;
  std::optional<Id> parent;
  const ForeignCode* code;
  std::string colour;
};

struct NewQuote {
  Id id;
  Id source;
  std::optional<Id> span;   ///< A span of the study that lies there already.
  Range range;
  Stamp stamp;
};

struct NewCoding {
  Id id;
  Id quote;
  Id code;
  Stamp stamp;              ///< `by` is a researcher of the study, or nil.
};

struct NewSource {
  Id id;
  std::string title;
  const ForeignSource* source;
  std::map<std::string, std::string> meta;  ///< By column of kMeta.
};

/// Codings of one source follow one another in `quotes` and `codings`.
struct NewMemo {
  Id id;
  std::string entity_kind;
  Id entity;
  std::string kind;
  std::string text;
  Stamp stamp;
};

struct NewVariable {
  Id id;
  std::string name;
  std::string type;
  std::string entity_kind;
};

struct NewCase {
  Id id;
  std::string code;
  std::map<std::string, std::string> meta;
};

struct NewKept {
  Id id;
  std::string kind;
  std::string xml;
  bool in_study = false;
};

struct Alias {
  Id id;
  std::string kind;
  Id entity;
};

struct Resolved {
  std::vector<ForeignUser> users;
  std::vector<NewCode> codes;
  std::vector<std::pair<Id, std::pair<const char*, std::string>>> code_notes;  ///< Code, column, text.
  std::vector<NewSource> sources;
  std::vector<NewQuote> quotes;
  std::vector<NewCoding> codings;
  std::vector<NewMemo> memos;
  std::vector<NewVariable> variables;
  std::vector<std::pair<Id, std::pair<Id, std::string>>> values;  ///< Variable, entity, value.
  std::vector<NewCase> cases;
  std::vector<std::pair<Id, Id>> source_about;  ///< Source, case.
  std::vector<std::pair<Id, Id>> quote_about;   ///< Quote, case.
  std::vector<NewKept> kept;
  std::vector<Alias> aliases;
  Report report;
  /// Nothing at all would be added.
  bool empty() const;
};

/// `project` must outlive the result.
Resolved Resolve(Reading& reading, const Project& project, const std::string& file, Job& job);

}  // namespace meerstem::exchange
