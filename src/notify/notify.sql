-- name: notice_insert
INSERT INTO notice (account_id, kind, reference, title, text, link, at)
VALUES (:account, :kind, :reference, :title, :text, :link, :now)
    ON CONFLICT (account_id, kind, reference) DO NOTHING;

-- name: notice_page
SELECT id, kind, title, text, link, at, read_at FROM notice
 WHERE account_id = :account ORDER BY id DESC LIMIT :limit OFFSET :offset;

-- name: notice_count
SELECT count(*) AS n FROM notice WHERE account_id = :account;

-- name: notice_unread_count
SELECT count(*) AS n FROM notice WHERE account_id = :account AND read_at IS NULL;

-- name: notice_read_all
UPDATE notice SET read_at = :now WHERE account_id = :account AND read_at IS NULL;

-- name: sending_insert
INSERT INTO sending (channel, key, receiver_sha256, at, outcome)
VALUES (:channel, :key, :receiver, :now, :outcome);
