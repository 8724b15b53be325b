-- name: bench_patterns
-- What the demonstration made: every generated dossier takes after one of these.
SELECT code FROM dossier WHERE agency = :agency ORDER BY id LIMIT 48;

-- name: bench_count
SELECT count(*) AS n FROM dossier WHERE agency = :agency;
