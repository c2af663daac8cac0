#pragma once

#include <string>
#include <vector>

#include "core/base/language.h"
#include "core/store/store.h"
#include "core/view/model.h"

namespace meerstem::view {

/// The formats in which a kind can be written: table, csv, json, html for all; xlsx for Table, Matrix and Chart; svg, png,
/// pdf for Table (its first rows), Matrix and Chart; docx, odt for these and Tree, as a text of one table or figure; md,
/// docx, odt, pdf for Prose.
std::vector<std::string> FormatsOf(Kind kind);

/// The model in `format`, as the bytes of a file. `reading` is for the rows of tables. Every writer knows every cell
/// state. kUsage when the kind has no such format.
std::string Write(const Model& model, const std::string& format, const Language& language, Reading& reading);

}  // namespace meerstem::view
