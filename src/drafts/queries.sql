-- type: drafts::Draft in "drafts/drafts.hpp"

-- name: insert_draft
INSERT INTO drafts ({columns}) VALUES ({parameters})

-- name: latest_draft
SELECT {columns}
FROM   drafts
WHERE  person_id = $1 AND kind = $2 AND subject_id = $3 AND sent_as = 0
ORDER  BY updated_at DESC
LIMIT  1

-- name: draft_by_id
SELECT {columns} FROM drafts WHERE id = $1

-- name: update_draft
UPDATE drafts
SET    fields = $4, updated_at = $5, version = version + 1
WHERE  id = $1 AND person_id = $2 AND version = $3 AND sent_as = 0

-- name: sent_as
SELECT sent_as FROM drafts WHERE id = $1 AND person_id = $2

-- name: mark_sent
-- What was typed is now in what it became; the row stays to prove that it was sent.
UPDATE drafts SET sent_as = $3, fields = '{}', updated_at = $4 WHERE id = $1 AND person_id = $2 AND sent_as = 0

-- name: delete_draft
DELETE FROM drafts WHERE id = $1 AND person_id = $2 AND sent_as = 0

-- name: forget_drafts
DELETE FROM drafts WHERE updated_at < $1
