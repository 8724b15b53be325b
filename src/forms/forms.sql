-- name: draft_insert
INSERT INTO draft (code, owner_id, procedure, version_id, agency, answers, version, submitted,
       created_at, saved_at, expires_at)
VALUES (:code, :owner, :procedure, :version_id, :agency, :answers, 1, FALSE, :now, :now, :expires);

-- name: draft_count
SELECT count(*) AS n FROM draft WHERE owner_id = :owner AND NOT submitted;

-- name: draft_of
-- Only its owner's.
SELECT id, owner_id, version_id, version, created_at, saved_at, expires_at, code, procedure, agency,
       answers, page, submitted, dossier, left_over
  FROM draft WHERE code = :code AND owner_id = :owner;

-- name: draft_open_of
SELECT id, owner_id, version_id, version, created_at, saved_at, expires_at, code, procedure, agency,
       answers, page, submitted, dossier, left_over
  FROM draft WHERE owner_id = :owner AND NOT submitted
 ORDER BY saved_at DESC, id DESC;

-- name: draft_store
-- Compare-and-set: touches no row when another tab was quicker, or it is submitted.
UPDATE draft SET version = version + 1, answers = :answers, page = :page, saved_at = :now,
       expires_at = :expires, warned = FALSE
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

-- name: draft_move
-- Compare-and-set: to another version of its procedure.
UPDATE draft SET version = version + 1, version_id = :version_id, answers = :answers,
       left_over = :left_over
 WHERE id = :id AND version = :version AND NOT submitted;

-- name: draft_expiring
SELECT id, owner_id, version_id, version, created_at, saved_at, expires_at, code, procedure, agency,
       answers, page, submitted, dossier, left_over
  FROM draft WHERE expires_at <= :until AND NOT submitted AND NOT warned
 ORDER BY expires_at, id LIMIT 200;

-- name: draft_warned
UPDATE draft SET warned = TRUE WHERE id = :id;

-- name: memory_put
INSERT INTO form_memory (owner_id, word, value, label, used_at)
VALUES (:owner, :word, :value, :label, :now)
    ON CONFLICT (owner_id, word, value) DO UPDATE
   SET used_at = excluded.used_at, label = excluded.label;

-- name: memory_of
SELECT id, word, value, label FROM form_memory WHERE owner_id = :owner
 ORDER BY used_at DESC, id DESC LIMIT :most;

-- name: memory_trim
-- The newest of a word stay: one was put, so one at most has to go.
DELETE FROM form_memory WHERE id =
       (SELECT id FROM form_memory WHERE owner_id = :owner AND word = :word
         ORDER BY used_at DESC, id DESC LIMIT 1 OFFSET :most);
