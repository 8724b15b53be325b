-- name: file_insert
INSERT INTO file (sha256, size, mime, name, created_at, scan, pages, width, height, sharpness,
       thumbnail, inspected, look_at)
VALUES (:sha256, :size, :mime, :name, :now, :scan, :pages, :width, :height, :sharpness, :thumbnail,
       :inspected, :look_at) RETURNING id;

-- name: file_by_id
SELECT id, size, created_at, sha256, mime, name, scan, pages, width, height, sharpness, thumbnail,
       inspected
  FROM file WHERE id = :id;

-- name: file_due
SELECT id FROM file WHERE look_at <= :now ORDER BY look_at LIMIT :most;

-- name: file_delete
-- Refused by the foreign keys of whoever uses it.
DELETE FROM file WHERE id = :id;

-- name: file_look_later
UPDATE file SET look_at = :later WHERE id = :id;

-- name: file_names
SELECT (SELECT count(*) FROM file WHERE sha256 = :sha256) +
       (SELECT count(*) FROM file WHERE thumbnail = :sha256 AND thumbnail <> '') AS n;

-- name: upload_same
SELECT id, owner_id, size, modified, received, code, subject, field, name, state, verdict
  FROM file_upload
 WHERE owner_id = :owner AND subject = :subject AND field = :field AND name = :name
   AND size = :size AND modified = :modified AND state = 'open';

-- name: upload_open_count
SELECT count(*) AS n FROM file_upload WHERE owner_id = :owner AND state = 'open';

-- name: upload_open_bytes
SELECT CAST(coalesce(sum(size), 0) AS BIGINT) AS n FROM file_upload
 WHERE state = 'open' AND (owner_id = :owner OR :owner = 0);

-- name: upload_insert
INSERT INTO file_upload (code, owner_id, subject, field, name, size, modified, received, state,
       touched_at)
VALUES (:code, :owner, :subject, :field, :name, :size, :modified, 0, 'open', :now);

-- name: upload_by_code
-- Only its owner's.
SELECT id, owner_id, size, modified, received, code, subject, field, name, state, verdict
  FROM file_upload WHERE code = :code AND owner_id = :owner AND subject = :subject;

-- name: upload_received
SELECT received FROM file_upload WHERE id = :id AND state = 'open';

-- name: upload_advance
-- Compare-and-set: no row when another piece was quicker.
UPDATE file_upload SET received = :to, touched_at = :now
 WHERE id = :id AND received = :from AND state = 'open';

-- name: upload_finish
UPDATE file_upload SET state = :state, verdict = :verdict, touched_at = :now
 WHERE id = :id AND state = 'open';

-- name: upload_refused
SELECT id, owner_id, size, modified, received, code, subject, field, name, state, verdict
  FROM file_upload WHERE owner_id = :owner AND subject = :subject AND state = 'refused'
 ORDER BY id;

-- name: upload_delete
DELETE FROM file_upload WHERE id = :id;

-- name: upload_purge
DELETE FROM file_upload WHERE touched_at <= :before;

-- name: upload_exists
SELECT count(*) AS n FROM file_upload WHERE code = :code AND state = 'open';

-- name: file_scanned
UPDATE file SET scan = :scan WHERE id = :id;
