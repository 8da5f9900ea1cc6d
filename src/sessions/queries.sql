-- type: sessions::Session in "sessions/sessions.hpp"

-- name: insert_session
INSERT INTO sessions ({columns}) VALUES ({parameters})

-- name: session_by_digest
SELECT {columns} FROM sessions WHERE digest = $1

-- name: person_of_session
-- type: people::Person in "people/person.hpp"
SELECT {columns:p}, a.name
FROM   people p
JOIN   accounts a ON a.id = p.account_id
WHERE  p.id = $1

-- name: touch_session
UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE digest = $1

-- name: delete_session
DELETE FROM sessions WHERE digest = $1

-- name: delete_other_sessions
DELETE FROM sessions WHERE person_id = $1 AND digest <> $2

-- name: sessions_of_person
SELECT {columns} FROM sessions WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC

-- name: delete_ended_sessions
DELETE FROM sessions WHERE expires_at < $1

-- name: failures_of_subject
SELECT count, since FROM sign_in_failures WHERE subject = $1

-- name: add_failure
INSERT INTO sign_in_failures (subject, count, since) VALUES ($1, 1, $2)
ON CONFLICT (subject) DO UPDATE SET
  count = CASE WHEN sign_in_failures.since < $3 THEN 1 ELSE sign_in_failures.count + 1 END,
  since = CASE WHEN sign_in_failures.since < $3 THEN $2 ELSE sign_in_failures.since END

-- name: clear_failures
DELETE FROM sign_in_failures WHERE subject = $1

-- name: forget_failures
DELETE FROM sign_in_failures WHERE since < $1
