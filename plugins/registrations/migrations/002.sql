-- What the file of a statistics program said of a variable, so that it can go out as it came: `label` the question, `json`
-- the values with their labels, those declared missing, the level of measurement.
CREATE TABLE variable_meaning (
  id BLOB NOT NULL PRIMARY KEY,
  variable_id BLOB NOT NULL REFERENCES variable (id),
  label TEXT NOT NULL,
  json TEXT NOT NULL
);
CREATE INDEX variable_meaning_variable ON variable_meaning (variable_id);

-- A value that the file declares missing: no value for any count, but told again when the variable goes out.
CREATE TABLE variable_missing (
  id BLOB NOT NULL PRIMARY KEY,
  variable_id BLOB NOT NULL REFERENCES variable (id),
  entity_id BLOB NOT NULL,
  code TEXT NOT NULL
);
CREATE INDEX variable_missing_variable ON variable_missing (variable_id);
