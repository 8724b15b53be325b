-- An application, from draft to archive.
CREATE TABLE dossier (
	id   $ID,
	code $TEXT UNIQUE CHECK (code <> '\')
);
