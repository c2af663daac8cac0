-- How tables of one kind are read: `json` the mapping, `columns` those of the file that was looked at last.
CREATE TABLE import_mapping (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  instrument_id BLOB REFERENCES instrument (id),
  json TEXT NOT NULL,
  columns TEXT NOT NULL
);
CREATE INDEX import_mapping_instrument ON import_mapping (instrument_id);

-- When an instrument is due: every so many months, so many months after the start (0: at intake), or at closing.
CREATE TABLE instrument_occasion (
  id BLOB NOT NULL PRIMARY KEY,
  instrument_id BLOB NOT NULL REFERENCES instrument (id),
  name TEXT NOT NULL,
  rule TEXT NOT NULL CHECK (rule IN ('every', 'after', 'closing')),
  months INTEGER NOT NULL DEFAULT 0 CHECK (months >= 0),
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX instrument_occasion_instrument ON instrument_occasion (instrument_id);

-- What a point of a scale said in an earlier version of its instrument; recorded values keep their meaning readable.
CREATE TABLE former_wording (
  id BLOB NOT NULL PRIMARY KEY,
  scale_point_id BLOB NOT NULL REFERENCES scale_point (id),
  version TEXT NOT NULL,
  label TEXT NOT NULL
);
CREATE INDEX former_wording_point ON former_wording (scale_point_id);
