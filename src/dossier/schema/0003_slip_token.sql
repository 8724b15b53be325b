-- What the QR of a slip carries: who holds the paper may compare it with what was issued. Slips
-- from before have none; of them only whether they were issued is said.
ALTER TABLE dossier_slip ADD COLUMN token $TEXT NOT NULL DEFAULT '';
