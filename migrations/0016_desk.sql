-- What agents work by. Priority: 0 critical, 1 high, 2 normal, 3 low.
ALTER TABLE cases ADD COLUMN priority BIGINT NOT NULL DEFAULT 2;

-- What is not closed (4), in the order of the queues: the most pressing first, then what has waited longest.
CREATE INDEX cases_at_work ON cases (priority, id) WHERE status <> 4;
CREATE INDEX cases_at_work_of_agent ON cases (assignee_id, priority, id) WHERE status <> 4;
CREATE INDEX cases_waiting_by_priority ON cases (priority, id) WHERE status = 2;

-- How many cases that are not closed an agent (0: nobody) has in each status.
CREATE TABLE queue_counts (
  assignee_id BIGINT NOT NULL,
  status      BIGINT NOT NULL,
  count       BIGINT NOT NULL,
  PRIMARY KEY (assignee_id, status)
);
INSERT INTO queue_counts (assignee_id, status, count)
SELECT assignee_id, status, count(*) FROM cases WHERE status <> 4 GROUP BY assignee_id, status;

-- A case as it stands in a queue. CROSS JOIN keeps the walk along the cases on the embedded engine.
CREATE VIEW queue_lines AS
SELECT c.id, c.number, c.subject, c.status, c.priority, c.assignee_id, c.opened_at, c.updated_at,
       a.name AS account, p.name AS contact, COALESCE(s.name, '') AS assignee
FROM   cases c CROSS JOIN accounts a CROSS JOIN people p LEFT JOIN people s ON s.id = c.assignee_id
WHERE  a.id = c.account_id AND p.id = c.contact_id;
