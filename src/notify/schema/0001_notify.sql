-- What people were told in the portal. One event tells one person once.
CREATE TABLE notice (
	id $ID,
	account_id $INT NOT NULL,
	kind $TEXT NOT NULL,
	reference $TEXT NOT NULL,
	title $TEXT NOT NULL,
	text $TEXT NOT NULL,
	link $TEXT NOT NULL,
	at $TIME NOT NULL,
	read_at $TIME,
	UNIQUE (account_id, kind, reference)
) $STRICT;
CREATE INDEX notice_of ON notice (account_id, id);

-- Every try to send, with its channel, moment and outcome [C32-9.3]; whom by hash only.
CREATE TABLE sending (
	id $ID,
	channel $TEXT NOT NULL,
	key $TEXT NOT NULL,
	receiver_sha256 $TEXT NOT NULL,
	at $TIME NOT NULL,
	outcome $TEXT NOT NULL
) $STRICT;
CREATE INDEX sending_at ON sending (at);
