-- type: surveys::Survey in "surveys/survey.hpp"

-- name: insert_survey
INSERT INTO surveys ({columns}) VALUES ({parameters})

-- name: asked_since
SELECT 1 FROM surveys WHERE person_id = $1 AND created_at > $2 LIMIT 1

-- name: survey_by_digest
SELECT {columns} FROM surveys WHERE digest = $1 AND expires_at > $2

-- name: save_answer
-- Refuses (changes no row) when another sending of the form was quicker.
UPDATE surveys
SET    score = $3, comment = $4, answered_at = $5, changed_at = $6, version = version + 1
WHERE  id = $1 AND version = $2

-- name: surveys_of_case
SELECT {columns} FROM surveys WHERE account_id = $1 AND case_id = $2 ORDER BY id

-- name: subject_of_survey
-- The table of another module is read here by name, since that module invites and is above this one.
SELECT number, subject FROM cases WHERE id = $1 AND account_id = $2

-- name: add_count
INSERT INTO survey_counts (month, product_id, score, count) VALUES ($1, $2, $3, $4)
ON CONFLICT (month, product_id, score) DO UPDATE SET count = survey_counts.count + $4

-- name: counts
SELECT month, product_id, score, count FROM survey_counts WHERE count > 0

-- name: answers
-- A page of answers, latest first, from $1 on and before the given key.
SELECT s.id, s.score, s.comment, s.answered_at, s.product_id, c.number, c.subject, p.name, a.name
FROM   surveys s
JOIN   cases c ON c.id = s.case_id
JOIN   people p ON p.id = s.person_id
JOIN   accounts a ON a.id = s.account_id
WHERE  s.score > 0 AND s.answered_at >= $1 AND (s.answered_at, s.id) < ($2, $3)
ORDER  BY s.answered_at DESC, s.id DESC
LIMIT  $4

-- name: answers_of_score
SELECT s.id, s.score, s.comment, s.answered_at, s.product_id, c.number, c.subject, p.name, a.name
FROM   surveys s
JOIN   cases c ON c.id = s.case_id
JOIN   people p ON p.id = s.person_id
JOIN   accounts a ON a.id = s.account_id
WHERE  s.score > 0 AND s.score = $1 AND s.answered_at >= $2 AND (s.answered_at, s.id) < ($3, $4)
ORDER  BY s.answered_at DESC, s.id DESC
LIMIT  $5

-- name: answers_of_product
-- Score 0 does not narrow.
SELECT s.id, s.score, s.comment, s.answered_at, s.product_id, c.number, c.subject, p.name, a.name
FROM   surveys s
JOIN   cases c ON c.id = s.case_id
JOIN   people p ON p.id = s.person_id
JOIN   accounts a ON a.id = s.account_id
WHERE  s.score > 0 AND s.product_id = $1 AND ($2 = 0 OR s.score = $2) AND s.answered_at >= $3
  AND  (s.answered_at, s.id) < ($4, $5)
ORDER  BY s.answered_at DESC, s.id DESC
LIMIT  $6
