-- People and how they sign in. identifier: lower case e-mail, telephone of digits only, or for
-- officers a plain word. name_key: name and identifier folded, for the administrator's search.
CREATE TABLE account (
	id $ID,
	version $INT NOT NULL DEFAULT 1,
	created_at $TIME NOT NULL,
	identifier $TEXT NOT NULL UNIQUE,
	name $TEXT NOT NULL,
	name_key $TEXT NOT NULL,
	role $TEXT NOT NULL,
	agency $TEXT NOT NULL,
	email $TEXT NOT NULL,
	phone $TEXT NOT NULL,
	person_id $TEXT NOT NULL,
	birth $INT,
	commune $TEXT NOT NULL,
	address $TEXT NOT NULL,
	gender $TEXT NOT NULL,
	locked $BOOL NOT NULL DEFAULT FALSE,
	wants_mail $BOOL NOT NULL DEFAULT TRUE,
	-- Notices not read yet; kept by notify in its own transactions.
	unread $INT NOT NULL DEFAULT 0,
	-- PHC string of argon2id.
	password $TEXT NOT NULL
) $STRICT;
CREATE INDEX account_agency ON account (agency, role);

-- token: SHA-256 of what the browser holds, so that a copy of this table lets nobody in.
CREATE TABLE session (
	id $ID,
	token $TEXT NOT NULL UNIQUE,
	account_id $INT NOT NULL REFERENCES account (id),
	created_at $TIME NOT NULL,
	seen_at $TIME NOT NULL,
	-- Words for its owner: "Firefox, Windows".
	device $TEXT NOT NULL
) $STRICT;
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_created ON session (created_at);

-- Passwords tried in vain, by a keyed hash of the identifier that was typed, whether or not there
-- is such an account. Until until_at no password is looked at.
CREATE TABLE sign_in_try (
	key $TEXT PRIMARY KEY,
	failures $INT NOT NULL,
	until_at $TIME NOT NULL,
	changed_at $TIME NOT NULL
) $STRICT;

-- Mailed codes that let a person choose a new password; code: keyed hash.
CREATE TABLE reset_code (
	account_id $INT PRIMARY KEY REFERENCES account (id),
	code $TEXT NOT NULL,
	expires_at $TIME NOT NULL,
	tries $INT NOT NULL
) $STRICT;

-- The audit trail: append-only, each entry holding the hash of the one before it in its chain.
CREATE TABLE audit_entry (
	id $ID,
	chain $INT NOT NULL,
	number $INT NOT NULL,
	at $TIME NOT NULL,
	actor_id $INT NOT NULL,
	actor $TEXT NOT NULL,
	role $TEXT NOT NULL,
	act $TEXT NOT NULL,
	subject $TEXT NOT NULL,
	detail $TEXT NOT NULL,
	previous $TEXT NOT NULL,
	hash $TEXT NOT NULL,
	UNIQUE (chain, number)
) $STRICT;
CREATE INDEX audit_subject ON audit_entry (subject);
CREATE INDEX audit_actor ON audit_entry (actor);

-- The end of each chain; its row is the lock of those who append.
CREATE TABLE audit_head (
	chain $INT PRIMARY KEY,
	number $INT NOT NULL,
	hash $TEXT NOT NULL
) $STRICT;
INSERT INTO audit_head (chain, number, hash) VALUES
	(0, 0, ''), (1, 0, ''), (2, 0, ''), (3, 0, ''), (4, 0, ''), (5, 0, ''),
	(6, 0, ''), (7, 0, ''), (8, 0, ''), (9, 0, ''), (10, 0, ''), (11, 0, ''),
	(12, 0, ''), (13, 0, ''), (14, 0, ''), (15, 0, '');

CREATE TRIGGER audit_keep_content BEFORE UPDATE ON audit_entry -- @sqlite
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END; -- @sqlite
CREATE TRIGGER audit_keep_entries BEFORE DELETE ON audit_entry -- @sqlite
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END; -- @sqlite
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS -- @postgres
$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$; -- @postgres
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry -- @postgres
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(); -- @postgres
