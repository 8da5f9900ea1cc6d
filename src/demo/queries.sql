-- Rows as the acts of the other modules write them, with times and ids of the past.

-- name: insert_account
-- type: accounts::Account in "accounts/account.hpp"
INSERT INTO accounts ({columns}) VALUES ({parameters})

-- name: insert_person
-- type: people::Person in "people/person.hpp"
INSERT INTO people ({columns}) VALUES ({parameters})

-- name: insert_case
-- type: cases::Case in "cases/case.hpp"
INSERT INTO cases ({columns}) VALUES ({parameters})

-- name: insert_event
-- type: cases::Event in "cases/case.hpp"
INSERT INTO case_events ({columns}) VALUES ({parameters})

-- name: insert_comment
-- type: cases::Comment in "cases/case.hpp"
INSERT INTO comments ({columns}) VALUES ({parameters})

-- name: insert_follower
INSERT INTO followers (account_id, case_id, person_id, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (case_id, person_id) DO NOTHING

-- name: insert_attachment
-- type: attachments::Attachment in "attachments/attachments.hpp"
INSERT INTO attachments ({columns}) VALUES ({parameters})

-- name: insert_blob
INSERT INTO blobs (digest, size, media_type, thumbnail, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (digest) DO NOTHING

-- name: insert_mail
-- type: mail::Mail in "mail/mail.hpp"
INSERT INTO mails ({columns}) VALUES ({parameters})

-- name: insert_notification
-- type: notifications::Notification in "notifications/notifications.hpp"
INSERT INTO notifications ({columns}) VALUES ({parameters})

-- name: insert_survey
-- type: surveys::Survey in "surveys/survey.hpp"
INSERT INTO surveys ({columns}) VALUES ({parameters})

-- name: add_answers
INSERT INTO survey_counts (month, product_id, score, count) VALUES ($1, $2, $3, $4)
ON CONFLICT (month, product_id, score) DO UPDATE SET count = survey_counts.count + $4

-- name: add_unread
UPDATE people SET unread_notifications = unread_notifications + $2 WHERE id = $1

-- name: add_view
INSERT INTO recent_views (person_id, kind, object_id, viewed_at) VALUES ($1, 0, $2, $3)
ON CONFLICT (person_id, kind, object_id) DO UPDATE SET viewed_at = $3

-- name: add_queue_count
INSERT INTO queue_counts (assignee_id, status, count) VALUES ($1, $2, $3)
ON CONFLICT (assignee_id, status) DO UPDATE SET count = queue_counts.count + $3

-- name: add_count
INSERT INTO case_counts (account_id, contact_id, status, count) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, contact_id, status) DO UPDATE SET count = case_counts.count + $4

-- name: add_week
INSERT INTO case_weeks (account_id, week, opened, solved) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, week) DO UPDATE SET opened = case_weeks.opened + $3, solved = case_weeks.solved + $4

-- name: add_case_contact
INSERT INTO case_contacts (account_id, contact_id, name_key, name) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, contact_id) DO NOTHING

-- name: last_number
-- engine: sqlite
SELECT last FROM case_numbers WHERE id = 1

-- name: last_number
-- engine: postgres
SELECT last_value FROM case_number

-- name: set_last_number
-- engine: sqlite
UPDATE case_numbers SET last = $1 WHERE id = 1 AND last < $1

-- name: set_last_number
-- engine: postgres
SELECT setval('case_number', $1) FROM case_number WHERE last_value < $1

-- name: any_account
SELECT id FROM accounts LIMIT 1

-- name: count_accounts
SELECT COUNT(*) FROM accounts

-- name: staff
-- type: people::Person in "people/person.hpp"
SELECT {columns} FROM people WHERE role >= 2 AND state = 1 ORDER BY id LIMIT 100
