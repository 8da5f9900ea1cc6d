-- Signed-in browsers. Kept for a while after they end, so that what is typed in an expired one finds its owner.
CREATE TABLE sessions (
  digest     TEXT   PRIMARY KEY,
  person_id  BIGINT NOT NULL,
  csrf       TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  client     TEXT   NOT NULL DEFAULT '',
  browser    TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX sessions_of_person ON sessions (person_id, expires_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);
