-- name: figures_months
SELECT month, CAST(SUM(received) AS BIGINT) AS received, CAST(SUM(online) AS BIGINT) AS online,
       CAST(SUM(finished_on_time) AS BIGINT) AS on_time,
       CAST(SUM(finished_late) AS BIGINT) AS late, CAST(SUM(minutes) AS BIGINT) AS minutes
  FROM dossier_month WHERE month >= :from AND month <= :to GROUP BY month ORDER BY month;

-- name: figures_open
-- What is being handled now, and what of it has passed its day.
SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) AS open,
       CAST(COALESCE(SUM(CASE WHEN due_day > 0 AND due_day < :today THEN count ELSE 0 END), 0)
            AS BIGINT) AS overdue
  FROM dossier_tally
 WHERE stage IN ('submitted', 'received', 'handling', 'approval', 'supplement', 'fee');

-- name: figures_of_procedure
-- Year to date [C32-11.11].
SELECT CAST(COALESCE(SUM(received), 0) AS BIGINT) AS received,
       CAST(COALESCE(SUM(online), 0) AS BIGINT) AS online,
       CAST(COALESCE(SUM(finished_on_time), 0) AS BIGINT) AS on_time,
       CAST(COALESCE(SUM(finished_late), 0) AS BIGINT) AS late,
       CAST(COALESCE(SUM(minutes), 0) AS BIGINT) AS minutes
  FROM dossier_month WHERE procedure = :procedure AND month >= :from AND month <= :to;

-- name: figures_ratings
-- One row for each content and grade that somebody gave; procedure '' for all.
SELECT content, grade, count(*) AS count FROM (
  SELECT 1 AS content, overall AS grade FROM dossier_rating
   WHERE month >= :from AND (:procedure = '' OR procedure = :procedure)
  UNION ALL SELECT 2, convenience FROM dossier_rating
   WHERE month >= :from AND (:procedure = '' OR procedure = :procedure)
  UNION ALL SELECT 3, timeliness FROM dossier_rating
   WHERE month >= :from AND (:procedure = '' OR procedure = :procedure)
  UNION ALL SELECT 4, attitude FROM dossier_rating
   WHERE month >= :from AND (:procedure = '' OR procedure = :procedure)) AS given
 WHERE grade > 0 GROUP BY content, grade;

-- name: rating_insert
INSERT INTO dossier_rating (dossier_id, agency, procedure, month, overall, convenience, timeliness,
       attitude, comment, at)
VALUES (:dossier, :agency, :procedure, :month, :overall, :convenience, :timeliness, :attitude,
       :comment, :now);

-- name: rating_of
SELECT overall, convenience, timeliness, attitude, comment, at FROM dossier_rating
 WHERE dossier_id = :dossier;
