-- Structural signals: what the field tells policy makers. A piece of evidence is a quote or a remark (a quote of it), said
-- of a service or of none.
CREATE TABLE signal (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  request TEXT NOT NULL DEFAULT '',
  addressed_to TEXT NOT NULL DEFAULT '',
  order_key REAL NOT NULL DEFAULT 0
);
CREATE TABLE signal_quote (
  id BLOB NOT NULL PRIMARY KEY,
  signal_id BLOB NOT NULL REFERENCES signal (id),
  quote_id BLOB NOT NULL REFERENCES quote (id),
  service TEXT NOT NULL DEFAULT ''
);
CREATE INDEX signal_quote_signal ON signal_quote (signal_id);
CREATE INDEX signal_quote_quote ON signal_quote (quote_id);

-- A logic model: boxes by stage and by whom they are about, arrows between them, and what is hung on a box: themes, and
-- indicators, which are views with what they are asked.
CREATE TABLE logic_box (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('input', 'activity', 'short', 'middle', 'long', 'impact')),
  level TEXT NOT NULL DEFAULT '' CHECK (level IN ('', 'family', 'coach', 'organisation', 'network')),
  description TEXT NOT NULL DEFAULT '',
  order_key REAL NOT NULL DEFAULT 0
);
CREATE TABLE logic_arrow (
  id BLOB NOT NULL PRIMARY KEY,
  from_id BLOB NOT NULL REFERENCES logic_box (id),
  to_id BLOB NOT NULL REFERENCES logic_box (id),
  because TEXT NOT NULL DEFAULT ''
);
CREATE INDEX logic_arrow_from ON logic_arrow (from_id);
CREATE INDEX logic_arrow_to ON logic_arrow (to_id);
CREATE TABLE logic_theme (
  id BLOB NOT NULL PRIMARY KEY,
  box_id BLOB NOT NULL REFERENCES logic_box (id),
  theme_id BLOB NOT NULL REFERENCES theme (id)
);
CREATE INDEX logic_theme_box ON logic_theme (box_id);
CREATE INDEX logic_theme_theme ON logic_theme (theme_id);
CREATE TABLE logic_indicator (
  id BLOB NOT NULL PRIMARY KEY,
  box_id BLOB NOT NULL REFERENCES logic_box (id),
  name TEXT NOT NULL,
  view TEXT NOT NULL,
  arguments TEXT NOT NULL DEFAULT ''
);
CREATE INDEX logic_indicator_box ON logic_indicator (box_id);
