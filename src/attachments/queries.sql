-- type: attachments::Attachment in "attachments/attachments.hpp"

-- name: insert_attachment
INSERT INTO attachments ({columns}) VALUES ({parameters})

-- name: attachments_of_case
-- $3 is 1 for staff, who see internal files too.
SELECT {columns} FROM attachments
WHERE  account_id = $1 AND case_id = $2 AND ($3 = 1 OR visibility = 1)
ORDER  BY id

-- name: attachment_by_id
-- $2 is 1 for staff; everybody else finds the files of their own account alone.
SELECT {columns} FROM attachments
WHERE  id = $1 AND ($2 = 1 OR (account_id = $3 AND visibility = 1))

-- name: insert_upload
-- type: attachments::Upload in "attachments/attachments.hpp"
INSERT INTO uploads ({columns}) VALUES ({parameters})

-- name: upload_of_person
-- type: attachments::Upload in "attachments/attachments.hpp"
SELECT {columns} FROM uploads WHERE id = $1 AND person_id = $2

-- name: uploads_of_draft
-- type: attachments::Upload in "attachments/attachments.hpp"
SELECT {columns} FROM uploads
WHERE  person_id = $1 AND draft_id = $2
ORDER  BY created_at, id

-- name: uploads_in_use
-- How many files a person has on their way, and how many bytes they were announced with.
SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM uploads WHERE person_id = $1

-- name: expect_proofs
UPDATE uploads SET proved = 1 WHERE id = $1

-- name: proofs_expected
SELECT proved FROM uploads WHERE id = $1

-- name: record_received
-- Of an unfinished upload; each piece gives it time for the next.
UPDATE uploads SET received = $2, expires_at = $3 WHERE id = $1 AND digest = ''

-- name: finish_upload
UPDATE uploads SET received = size, digest = $2, media_type = $3, thumbnail = $4, expires_at = $5
WHERE  id = $1 AND digest = ''

-- name: delete_upload
DELETE FROM uploads WHERE id = $1

-- name: delete_expired_upload
DELETE FROM uploads WHERE id = $1 AND expires_at <= $2

-- name: expired_uploads
SELECT id, digest FROM uploads WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2

-- name: upload_exists
SELECT COUNT(*) FROM uploads WHERE id = $1

-- name: blob_by_digest
SELECT media_type, thumbnail FROM blobs WHERE digest = $1

-- name: insert_blob
INSERT INTO blobs (digest, size, media_type, thumbnail, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (digest) DO NOTHING

-- name: delete_unreferenced_blob
DELETE FROM blobs
WHERE  digest = $1
  AND  NOT EXISTS (SELECT 1 FROM attachments WHERE attachments.digest = blobs.digest)
  AND  NOT EXISTS (SELECT 1 FROM uploads WHERE uploads.digest = blobs.digest)

-- name: blobs_after
-- The next page of all blobs, for the doctor.
SELECT digest, size FROM blobs WHERE digest > $1 ORDER BY digest LIMIT $2
