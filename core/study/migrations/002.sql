-- Professionals are followed as families are, each under instruments of their own. What happened to a case before its
-- registrations: approached, referred by someone, on a waiting list, declined. And what is left out of every count, with
-- the reason: whole cases, whole registrations, single answers; taking one in again deletes its row.
ALTER TABLE study_case ADD COLUMN subject TEXT NOT NULL DEFAULT 'family' CHECK (subject IN ('family', 'professional'));
ALTER TABLE instrument ADD COLUMN subject TEXT NOT NULL DEFAULT 'family' CHECK (subject IN ('family', 'professional'));

CREATE TABLE case_step (
  id BLOB NOT NULL PRIMARY KEY,
  case_id BLOB NOT NULL REFERENCES study_case (id),
  step TEXT NOT NULL CHECK (step IN ('approached', 'referred', 'waiting', 'declined')),
  date TEXT NOT NULL,
  through TEXT NOT NULL DEFAULT ''
);
CREATE INDEX case_step_case ON case_step (case_id);

CREATE TABLE excluded_case (
  id BLOB NOT NULL PRIMARY KEY,
  case_id BLOB NOT NULL REFERENCES study_case (id),
  reason TEXT NOT NULL,
  author_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL
);
CREATE INDEX excluded_case_case ON excluded_case (case_id);
CREATE INDEX excluded_case_author ON excluded_case (author_id);

CREATE TABLE excluded_registration (
  id BLOB NOT NULL PRIMARY KEY,
  registration_id BLOB NOT NULL REFERENCES registration (id),
  reason TEXT NOT NULL,
  author_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL
);
CREATE INDEX excluded_registration_registration ON excluded_registration (registration_id);
CREATE INDEX excluded_registration_author ON excluded_registration (author_id);

CREATE TABLE excluded_answer (
  id BLOB NOT NULL PRIMARY KEY,
  answer_id BLOB NOT NULL REFERENCES answer (id),
  reason TEXT NOT NULL,
  author_id BLOB REFERENCES researcher (id),
  at INTEGER NOT NULL
);
CREATE INDEX excluded_answer_answer ON excluded_answer (answer_id);
CREATE INDEX excluded_answer_author ON excluded_answer (author_id);
