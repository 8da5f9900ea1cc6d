-- Who asks to be let in. State: 0 waiting, 1 approved, 2 refused. Account 0: none was found, agents choose one.
CREATE TABLE access_requests (
  id         BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  state      BIGINT NOT NULL DEFAULT 0,
  name       TEXT   NOT NULL,
  email      TEXT   NOT NULL,
  email_key  TEXT   NOT NULL,
  company    TEXT   NOT NULL,
  phone      TEXT   NOT NULL DEFAULT '',
  comment    TEXT   NOT NULL DEFAULT '',
  locale     BIGINT NOT NULL DEFAULT 0,
  person_id  BIGINT NOT NULL DEFAULT 0,
  decided_by BIGINT NOT NULL DEFAULT 0,
  decided_at BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);
-- Asking again while the first request waits changes nothing.
CREATE UNIQUE INDEX access_requests_waiting ON access_requests (email_key) WHERE state = 0;
CREATE INDEX access_requests_by_state ON access_requests (state, id);
CREATE INDEX access_requests_of_account ON access_requests (account_id, state, id);

-- Those who are told of each request.
CREATE INDEX people_of_staff ON people (id) WHERE role >= 2;
