-- What a person should hear of inside the portal. Written in the unit of the act itself.
CREATE TABLE notifications (
  id         BIGINT PRIMARY KEY,
  person_id  BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  case_id    BIGINT NOT NULL,
  actor_id   BIGINT NOT NULL,
  kind       BIGINT NOT NULL,
  detail     TEXT   NOT NULL DEFAULT '',
  read_at    BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);
CREATE INDEX notifications_of_person ON notifications (person_id, id);
