-- name: file_insert
INSERT INTO file (sha256, size, mime, name, created_at)
VALUES (:sha256, :size, :mime, :name, :now) RETURNING id;

-- name: file_by_id
SELECT id, size, created_at, sha256, mime, name FROM file WHERE id = :id;
