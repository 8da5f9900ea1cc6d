-- Invitations to rate a closed case, each with its answer once there is one. Score: 0 no answer, 1 to 5.
CREATE TABLE surveys (
  id          BIGINT PRIMARY KEY,
  account_id  BIGINT NOT NULL,
  case_id     BIGINT NOT NULL,
  person_id   BIGINT NOT NULL,
  assignee_id BIGINT NOT NULL,
  product_id  BIGINT NOT NULL,
  digest      TEXT   NOT NULL,
  score       BIGINT NOT NULL DEFAULT 0,
  comment     TEXT   NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  answered_at BIGINT NOT NULL DEFAULT 0,
  changed_at  BIGINT NOT NULL DEFAULT 0,
  version     BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX surveys_by_digest ON surveys (digest);
CREATE INDEX surveys_of_case ON surveys (account_id, case_id, id);
CREATE INDEX surveys_of_person ON surveys (person_id, created_at);
-- Answers, latest first: all, those of a score, those about a product.
CREATE INDEX surveys_answered ON surveys (answered_at, id) WHERE score > 0;
CREATE INDEX surveys_of_score ON surveys (score, answered_at, id) WHERE score > 0;
CREATE INDEX surveys_of_product ON surveys (product_id, answered_at, id) WHERE score > 0;

-- How many answers gave each score to each product in each month (UTC, counted from January 1970): results are read,
-- not counted.
CREATE TABLE survey_counts (
  month      BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  score      BIGINT NOT NULL,
  count      BIGINT NOT NULL,
  PRIMARY KEY (month, product_id, score)
);
