-- Mails that the demo shows instead of sending: the raw message of each, the latest few hundred.
CREATE TABLE demo_mails (
  id         BIGINT PRIMARY KEY,
  to_name    TEXT   NOT NULL,
  to_address TEXT   NOT NULL,
  subject    TEXT   NOT NULL,
  message    TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);
