-- type: notifications::Notification in "notifications/notifications.hpp"

-- name: insert_notification
INSERT INTO notifications ({columns}) VALUES ({parameters})

-- name: add_unread
UPDATE people SET unread_notifications = unread_notifications + 1 WHERE id = $1

-- name: latest_notifications
SELECT {columns} FROM notifications WHERE person_id = $1 ORDER BY id DESC LIMIT $2

-- name: mark_all_read
UPDATE notifications SET read_at = $2 WHERE person_id = $1 AND read_at = 0

-- name: mark_read
UPDATE notifications SET read_at = $3 WHERE person_id = $1 AND case_id = $2 AND read_at = 0

-- name: take_unread
UPDATE people
SET    unread_notifications = CASE WHEN unread_notifications > $2 THEN unread_notifications - $2 ELSE 0 END
WHERE  id = $1

-- name: unread_cases
SELECT case_id FROM notifications WHERE person_id = $1 AND read_at = 0 ORDER BY id DESC LIMIT 500

-- name: lines_before
-- A page of one person's notifications, latest first. Account 0 does not narrow.
SELECT n.id, n.kind, n.read_at, n.created_at, COALESCE(c.number, 0), COALESCE(c.subject, n.detail), COALESCE(p.name, '')
FROM   notifications n
LEFT   JOIN cases c ON c.id = n.case_id
LEFT   JOIN people p ON p.id = n.actor_id
WHERE  n.person_id = $1
  AND  n.id < $2
  AND  ($3 = 0 OR n.account_id = $3)
ORDER  BY n.id DESC
LIMIT  $4
