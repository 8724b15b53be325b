-- name: job_insert
INSERT INTO job (kind, key, payload, state, due_at, created_at, changed_at)
VALUES (:kind, :key, :payload, 'waiting', :due, :now, :now)
    ON CONFLICT (kind, key) DO NOTHING;

-- name: job_due @postgres
-- Of one state, so that the index gives the first and no other row is read.
SELECT id, kind, key, payload, attempts FROM job
 WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- name: job_due @sqlite
SELECT id, kind, key, payload, attempts FROM job
 WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT 1;

-- name: job_lost @postgres
-- Its worker died.
SELECT id, kind, key, payload, attempts FROM job
 WHERE state = 'running' AND lease_until <= :now LIMIT 1 FOR UPDATE SKIP LOCKED;

-- name: job_lost @sqlite
SELECT id, kind, key, payload, attempts FROM job
 WHERE state = 'running' AND lease_until <= :now LIMIT 1;

-- name: job_lease
UPDATE job SET state = 'running', lease_until = :until, attempts = attempts + 1, changed_at = :now
 WHERE id = :id;

-- name: job_finish
-- What was sent is not needed any more, and is somebody's letter: it does not stay behind.
UPDATE job SET state = :state, due_at = :due, last_error = :error, lease_until = 0,
       changed_at = :now, payload = CASE WHEN :state = 'done' THEN '{}' ELSE payload END
 WHERE id = :id AND attempts = :attempt;

-- name: job_release
-- The program stops: as if the row had not been taken.
UPDATE job SET state = 'waiting', lease_until = 0, attempts = attempts - 1, changed_at = :now
 WHERE id = :id AND attempts = :attempt AND state = 'running';

-- name: job_due_count
-- A cheap look before a write transaction is opened for nothing.
SELECT count(*) AS n FROM (SELECT 1 AS one FROM job
 WHERE (state = 'waiting' AND due_at <= :now) OR (state = 'running' AND lease_until <= :now)
 LIMIT 1) AS due;

-- name: job_counts_row
SELECT COALESCE(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS waiting,
       COALESCE(SUM(CASE WHEN state = 'running' THEN 1 ELSE 0 END), 0) AS running,
       COALESCE(SUM(CASE WHEN state = 'dead' THEN 1 ELSE 0 END), 0) AS dead
  FROM job WHERE state <> 'done';

-- name: job_page
SELECT id, attempts, due_at, created_at, kind, state, last_error FROM job
 WHERE state = :state ORDER BY id DESC LIMIT :limit OFFSET :offset;

-- name: job_revive
UPDATE job SET state = 'waiting', attempts = 0, due_at = :now, changed_at = :now
 WHERE id = :id AND state = 'dead';

-- name: job_forget
DELETE FROM job WHERE state = 'done' AND changed_at < :before;

-- name: job_schedule_add
INSERT INTO job_schedule (name, next_at) VALUES (:name, :next) ON CONFLICT (name) DO NOTHING;

-- name: job_schedule_due
SELECT name FROM job_schedule WHERE next_at <= :now ORDER BY next_at;

-- name: job_schedule_take
UPDATE job_schedule SET next_at = :next WHERE name = :name AND next_at <= :now;
