-- type: accounts::Account in "accounts/account.hpp"

-- name: insert_account
INSERT INTO accounts ({columns}) VALUES ({parameters})

-- name: account_by_id
SELECT {columns} FROM accounts WHERE id = $1

-- name: account_by_name
SELECT {columns} FROM accounts WHERE name_key = $1 ORDER BY id LIMIT 1

-- name: update_account
UPDATE accounts
SET    name = $3, name_key = $4, phone = $5, country = $6, version = version + 1
WHERE  id = $1 AND version = $2

-- name: accounts_after
SELECT {columns:a}
FROM   accounts a
WHERE  (a.name_key, a.id) > ($1, $2)
  AND  (a.name_key LIKE $3 ESCAPE '!'
        OR a.id IN (SELECT d.account_id FROM account_domains d WHERE d.domain LIKE $3 ESCAPE '!'))
ORDER  BY a.name_key, a.id
LIMIT  $4

-- name: count_people
SELECT COUNT(*) FROM people WHERE account_id = $1

-- name: domains_of_account
SELECT domain FROM account_domains WHERE account_id = $1 ORDER BY domain

-- name: account_of_domain
SELECT {columns:a}
FROM   account_domains d
JOIN   accounts a ON a.id = d.account_id
WHERE  d.domain = $1

-- name: delete_domains
DELETE FROM account_domains WHERE account_id = $1

-- name: insert_domain
INSERT INTO account_domains (domain, account_id) VALUES ($1, $2)
