-- One application, from submission on. stage: see DOSSIER_STAGES in dossier.h; version counts the
-- acts and is what compare-and-set compares.
CREATE TABLE dossier (
	id $ID,
	code $TEXT NOT NULL UNIQUE,
	draft $TEXT NOT NULL UNIQUE,
	version $INT NOT NULL,
	stage $TEXT NOT NULL,
	procedure $TEXT NOT NULL,
	procedure_name $TEXT NOT NULL,
	version_id $INT NOT NULL,
	agency $TEXT NOT NULL,
	channel $INT NOT NULL,
	owner_id $INT NOT NULL,
	applicant $TEXT NOT NULL,
	person_id $TEXT NOT NULL,
	phone $TEXT NOT NULL,
	email $TEXT NOT NULL,
	address $TEXT NOT NULL,
	answers $TEXT NOT NULL,
	result_channel $TEXT NOT NULL DEFAULT 'portal',
	limit_code $TEXT NOT NULL,
	outcome $TEXT NOT NULL DEFAULT '',
	proposal $TEXT NOT NULL DEFAULT '',
	assignee_id $INT,
	assignee $TEXT NOT NULL DEFAULT '',
	submitted_at $TIME NOT NULL,
	changed_at $TIME NOT NULL,
	received_at $TIME,
	clock_from $TIME,
	due_at $TIME,
	first_due_at $TIME,
	paused_at $TIME,
	asked_at $TIME,
	answered_at $TIME,
	finished_at $TIME,
	returned_at $TIME,
	open $INT NOT NULL,
	sort_at $TIME NOT NULL
) $STRICT;
-- The desk's lists: one agency, nearest due first (sort_at: the due moment, or the far future when
-- there is none), all that is open or one stage.
CREATE INDEX dossier_open ON dossier (agency, sort_at, id) WHERE open = 1;
CREATE INDEX dossier_desk ON dossier (agency, stage, sort_at, id);
CREATE INDEX dossier_mine ON dossier (agency, assignee_id, sort_at, id) WHERE open = 1;
-- Holds all that the count under this filter asks for.
CREATE INDEX dossier_procedure ON dossier (agency, procedure, sort_at, id, stage, assignee_id)
	WHERE open = 1;
CREATE INDEX dossier_owner ON dossier (owner_id, id);
CREATE INDEX dossier_waiting ON dossier (stage, asked_at) WHERE stage = 'supplement';

-- What happened, in order; public events are the citizen's timeline.
CREATE TABLE dossier_event (
	dossier_id $INT NOT NULL REFERENCES dossier (id),
	number $INT NOT NULL,
	at $TIME NOT NULL,
	act $TEXT NOT NULL,
	from_stage $TEXT NOT NULL,
	to_stage $TEXT NOT NULL,
	actor_id $INT NOT NULL,
	actor $TEXT NOT NULL,
	actor_role $TEXT NOT NULL,
	note $TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (dossier_id, number)
) $STRICT;

-- Files of a dossier. kind: paper (with the application), supplement, result (proposed or decided),
-- sent-back (a proposal that was not approved).
CREATE TABLE dossier_file (
	id $ID,
	dossier_id $INT NOT NULL REFERENCES dossier (id),
	file_id $INT NOT NULL REFERENCES file (id),
	kind $TEXT NOT NULL,
	field $TEXT NOT NULL,
	added_at $TIME NOT NULL
) $STRICT;
CREATE INDEX dossier_file_of ON dossier_file (dossier_id, id);

-- What the office asked to be supplemented, each thing by itself.
CREATE TABLE dossier_item (
	dossier_id $INT NOT NULL REFERENCES dossier (id),
	number $INT NOT NULL,
	text $TEXT NOT NULL,
	PRIMARY KEY (dossier_id, number)
) $STRICT;

CREATE TABLE dossier_message (
	id $ID,
	dossier_id $INT NOT NULL REFERENCES dossier (id),
	at $TIME NOT NULL,
	from_office $INT NOT NULL,
	author_id $INT NOT NULL,
	author $TEXT NOT NULL,
	text $TEXT NOT NULL
) $STRICT;
CREATE INDEX dossier_message_of ON dossier_message (dossier_id, id);

-- Slips as they were issued: the data is frozen, the PDF is drawn from it each time.
CREATE TABLE dossier_slip (
	id $ID,
	dossier_id $INT NOT NULL REFERENCES dossier (id),
	kind $TEXT NOT NULL,
	number $TEXT NOT NULL,
	data $TEXT NOT NULL,
	sha256 $TEXT NOT NULL,
	issued_at $TIME NOT NULL,
	UNIQUE (dossier_id, kind)
) $STRICT;

-- The last number given by an agency on a day of intake.
CREATE TABLE dossier_number (
	agency $TEXT NOT NULL,
	day $INT NOT NULL,
	last $INT NOT NULL,
	PRIMARY KEY (agency, day)
) $STRICT;

-- How many dossiers an agency has in a stage, due on a day (0: no due day), so that the counts of a
-- desk cost the same with ten million dossiers as with ten.
CREATE TABLE dossier_tally (
	agency $TEXT NOT NULL,
	stage $TEXT NOT NULL,
	due_day $INT NOT NULL,
	assignee_id $INT NOT NULL,
	count $INT NOT NULL,
	PRIMARY KEY (agency, stage, due_day, assignee_id)
) $STRICT;
-- What is counted now; days that have emptied stay behind in the table.
CREATE INDEX dossier_tally_now ON dossier_tally (agency, stage, due_day, assignee_id, count)
	WHERE count <> 0;

-- Words a dossier is found by: the folded name of the applicant, the parts of its code.
CREATE TABLE dossier_word (
	agency $TEXT NOT NULL,
	word $TEXT NOT NULL,
	dossier_id $INT NOT NULL REFERENCES dossier (id),
	PRIMARY KEY (agency, word, dossier_id)
) $STRICT, WITHOUT ROWID; -- @sqlite
); -- @postgres
CREATE INDEX dossier_word_of ON dossier_word (dossier_id, word);

-- Figures by month of receipt and of finishing, kept with each act.
CREATE TABLE dossier_month (
	agency $TEXT NOT NULL,
	procedure $TEXT NOT NULL,
	month $INT NOT NULL,
	received $INT NOT NULL DEFAULT 0,
	online $INT NOT NULL DEFAULT 0,
	finished_on_time $INT NOT NULL DEFAULT 0,
	finished_late $INT NOT NULL DEFAULT 0,
	minutes $INT NOT NULL DEFAULT 0,
	PRIMARY KEY (agency, procedure, month)
) $STRICT;

-- Satisfaction [C32-12.1, C32-12.2]: 3 very satisfied, 2 satisfied, 1 not yet; 0 not answered.
CREATE TABLE dossier_rating (
	dossier_id $INT PRIMARY KEY REFERENCES dossier (id),
	agency $TEXT NOT NULL,
	procedure $TEXT NOT NULL,
	month $INT NOT NULL,
	overall $INT NOT NULL,
	convenience $INT NOT NULL,
	timeliness $INT NOT NULL,
	attitude $INT NOT NULL,
	comment $TEXT NOT NULL,
	at $TIME NOT NULL
) $STRICT;
CREATE INDEX dossier_rating_month ON dossier_rating (month);
