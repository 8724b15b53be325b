-- name: desk_stage
-- One stage of an agency, nearest due first. Each of these four lists has an index that gives its
-- order, so that a page costs the same however many dossiers wait.
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier
 WHERE agency = :agency AND stage = :stage AND sort_at >= :from AND sort_at < :to
 ORDER BY sort_at, id LIMIT :limit OFFSET :offset;

-- name: desk_open
-- Whatever is open, in the stages given (joined by commas, with one at both ends). Written as a
-- comparison, the condition passes for one row in three with the planner of PostgreSQL; as what it
-- is, for one in two hundred, and then it reads all of them to sort them.
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier
 WHERE agency = :agency AND open = 1 AND sort_at >= :from AND sort_at < :to
   AND CASE WHEN :stages = '' OR :stages LIKE '%,' || stage || ',%' THEN 1 ELSE 0 END > 0
 ORDER BY sort_at, id LIMIT :limit OFFSET :offset;

-- name: desk_mine
-- What is assigned to one officer.
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier
 WHERE agency = :agency AND assignee_id = :assignee AND open = 1
   AND sort_at >= :from AND sort_at < :to
   AND CASE WHEN :stages = '' OR :stages LIKE '%,' || stage || ',%' THEN 1 ELSE 0 END > 0
 ORDER BY sort_at, id LIMIT :limit OFFSET :offset;

-- name: desk_procedure
-- One procedure of what is open.
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier
 WHERE agency = :agency AND procedure = :procedure AND open = 1
   AND sort_at >= :from AND sort_at < :to
   AND CASE WHEN :stages = '' OR :stages LIKE '%,' || stage || ',%' THEN 1 ELSE 0 END > 0
   AND (:assignee = 0 OR assignee_id = :assignee)
 ORDER BY sort_at, id LIMIT :limit OFFSET :offset;

-- name: desk_procedure_count
-- At most :most: nobody pages through more.
SELECT count(*) AS n FROM (
SELECT 1 AS one FROM dossier
 WHERE agency = :agency AND procedure = :procedure AND open = 1
   AND sort_at >= :from AND sort_at < :to
   AND CASE WHEN :stages = '' OR :stages LIKE '%,' || stage || ',%' THEN 1 ELSE 0 END > 0
   AND (:assignee = 0 OR assignee_id = :assignee)
 LIMIT :most) AS counted;

-- name: desk_word_count
-- How many have a word that begins so; at most :most are counted.
SELECT count(*) AS n FROM (
SELECT 1 AS one FROM dossier_word
 WHERE agency = :agency AND word >= :word AND word < :end LIMIT :most) AS counted;

-- name: desk_by_words
-- Up to six words, each the beginning of a word the dossier is found by; the rarest first, of which
-- the newest are looked at.
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier
 WHERE id IN (SELECT dossier_id FROM dossier_word
               WHERE agency = :agency AND word >= :word AND word < :end
               ORDER BY dossier_id DESC LIMIT :most)
   AND (:word_2 = '' OR EXISTS (SELECT 1 FROM dossier_word
        WHERE dossier_id = dossier.id AND word >= :word_2 AND word < :end_2))
   AND (:word_3 = '' OR EXISTS (SELECT 1 FROM dossier_word
        WHERE dossier_id = dossier.id AND word >= :word_3 AND word < :end_3))
   AND (:word_4 = '' OR EXISTS (SELECT 1 FROM dossier_word
        WHERE dossier_id = dossier.id AND word >= :word_4 AND word < :end_4))
   AND (:word_5 = '' OR EXISTS (SELECT 1 FROM dossier_word
        WHERE dossier_id = dossier.id AND word >= :word_5 AND word < :end_5))
   AND (:word_6 = '' OR EXISTS (SELECT 1 FROM dossier_word
        WHERE dossier_id = dossier.id AND word >= :word_6 AND word < :end_6))
 ORDER BY id DESC LIMIT :limit;

-- name: desk_open_procedures
-- For the filter: procedures with something open, found by leaps over the index from one to the
-- next.
WITH RECURSIVE waiting (code) AS (
  SELECT min(procedure) FROM dossier WHERE agency = :agency AND open = 1
  UNION ALL
  SELECT (SELECT min(d.procedure) FROM dossier d
           WHERE d.agency = :agency AND d.open = 1 AND d.procedure > waiting.code)
    FROM waiting WHERE waiting.code IS NOT NULL
)
SELECT code FROM waiting WHERE code IS NOT NULL ORDER BY code LIMIT 200;

-- name: owner_list
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier WHERE owner_id = :owner ORDER BY id DESC LIMIT :limit OFFSET :offset;

-- name: owner_waiting
-- What the applicant has to do; the index holds no others of theirs.
SELECT id, code, stage, procedure_name, applicant, assignee, assignee_id, submitted_at, clock_from,
       due_at, paused_at, answered_at
  FROM dossier
 WHERE owner_id = :owner AND stage IN ('fee', 'supplement')
   AND (stage = 'fee' OR answered_at IS NULL)
 ORDER BY id DESC LIMIT :limit;

-- name: owner_count
SELECT count(*) AS n FROM dossier WHERE owner_id = :owner;
