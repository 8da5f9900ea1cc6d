-- Bytes, stored once by their digest (BLAKE2b-256, hex). Kept while an attachment or an upload names them.
CREATE TABLE blobs (
  digest     TEXT   PRIMARY KEY,
  size       BIGINT NOT NULL,
  media_type TEXT   NOT NULL,
  thumbnail  BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);

-- Files of a case. A file on an internal comment is as hidden as the comment.
CREATE TABLE attachments (
  id          BIGINT PRIMARY KEY,
  account_id  BIGINT NOT NULL,
  case_id     BIGINT NOT NULL,
  comment_id  BIGINT NOT NULL DEFAULT 0,
  author_id   BIGINT NOT NULL,
  visibility  BIGINT NOT NULL DEFAULT 1,
  name        TEXT   NOT NULL,
  media_type  TEXT   NOT NULL,
  size        BIGINT NOT NULL,
  digest      TEXT   NOT NULL,
  thumbnail   BIGINT NOT NULL DEFAULT 0,
  created_at  BIGINT NOT NULL
);
CREATE INDEX attachments_of_case ON attachments (account_id, case_id, id);
CREATE INDEX attachments_of_blob ON attachments (digest);

-- Files on their way. The bytes grow in a file named by the id; when `received` reaches `size` they become a
-- blob and wait for the form they were chosen in. The length of that file is the truth, `received` follows it; but
-- where the sender proves its pieces (`proved`), bytes beyond `received` may be unproved and go after a crash.
CREATE TABLE uploads (
  id         TEXT   PRIMARY KEY,
  person_id  BIGINT NOT NULL,
  draft_id   BIGINT NOT NULL DEFAULT 0,
  name       TEXT   NOT NULL,
  size       BIGINT NOT NULL,
  received   BIGINT NOT NULL DEFAULT 0,
  digest     TEXT   NOT NULL DEFAULT '',
  media_type TEXT   NOT NULL DEFAULT '',
  thumbnail  BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  proved     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX uploads_of_person ON uploads (person_id, draft_id);
CREATE INDEX uploads_by_end ON uploads (expires_at);
CREATE INDEX uploads_of_blob ON uploads (digest);
