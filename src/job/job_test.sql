-- What only the tests ask.

-- name: job_test_row
SELECT id, state, attempts, due_at, last_error FROM job WHERE kind = :kind AND key = :key;

-- name: job_test_lost
-- A worker took the row and was never heard of again.
UPDATE job SET state = 'running', attempts = attempts + 1, lease_until = :until
 WHERE kind = :kind AND key = :key;

-- name: job_test_count
SELECT count(*) AS n FROM job;
