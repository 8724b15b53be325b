-- name: desk_stage
-- One stage of an agency, nearest due first.
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier
 WHERE agency = :agency AND stage = :stage AND sort_at >= :from AND sort_at < :to
   AND (:assignee = 0 OR assignee_id = :assignee)
   AND (:procedure = '' OR procedure = :procedure)
 ORDER BY sort_at, id LIMIT :limit OFFSET :offset;

-- name: desk_open
-- Whatever is open, in the stages given (joined by commas, with one at both ends). The expression
-- keeps both engines on the index that has the order.
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier
 WHERE agency = :agency AND open = 1 AND sort_at >= :from AND sort_at < :to
   AND (:stages = '' OR :stages LIKE '%,' || stage || ',%')
   AND (:assignee = 0 OR assignee_id = :assignee)
   AND (:procedure = '' OR procedure = :procedure)
 ORDER BY sort_at, id LIMIT :limit OFFSET :offset;

-- name: desk_open_count
-- At most :most: nobody pages through more.
SELECT count(*) AS n FROM (
SELECT 1 AS one FROM dossier
 WHERE agency = :agency AND open = 1 AND sort_at >= :from AND sort_at < :to
   AND (:stages = '' OR :stages LIKE '%,' || stage || ',%')
   AND (:assignee = 0 OR assignee_id = :assignee)
   AND (:procedure = '' OR procedure = :procedure)
 LIMIT :most) AS counted;

-- name: desk_closed
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier WHERE agency = :agency ORDER BY id DESC LIMIT :limit OFFSET :offset;

-- name: desk_by_words
-- Up to three words, each the beginning of a word the dossier is found by.
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier
 WHERE id IN (SELECT dossier_id FROM dossier_word
               WHERE agency = :agency AND word >= :word AND word < :word_end
               ORDER BY word LIMIT 2000)
   AND (:second = '' OR EXISTS (SELECT 1 FROM dossier_word w WHERE w.agency = :agency
        AND w.word >= :second AND w.word < :second_end AND w.dossier_id = dossier.id))
   AND (:third = '' OR EXISTS (SELECT 1 FROM dossier_word w WHERE w.agency = :agency
        AND w.word >= :third AND w.word < :third_end AND w.dossier_id = dossier.id))
 ORDER BY id DESC LIMIT :limit;

-- name: desk_open_procedures
-- For the filter: procedures with something open.
SELECT procedure AS code, procedure_name AS name FROM dossier
 WHERE agency = :agency AND open = 1 GROUP BY procedure, procedure_name ORDER BY procedure_name
 LIMIT 200;

-- name: owner_list
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier WHERE owner_id = :owner ORDER BY id DESC LIMIT :limit OFFSET :offset;

-- name: owner_count
SELECT count(*) AS n FROM dossier WHERE owner_id = :owner;
