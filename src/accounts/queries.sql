-- type: accounts::Account in "accounts/account.hpp"

-- name: insert_account
INSERT INTO accounts ({columns}) VALUES ({parameters})

-- name: account_by_id
SELECT {columns} FROM accounts WHERE id = $1

-- name: account_by_name
SELECT {columns} FROM accounts WHERE name_key = $1 ORDER BY id LIMIT 1
