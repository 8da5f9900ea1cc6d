-- Words of cases, cut and scoped by the program as for the embedded engine, so that both find the same.
DROP TABLE case_words;
CREATE TABLE case_words (
  account_id BIGINT   NOT NULL,
  case_id    BIGINT   NOT NULL,
  words      TSVECTOR NOT NULL,
  PRIMARY KEY (case_id)
);
CREATE INDEX case_words_found ON case_words USING gin (words);
