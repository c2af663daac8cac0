#pragma once

#include <string>

#include "core/store/store.h"

namespace meerstem {

/// Deletes one row and what hangs on it by walking the schema's foreign keys: a child whose key is NOT NULL is deleted
/// in turn, a nullable key is emptied; memos and variable values of every deleted id go too. So a plugin's rows need
/// no code here. Undo brings all of it back.
void DeleteEntity(Writing& writing, const std::string& table, const Id& id);

/// Points everything that refers to `from` at `into`, then deletes `from`.
void MergeEntity(Writing& writing, const std::string& table, const Id& from, const Id& into);

}  // namespace meerstem
