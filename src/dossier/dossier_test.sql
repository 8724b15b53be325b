-- What only the tests ask and do.

-- name: dossier_test_account
INSERT INTO account (created_at, identifier, name, name_key, role, agency, email, phone, person_id,
       birth, commune, address, gender, password)
VALUES (0, :identifier, :name, '', :role, :agency, :email, '0912345678', '099192000001', NULL, '',
       'Số 5, tổ 2', '', 'x')
RETURNING id;

-- name: dossier_test_agency
INSERT INTO agency (code, old_code, name, name_en, slug, parent, commune, address, phone, level,
       receives, valid_from)
VALUES (:code, '', :name, '', '', '', '', 'Số 2 đường Trần Hưng Đạo', '0298 3800 101', 'xa', TRUE,
       0);

-- name: dossier_test_counts
-- Everything an act may write.
SELECT (SELECT count(*) FROM dossier) AS dossiers, (SELECT count(*) FROM dossier_event) AS events,
       (SELECT count(*) FROM audit_entry) AS audits, (SELECT count(*) FROM notice) AS notices,
       (SELECT count(*) FROM job) AS mails, (SELECT count(*) FROM dossier_file) AS files,
       (SELECT count(*) FROM dossier_item) AS items, (SELECT count(*) FROM dossier_slip) AS slips,
       (SELECT count(*) FROM dossier_word) AS words, (SELECT count(*) FROM file) AS stored,
       (SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM dossier_tally) AS tallied,
       (SELECT CAST(COALESCE(SUM(last), 0) AS BIGINT) FROM dossier_number) AS numbers,
       (SELECT CAST(COALESCE(SUM(received + finished_on_time + finished_late), 0) AS BIGINT)
          FROM dossier_month) AS figures;

-- name: dossier_test_place
-- Puts a dossier where the table of steps could find it.
UPDATE dossier SET stage = :stage, asked_at = :asked, answered_at = :answered,
       received_at = :received, assignee_id = :assignee, paused_at = NULL, open = 1
 WHERE id = :id;

-- name: dossier_test_forget_items
DELETE FROM dossier_item WHERE dossier_id = :id;

-- name: dossier_test_forge
UPDATE dossier_slip SET data = :data WHERE dossier_id = :id;

-- name: dossier_test_lock
UPDATE account SET locked = TRUE WHERE id = :id;

-- name: dossier_test_number
-- As if so many had come in already.
INSERT INTO dossier_number (agency, day, last) VALUES (:agency, :day, :last);

-- name: dossier_test_open
SELECT agency, stage, due_at, paused_at, assignee_id FROM dossier;

-- name: dossier_test_tally
SELECT agency, stage, due_day, assignee_id, count FROM dossier_tally WHERE count <> 0;

-- name: dossier_test_notices
SELECT account_id, kind, reference, title, text FROM notice ORDER BY id;

-- name: dossier_test_namesakes
-- As many more of one dossier.
INSERT INTO dossier (code, draft, version, stage, procedure, procedure_name, version_id, agency,
       channel, owner_id, applicant, person_id, phone, email, address, answers, result_channel,
       limit_code, submitted_at, changed_at, due_at, open, sort_at)
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
SELECT 'X-' || CAST(i AS TEXT), 'X-' || CAST(i AS TEXT), version, stage, procedure, procedure_name,
       version_id, agency, channel, owner_id, applicant, person_id, phone, email, address, answers,
       result_channel, limit_code, submitted_at, changed_at, due_at, open, sort_at
  FROM dossier, n WHERE id = :id;

-- name: dossier_test_word
INSERT INTO dossier_word (agency, word, dossier_id)
SELECT agency, :word, id FROM dossier WHERE code LIKE 'X-%';

-- name: dossier_test_audits
SELECT count(*) AS n FROM audit_entry WHERE act = :act;

-- name: dossier_test_unit
INSERT INTO unit (code, parent, kind, type, name, full_name, name_en, agency, valid_from)
VALUES ('99001', '', 'commune', 'Phường', 'Trung Tâm', 'Phường Trung Tâm', '', '', 0);

-- name: dossier_test_seat
UPDATE agency SET parent = :parent, name = :name, commune = '99001' WHERE code = :code;
