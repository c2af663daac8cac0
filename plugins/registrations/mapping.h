#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/command/parameters.h"
#include "core/plugin/registry.h"
#include "core/store/store.h"
#include "plugins/registrations/table_source.h"

/// Which column of a kind of file is what; remembered in the study under a name, so that the next file of that kind
/// comes in as the last one did.
namespace meerstem::registrations {

struct Mapping {
  std::string shape;                           ///< long, wide; empty: told by the columns.
  std::map<std::string, std::string> columns;  ///< Column by role (case, date ...) or by key of an item.
  std::vector<std::string> not_applicable;     ///< Values that say so, beside n/a and its kin.
  std::vector<std::string> unknown;
  TableOptions options;
  bool operator==(const Mapping&) const = default;
};

/// A mapping that the study remembers.
struct StoredMapping {
  Id id;
  std::string name;
  std::optional<Id> instrument;
  Mapping mapping;
  std::vector<TableColumn> columns;  ///< Of the file that was looked at last: what the form offers.
};
StoredMapping GetMapping(Reading& reading, const Id& id);
/// Under that name, over what stands there. Returns the id.
Id StoreMapping(Writing& writing, const std::string& name, const std::optional<Id>& instrument, const Mapping& mapping, const std::vector<TableColumn>& columns);

/// --mapping, --map, --shape, --separator ...: what every command that reads a table takes.
std::vector<Parameter> MappingParameters();
/// Those of them that are about the file and its columns, not about answers.
std::vector<Parameter> FileParameters();
/// The mapping that is named, with what else was said over it.
Mapping MappingOf(Reading& reading, const Arguments& arguments);
/// Says one thing of a mapping: a role, an item, or shape, separator, encoding, sheet, header, not_applicable, unknown
/// (several values with | between them). An empty value takes it away. kRefused for what cannot be said.
void SetMapping(Mapping& mapping, const std::string& what, const std::string& value);

/// The roles of columns in the order in which a form asks for them.
const std::vector<std::pair<std::string, Message>>& Roles();
/// The column that has this role: the one that is named, or the one whose name says so. kRefused when the named one
/// is not there or the name stands there twice.
std::optional<std::size_t> ColumnOf(const Mapping& mapping, const std::vector<TableColumn>& columns, const std::string& role);

void AddMappingCommands(Registry& registry);
void AddMappingView(Registry& registry);

}  // namespace meerstem::registrations
