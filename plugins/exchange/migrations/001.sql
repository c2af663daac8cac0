-- What came in with a project and stands nowhere else in the study: it goes out again with the next export. `xml` is
-- the element as it came, without what became rows of the study. `in_study`: its text is the source of the same id, and
-- goes out only as long as that source is there.
CREATE TABLE exchange_kept (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  xml TEXT NOT NULL,
  in_study INTEGER NOT NULL DEFAULT 0,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX exchange_kept_kind ON exchange_kept (kind, order_key);

-- A GUID of a file that became, or was found to be, something with another id.
CREATE TABLE exchange_alias (
  id BLOB NOT NULL PRIMARY KEY,
  entity_kind TEXT NOT NULL,
  entity_id BLOB NOT NULL
);

-- What each project brought and what was left behind, line by line; texts for people as the journal keeps them.
CREATE TABLE exchange_import (
  id BLOB NOT NULL PRIMARY KEY,
  file_name TEXT NOT NULL,
  origin TEXT NOT NULL,
  offsets TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE exchange_line (
  id BLOB NOT NULL PRIMARY KEY,
  import_id BLOB NOT NULL REFERENCES exchange_import (id),
  what TEXT NOT NULL,
  found INTEGER NOT NULL,
  added INTEGER NOT NULL,
  present INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  dropped INTEGER NOT NULL,
  remark TEXT NOT NULL,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX exchange_line_import ON exchange_line (import_id);
