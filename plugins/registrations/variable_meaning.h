#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/store/store.h"
#include "plugins/registrations/export_table.h"
#include "plugins/registrations/table_source.h"

/// What the file of a statistics program says of a variable beside its values.
namespace meerstem::registrations {

/// Nothing but a name is known: there is nothing to keep.
bool SaysNothing(const TableColumn& column);
void StoreMeaning(Writing& writing, const Id& variable, const TableColumn& column);
std::optional<TableColumn> MeaningOf(Reading& reading, const Id& variable);

/// What a value is called, by its code: its label, with the code behind it where several have the same one.
std::map<std::string, std::string> CalledBy(const TableColumn& column);
/// The code of a value as a cell shows it.
std::string CodeOf(const TableColumn& column, const std::string& shown);

/// The column of a statistics file that says the same.
ExportColumn AsColumn(const std::string& name, const TableColumn& meaning);

}  // namespace meerstem::registrations
