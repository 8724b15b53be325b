-- What is offered, by whom, where. Days are numbers since 1970-01-01; valid_to NULL is "still".

-- Agencies by their code of Decision 20/2020; old_code is that of QCVN 102:2016. What has neither
-- form keeps the code it came with.
CREATE TABLE agency (
	code $TEXT PRIMARY KEY,
	old_code $TEXT NOT NULL,
	name $TEXT NOT NULL,
	name_en $TEXT NOT NULL,
	slug $TEXT NOT NULL,
	parent $TEXT NOT NULL,
	commune $TEXT NOT NULL,
	address $TEXT NOT NULL,
	phone $TEXT NOT NULL,
	level $TEXT NOT NULL,
	receives $BOOL NOT NULL,
	valid_from $INT NOT NULL,
	valid_to $INT
) $STRICT;
CREATE INDEX agency_old_code ON agency (old_code);
CREATE INDEX agency_slug ON agency (slug);

-- Who goes on with the work of an agency: one or several.
CREATE TABLE agency_successor (
	code $TEXT NOT NULL,
	successor $TEXT NOT NULL,
	PRIMARY KEY (code, successor)
) $STRICT;

-- Provinces, communes and, of the past only, districts. Codes were given again in 2025, so a unit
-- is a code with the day from which it holds. agency: code of its administration.
CREATE TABLE unit (
	code $TEXT NOT NULL,
	valid_from $INT NOT NULL,
	valid_to $INT,
	kind $TEXT NOT NULL,
	parent $TEXT NOT NULL,
	type $TEXT NOT NULL,
	name $TEXT NOT NULL,
	full_name $TEXT NOT NULL,
	name_en $TEXT NOT NULL,
	agency $TEXT NOT NULL,
	PRIMARY KEY (code, valid_from)
) $STRICT;
CREATE INDEX unit_parent ON unit (parent, kind);

-- Which unit became which: "full", or "partial" when only a part of the old one did.
CREATE TABLE unit_change (
	old_code $TEXT NOT NULL,
	new_code $TEXT NOT NULL,
	kind $TEXT NOT NULL,
	on_day $INT NOT NULL,
	PRIMARY KEY (old_code, new_code, on_day)
) $STRICT;

CREATE TABLE sector (
	code $TEXT PRIMARY KEY,
	name $TEXT NOT NULL,
	name_en $TEXT NOT NULL
) $STRICT;

-- Code lists: those that forms offer (data/lists), and subjects, results and legal documents.
CREATE TABLE code_list (
	list $TEXT NOT NULL,
	code $TEXT NOT NULL,
	ord $INT NOT NULL,
	name $TEXT NOT NULL,
	name_en $TEXT NOT NULL,
	PRIMARY KEY (list, code)
) $STRICT;

-- One row for each text of a procedure that was ever published; a row never changes but for
-- valid_to. What stands between name and definition is taken from the definition, so that lists
-- need not read it.
CREATE TABLE procedure_version (
	id $ID,
	code $TEXT NOT NULL,
	version $INT NOT NULL,
	valid_from $INT NOT NULL,
	valid_to $INT,
	name $TEXT NOT NULL,
	name_en $TEXT NOT NULL,
	sector $TEXT NOT NULL,
	promulgator $TEXT NOT NULL,
	executing $TEXT NOT NULL,
	levels $INT NOT NULL,
	service_level $INT NOT NULL,
	fee_least $INT NOT NULL,
	limit_code $TEXT NOT NULL,
	online $BOOL NOT NULL,
	definition $TEXT NOT NULL,
	sha256 $TEXT NOT NULL,
	created_at $TIME NOT NULL,
	UNIQUE (code, version)
) $STRICT;

-- One row. Whoever changes what anonymous visitors see adds one to it, in the same transaction.
CREATE TABLE content_version (
	id $INT PRIMARY KEY CHECK (id = 1),
	version $INT NOT NULL
) $STRICT;
INSERT INTO content_version (id, version) VALUES (1, 1);
