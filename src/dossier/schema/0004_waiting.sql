-- The collector of files asks of each whether anything refers to it.
CREATE INDEX dossier_file_file ON dossier_file (file_id);
-- What waits for its applicant, among however many dossiers they have.
CREATE INDEX dossier_for_owner ON dossier (owner_id, id) WHERE stage IN ('fee', 'supplement');
