-- The book of migrations, and the lock around them.

-- name: migration_patience @sqlite
SELECT 0;

-- name: migration_patience @postgres
-- No limit of time on the statements of this transaction: a large table may need long.
SELECT set_config('statement_timeout', '0', TRUE);

-- name: migration_lock @sqlite
-- The transaction of an act is exclusive already.
SELECT 0;

-- name: migration_lock @postgres
-- Held until the transaction ends; the number is ours alone.
SELECT pg_advisory_xact_lock(4987462010);

-- name: migration_book_exists @sqlite
SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration';

-- name: migration_book_exists @postgres
SELECT count(to_regclass('schema_migration'));

-- name: migration_book_create
CREATE TABLE schema_migration (
	folder TEXT NOT NULL,
	number INTEGER NOT NULL,
	name TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	applied_at BIGINT NOT NULL,
	PRIMARY KEY (folder, number)
);

-- name: migration_list
SELECT folder, number, name, sha256 FROM schema_migration ORDER BY folder, number;

-- name: migration_add @sqlite
INSERT INTO schema_migration (folder, number, name, sha256, applied_at)
VALUES (:folder, :number, :name, :sha256, unixepoch() * 1000000);

-- name: migration_add @postgres
INSERT INTO schema_migration (folder, number, name, sha256, applied_at)
VALUES (:folder, :number, :name, :sha256, CAST(extract(epoch FROM now()) * 1000000 AS BIGINT));
