-- name: draft_insert
INSERT INTO draft (code, owner_id, procedure, version_id, agency, answers, version, submitted,
       created_at, saved_at, expires_at)
VALUES (:code, :owner, :procedure, :version_id, :agency, :answers, 1, FALSE, :now, :now, :expires);

-- name: draft_count
SELECT count(*) AS n FROM draft WHERE owner_id = :owner AND NOT submitted;

-- name: draft_of
-- Only its owner's.
SELECT id, owner_id, version_id, version, created_at, saved_at, expires_at, code, procedure, agency,
       answers, page, submitted, dossier
  FROM draft WHERE code = :code AND owner_id = :owner;

-- name: draft_open_of
SELECT id, owner_id, version_id, version, created_at, saved_at, expires_at, code, procedure, agency,
       answers, page, submitted, dossier
  FROM draft WHERE owner_id = :owner AND NOT submitted
 ORDER BY saved_at DESC, id DESC;

-- name: draft_store
-- Compare-and-set: touches no row when another tab was quicker, or it is submitted.
UPDATE draft SET version = version + 1, answers = :answers, page = :page, saved_at = :now,
       expires_at = :expires
 WHERE id = :id AND version = :version AND NOT submitted;

-- name: draft_finish
-- The answers now live in the dossier alone.
UPDATE draft SET version = version + 1, submitted = TRUE, dossier = :dossier, answers = '{}'
 WHERE id = :id AND version = :version AND NOT submitted;

-- name: draft_became
SELECT submitted, dossier FROM draft WHERE id = :id;

-- name: draft_remove
DELETE FROM draft WHERE id = :id AND NOT submitted;

-- name: draft_purge
DELETE FROM draft WHERE expires_at <= :now AND NOT submitted;

-- name: draft_file_insert
INSERT INTO draft_file (draft_id, field, file_id) VALUES (:draft, :field, :file);

-- name: draft_file_list
SELECT d.id, d.file_id, f.size, d.field, f.name, f.mime, f.sha256, f.scan, f.pages, f.width,
       f.height, f.sharpness, f.thumbnail, f.inspected
  FROM draft_file d JOIN file f ON f.id = d.file_id
 WHERE d.draft_id = :draft ORDER BY d.id;

-- name: draft_file_holder
-- The draft, not sent yet, that a file was given to.
SELECT r.owner_id, r.code, d.field
  FROM draft_file d JOIN draft r ON r.id = d.draft_id
 WHERE d.file_id = :file AND NOT r.submitted;

-- name: draft_file_delete
DELETE FROM draft_file WHERE id = :id AND draft_id = :draft;
