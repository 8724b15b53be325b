-- What looking at a file told, and where it stands with the scanner. 0 and '': not known.
-- inspected: '' nobody looked (made here, or given before), 'done', 'failed'.
-- scan: '' there is no scanner, 'waiting', 'clean', 'refused', 'failed'.
ALTER TABLE file ADD COLUMN pages $INT NOT NULL DEFAULT 0;
ALTER TABLE file ADD COLUMN width $INT NOT NULL DEFAULT 0;
ALTER TABLE file ADD COLUMN height $INT NOT NULL DEFAULT 0;
ALTER TABLE file ADD COLUMN sharpness $INT NOT NULL DEFAULT 0;
ALTER TABLE file ADD COLUMN thumbnail $TEXT NOT NULL DEFAULT '';
ALTER TABLE file ADD COLUMN inspected $TEXT NOT NULL DEFAULT '';
ALTER TABLE file ADD COLUMN scan $TEXT NOT NULL DEFAULT '';
CREATE INDEX file_thumbnail ON file (thumbnail) WHERE thumbnail <> '';

-- A file on its way in pieces: it goes on where it stopped, from another tab or after a restart.
-- What came so far lies in the store's folder "partial" under the code. subject and field are the
-- caller's words for what it is given to. state: 'open', 'done', 'refused' with the verdict.
CREATE TABLE file_upload (
	id $ID,
	code $TEXT NOT NULL UNIQUE,
	owner_id $INT NOT NULL,
	subject $TEXT NOT NULL,
	field $TEXT NOT NULL,
	name $TEXT NOT NULL,
	size $INT NOT NULL,
	modified $INT NOT NULL,
	received $INT NOT NULL,
	state $TEXT NOT NULL,
	verdict $TEXT NOT NULL DEFAULT '',
	touched_at $TIME NOT NULL
) $STRICT;
CREATE INDEX file_upload_owner ON file_upload (owner_id, subject);
CREATE INDEX file_upload_touched ON file_upload (touched_at);

-- When the collector looks again whether anything refers to the row.
ALTER TABLE file ADD COLUMN look_at $TIME NOT NULL DEFAULT 0;
CREATE INDEX file_look ON file (look_at);
