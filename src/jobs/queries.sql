-- type: jobs::Job in "jobs/jobs.hpp"

-- name: insert_job
INSERT INTO jobs ({columns}) VALUES ({parameters})

-- name: take_due
-- engine: sqlite
-- The one that is longest due at $1, waiting or left by a taker that has not come back; the caller's until $2.
UPDATE jobs
SET    state = 1, attempts = attempts + 1, due_at = $2
WHERE  id = (SELECT id
             FROM   (SELECT id, due_at FROM (SELECT id, due_at FROM jobs WHERE state = 0 AND due_at <= $1
                                             ORDER BY due_at LIMIT 1)
                     UNION ALL
                     SELECT id, due_at FROM (SELECT id, due_at FROM jobs WHERE state = 1 AND due_at <= $1
                                             ORDER BY due_at LIMIT 1))
             ORDER  BY due_at LIMIT 1)
RETURNING {columns}

-- name: take_due
-- engine: postgres
UPDATE jobs
SET    state = 1, attempts = attempts + 1, due_at = $2
WHERE  id = (SELECT id FROM jobs WHERE state IN (0, 1) AND due_at <= $1 ORDER BY due_at LIMIT 1
             FOR UPDATE SKIP LOCKED)
RETURNING {columns}

-- name: end_leases
UPDATE jobs SET due_at = $1 WHERE state = 1 AND due_at > $1

-- name: next_due
SELECT min(due_at)
FROM   (SELECT min(due_at) AS due_at FROM jobs WHERE state = 0
        UNION ALL
        SELECT min(due_at) AS due_at FROM jobs WHERE state = 1) AS earliest

-- name: finish
-- Only the latest taker may say that it is done.
DELETE FROM jobs WHERE id = $1 AND attempts = $2

-- name: postpone
UPDATE jobs SET state = $3, due_at = $4, error = $5 WHERE id = $1 AND attempts = $2

-- name: add_schedule
INSERT INTO schedules (name, due_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING

-- name: schedule_due
SELECT due_at FROM schedules WHERE name = $1

-- name: take_schedule
-- Changes one row for the node that is to run it.
UPDATE schedules SET due_at = $3 WHERE name = $1 AND due_at <= $2
