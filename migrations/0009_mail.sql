-- Outgoing mail, written with the change that causes it. State: 0 waiting, 1 being sent, 2 sent, 3 failed.
CREATE TABLE mails (
  id          BIGINT PRIMARY KEY,
  account_id  BIGINT NOT NULL DEFAULT 0,
  case_id     BIGINT NOT NULL DEFAULT 0,
  person_id   BIGINT NOT NULL DEFAULT 0,
  kind        BIGINT NOT NULL,
  locale      BIGINT NOT NULL,
  to_name     TEXT   NOT NULL,
  to_address  TEXT   NOT NULL,
  subject     TEXT   NOT NULL,
  fields      TEXT   NOT NULL,
  message_id  TEXT   NOT NULL,
  state       BIGINT NOT NULL DEFAULT 0,
  attempts    BIGINT NOT NULL DEFAULT 0,
  due_at      BIGINT NOT NULL,
  answer      TEXT   NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  sent_at     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX mails_due ON mails (state, due_at);
CREATE INDEX mails_of_case ON mails (case_id, id);
