-- Content lies in the file store under its SHA-256; a row names one use of it.
CREATE TABLE file (
	id $ID,
	sha256 $TEXT NOT NULL,
	size $INT NOT NULL,
	mime $TEXT NOT NULL,
	name $TEXT NOT NULL,
	created_at $TIME NOT NULL
) $STRICT;
CREATE INDEX file_sha256 ON file (sha256);
