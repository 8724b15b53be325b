-- Why a dossier is due when it is: the steps of its due_at, with the days as they were known when
-- it was promised. Days that change afterwards change neither.
CREATE TABLE dossier_promise (
	dossier_id $INT PRIMARY KEY REFERENCES dossier (id),
	steps $TEXT NOT NULL
) $STRICT;
