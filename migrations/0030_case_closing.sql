-- When the contact was warned that the proposed solution closes the case; 0: not since it was proposed.
ALTER TABLE cases ADD COLUMN close_warned_at BIGINT NOT NULL DEFAULT 0;
-- Solved cases alone: first those to warn of, in the order of their solutions, then those to close, in that of warnings.
CREATE INDEX cases_to_close ON cases (close_warned_at, solved_at, id) WHERE status = 3;
