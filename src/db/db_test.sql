-- Statements of the tests of this folder, on the table of person in db_test.h.

-- name: person_add
INSERT INTO person (name, age, active, parent_id)
VALUES (:name, :age, :active, :parent_id)
RETURNING id;

-- name: person_by_name
SELECT id, name, age, active, parent_id FROM person WHERE name = :name;

-- name: person_list
SELECT active, name, id, age, parent_id FROM person ORDER BY id LIMIT :most;

-- name: person_count
SELECT count(*) FROM person;

-- name: person_rename
UPDATE person SET name = :name WHERE id = :id;

-- name: person_age_all
UPDATE person SET age = age + :years WHERE age IS NOT NULL;

-- name: person_older
-- Its parameters stand in another order than they are numbered.
SELECT name FROM person WHERE age > :least AND name <> :but AND active = :active AND age > :least
ORDER BY name;

-- name: person_joined
SELECT CAST(:second AS TEXT) || '-' || CAST(:first AS TEXT) AS name;

-- name: person_unknown_column
SELECT id, name, age, active FROM person;

-- name: person_like
SELECT count(*) FROM person WHERE name LIKE :pattern;

-- name: number_echo
SELECT CAST(:number AS BIGINT) AS number;

-- name: null_text
SELECT CAST(NULL AS TEXT) AS name;

-- name: text_number
SELECT 'twelve' AS age;

-- name: person_touch
UPDATE person SET age = 1 WHERE id = :id;

-- name: isolation @sqlite
SELECT 0;
-- name: isolation @postgres
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;

-- name: idle_not_long @sqlite
SELECT 0;
-- name: idle_not_long @postgres
SET idle_in_transaction_session_timeout = 200;

-- name: backend_end @sqlite
SELECT 0;
-- name: backend_end @postgres
-- The connection that runs it.
SELECT pg_terminate_backend(pg_backend_pid());

-- name: backends_end @sqlite
SELECT 0;
-- name: backends_end @postgres
-- All of this test but the one that runs it: each test has an application name of its own.
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE pid <> pg_backend_pid() AND application_name = current_setting('application_name');
