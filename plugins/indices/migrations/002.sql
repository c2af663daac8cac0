-- What was decided before looking. Each change of the plan is a row of its own, each reveal names the plan and the rule set
-- that stood then; neither is ever changed.
CREATE TABLE analysis_plan (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  researcher_id BLOB REFERENCES researcher (id),
  test TEXT NOT NULL CHECK (test IN ('sign', 'wilcoxon', 'permutation')),
  zeros TEXT NOT NULL CHECK (zeros IN ('pratt', 'drop')),
  sides TEXT NOT NULL CHECK (sides IN ('two', 'greater', 'less')),
  confidence REAL NOT NULL CHECK (confidence > 0 AND confidence < 1),
  criteria_correction TEXT NOT NULL CHECK (criteria_correction IN ('holm', 'bh', 'none')),
  items_correction TEXT NOT NULL CHECK (items_correction IN ('holm', 'bh', 'none')),
  seed INTEGER NOT NULL,
  replicates INTEGER NOT NULL
);
CREATE INDEX analysis_plan_researcher ON analysis_plan (researcher_id);

CREATE TABLE analysis_reveal (
  id BLOB NOT NULL PRIMARY KEY,
  plan_id BLOB NOT NULL REFERENCES analysis_plan (id),
  at INTEGER NOT NULL,
  researcher_id BLOB REFERENCES researcher (id),
  rule_set TEXT NOT NULL
);
CREATE INDEX analysis_reveal_plan ON analysis_reveal (plan_id);
CREATE INDEX analysis_reveal_researcher ON analysis_reveal (researcher_id);
