-- What only the tests ask.

-- name: calendar_test_day
SELECT version, changed_at, changed_by FROM calendar_day WHERE on_day = :on_day;
