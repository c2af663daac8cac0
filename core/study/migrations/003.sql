-- What people agreed to: every answer with its day, for each use; the last one is in force, and person's own columns say
-- what follows from it. `withdrawn` is the day on which somebody took back everything: their words are shown nowhere, and
-- stand in the file until that is confirmed (core/study/purge).
ALTER TABLE person ADD COLUMN may_archive INTEGER NOT NULL DEFAULT 1;
ALTER TABLE person ADD COLUMN withdrawn TEXT;

-- `guardian`: who answered for a minor, in the role and not by name.
CREATE TABLE consent (
  id BLOB NOT NULL PRIMARY KEY,
  person_id BLOB NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('analysis', 'quotation', 'archive', 'everything')),
  answer TEXT NOT NULL CHECK (answer IN ('given', 'refused', 'withdrawn', 'purged')),
  date TEXT NOT NULL,
  guardian TEXT NOT NULL DEFAULT '',
  recorded_by BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL
);
CREATE INDEX consent_person ON consent (person_id, at);
CREATE INDEX consent_recorder ON consent (recorded_by);

-- A name that is also a word (Wil, Roos) is one only with its capital.
ALTER TABLE replacement ADD COLUMN capital INTEGER NOT NULL DEFAULT 0;

-- Words with a capital of which the researcher said that they name nobody.
CREATE TABLE no_name (id BLOB NOT NULL PRIMARY KEY, words TEXT NOT NULL);

-- Younger than eighteen in the year of a conversation, or known as a child of a family.
CREATE VIEW minor_person AS
  SELECT person.id FROM person WHERE CASE WHEN birth_year IS NULL
    THEN EXISTS (SELECT 1 FROM membership WHERE membership.person_id = person.id AND role = 'child')
    ELSE EXISTS (SELECT 1 FROM speaker JOIN source ON source.id = source_id
                 WHERE speaker.person_id = person.id AND (date IS NULL OR CAST(substr(date, 1, 4) AS INTEGER) - birth_year < 18)) END;

-- Minors for whom nobody who may has consented: their words stay in the house.
CREATE VIEW unguarded_person AS
  SELECT id FROM minor_person WHERE NOT EXISTS (
    SELECT 1 FROM consent WHERE consent.person_id = minor_person.id AND answer = 'given' AND guardian <> '');
