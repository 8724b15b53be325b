-- name: dossier_by_code
SELECT id, version, version_id, owner_id, channel, code, procedure, procedure_name,
       stage AS stage_code, agency, draft, applicant, person_id, phone, email, address, answers,
       result_channel, submitted_at, changed_at, received_at, clock_from, due_at, first_due_at,
       paused_at, finished_at, returned_at, assignee_id, asked_at, answered_at, assignee,
       limit_code, outcome, proposal
  FROM dossier WHERE code = :code;

-- name: dossier_insert
INSERT INTO dossier (code, draft, version, stage, procedure, procedure_name, version_id, agency,
       channel, owner_id, applicant, person_id, phone, email, address, answers, result_channel,
       limit_code, submitted_at, changed_at, due_at, open, sort_at)
VALUES (:code, :draft, 1, 'submitted', :procedure, :procedure_name, :version_id, :agency,
       :channel, :owner_id, :applicant, :person_id, :phone, :email, :address, :answers,
       :result_channel, :limit_code, :now, :now, :due_at, 1, :sort_at)
RETURNING id;

-- name: dossier_store
-- Compare-and-set: touches no row when another act was quicker.
UPDATE dossier SET version = version + 1, stage = :stage, outcome = :outcome, proposal = :proposal,
       assignee_id = :assignee_id, assignee = :assignee, changed_at = :now,
       received_at = :received_at, clock_from = :clock_from, due_at = :due_at,
       first_due_at = :first_due_at, paused_at = :paused_at, asked_at = :asked_at,
       answered_at = :answered_at, finished_at = :finished_at, returned_at = :returned_at,
       open = :open, sort_at = :sort_at
 WHERE id = :id AND version = :version;

-- name: dossier_promise_put
INSERT INTO dossier_promise (dossier_id, steps) VALUES (:dossier, :steps)
    ON CONFLICT (dossier_id) DO UPDATE SET steps = excluded.steps;

-- name: dossier_promise_of
SELECT steps FROM dossier_promise WHERE dossier_id = :dossier;

-- name: dossier_event_insert
INSERT INTO dossier_event (dossier_id, number, at, act, from_stage, to_stage, actor_id, actor,
       actor_role, note)
VALUES (:dossier, :number, :at, :act, :from_stage, :to_stage, :actor_id, :actor, :role, :note);

-- name: dossier_event_list
SELECT number, at, act, from_stage, to_stage, actor, actor_role, note
  FROM dossier_event WHERE dossier_id = :dossier ORDER BY number;

-- name: dossier_file_insert
INSERT INTO dossier_file (dossier_id, file_id, kind, field, added_at)
VALUES (:dossier, :file, :kind, :field, :now);

-- name: dossier_file_send_back
UPDATE dossier_file SET kind = 'sent-back' WHERE dossier_id = :dossier AND kind = 'result';

-- name: dossier_file_list
SELECT d.id, d.file_id, f.size, d.added_at, d.kind, d.field, f.name, f.mime, f.sha256, f.scan
  FROM dossier_file d JOIN file f ON f.id = d.file_id
 WHERE d.dossier_id = :dossier ORDER BY d.id;

-- name: dossier_item_insert
INSERT INTO dossier_item (dossier_id, number, text) VALUES (:dossier, :number, :text);

-- name: dossier_item_list
SELECT number, text FROM dossier_item WHERE dossier_id = :dossier ORDER BY number;

-- name: dossier_message_insert
INSERT INTO dossier_message (dossier_id, at, from_office, author_id, author, text)
VALUES (:dossier, :at, :from_office, :author_id, :author, :text) RETURNING id;

-- name: dossier_message_count
SELECT count(*) AS n FROM dossier_message WHERE dossier_id = :dossier;

-- name: dossier_message_page
-- The newest but `offset`, oldest of them first.
SELECT id, at, from_office, author, text
  FROM (SELECT id, at, from_office, author, text FROM dossier_message WHERE dossier_id = :dossier
         ORDER BY id DESC LIMIT :limit OFFSET :offset) AS newest
 ORDER BY id;

-- name: dossier_number_next
INSERT INTO dossier_number (agency, day, last) VALUES (:agency, :day, 1)
    ON CONFLICT (agency, day) DO UPDATE SET last = dossier_number.last + 1
RETURNING last;

-- name: dossier_tally_add
INSERT INTO dossier_tally (agency, stage, due_day, assignee_id, count)
VALUES (:agency, :stage, :due_day, :assignee_id, :delta)
    ON CONFLICT (agency, stage, due_day, assignee_id)
    DO UPDATE SET count = dossier_tally.count + excluded.count;

-- name: dossier_tally_list
-- Open stages only: what is closed is counted by months.
SELECT stage, due_day, assignee_id, count FROM dossier_tally
 WHERE agency = :agency AND count <> 0
   AND stage IN ('submitted', 'received', 'handling', 'approval', 'supplement', 'fee', 'done');

-- name: dossier_word_insert
INSERT INTO dossier_word (agency, word, dossier_id) VALUES (:agency, :word, :dossier)
    ON CONFLICT (agency, word, dossier_id) DO NOTHING;

-- name: dossier_month_received
INSERT INTO dossier_month (agency, procedure, month, received, online)
VALUES (:agency, :procedure, :month, 1, :online)
    ON CONFLICT (agency, procedure, month)
    DO UPDATE SET received = dossier_month.received + 1,
                  online = dossier_month.online + excluded.online;

-- name: dossier_month_finished
INSERT INTO dossier_month (agency, procedure, month, finished_on_time, finished_late, minutes)
VALUES (:agency, :procedure, :month, :on_time, :late, :minutes)
    ON CONFLICT (agency, procedure, month)
    DO UPDATE SET finished_on_time = dossier_month.finished_on_time + excluded.finished_on_time,
                  finished_late = dossier_month.finished_late + excluded.finished_late,
                  minutes = dossier_month.minutes + excluded.minutes;

-- name: dossier_slip_insert
INSERT INTO dossier_slip (dossier_id, kind, number, data, sha256, token, issued_at)
VALUES (:dossier, :kind, :number, :data, :sha256, :token, :now);

-- name: dossier_slip_of
SELECT number, data, sha256, token, issued_at FROM dossier_slip
 WHERE dossier_id = :dossier AND kind = :kind;

-- name: dossier_overdue_supplements
-- Asked before that moment and never answered [ND118-17.3].
SELECT code FROM dossier WHERE stage = 'supplement' AND asked_at < :before AND answered_at IS NULL
 ORDER BY asked_at LIMIT 200;
