-- The statements of dossiers.

-- name: dossier_by_code
-- One dossier (comments are kept out of the text).
SELECT id, code -- the code
  FROM dossier
 WHERE code = :code AND owner_id = :owner
   AND "odd:name" <> 'a:b -- it''s; "so"' AND parent = :code;

-- name: job_take @postgres
SELECT id FROM job WHERE queue = :queue AND at <= :now ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- name: job_take @sqlite
SELECT id FROM job WHERE at <= :now AND queue = :queue ORDER BY id LIMIT 1;

-- name: everything
SELECT 1
;
