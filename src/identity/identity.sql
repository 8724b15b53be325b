-- --- accounts -----------------------------------------------------------------

-- name: account_insert
INSERT INTO account (created_at, identifier, name, name_key, role, agency, email, phone, person_id,
                     birth, commune, address, gender, confirmed, password)
VALUES (:now, :identifier, :name, :name_key, :role, :agency, :email, :phone, :person_id,
        :birth, :commune, :address, :gender, :confirmed, :password)
RETURNING id;

-- name: account_by_id
SELECT id, version, created_at, identifier, name, role, agency, email, phone, person_id, birth,
       commune, address, gender, locked, confirmed, wants_mail, unread
  FROM account WHERE id = :id;

-- name: account_by_identifier
SELECT id, version, created_at, identifier, name, role, agency, email, phone, person_id, birth,
       commune, address, gender, locked, confirmed, wants_mail, unread
  FROM account WHERE identifier = :identifier;

-- name: account_credentials_row
SELECT id, version, created_at, identifier, name, role, agency, email, phone, person_id, birth,
       commune, address, gender, locked, confirmed, wants_mail, unread, password
  FROM account WHERE identifier = :identifier;

-- name: account_of_agency
SELECT id, version, created_at, identifier, name, role, agency, email, phone, person_id, birth,
       commune, address, gender, locked, confirmed, wants_mail, unread
  FROM account WHERE agency = :agency AND role = :role AND locked = FALSE
 ORDER BY name_key, id;

-- name: account_page_rows
-- role '' and words '' ask for all; officers first, since they are who is managed.
SELECT id, version, created_at, identifier, name, role, agency, email, phone, person_id, birth,
       commune, address, gender, locked, confirmed, wants_mail, unread
  FROM account
 WHERE (:role = '' OR role = :role) AND (:words = '' OR name_key LIKE '%' || :words || '%')
 ORDER BY CASE WHEN role = 'citizen' THEN 1 ELSE 0 END, name_key, id
 LIMIT :limit OFFSET :offset;

-- name: account_page_count
SELECT count(*) AS n FROM account
 WHERE (:role = '' OR role = :role) AND (:words = '' OR name_key LIKE '%' || :words || '%');

-- name: account_update
UPDATE account
   SET version = version + 1, name = :name, name_key = :name_key, email = :email, phone = :phone,
       person_id = :person_id, birth = :birth, gender = :gender, address = :address,
       wants_mail = :wants_mail
 WHERE id = :id AND version = :version;

-- name: account_set_password
-- Whoever sets it has shown to be the owner: by the old one, a mailed code, or in person.
UPDATE account SET password = :password, confirmed = TRUE, version = version + 1 WHERE id = :id;

-- name: account_rename
-- Registered again before it was confirmed: as if it had been only now.
UPDATE account SET name = :name, name_key = :name_key, created_at = :now, version = version + 1
 WHERE id = :id AND confirmed = FALSE;

-- name: account_unconfirmed_codes
DELETE FROM reset_code WHERE account_id IN
       (SELECT id FROM account WHERE confirmed = FALSE AND created_at < :before);

-- name: account_unconfirmed
DELETE FROM account WHERE confirmed = FALSE AND created_at < :before;

-- name: account_set_locked
UPDATE account SET locked = :locked, version = version + 1 WHERE id = :id;

-- name: account_unread_add
UPDATE account SET unread = CASE WHEN unread + :change < 0 THEN 0 ELSE unread + :change END
 WHERE id = :id;

-- --- sessions -----------------------------------------------------------------

-- name: session_insert
INSERT INTO session (token, account_id, created_at, seen_at, device)
VALUES (:token, :account, :now, :now, :device);

-- name: session_caller
-- Everything the admit hook must know, in one look.
SELECT s.id AS session_id, s.created_at AS created_at, s.seen_at AS seen_at, a.id AS account_id,
       a.name AS name, a.identifier AS identifier, a.role AS role, a.agency AS agency,
       a.unread AS unread
  FROM session s JOIN account a ON a.id = s.account_id
 WHERE s.token = :token AND a.locked = FALSE;

-- name: session_seen
UPDATE session SET seen_at = :now WHERE id = :id AND seen_at < :now;

-- name: session_rows
SELECT id, created_at, seen_at, device FROM session
 WHERE account_id = :account AND created_at > :born AND seen_at > :seen
 ORDER BY seen_at DESC, id DESC LIMIT 100;

-- name: session_delete
DELETE FROM session WHERE token = :token;

-- name: session_delete_all
DELETE FROM session WHERE account_id = :account;

-- name: session_forget
DELETE FROM session WHERE created_at <= :born OR seen_at <= :seen;

-- --- passwords tried ------------------------------------------------------------

-- name: try_count
-- Counts this try before its password is looked at, so that tries made at the same moment count
-- too. Touches no row while the wait lasts. After `free` failures the wait doubles: 2, 4, 8 …
INSERT INTO sign_in_try (key, failures, until_at, changed_at) VALUES (:key, 1, 0, :now)
    ON CONFLICT (key) DO UPDATE
   SET failures = sign_in_try.failures + 1, changed_at = :now,
       until_at = CASE WHEN sign_in_try.failures < :free THEN 0
                       WHEN sign_in_try.failures - :free >= 9 THEN :now + :longest
                       ELSE :now + :second * (CAST(2 AS BIGINT)
                            << CAST(sign_in_try.failures - :free AS INTEGER)) END
 WHERE sign_in_try.until_at <= :now;

-- name: try_count_today
-- Touches no row beyond the ceiling; the key has the day.
INSERT INTO sign_in_try (key, failures, until_at, changed_at) VALUES (:key, 1, 0, :now)
    ON CONFLICT (key) DO UPDATE SET failures = sign_in_try.failures + 1, changed_at = :now
 WHERE sign_in_try.failures < :most;

-- name: try_until
SELECT until_at FROM sign_in_try WHERE key = :key;

-- name: try_clear
DELETE FROM sign_in_try WHERE key = :key;

-- name: try_forget
DELETE FROM sign_in_try WHERE changed_at < :before;

-- --- forgotten passwords ----------------------------------------------------------

-- name: reset_put
INSERT INTO reset_code (account_id, code, expires_at, tries) VALUES (:account, :code, :expires, 0)
    ON CONFLICT (account_id) DO UPDATE SET code = :code, expires_at = :expires, tries = 0;

-- name: reset_try
-- Counts the try, and says whether there is a code to compare with.
UPDATE reset_code SET tries = tries + 1
 WHERE account_id = :account AND expires_at > :now AND tries < :most;

-- name: reset_use
DELETE FROM reset_code WHERE account_id = :account AND code = :code;

-- name: reset_end
DELETE FROM reset_code WHERE account_id = :account;

-- name: reset_forget
DELETE FROM reset_code WHERE expires_at <= :now;

-- --- audit trail --------------------------------------------------------------------

-- name: audit_next
-- Locks the chain until the act ends.
UPDATE audit_head SET number = number + 1 WHERE chain = :chain RETURNING number, hash;

-- name: audit_insert
INSERT INTO audit_entry (chain, number, at, actor_id, actor, role, act, subject, detail, previous,
                         hash)
VALUES (:chain, :number, :at, :actor_id, :actor, :role, :act, :subject, :detail, :previous, :hash);

-- name: audit_advance
UPDATE audit_head SET hash = :hash WHERE chain = :chain;

-- name: audit_heads
SELECT chain, number, hash FROM audit_head ORDER BY chain;

-- name: audit_of_chain
SELECT id, chain, number, at, actor_id, actor, role, act, subject, detail, previous, hash
  FROM audit_entry WHERE chain = :chain AND number > :after AND number <= :last
 ORDER BY number LIMIT 1000;

-- name: audit_has_entry
SELECT count(*) AS n FROM audit_entry WHERE chain = :chain AND number = :number AND hash = :hash;

-- name: audit_beyond_heads
SELECT count(*) AS n FROM audit_entry e
  LEFT JOIN audit_head h ON h.chain = e.chain
 WHERE h.chain IS NULL OR e.number > h.number OR e.number < 1;

-- name: audit_page
SELECT id, chain, number, at, actor_id, actor, role, act, subject, detail, previous, hash
  FROM audit_entry ORDER BY id DESC LIMIT :limit OFFSET :offset;

-- name: audit_page_of
SELECT id, chain, number, at, actor_id, actor, role, act, subject, detail, previous, hash
  FROM audit_entry WHERE subject = :who OR actor = :who
 ORDER BY id DESC LIMIT :limit OFFSET :offset;

-- name: audit_count
SELECT CAST(COALESCE(SUM(number), 0) AS BIGINT) AS n FROM audit_head;

-- name: audit_count_of
SELECT count(*) AS n FROM audit_entry WHERE subject = :who OR actor = :who;
