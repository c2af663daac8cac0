-- The file that a source came from, for showing its pages: by content, like texts, so that undo never copies one. It is as
-- it was, with the names in it that the study hides.
CREATE TABLE original (hash BLOB NOT NULL PRIMARY KEY, bytes BLOB NOT NULL);

CREATE TABLE source_original (
  id BLOB NOT NULL PRIMARY KEY,
  source_id BLOB NOT NULL REFERENCES source (id),
  original_hash BLOB NOT NULL REFERENCES original (hash)
);
CREATE INDEX source_original_source ON source_original (source_id);
CREATE INDEX source_original_hash ON source_original (original_hash);
