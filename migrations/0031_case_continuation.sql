-- The closed case that a customer's comment opened this one from; 0: none.
ALTER TABLE cases ADD COLUMN continues_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX cases_continuing ON cases (continues_id, id) WHERE continues_id <> 0;
