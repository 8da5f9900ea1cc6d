-- Everybody who can be a contact or sign in. Role: 0 customer, 1 company manager, 2 agent, 3 administrator.
-- State: 0 contact without access, 1 active, 2 deactivated.
CREATE TABLE people (
  id                   BIGINT PRIMARY KEY,
  account_id           BIGINT NOT NULL,
  role                 BIGINT NOT NULL DEFAULT 0,
  state                BIGINT NOT NULL DEFAULT 1,
  name                 TEXT   NOT NULL,
  name_key             TEXT   NOT NULL,
  email                TEXT   NOT NULL,
  email_key            TEXT   NOT NULL,
  phone                TEXT   NOT NULL DEFAULT '',
  country              TEXT   NOT NULL DEFAULT 'RU',
  locale               BIGINT NOT NULL DEFAULT 0,
  time_zone            TEXT   NOT NULL DEFAULT 'Europe/Moscow',
  shortcuts            BIGINT NOT NULL DEFAULT 1,
  pinned_view          BIGINT NOT NULL DEFAULT 0,
  password_hash        TEXT   NOT NULL DEFAULT '',
  must_change_password BIGINT NOT NULL DEFAULT 0,
  unread_notifications BIGINT NOT NULL DEFAULT 0,
  created_at           BIGINT NOT NULL,
  version              BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX people_by_email ON people (email_key);
CREATE INDEX people_of_account ON people (account_id, name_key, id);

-- Secrets that open a door once: links in mails (purpose 0: first password) and temporary passwords
-- (purpose 1, whose digest is a password hash). The secret itself is never stored.
CREATE TABLE one_time_secrets (
  digest     TEXT   PRIMARY KEY,
  person_id  BIGINT NOT NULL,
  purpose    BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX one_time_secrets_of_person ON one_time_secrets (person_id, purpose);

-- Failed sign-ins, by account name and by address, to slow guessing down without locking the owner out.
CREATE TABLE sign_in_failures (
  subject   TEXT   PRIMARY KEY,
  count     BIGINT NOT NULL,
  since     BIGINT NOT NULL
);
