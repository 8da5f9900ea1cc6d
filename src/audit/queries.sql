-- type: audit::Entry in "audit/audit.hpp"

-- name: insert_entry
INSERT INTO audit_entries ({columns}) VALUES ({parameters})

-- name: entries_before
-- Ids are ordered by time, so a range of time is a range of ids.
SELECT {columns}
FROM   audit_entries
WHERE  id < $1 AND id >= $2 AND actor_key LIKE $3 ESCAPE '!' AND object_key LIKE $4 ESCAPE '!'
ORDER  BY id DESC
LIMIT  $5
