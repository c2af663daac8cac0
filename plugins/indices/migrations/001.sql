-- Rule sets as they came in: `json` is the whole file. One is in use at a time.
CREATE TABLE rule_set (
  id BLOB NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  version TEXT NOT NULL,
  name TEXT NOT NULL,
  json TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 0
);
