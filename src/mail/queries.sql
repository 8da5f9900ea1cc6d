-- type: mail::Mail in "mail/mail.hpp"

-- name: insert_mail
INSERT INTO mails ({columns}) VALUES ({parameters})

-- name: mail_by_id
SELECT {columns} FROM mails WHERE id = $1

-- name: take_due
-- engine: sqlite
-- Waiting mails whose time has come ($1), and those whose taker has not come back in time; $2 of each at most. They
-- are the caller's until $3.
UPDATE mails
SET    state = 1, attempts = attempts + 1, due_at = $3
WHERE  id IN (SELECT id FROM (SELECT id FROM mails WHERE state = 0 AND due_at <= $1 ORDER BY due_at LIMIT $2)
              UNION ALL
              SELECT id FROM (SELECT id FROM mails WHERE state = 1 AND due_at <= $1 ORDER BY due_at LIMIT $2))
RETURNING {columns}

-- name: take_due
-- engine: postgres
UPDATE mails
SET    state = 1, attempts = attempts + 1, due_at = $3
WHERE  id IN (SELECT id FROM mails WHERE state IN (0, 1) AND due_at <= $1 ORDER BY due_at LIMIT $2
              FOR UPDATE SKIP LOCKED)
RETURNING {columns}

-- name: end_leases
UPDATE mails SET due_at = $1 WHERE state = 1 AND due_at > $1

-- name: next_due
SELECT min(due_at)
FROM   (SELECT min(due_at) AS due_at FROM mails WHERE state = 0
        UNION ALL
        SELECT min(due_at) AS due_at FROM mails WHERE state = 1) AS earliest

-- name: note
-- How an attempt ended. Changes nothing when another taker has the mail by now: it then counts one attempt more.
UPDATE mails
SET    state = $3, due_at = $4, sent_at = $5, answer = $6, fields = $7
WHERE  id = $1 AND attempts = $2 AND state = 1

-- name: give_back
-- Taken but not tried.
UPDATE mails SET state = 0, attempts = attempts - 1, due_at = $3 WHERE id = $1 AND attempts = $2 AND state = 1

-- name: resend
-- A mail whose secret has been wiped has nothing to say any more.
UPDATE mails
SET    state = 0, attempts = 0, due_at = $2
WHERE  id = $1 AND state <> 1 AND (kind NOT IN (4, 5, 21) OR fields <> '')

-- name: resend_failed
-- A part of them, so that no other unit waits long.
UPDATE mails
SET    state = 0, attempts = 0, due_at = $1
WHERE  id IN (SELECT id FROM mails
              WHERE  state = 3 AND due_at <= $1 AND (kind NOT IN (4, 5, 21) OR fields <> '')
              ORDER  BY due_at LIMIT $2)

-- name: waiting
-- In the order in which they will be tried, from a key on.
SELECT {columns}
FROM   mails
WHERE  state = $1 AND (due_at, id) > ($2, $3)
ORDER  BY due_at, id
LIMIT  $4

-- name: done
-- Sent or failed, the latest first: `due_at` is when that was.
SELECT {columns}
FROM   mails
WHERE  state = $1 AND (due_at, id) < ($2, $3)
ORDER  BY due_at DESC, id DESC
LIMIT  $4

-- name: count
-- No further than $2, so that it costs the same however long the ledger is.
SELECT count(*) FROM (SELECT 1 FROM mails WHERE state = $1 LIMIT $2) AS counted

-- name: of_case
SELECT {columns} FROM mails WHERE case_id = $1 ORDER BY id LIMIT $2

-- name: first_of_thread
-- The mail of a case that the person got first.
SELECT message_id FROM mails WHERE case_id = $1 AND person_id = $2 ORDER BY id LIMIT 1

-- name: facts_of_case
-- What mails say of a case. The tables of other modules are read here by name, since those modules send mail and are
-- above this one.
SELECT c.number, c.subject, c.description, c.solution, coalesce(p.name, ''), c.contact_id, c.author_id
FROM   cases c
LEFT   JOIN products p ON p.id = c.product_id
WHERE  c.id = $1 AND c.account_id = $2

-- name: comment
-- Visible from $4 on: internal ones are for agents alone.
SELECT c.body, p.name
FROM   comments c
JOIN   people p ON p.id = c.author_id
WHERE  c.account_id = $1 AND c.case_id = $2 AND c.id = $3 AND c.visibility >= $4

-- name: wipe_expired
-- Secrets of mails that will not be sent any more.
UPDATE mails SET fields = '' WHERE state = 3 AND kind = $1 AND created_at <= $2 AND fields <> ''

-- name: insert_demo_mail
-- A mail sent again takes the place of its earlier copy.
-- type: mail::DemoMail in "mail/demo_mailbox.hpp"
INSERT INTO demo_mails ({columns}) VALUES ({parameters})
ON CONFLICT (id) DO UPDATE SET message = excluded.message, created_at = excluded.created_at

-- name: forget_demo_mails
DELETE FROM demo_mails
WHERE  id <= (SELECT id FROM demo_mails ORDER BY id DESC LIMIT 1 OFFSET $1)

-- name: demo_mails_before
-- type: mail::DemoHeading in "mail/demo_mailbox.hpp"
SELECT {columns} FROM demo_mails WHERE id < $1 ORDER BY id DESC LIMIT $2

-- name: demo_mail
-- type: mail::DemoMail in "mail/demo_mailbox.hpp"
SELECT {columns} FROM demo_mails WHERE id = $1
