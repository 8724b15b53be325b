CREATE INDEX dossier_owner ON dossier (owner_id);
