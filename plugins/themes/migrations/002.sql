-- A block may also be a view that stands in the text. A quote knows which words it had when it was put there (a hash, not
-- the words) and for which theme it speaks.
CREATE TABLE chapter_block_new (
  id BLOB NOT NULL PRIMARY KEY,
  chapter_id BLOB NOT NULL REFERENCES chapter (id),
  kind TEXT NOT NULL CHECK (kind IN ('heading', 'paragraph', 'quote', 'view')),
  level INTEGER NOT NULL DEFAULT 1,
  text TEXT NOT NULL DEFAULT '',
  quote_id BLOB REFERENCES quote (id),
  revision INTEGER NOT NULL DEFAULT 1,
  order_key REAL NOT NULL DEFAULT 0,
  theme_id BLOB REFERENCES theme (id),
  seen BLOB,
  view TEXT NOT NULL DEFAULT '',
  arguments TEXT NOT NULL DEFAULT '',
  shape TEXT NOT NULL DEFAULT 'figure' CHECK (shape IN ('figure', 'table')),
  anchor TEXT NOT NULL DEFAULT ''
);
INSERT INTO chapter_block_new (id, chapter_id, kind, level, text, quote_id, revision, order_key)
  SELECT id, chapter_id, kind, level, text, quote_id, revision, order_key FROM chapter_block;
DROP TABLE chapter_block;
ALTER TABLE chapter_block_new RENAME TO chapter_block;
CREATE INDEX chapter_block_chapter ON chapter_block (chapter_id);
CREATE INDEX chapter_block_quote ON chapter_block (quote_id);
CREATE INDEX chapter_block_theme ON chapter_block (theme_id);

-- Words of a quote that are left out where it stands in a chapter, and dialect words that are explained there.
CREATE TABLE chapter_mark (
  id BLOB NOT NULL PRIMARY KEY,
  block_id BLOB NOT NULL REFERENCES chapter_block (id),
  span_id BLOB NOT NULL REFERENCES span (id),
  kind TEXT NOT NULL CHECK (kind IN ('cut', 'gloss')),
  text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX chapter_mark_block ON chapter_mark (block_id);
CREATE INDEX chapter_mark_span ON chapter_mark (span_id);
