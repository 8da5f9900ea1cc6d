-- Words of cases, by the Russian configuration (which leaves English words to the English stemmer).
CREATE TABLE case_words (
  account_id BIGINT   NOT NULL,
  case_id    BIGINT   NOT NULL,
  words      TSVECTOR NOT NULL,
  PRIMARY KEY (account_id, case_id)
);
CREATE INDEX case_words_found ON case_words USING gin (words);
