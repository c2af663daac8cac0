-- What is looked for more than once: queries by name, and lists of word forms (one form a line).
CREATE TABLE saved_query (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  expression TEXT NOT NULL,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX saved_query_name ON saved_query (name);

CREATE TABLE word_list (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  forms TEXT NOT NULL,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX word_list_name ON word_list (name);
