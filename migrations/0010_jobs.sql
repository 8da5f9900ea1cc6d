-- Work to be done after a commit, once, with retries. State: 0 waiting, 1 taken (until `due_at`), 2 given up.
CREATE TABLE jobs (
  id         BIGINT PRIMARY KEY,
  kind       TEXT   NOT NULL,
  payload    TEXT   NOT NULL,
  state      BIGINT NOT NULL DEFAULT 0,
  attempts   BIGINT NOT NULL DEFAULT 0,
  due_at     BIGINT NOT NULL,
  error      TEXT   NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (state, due_at);

-- Work that comes back by the clock.
CREATE TABLE schedules (
  name   TEXT   PRIMARY KEY,
  due_at BIGINT NOT NULL
);
