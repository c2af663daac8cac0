-- What a theme rests on beyond codes and single quotes: saved queries (another component's rows, so without a foreign key:
-- a query that is gone leaves its link, which says so) and, against it, quotes that contradict it.
CREATE TABLE theme_query (
  id BLOB NOT NULL PRIMARY KEY,
  theme_id BLOB NOT NULL REFERENCES theme (id),
  query_id BLOB NOT NULL
);
CREATE INDEX theme_query_theme ON theme_query (theme_id);
CREATE INDEX theme_query_query ON theme_query (query_id);

CREATE TABLE theme_against (
  id BLOB NOT NULL PRIMARY KEY,
  theme_id BLOB NOT NULL REFERENCES theme (id),
  quote_id BLOB NOT NULL REFERENCES quote (id),
  note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX theme_against_theme ON theme_against (theme_id);
CREATE INDEX theme_against_quote ON theme_against (quote_id);

-- What was expected before anyone was heard, and which themes of the study answer to it.
CREATE TABLE frame (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  origin TEXT NOT NULL DEFAULT '',
  order_key REAL NOT NULL DEFAULT 0
);
CREATE TABLE frame_theme (
  id BLOB NOT NULL PRIMARY KEY,
  frame_id BLOB NOT NULL REFERENCES frame (id),
  parent_id BLOB REFERENCES frame_theme (id),
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX frame_theme_frame ON frame_theme (frame_id);
CREATE INDEX frame_theme_parent ON frame_theme (parent_id);
CREATE TABLE frame_match (
  id BLOB NOT NULL PRIMARY KEY,
  frame_theme_id BLOB NOT NULL REFERENCES frame_theme (id),
  theme_id BLOB NOT NULL REFERENCES theme (id)
);
CREATE INDEX frame_match_frame_theme ON frame_match (frame_theme_id);
CREATE INDEX frame_match_theme ON frame_match (theme_id);

-- What was asked: guides of topics, the themes that a topic opens, and the conversations in which a guide was used.
CREATE TABLE topic_guide (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE TABLE topic (
  id BLOB NOT NULL PRIMARY KEY,
  guide_id BLOB NOT NULL REFERENCES topic_guide (id),
  text TEXT NOT NULL,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX topic_guide_of ON topic (guide_id);
CREATE TABLE topic_theme (
  id BLOB NOT NULL PRIMARY KEY,
  topic_id BLOB NOT NULL REFERENCES topic (id),
  theme_id BLOB NOT NULL REFERENCES theme (id)
);
CREATE INDEX topic_theme_topic ON topic_theme (topic_id);
CREATE INDEX topic_theme_theme ON topic_theme (theme_id);
CREATE TABLE guide_use (
  id BLOB NOT NULL PRIMARY KEY,
  guide_id BLOB NOT NULL REFERENCES topic_guide (id),
  source_id BLOB NOT NULL REFERENCES source (id)
);
CREATE INDEX guide_use_guide ON guide_use (guide_id);
CREATE INDEX guide_use_source ON guide_use (source_id);

-- The framework matrix: what one case or one person says about a theme, in the researcher's words, and the quotes that it
-- rests on with the hash of the words they had. A quote that goes leaves its row, emptied; a person or case that goes takes
-- what was written about it along, hence a table for each.
CREATE TABLE case_summary (
  id BLOB NOT NULL PRIMARY KEY,
  theme_id BLOB NOT NULL REFERENCES theme (id),
  case_id BLOB NOT NULL REFERENCES study_case (id),
  text TEXT NOT NULL,
  author_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL
);
CREATE INDEX case_summary_theme ON case_summary (theme_id);
CREATE INDEX case_summary_case ON case_summary (case_id);
CREATE INDEX case_summary_author ON case_summary (author_id);
CREATE TABLE case_summary_quote (
  id BLOB NOT NULL PRIMARY KEY,
  summary_id BLOB NOT NULL REFERENCES case_summary (id),
  quote_id BLOB REFERENCES quote (id),
  seen BLOB NOT NULL
);
CREATE INDEX case_summary_quote_summary ON case_summary_quote (summary_id);
CREATE INDEX case_summary_quote_quote ON case_summary_quote (quote_id);

CREATE TABLE person_summary (
  id BLOB NOT NULL PRIMARY KEY,
  theme_id BLOB NOT NULL REFERENCES theme (id),
  person_id BLOB NOT NULL REFERENCES person (id),
  text TEXT NOT NULL,
  author_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL
);
CREATE INDEX person_summary_theme ON person_summary (theme_id);
CREATE INDEX person_summary_person ON person_summary (person_id);
CREATE INDEX person_summary_author ON person_summary (author_id);
CREATE TABLE person_summary_quote (
  id BLOB NOT NULL PRIMARY KEY,
  summary_id BLOB NOT NULL REFERENCES person_summary (id),
  quote_id BLOB REFERENCES quote (id),
  seen BLOB NOT NULL
);
CREATE INDEX person_summary_quote_summary ON person_summary_quote (summary_id);
CREATE INDEX person_summary_quote_quote ON person_summary_quote (quote_id);

-- A quote in another language, by whom, and the hash of the words that were translated.
CREATE TABLE quote_translation (
  id BLOB NOT NULL PRIMARY KEY,
  quote_id BLOB NOT NULL REFERENCES quote (id),
  language TEXT NOT NULL,
  translator TEXT NOT NULL,
  text TEXT NOT NULL,
  seen BLOB NOT NULL
);
CREATE INDEX quote_translation_quote ON quote_translation (quote_id);

-- Back to those who spoke: what became of a conversation's member check, and what they answered, as a source.
CREATE TABLE member_check (
  id BLOB NOT NULL PRIMARY KEY,
  source_id BLOB NOT NULL REFERENCES source (id),
  person_id BLOB REFERENCES person (id),
  status TEXT NOT NULL CHECK (status IN ('planned', 'sent', 'confirmed', 'corrected', 'no_reply', 'declined', 'not_possible')),
  date TEXT,
  note TEXT NOT NULL DEFAULT '',
  reply_id BLOB REFERENCES source (id)
);
CREATE INDEX member_check_source ON member_check (source_id);
CREATE INDEX member_check_person ON member_check (person_id);
CREATE INDEX member_check_reply ON member_check (reply_id);
