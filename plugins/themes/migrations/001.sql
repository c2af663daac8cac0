CREATE TABLE theme (
  id BLOB NOT NULL PRIMARY KEY,
  parent_id BLOB REFERENCES theme (id),
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX theme_parent ON theme (parent_id);

CREATE TABLE theme_code (
  id BLOB NOT NULL PRIMARY KEY,
  theme_id BLOB NOT NULL REFERENCES theme (id),
  code_id BLOB NOT NULL REFERENCES code (id)
);
CREATE INDEX theme_code_theme ON theme_code (theme_id);
CREATE INDEX theme_code_code ON theme_code (code_id);

CREATE TABLE theme_quote (
  id BLOB NOT NULL PRIMARY KEY,
  theme_id BLOB NOT NULL REFERENCES theme (id),
  quote_id BLOB NOT NULL REFERENCES quote (id)
);
CREATE INDEX theme_quote_theme ON theme_quote (theme_id);
CREATE INDEX theme_quote_quote ON theme_quote (quote_id);

CREATE TABLE chapter (
  id BLOB NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  order_key REAL NOT NULL DEFAULT 0
);

-- A quote block whose quote goes keeps its place (quote_id is emptied) and says so where it stands.
CREATE TABLE chapter_block (
  id BLOB NOT NULL PRIMARY KEY,
  chapter_id BLOB NOT NULL REFERENCES chapter (id),
  kind TEXT NOT NULL CHECK (kind IN ('heading', 'paragraph', 'quote')),
  level INTEGER NOT NULL DEFAULT 1,
  text TEXT NOT NULL DEFAULT '',
  quote_id BLOB REFERENCES quote (id),
  revision INTEGER NOT NULL DEFAULT 1,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX chapter_block_chapter ON chapter_block (chapter_id);
CREATE INDEX chapter_block_quote ON chapter_block (quote_id);
