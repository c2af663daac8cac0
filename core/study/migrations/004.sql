-- Where words stand outside their text: at a moment of the recording, on a page of the file. On spans, so that they move
-- along when the text is corrected.
CREATE TABLE moment (
  id BLOB NOT NULL PRIMARY KEY,
  span_id BLOB NOT NULL REFERENCES span (id),
  from_ms INTEGER NOT NULL CHECK (from_ms >= 0),
  until_ms INTEGER CHECK (until_ms >= from_ms)
);
CREATE INDEX moment_span ON moment (span_id);

CREATE TABLE page (
  id BLOB NOT NULL PRIMARY KEY,
  span_id BLOB NOT NULL REFERENCES span (id),
  number INTEGER NOT NULL
);
CREATE INDEX page_span ON page (span_id);

-- Quotes whose words a correction changed, until someone has looked at them. On the span, so that a quote whose ends were
-- moved since needs no look. The words as they were are a range of the text as it was; no reference holds that text,
-- because it may have to be erased.
CREATE TABLE changed_words (
  id BLOB NOT NULL PRIMARY KEY,
  span_id BLOB NOT NULL REFERENCES span (id),
  before_hash BLOB NOT NULL,
  before_start INTEGER NOT NULL,
  before_end INTEGER NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX changed_words_span ON changed_words (span_id);
