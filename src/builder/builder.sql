-- name: copy_insert
INSERT INTO builder_copy (code, name, version, base) VALUES (:code, :name, 1, :base);

-- name: copy_update
-- Compare-and-set: touches no row when somebody was quicker.
UPDATE builder_copy SET version = version + 1, name = :name, base = :base
 WHERE code = :code AND version = :version;

-- name: copy_newest
SELECT c.code, c.name, c.version, c.base, t.definition, t.changed_by, t.changed_at
  FROM builder_copy c JOIN builder_text t ON t.code = c.code AND t.version = c.version
 WHERE c.code = :code;

-- name: copy_list
SELECT c.code, c.name, c.version, c.base, '' AS definition, t.changed_by, t.changed_at
  FROM builder_copy c JOIN builder_text t ON t.code = c.code AND t.version = c.version
 ORDER BY t.changed_at DESC, c.code;

-- name: text_insert
INSERT INTO builder_text (code, version, definition, changed_by, changed_at)
VALUES (:code, :version, :definition, :changed_by, :now);

-- name: text_forget
DELETE FROM builder_text WHERE code = :code AND version <= :version;

-- name: text_of
SELECT definition FROM builder_text WHERE code = :code AND version = :version;

-- name: publication_insert
INSERT INTO builder_publication (version_id, code, published_by, published_at, legal_number,
       legal_day, legal_title)
VALUES (:version_id, :code, :published_by, :now, :legal_number, :legal_day, :legal_title);

-- name: publication_list
SELECT version_id, published_by, published_at, legal_number, legal_day, legal_title
  FROM builder_publication WHERE code = :code ORDER BY version_id;

-- name: import_put
INSERT INTO builder_import (code, definition, base, sent_by, sent_at)
VALUES (:code, :definition, :base, :sent_by, :now)
    ON CONFLICT (code) DO UPDATE SET definition = excluded.definition, base = excluded.base,
       sent_by = excluded.sent_by, sent_at = excluded.sent_at;

-- name: import_of
SELECT definition, base, sent_by, sent_at FROM builder_import WHERE code = :code;

-- name: import_delete
DELETE FROM builder_import WHERE code = :code;

-- name: trial_put
INSERT INTO builder_trial (code, account_id, answers) VALUES (:code, :account, :answers)
    ON CONFLICT (code, account_id) DO UPDATE SET answers = excluded.answers;

-- name: trial_of
SELECT answers FROM builder_trial WHERE code = :code AND account_id = :account;
