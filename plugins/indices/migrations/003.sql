-- Rule sets that are put aside: kept for the results that name them, no longer offered beside the one in use.
CREATE TABLE archived_rule_set (
  id BLOB NOT NULL PRIMARY KEY,
  rule_set_id BLOB NOT NULL REFERENCES rule_set (id)
);
CREATE INDEX archived_rule_set_rule_set ON archived_rule_set (rule_set_id);
