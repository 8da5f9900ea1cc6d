-- What is being typed. `subject_id` is the case for a comment, 0 for a new case. The draft's id is also the
-- proof that a form was sent once: `sent_as` is then what it became.
CREATE TABLE drafts (
  id         BIGINT PRIMARY KEY,
  person_id  BIGINT NOT NULL,
  kind       BIGINT NOT NULL,
  subject_id BIGINT NOT NULL DEFAULT 0,
  fields     TEXT   NOT NULL,
  sent_as    BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL,
  version    BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX drafts_of_person ON drafts (person_id, kind, subject_id, sent_as);
CREATE INDEX drafts_by_time ON drafts (updated_at);
