-- An application that is not sent yet. version counts the saves and is what compare-and-set
-- compares. Once submitted a row only says which dossier it became.
CREATE TABLE draft (
	id $ID,
	code $TEXT NOT NULL UNIQUE,
	owner_id $INT NOT NULL,
	procedure $TEXT NOT NULL,
	version_id $INT NOT NULL,
	agency $TEXT NOT NULL,
	answers $TEXT NOT NULL,
	page $TEXT NOT NULL DEFAULT '',
	version $INT NOT NULL,
	submitted $BOOL NOT NULL,
	dossier $TEXT NOT NULL DEFAULT '',
	created_at $TIME NOT NULL,
	saved_at $TIME NOT NULL,
	expires_at $TIME NOT NULL
) $STRICT;
CREATE INDEX draft_owner ON draft (owner_id, saved_at) WHERE NOT submitted;
CREATE INDEX draft_expiry ON draft (expires_at) WHERE NOT submitted;

-- Papers given so far, in the order in which they came.
CREATE TABLE draft_file (
	id $ID,
	draft_id $INT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
	field $TEXT NOT NULL,
	file_id $INT NOT NULL REFERENCES file (id)
) $STRICT;
CREATE INDEX draft_file_of ON draft_file (draft_id, id);
