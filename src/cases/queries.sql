-- type: cases::Case in "cases/case.hpp"

-- name: next_number
-- engine: sqlite
UPDATE case_numbers SET last = last + 1 WHERE id = 1 RETURNING last

-- name: next_number
-- engine: postgres
SELECT nextval('case_number')

-- name: insert_case
INSERT INTO cases ({columns}) VALUES ({parameters})

-- name: case_by_number
-- For staff, who see every account.
SELECT {columns} FROM cases WHERE number = $1

-- name: case_by_number_of_account
-- engine: sqlite
-- By this index another company's case costs what one that does not exist costs: its row is never fetched.
SELECT {columns} FROM cases INDEXED BY cases_of_account_by_number WHERE number = $1 AND account_id = $2

-- name: case_by_number_of_account
-- engine: postgres
SELECT {columns} FROM cases WHERE number = $1 AND account_id = $2

-- name: case_by_id
SELECT {columns} FROM cases WHERE id = $1

-- name: update_case
-- Refuses (changes no row) when somebody else was quicker.
UPDATE cases
SET    assignee_id = $3, solution = $4, status = $5, updated_at = $6, solved_at = $7, closed_at = $8,
       product_id = $9, priority = $10, version = version + 1,
       close_warned_at = CASE WHEN solved_at = $7 THEN close_warned_at ELSE 0 END
WHERE  id = $1 AND version = $2

-- name: cases_to_warn_of
-- Solved until $1 (3 is Status::solved), and nobody has been warned since; the longest solved first.
SELECT {columns}
FROM   cases
WHERE  status = 3 AND close_warned_at = 0 AND solved_at <= $1
ORDER  BY solved_at, id
LIMIT  $2

-- name: note_close_warning
-- Takes the warning for the caller: changes no row when it was given meanwhile or the case went on.
UPDATE cases SET close_warned_at = $2 WHERE id = $1 AND status = 3 AND close_warned_at = 0

-- name: cases_to_close
-- Warned of until $1 and solved until $2, the longest warned of first.
SELECT {columns}
FROM   cases
WHERE  status = 3 AND close_warned_at > 0 AND close_warned_at <= $1 AND solved_at <= $2
ORDER  BY close_warned_at, solved_at, id
LIMIT  $3

-- name: set_continued
UPDATE cases SET continues_id = $2 WHERE id = $1

-- name: continuations
SELECT number FROM cases WHERE continues_id = $2 AND continues_id <> 0 AND account_id = $1 ORDER BY id LIMIT 20

-- name: number_of_case
SELECT number FROM cases WHERE id = $2 AND account_id = $1

-- name: insert_event
-- type: cases::Event in "cases/case.hpp"
INSERT INTO case_events ({columns}) VALUES ({parameters})

-- name: events_of_case
-- type: cases::Event in "cases/case.hpp"
-- $3 is the least visibility that the viewer may see.
SELECT {columns} FROM case_events WHERE account_id = $1 AND case_id = $2 AND visibility >= $3 ORDER BY id

-- name: insert_comment
-- type: cases::Comment in "cases/case.hpp"
INSERT INTO comments ({columns}) VALUES ({parameters})

-- name: comments_of_case
-- type: cases::Comment in "cases/case.hpp"
SELECT {columns} FROM comments WHERE account_id = $1 AND case_id = $2 AND visibility >= $3 ORDER BY id

-- name: add_count
INSERT INTO case_counts (account_id, contact_id, status, count) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, contact_id, status) DO UPDATE SET count = case_counts.count + $4

-- name: add_queue_count
INSERT INTO queue_counts (assignee_id, status, count) VALUES ($1, $2, $3)
ON CONFLICT (assignee_id, status) DO UPDATE SET count = queue_counts.count + $3

-- name: counts
SELECT status, count FROM case_counts WHERE account_id = $1 AND contact_id = $2

-- name: counts_of_all
SELECT status, CAST(sum(count) AS BIGINT) FROM case_counts WHERE contact_id = 0 GROUP BY status

-- name: add_case_contact
INSERT INTO case_contacts (account_id, contact_id, name_key, name) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, contact_id) DO NOTHING

-- name: contacts_of_account
SELECT contact_id, name, name_key
FROM   case_contacts
WHERE  account_id = $1
ORDER  BY name_key, contact_id
LIMIT  500

-- name: name_of_account
SELECT name FROM accounts WHERE id = $1

-- name: names_of_contact
SELECT name, name_key FROM people WHERE id = $1

-- name: add_week
INSERT INTO case_weeks (account_id, week, opened, solved) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, week) DO UPDATE SET opened = case_weeks.opened + $3, solved = case_weeks.solved + $4

-- name: weeks_of_account
SELECT week, opened, solved FROM case_weeks WHERE account_id = $1 AND week >= $2 ORDER BY week

-- name: add_follower
INSERT INTO followers (account_id, case_id, person_id, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (case_id, person_id) DO NOTHING

-- name: remove_follower
DELETE FROM followers WHERE case_id = $1 AND person_id = $2

-- name: is_follower
SELECT 1 FROM followers WHERE case_id = $1 AND person_id = $2

-- name: followers_of_case
-- type: people::Person in "people/person.hpp"
-- Only those who may still see it: its company's people, and staff.
SELECT {columns:p}
FROM   followers f
JOIN   people p ON p.id = f.person_id
WHERE  f.case_id = $1 AND p.state = 1 AND (p.account_id = f.account_id OR p.role >= 2)

-- name: remember_view
INSERT INTO recent_views (person_id, kind, object_id, viewed_at) VALUES ($1, 0, $2, $3)
ON CONFLICT (person_id, kind, object_id) DO UPDATE SET viewed_at = $3

-- name: viewed_since
SELECT 1 FROM recent_views WHERE person_id = $1 AND kind = 0 AND object_id = $2 AND viewed_at >= $3

-- name: forget_old_views
-- Keeps the latest 200.
DELETE FROM recent_views
WHERE  person_id = $1
  AND  viewed_at < (SELECT viewed_at FROM recent_views WHERE person_id = $1 ORDER BY viewed_at DESC LIMIT 1 OFFSET 199)

-- name: line
-- type: cases::Line in "cases/list.hpp"
SELECT {columns} FROM cases WHERE id = $1 AND (account_id = $2 OR $3 = 1)

-- name: waiting_for_contact
-- 2 is Status::waiting; an index holds those cases alone. The plus keeps the account's longer indexes out of it.
SELECT {columns}
FROM   cases
WHERE  status = 2 AND contact_id = $2 AND +account_id = $1
ORDER  BY id DESC
LIMIT  $3

-- name: index_words
-- engine: sqlite
-- The owner and the words of a case. The driver cuts them (storage/words.hpp).
INSERT INTO case_words (rowid, owner, words) VALUES ($1, $2, $3)

-- name: index_words
-- engine: postgres
INSERT INTO case_words (account_id, case_id, words)
VALUES ($4, $1, CAST($2 AS TSVECTOR) || CAST($3 AS TSVECTOR))
