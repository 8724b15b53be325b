-- Work that leaves the request. state: waiting, running, done, dead. A running row whose lease has
-- passed is taken again: its worker died.
CREATE TABLE job (
	id $ID,
	kind $TEXT NOT NULL,
	key $TEXT NOT NULL,
	payload $TEXT NOT NULL,
	state $TEXT NOT NULL,
	due_at $TIME NOT NULL,
	lease_until $TIME NOT NULL DEFAULT 0,
	attempts $INT NOT NULL DEFAULT 0,
	last_error $TEXT NOT NULL DEFAULT '',
	created_at $TIME NOT NULL,
	changed_at $TIME NOT NULL,
	UNIQUE (kind, key)
) $STRICT;
CREATE INDEX job_due ON job (state, due_at);

-- When each schedule runs next; the row is also the lease that keeps two nodes from running it.
CREATE TABLE job_schedule (
	name $TEXT PRIMARY KEY,
	next_at $TIME NOT NULL
) $STRICT;
