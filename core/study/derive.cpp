#include "core/study/derive.h"

#include "core/store/changeset.h"

#include <sqlite3.h>

namespace meerstem {

OneMoment::OneMoment(Reading& reading) : database_(reading.database()) {
  own_ = sqlite3_get_autocommit(database_.handle()) != 0;
  if (own_) database_.Do("BEGIN");
  try {
    version_ = database_.Number("SELECT ifnull(max(seq), 0) FROM journal");
  } catch (...) {
    if (own_) sqlite3_exec(database_.handle(), "COMMIT", nullptr, nullptr, nullptr);
    throw;
  }
}

OneMoment::~OneMoment() {
  // Nothing was written: ending it can lose nothing.
  if (own_) sqlite3_exec(database_.handle(), "COMMIT", nullptr, nullptr, nullptr);
}

Happened Between(Reading& reading, std::int64_t from, std::int64_t to, const std::set<std::string>& watched, std::size_t at_most) {
  Happened happened;
  // An undo or a redo carries no changes of its own: those of the entry that it replays touched the same rows.
  auto rows = reading.Query(
      "SELECT changes FROM journal LEFT JOIN journal_change ON journal_change.seq = ifnull(target, journal.seq) "
      "WHERE journal.seq > ? AND journal.seq <= ? ORDER BY journal.seq",
      from, to);
  while (rows.Step()) {
    const auto [bytes, size] = rows.Blob(0);
    if (!bytes) {
      happened.known = false;
      return happened;
    }
    EachChangedRow(bytes, size, [&](const std::string& table, const std::vector<Id>& ids) {
      happened.tables.insert(table);
      if (watched.contains(table) && happened.rows.size() <= at_most) happened.rows.emplace_back(table, ids);
    });
  }
  happened.known = happened.rows.size() <= at_most;
  return happened;
}

}  // namespace meerstem
