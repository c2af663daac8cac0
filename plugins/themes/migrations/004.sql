-- Reporting checklists (COREQ, SRQR ...) with what the researchers wrote to each point.
CREATE TABLE checklist (
  id BLOB NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  json TEXT NOT NULL
);

CREATE TABLE checklist_answer (
  id BLOB NOT NULL PRIMARY KEY,
  checklist_id BLOB NOT NULL REFERENCES checklist (id),
  item TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX checklist_answer_checklist ON checklist_answer (checklist_id);
