-- How the speakers of a source were found when it came in, so that a corrected text is read in the same way.
CREATE TABLE speaker_reading (
  id BLOB NOT NULL PRIMARY KEY,
  source_id BLOB NOT NULL REFERENCES source (id),
  form TEXT NOT NULL,
  pattern TEXT NOT NULL DEFAULT ''
);
CREATE INDEX speaker_reading_source ON speaker_reading (source_id);
