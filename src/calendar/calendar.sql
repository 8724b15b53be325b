-- Days and office hours as they are kept. Agency '' stands for all.

-- name: calendar_days
SELECT id, on_day, kind, title, source, agency, draft
  FROM calendar_day
 WHERE agency = '' OR agency = :agency
 ORDER BY on_day, kind, agency;

-- name: calendar_day_save
-- A confirmed day never becomes a draft again, and what is unchanged is left alone.
INSERT INTO calendar_day
       (on_day, kind, title, source, agency, draft, version, changed_by, changed_at)
VALUES (:on_day, :kind, :title, :source, :agency, :draft, 1, :who, :now)
    ON CONFLICT (on_day, kind, agency) DO UPDATE
   SET title = excluded.title, source = excluded.source, draft = excluded.draft,
       version = calendar_day.version + 1,
       changed_by = excluded.changed_by, changed_at = excluded.changed_at
 WHERE (calendar_day.draft = TRUE OR excluded.draft = FALSE)
   AND (calendar_day.draft <> excluded.draft OR calendar_day.title <> excluded.title
        OR calendar_day.source <> excluded.source);

-- name: calendar_day_by_id
SELECT id, on_day, kind, title, source, agency, draft FROM calendar_day WHERE id = :id;

-- name: calendar_days_of_units
SELECT id, on_day, kind, title, source, agency, draft
  FROM calendar_day
 WHERE agency <> '' AND on_day BETWEEN :first AND :last
 ORDER BY on_day, agency, kind;

-- name: calendar_day_delete
DELETE FROM calendar_day WHERE id = :id;

-- name: office_hours_all
SELECT agency, effective_from, weekday, from_second, to_second
  FROM office_hours
 ORDER BY agency, effective_from DESC, weekday, from_second;

-- name: office_hours_on
-- The week that holds on a day: the newest that began by then.
SELECT weekday, from_second, to_second
  FROM office_hours
 WHERE agency = :agency
   AND effective_from = (SELECT max(effective_from)
                           FROM office_hours
                          WHERE agency = :agency AND effective_from <= :on_day)
 ORDER BY weekday, from_second;

-- name: office_hours_clear
DELETE FROM office_hours WHERE agency = :agency AND effective_from = :effective_from;

-- name: office_hours_add
INSERT INTO office_hours
       (agency, effective_from, weekday, from_second, to_second, changed_by, changed_at)
VALUES (:agency, :effective_from, :weekday, :from_second, :to_second, :who, :now);
