-- type: people::Person in "people/person.hpp"

-- name: insert_person
INSERT INTO people ({columns}) VALUES ({parameters})

-- name: person_by_id
SELECT {columns} FROM people WHERE id = $1

-- name: person_by_email
SELECT {columns} FROM people WHERE email_key = $1

-- name: name_of_person
SELECT name FROM people WHERE id = $1

-- name: set_password
-- Somebody who was deactivated while choosing it stays so.
UPDATE people
SET    password_hash = $2, must_change_password = 0, state = CASE WHEN state = 2 THEN 2 ELSE 1 END,
       version = version + 1
WHERE  id = $1

-- name: require_new_password
UPDATE people SET must_change_password = 1, version = version + 1 WHERE id = $1

-- name: update_profile
UPDATE people
SET    name = $2, name_key = $3, phone = $4, country = $5, locale = $6, time_zone = $7, shortcuts = $8,
       version = version + 1
WHERE  id = $1

-- name: rename_contact
-- The lists of cases are sorted by this name.
UPDATE case_contacts SET name_key = $2, name = $3 WHERE contact_id = $1

-- name: set_locale
UPDATE people SET locale = $2 WHERE id = $1

-- name: pin_view
UPDATE people SET pinned_view = $2 WHERE id = $1

-- name: insert_secret
INSERT INTO one_time_secrets (digest, person_id, purpose, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)

-- name: delete_secrets
DELETE FROM one_time_secrets WHERE person_id = $1 AND purpose = $2

-- name: delete_all_secrets
DELETE FROM one_time_secrets WHERE person_id = $1

-- name: person_of_secret
SELECT {columns:p}
FROM   one_time_secrets s
JOIN   people p ON p.id = s.person_id
WHERE  s.digest = $1 AND s.purpose = $2 AND s.used_at = 0 AND s.expires_at > $3

-- name: live_secret_of_person
SELECT digest FROM one_time_secrets WHERE person_id = $1 AND purpose = $2 AND used_at = 0 AND expires_at > $3

-- name: use_secret
UPDATE one_time_secrets SET used_at = $3 WHERE person_id = $1 AND purpose = $2 AND used_at = 0 AND expires_at > $3

-- name: all_people
SELECT {columns} FROM people WHERE id > $1 ORDER BY id LIMIT $2

-- name: activate
UPDATE people SET state = 1, role = $2, version = version + 1 WHERE id = $1

-- name: agents
-- type: people::Person in "people/person.hpp"
-- Roles 2 and 3 (agent, administrator), state 1 (active); an index holds staff alone.
SELECT {columns} FROM people WHERE role >= 2 AND state = 1 ORDER BY name_key, id

-- name: update_person
UPDATE people
SET    account_id = $3, role = $4, name = $5, name_key = $6, email = $7, email_key = $8, phone = $9, locale = $10,
       version = version + 1
WHERE  id = $1 AND version = $2

-- name: set_state
UPDATE people SET state = $2, version = version + 1 WHERE id = $1

-- name: people_after
-- The directory: those whose name and address hold each of three texts, or whose phone holds the digits of $6.
SELECT {columns}
FROM   people
WHERE  (name_key, id) > ($1, $2)
  AND  ((name_key || ' ' || email_key LIKE $3 ESCAPE '!'
         AND name_key || ' ' || email_key LIKE $4 ESCAPE '!'
         AND name_key || ' ' || email_key LIKE $5 ESCAPE '!')
        OR ($6 <> '' AND REPLACE(REPLACE(REPLACE(REPLACE(phone, ' ', ''), '-', ''), '(', ''), ')', '') LIKE $6))
ORDER  BY name_key, id
LIMIT  $7

-- name: staff
SELECT id FROM people WHERE role >= 2 AND state = 1 ORDER BY id LIMIT 500

-- name: managers_of_account
SELECT id FROM people WHERE account_id = $1 AND role = 1 AND state = 1 ORDER BY id LIMIT 500
