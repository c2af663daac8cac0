-- The ledger: findings, what speaks for them in each strand, and who judged how the strands fit.

-- How two strands can fit. The study may rename, describe, add and take away; names are texts by language.
CREATE TABLE finding_label (
  id BLOB NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  definition TEXT NOT NULL DEFAULT '{}',
  fit TEXT NOT NULL CHECK (fit IN ('agreement', 'partial', 'complementarity', 'dissonance', 'silence')),
  order_key REAL NOT NULL DEFAULT 0
);
-- The same ids in every study, so that two ledgers can be laid together.
INSERT INTO finding_label (id, key, name, definition, fit, order_key) VALUES
  (x'0190b6a0000070008000000000000001', 'agreement', '{"en": "Agreement", "nl": "Overeenstemming"}',
   '{"en": "The strands say the same, in meaning and in what they cover.", "nl": "De luiken zeggen hetzelfde, in betekenis en in wat ze beslaan."}', 'agreement', 1),
  (x'0190b6a0000070008000000000000002', 'partial', '{"en": "Partial agreement", "nl": "Gedeeltelijke overeenstemming"}',
   '{"en": "The strands agree in meaning or in what they cover, not in both.", "nl": "De luiken stemmen overeen in betekenis of in wat ze beslaan, niet in allebei."}', 'partial', 2),
  (x'0190b6a0000070008000000000000003', 'complementarity', '{"en": "Complementarity", "nl": "Aanvulling"}',
   '{"en": "The strands say different things that belong together: one explains or widens the other.", "nl": "De luiken zeggen verschillende dingen die samenhoren: het ene verklaart of verruimt het andere."}', 'complementarity', 3),
  (x'0190b6a0000070008000000000000004', 'dissonance', '{"en": "Dissonance", "nl": "Tegenspraak"}',
   '{"en": "The strands contradict each other.", "nl": "De luiken spreken elkaar tegen."}', 'dissonance', 4),
  (x'0190b6a0000070008000000000000005', 'silence', '{"en": "Silence", "nl": "Stilte"}',
   '{"en": "One strand speaks of it; the other was asked and says nothing.", "nl": "Het ene luik spreekt erover; het andere werd ernaar gevraagd en zegt niets."}', 'silence', 5);

-- `inference_seen` is what the evidence came to when the inference was written (a hash, no words).
CREATE TABLE finding (
  id BLOB NOT NULL PRIMARY KEY,
  construct TEXT NOT NULL,
  statement TEXT NOT NULL DEFAULT '',
  quantitative TEXT NOT NULL DEFAULT '',
  qualitative TEXT NOT NULL DEFAULT '',
  quantitative_category TEXT NOT NULL DEFAULT '',
  pillar TEXT NOT NULL DEFAULT '',
  qualitative_category TEXT NOT NULL DEFAULT '',
  inference TEXT NOT NULL DEFAULT '',
  inference_seen BLOB,
  order_key REAL NOT NULL DEFAULT 0
);

-- A quote; a theme (an entity of whoever has themes, by kind and id); a value of a view, with the value as it stood;
-- what earlier studies found. `seen` is the hash of what stood there when it was entered. `led_to` is why the thread
-- went on from here.
CREATE TABLE finding_evidence (
  id BLOB NOT NULL PRIMARY KEY,
  finding_id BLOB NOT NULL REFERENCES finding (id),
  kind TEXT NOT NULL CHECK (kind IN ('quote', 'theme', 'value', 'literature')),
  quote_id BLOB REFERENCES quote (id),
  entity_kind TEXT NOT NULL DEFAULT '',
  entity_id BLOB,
  stakeholder_id BLOB REFERENCES stakeholder_type (id),
  source_id BLOB REFERENCES source (id),
  view TEXT NOT NULL DEFAULT '',
  arguments TEXT NOT NULL DEFAULT '',
  view_row TEXT NOT NULL DEFAULT '',
  view_column TEXT NOT NULL DEFAULT '',
  value TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  led_to TEXT NOT NULL DEFAULT '',
  seen BLOB,
  author_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX finding_evidence_finding ON finding_evidence (finding_id);
CREATE INDEX finding_evidence_quote ON finding_evidence (quote_id);
CREATE INDEX finding_evidence_stakeholder ON finding_evidence (stakeholder_id);
CREATE INDEX finding_evidence_source ON finding_evidence (source_id);
CREATE INDEX finding_evidence_author ON finding_evidence (author_id);

-- Where a voice has nothing to say on a finding: asked and silent, or never asked. `voice`: numbers, remarks,
-- literature, or the key of a stakeholder type.
CREATE TABLE finding_silence (
  id BLOB NOT NULL PRIMARY KEY,
  finding_id BLOB NOT NULL REFERENCES finding (id),
  voice TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('silent', 'not_asked')),
  note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX finding_silence_finding ON finding_silence (finding_id);

-- Each analyst's own judgement; nobody sees one until two have judged.
CREATE TABLE finding_judgement (
  id BLOB NOT NULL PRIMARY KEY,
  finding_id BLOB NOT NULL REFERENCES finding (id),
  researcher_id BLOB NOT NULL REFERENCES researcher (id),
  label_id BLOB NOT NULL REFERENCES finding_label (id),
  rationale TEXT NOT NULL DEFAULT '',
  seen BLOB NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX finding_judgement_finding ON finding_judgement (finding_id);
CREATE INDEX finding_judgement_researcher ON finding_judgement (researcher_id);
CREATE INDEX finding_judgement_label ON finding_judgement (label_id);

CREATE TABLE finding_verdict (
  id BLOB NOT NULL PRIMARY KEY,
  finding_id BLOB NOT NULL REFERENCES finding (id),
  researcher_id BLOB REFERENCES researcher (id),
  label_id BLOB NOT NULL REFERENCES finding_label (id),
  rationale TEXT NOT NULL DEFAULT '',
  seen BLOB NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX finding_verdict_finding ON finding_verdict (finding_id);
CREATE INDEX finding_verdict_researcher ON finding_verdict (researcher_id);
CREATE INDEX finding_verdict_label ON finding_verdict (label_id);

-- Of which change a theme or code speaks when it is heard.
CREATE TABLE voice_direction (
  id BLOB NOT NULL PRIMARY KEY,
  entity_kind TEXT NOT NULL,
  entity_id BLOB NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('better', 'worse'))
);
CREATE INDEX voice_direction_entity ON voice_direction (entity_id);

-- What was expected before the tests of association were looked at, and when they were. Neither is ever changed.
CREATE TABLE hypothesis (
  id BLOB NOT NULL PRIMARY KEY,
  row_dimension TEXT NOT NULL,
  row_key TEXT NOT NULL,
  column_dimension TEXT NOT NULL,
  text TEXT NOT NULL,
  researcher_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL
);
CREATE INDEX hypothesis_researcher ON hypothesis (researcher_id);
CREATE TABLE association_reveal (
  id BLOB NOT NULL PRIMARY KEY,
  researcher_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL
);
CREATE INDEX association_reveal_researcher ON association_reveal (researcher_id);
