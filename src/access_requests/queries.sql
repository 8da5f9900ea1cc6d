-- type: access_requests::Request in "access_requests/request.hpp"

-- name: insert_request
INSERT INTO access_requests ({columns}) VALUES ({parameters})
ON CONFLICT (email_key) WHERE state = 0 DO NOTHING

-- name: request_by_id
-- $2 says whether the viewer is of the vendor's staff; others see those of their own organisation.
SELECT {columns} FROM access_requests WHERE id = $1 AND ($2 = 1 OR account_id = $3)

-- name: requests_before
SELECT {columns}
FROM   access_requests
WHERE  state = $1 AND id < $2
ORDER  BY id DESC
LIMIT  $3

-- name: requests_of_account_before
SELECT {columns}
FROM   access_requests
WHERE  account_id = $1 AND state = $2 AND id < $3
ORDER  BY id DESC
LIMIT  $4

-- name: count_requests
SELECT COUNT(*) FROM (SELECT 1 FROM access_requests WHERE state = $1 LIMIT $2) AS found

-- name: count_requests_of_account
SELECT COUNT(*) FROM (SELECT 1 FROM access_requests WHERE account_id = $1 AND state = $2 LIMIT $3) AS found

-- name: decide
UPDATE access_requests SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 0

-- name: set_person
UPDATE access_requests SET person_id = $2 WHERE id = $1
