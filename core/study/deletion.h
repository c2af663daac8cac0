#pragma once

#include <string>

#include "core/store/store.h"

namespace meerstem {

/// Deletes one row and what hangs on it by walking the schema's foreign keys: a child whose key is NOT NULL is deleted
/// in turn, a nullable key is emptied; memos and variable values of every deleted id go too. So a plugin's rows need
/// no code here. Undo brings all of it back.
void DeleteEntity(Writing& writing, const std::string& table, const Id& id);

/// Points everything that refers to `from` at `into`, then deletes `from`. Rows that then say the same twice (the same
/// code on the same quote by the same coder) become one; an `into` that hangs below `from` takes its place.
void MergeEntity(Writing& writing, const std::string& table, const Id& from, const Id& into);

/// Does any foreign key of the schema point at this row?
bool IsReferenced(Reading& reading, const std::string& table, const Id& id);

}  // namespace meerstem
