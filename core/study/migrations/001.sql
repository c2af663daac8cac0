-- The domain. Texts and bytes live in `content`, which undo does not reach (rows are found by what they hold and
-- shared); everything else here is tracked. Order keys are fractional, never unique. Names in several languages are
-- JSON objects {"nl": "...", "en": "..."}.

CREATE TABLE content (hash BLOB NOT NULL PRIMARY KEY, text TEXT NOT NULL);

CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE researcher (id BLOB NOT NULL PRIMARY KEY, name TEXT NOT NULL, colour TEXT);

CREATE TABLE site (id BLOB NOT NULL PRIMARY KEY, name TEXT NOT NULL, order_key REAL NOT NULL DEFAULT 0);

CREATE TABLE stakeholder_type (
  id BLOB NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  researcher INTEGER NOT NULL DEFAULT 0,
  order_key REAL NOT NULL DEFAULT 0
);

CREATE TABLE study_case (
  id BLOB NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  site_id BLOB REFERENCES site (id),
  started TEXT,
  ended TEXT,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX study_case_site ON study_case (site_id);
CREATE INDEX study_case_code ON study_case (code);

CREATE TABLE person (
  id BLOB NOT NULL PRIMARY KEY,
  pseudonym TEXT NOT NULL,
  name TEXT,
  stakeholder_id BLOB REFERENCES stakeholder_type (id),
  site_id BLOB REFERENCES site (id),
  birth_year INTEGER,
  may_analyse INTEGER NOT NULL DEFAULT 1,
  may_quote INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX person_stakeholder ON person (stakeholder_id);
CREATE INDEX person_site ON person (site_id);
CREATE INDEX person_pseudonym ON person (pseudonym);

-- `code` is what registrations call the member (BA-05-A1), whatever pseudonym the person has in conversations.
CREATE TABLE membership (
  id BLOB NOT NULL PRIMARY KEY,
  person_id BLOB NOT NULL REFERENCES person (id),
  case_id BLOB NOT NULL REFERENCES study_case (id),
  role TEXT NOT NULL CHECK (role IN ('adult', 'child', 'coach')),
  code TEXT NOT NULL DEFAULT '',
  joined TEXT,
  left_on TEXT,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX membership_person ON membership (person_id);
CREATE INDEX membership_case ON membership (case_id);
CREATE INDEX membership_code ON membership (code);

CREATE TABLE source (
  id BLOB NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('interview', 'focus_group', 'field_note', 'document', 'remark', 'literature')),
  content_hash BLOB NOT NULL REFERENCES content (hash),
  language TEXT,
  date TEXT,
  site_id BLOB REFERENCES site (id),
  stakeholder_id BLOB REFERENCES stakeholder_type (id),
  file_name TEXT,
  encoding TEXT,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX source_content ON source (content_hash);
CREATE INDEX source_site ON source (site_id);
CREATE INDEX source_stakeholder ON source (stakeholder_id);
CREATE INDEX source_title ON source (title);

CREATE TABLE span (
  id BLOB NOT NULL PRIMARY KEY,
  source_id BLOB NOT NULL REFERENCES source (id),
  start INTEGER NOT NULL CHECK (start >= 0),
  end INTEGER NOT NULL CHECK (end >= start)
);
CREATE INDEX span_source ON span (source_id, start, end);

CREATE TABLE speaker (
  id BLOB NOT NULL PRIMARY KEY,
  source_id BLOB NOT NULL REFERENCES source (id),
  label TEXT NOT NULL,
  person_id BLOB REFERENCES person (id)
);
CREATE INDEX speaker_source ON speaker (source_id);
CREATE INDEX speaker_person ON speaker (person_id);

CREATE TABLE turn (
  id BLOB NOT NULL PRIMARY KEY,
  speaker_id BLOB NOT NULL REFERENCES speaker (id),
  label_span_id BLOB REFERENCES span (id),
  span_id BLOB NOT NULL REFERENCES span (id)
);
CREATE INDEX turn_speaker ON turn (speaker_id);
CREATE INDEX turn_label_span ON turn (label_span_id);
CREATE INDEX turn_span ON turn (span_id);

CREATE TABLE code (
  id BLOB NOT NULL PRIMARY KEY,
  parent_id BLOB REFERENCES code (id),
  name TEXT NOT NULL,
  colour TEXT NOT NULL,
  definition TEXT NOT NULL DEFAULT '',
  include TEXT NOT NULL DEFAULT '',
  exclude TEXT NOT NULL DEFAULT '',
  example TEXT NOT NULL DEFAULT '',
  deductive INTEGER NOT NULL DEFAULT 0,
  codable INTEGER NOT NULL DEFAULT 1,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX code_parent ON code (parent_id);

CREATE TABLE quote (
  id BLOB NOT NULL PRIMARY KEY,
  span_id BLOB NOT NULL REFERENCES span (id),
  created_by BLOB REFERENCES researcher (id),
  created_at INTEGER NOT NULL
);
CREATE INDEX quote_span ON quote (span_id);
CREATE INDEX quote_creator ON quote (created_by);

CREATE TABLE coding (
  id BLOB NOT NULL PRIMARY KEY,
  quote_id BLOB NOT NULL REFERENCES quote (id),
  code_id BLOB NOT NULL REFERENCES code (id),
  coder_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('hand', 'search', 'import', 'suggestion'))
);
CREATE INDEX coding_quote ON coding (quote_id);
CREATE INDEX coding_code ON coding (code_id);
CREATE INDEX coding_coder ON coding (coder_id);

-- What a quote or a whole source is about, beyond who speaks in it.
CREATE TABLE quote_about (
  id BLOB NOT NULL PRIMARY KEY,
  quote_id BLOB NOT NULL REFERENCES quote (id),
  case_id BLOB NOT NULL REFERENCES study_case (id)
);
CREATE INDEX quote_about_quote ON quote_about (quote_id);
CREATE INDEX quote_about_case ON quote_about (case_id);

CREATE TABLE source_about (
  id BLOB NOT NULL PRIMARY KEY,
  source_id BLOB NOT NULL REFERENCES source (id),
  case_id BLOB NOT NULL REFERENCES study_case (id)
);
CREATE INDEX source_about_source ON source_about (source_id);
CREATE INDEX source_about_case ON source_about (case_id);

-- `entity_id` may be anything's id; deleting a thing deletes its memos (core/study/deletion).
CREATE TABLE memo (
  id BLOB NOT NULL PRIMARY KEY,
  entity_kind TEXT NOT NULL,
  entity_id BLOB NOT NULL,
  kind TEXT NOT NULL DEFAULT 'general',
  text TEXT NOT NULL,
  author_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL
);
CREATE INDEX memo_entity ON memo (entity_id);
CREATE INDEX memo_author ON memo (author_id);

CREATE TABLE variable (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('text', 'boolean', 'integer', 'float', 'date', 'datetime')),
  entity_kind TEXT NOT NULL CHECK (entity_kind IN ('source', 'person', 'case')),
  order_key REAL NOT NULL DEFAULT 0
);
CREATE TABLE variable_value (
  id BLOB NOT NULL PRIMARY KEY,
  variable_id BLOB NOT NULL REFERENCES variable (id),
  entity_id BLOB NOT NULL,
  value TEXT NOT NULL
);
CREATE INDEX variable_value_variable ON variable_value (variable_id);
CREATE INDEX variable_value_entity ON variable_value (entity_id);

-- Names in texts and what is shown instead, on screen and in every export. Offsets never shift.
CREATE TABLE replacement (id BLOB NOT NULL PRIMARY KEY, words TEXT NOT NULL, shown TEXT NOT NULL);

CREATE TABLE instrument (
  id BLOB NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  version TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE instrument_domain (
  id BLOB NOT NULL PRIMARY KEY,
  instrument_id BLOB NOT NULL REFERENCES instrument (id),
  level TEXT NOT NULL CHECK (level IN ('household', 'adult', 'child')),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX instrument_domain_instrument ON instrument_domain (instrument_id);
CREATE TABLE item (
  id BLOB NOT NULL PRIMARY KEY,
  domain_id BLOB NOT NULL REFERENCES instrument_domain (id),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  question TEXT NOT NULL DEFAULT '{}',
  not_applicable INTEGER NOT NULL DEFAULT 0,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX item_domain ON item (domain_id);
CREATE INDEX item_key ON item (key);
CREATE TABLE scale_point (
  id BLOB NOT NULL PRIMARY KEY,
  item_id BLOB NOT NULL REFERENCES item (id),
  value INTEGER NOT NULL,
  label TEXT NOT NULL
);
CREATE INDEX scale_point_item ON scale_point (item_id);

CREATE TABLE registration (
  id BLOB NOT NULL PRIMARY KEY,
  case_id BLOB NOT NULL REFERENCES study_case (id),
  instrument_id BLOB NOT NULL REFERENCES instrument (id),
  date TEXT NOT NULL,
  registrar_id BLOB REFERENCES person (id),
  occasion TEXT NOT NULL DEFAULT ''
);
CREATE INDEX registration_case ON registration (case_id, date);
CREATE INDEX registration_instrument ON registration (instrument_id);
CREATE INDEX registration_registrar ON registration (registrar_id);

-- Only what was entered; what carries forward is derived (core/study/carrying). person_id NULL: the household.
CREATE TABLE answer (
  id BLOB NOT NULL PRIMARY KEY,
  registration_id BLOB NOT NULL REFERENCES registration (id),
  item_id BLOB NOT NULL REFERENCES item (id),
  person_id BLOB REFERENCES person (id),
  status TEXT NOT NULL CHECK (status IN ('rated', 'confirmed', 'copied', 'not_applicable', 'unknown', 'remark')),
  value INTEGER,
  remark_id BLOB REFERENCES source (id),
  CHECK ((value IS NOT NULL) = (status IN ('rated', 'confirmed', 'copied')))
);
CREATE INDEX answer_registration ON answer (registration_id);
CREATE INDEX answer_item ON answer (item_id);
CREATE INDEX answer_person ON answer (person_id);
CREATE INDEX answer_remark ON answer (remark_id);

-- For outside readers: plain SQL in sqlite3, R or Python. Ids as hex text.
CREATE VIEW code_path AS
  WITH RECURSIVE walk (id, path, depth) AS (
    SELECT id, name, 0 FROM code WHERE parent_id IS NULL
    UNION ALL
    SELECT code.id, walk.path || '/' || code.name, walk.depth + 1 FROM code JOIN walk ON code.parent_id = walk.id
  )
  SELECT id, path, depth FROM walk;

CREATE VIEW quote_text AS
  SELECT lower(hex(quote.id)) AS quote_id, source.title AS source, span.start, span.end,
         substr(content.text, span.start + 1, span.end - span.start) AS text
  FROM quote JOIN span ON span.id = quote.span_id JOIN source ON source.id = span.source_id
  JOIN content ON content.hash = source.content_hash;

CREATE VIEW coding_full AS
  SELECT lower(hex(coding.id)) AS coding_id, lower(hex(quote.id)) AS quote_id, code_path.path AS code,
         researcher.name AS coder, source.title AS source, span.start, span.end,
         substr(content.text, span.start + 1, span.end - span.start) AS text, coding.origin, coding.at
  FROM coding JOIN quote ON quote.id = coding.quote_id JOIN span ON span.id = quote.span_id
  JOIN source ON source.id = span.source_id JOIN content ON content.hash = source.content_hash
  JOIN code_path ON code_path.id = coding.code_id LEFT JOIN researcher ON researcher.id = coding.coder_id;

CREATE VIEW answer_full AS
  SELECT study_case.code AS "case", site.name AS site, registration.date, person.pseudonym AS member, item.key AS item,
         answer.status, answer.value, content.text AS remark
  FROM answer JOIN registration ON registration.id = answer.registration_id
  JOIN study_case ON study_case.id = registration.case_id LEFT JOIN site ON site.id = study_case.site_id
  JOIN item ON item.id = answer.item_id LEFT JOIN person ON person.id = answer.person_id
  LEFT JOIN source ON source.id = answer.remark_id LEFT JOIN content ON content.hash = source.content_hash;
