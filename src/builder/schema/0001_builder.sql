-- The form builder. A working copy of a procedure: version counts its changes and is what
-- compare-and-set compares; base is the published version it began as (0: none). Its texts are
-- kept one by one for a while: to undo, and to show who was beaten what the other one changed.
CREATE TABLE builder_copy (
	code $TEXT PRIMARY KEY,
	name $TEXT NOT NULL,
	version $INT NOT NULL,
	base $INT NOT NULL
) $STRICT;
CREATE TABLE builder_text (
	code $TEXT NOT NULL,
	version $INT NOT NULL,
	definition $TEXT NOT NULL,
	changed_by $TEXT NOT NULL,
	changed_at $TIME NOT NULL,
	PRIMARY KEY (code, version)
) $STRICT;

-- Who published which version, when, on which legal ground. Versions that came with the starter
-- catalogue or an import have no row.
CREATE TABLE builder_publication (
	version_id $INT PRIMARY KEY,
	code $TEXT NOT NULL,
	published_by $TEXT NOT NULL,
	published_at $TIME NOT NULL,
	legal_number $TEXT NOT NULL,
	legal_day $INT NOT NULL,
	legal_title $TEXT NOT NULL
) $STRICT;
CREATE INDEX builder_publication_code ON builder_publication (code);

-- A file that changed what the working copy changed too, until somebody has chosen.
CREATE TABLE builder_import (
	code $TEXT PRIMARY KEY,
	definition $TEXT NOT NULL,
	base $INT NOT NULL,
	sent_by $TEXT NOT NULL,
	sent_at $TIME NOT NULL
) $STRICT;

-- Trying a form out: somebody's answers, which no draft and no dossier comes of.
CREATE TABLE builder_trial (
	code $TEXT NOT NULL,
	account_id $INT NOT NULL,
	answers $TEXT NOT NULL,
	PRIMARY KEY (code, account_id)
) $STRICT;
