-- The codebook as it stood on a day. A snapshot's codes keep their own ids and those of the codes they were, which may
-- be gone by now: so those are no foreign keys.

CREATE TABLE codebook_snapshot (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  author_id BLOB REFERENCES researcher (id)
);
CREATE INDEX codebook_snapshot_author ON codebook_snapshot (author_id);

CREATE TABLE codebook_snapshot_code (
  id BLOB NOT NULL PRIMARY KEY,
  snapshot_id BLOB NOT NULL REFERENCES codebook_snapshot (id),
  was_id BLOB NOT NULL,
  was_parent_id BLOB,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  colour TEXT NOT NULL,
  definition TEXT NOT NULL,
  include TEXT NOT NULL,
  exclude TEXT NOT NULL,
  example TEXT NOT NULL,
  deductive INTEGER NOT NULL,
  codable INTEGER NOT NULL,
  codings INTEGER NOT NULL,
  order_key REAL NOT NULL
);
CREATE INDEX codebook_snapshot_code_snapshot ON codebook_snapshot_code (snapshot_id, order_key);
