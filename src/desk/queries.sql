-- name: queue_of_agent
-- type: desk::QueueLine in "desk/queue.hpp"
SELECT {columns} FROM queue_lines
WHERE  assignee_id = $1 AND status <> 4 AND (priority, id) > ($2, $3)
ORDER  BY priority, id LIMIT $4

-- name: queue_of_agent_backwards
-- type: desk::QueueLine in "desk/queue.hpp"
SELECT {columns} FROM queue_lines
WHERE  assignee_id = $1 AND status <> 4 AND (priority, id) < ($2, $3)
ORDER  BY priority DESC, id DESC LIMIT $4

-- name: queue_waiting
-- type: desk::QueueLine in "desk/queue.hpp"
-- 2 is Status::waiting; an index holds those cases alone.
SELECT {columns} FROM queue_lines
WHERE  status = 2 AND (priority, id) > ($1, $2)
ORDER  BY priority, id LIMIT $3

-- name: queue_waiting_backwards
-- type: desk::QueueLine in "desk/queue.hpp"
SELECT {columns} FROM queue_lines
WHERE  status = 2 AND (priority, id) < ($1, $2)
ORDER  BY priority DESC, id DESC LIMIT $3

-- name: queue_of_all
-- type: desk::QueueLine in "desk/queue.hpp"
SELECT {columns} FROM queue_lines
WHERE  status <> 4 AND (priority, id) > ($1, $2)
ORDER  BY priority, id LIMIT $3

-- name: queue_of_all_backwards
-- type: desk::QueueLine in "desk/queue.hpp"
SELECT {columns} FROM queue_lines
WHERE  status <> 4 AND (priority, id) < ($1, $2)
ORDER  BY priority DESC, id DESC LIMIT $3

-- name: counts
SELECT CAST(COALESCE(sum(CASE WHEN assignee_id = $1 THEN count ELSE 0 END), 0) AS BIGINT) AS mine,
       CAST(COALESCE(sum(CASE WHEN assignee_id = 0 THEN count ELSE 0 END), 0) AS BIGINT) AS unassigned,
       CAST(COALESCE(sum(CASE WHEN status = 2 THEN count ELSE 0 END), 0) AS BIGINT) AS waiting,
       CAST(COALESCE(sum(count), 0) AS BIGINT) AS all_of_them
FROM   queue_counts
