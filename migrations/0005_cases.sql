-- Numbers that people name on the phone. One row, changed in the same unit that uses the number.
CREATE TABLE case_numbers (
  id   BIGINT PRIMARY KEY,
  last BIGINT NOT NULL
);
INSERT INTO case_numbers (id, last) VALUES (1, 6746000);

-- Reports. Status, origin and impact are the numbers of the enums in `cases/case.hpp`.
CREATE TABLE cases (
  id             BIGINT PRIMARY KEY,
  account_id     BIGINT NOT NULL,
  number         BIGINT NOT NULL,
  contact_id     BIGINT NOT NULL,
  author_id      BIGINT NOT NULL,
  assignee_id    BIGINT NOT NULL DEFAULT 0,
  product_id     BIGINT NOT NULL,
  country        TEXT   NOT NULL,
  subject        TEXT   NOT NULL,
  subject_key    TEXT   NOT NULL,
  description    TEXT   NOT NULL,
  solution       TEXT   NOT NULL DEFAULT '',
  status         BIGINT NOT NULL DEFAULT 0,
  origin         BIGINT NOT NULL DEFAULT 0,
  impact         BIGINT NOT NULL DEFAULT 1,
  opened_at      BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  solved_at      BIGINT NOT NULL DEFAULT 0,
  closed_at      BIGINT NOT NULL DEFAULT 0,
  version        BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX cases_by_number ON cases (number);
-- One index for each order of a company's list. The first two hold what lists are filtered by, so that counting
-- reads the index alone; ids are ordered by time, so they also serve ranges of dates.
CREATE INDEX cases_of_account ON cases (account_id, id, status, product_id, contact_id);
CREATE INDEX cases_of_contact ON cases (account_id, contact_id, id, status, product_id);
CREATE INDEX cases_of_account_by_number ON cases (account_id, number);
CREATE INDEX cases_of_account_by_subject ON cases (account_id, subject_key, id);
CREATE INDEX cases_of_account_by_status ON cases (account_id, status, id);
-- Those that wait for their contact's answer, who is shown them first of all.
CREATE INDEX cases_waiting ON cases (contact_id, id) WHERE status = 2;

-- How many cases an account and each of its contacts (contact 0: all of them) have in each status: a list's
-- count is read, not counted.
CREATE TABLE case_counts (
  account_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  status     BIGINT NOT NULL,
  count      BIGINT NOT NULL,
  PRIMARY KEY (account_id, contact_id, status)
);

-- Who has opened cases for an account, with the name as it is shown and as the list is sorted by it.
CREATE TABLE case_contacts (
  account_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  name_key   TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  PRIMARY KEY (account_id, contact_id)
);
CREATE INDEX case_contacts_by_name ON case_contacts (account_id, name_key, contact_id, name);

-- Opened and solved cases of an account a week; weeks begin on Monday 00:00 UTC.
CREATE TABLE case_weeks (
  account_id BIGINT NOT NULL,
  week       BIGINT NOT NULL,
  opened     BIGINT NOT NULL DEFAULT 0,
  solved     BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, week)
);

-- What happened to a case, never edited. `field` is empty for acts that are no change of a field.
CREATE TABLE case_events (
  id         BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  case_id    BIGINT NOT NULL,
  actor_id   BIGINT NOT NULL,
  kind       BIGINT NOT NULL,
  visibility BIGINT NOT NULL,
  field      TEXT   NOT NULL DEFAULT '',
  before     TEXT   NOT NULL DEFAULT '',
  after      TEXT   NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
);
CREATE INDEX case_events_of_case ON case_events (account_id, case_id, id);

-- Visibility: 0 internal (agents only), 1 public.
CREATE TABLE comments (
  id         BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  case_id    BIGINT NOT NULL,
  author_id  BIGINT NOT NULL,
  visibility BIGINT NOT NULL,
  origin     BIGINT NOT NULL DEFAULT 0,
  body       TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX comments_of_case ON comments (account_id, case_id, visibility, id);

CREATE TABLE followers (
  account_id BIGINT NOT NULL,
  case_id    BIGINT NOT NULL,
  person_id  BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (case_id, person_id)
);

-- The last things each person looked at, newest first. Kind: 0 case.
CREATE TABLE recent_views (
  person_id  BIGINT NOT NULL,
  kind       BIGINT NOT NULL,
  object_id  BIGINT NOT NULL,
  viewed_at  BIGINT NOT NULL,
  PRIMARY KEY (person_id, kind, object_id)
);
CREATE INDEX recent_views_by_time ON recent_views (person_id, viewed_at);
