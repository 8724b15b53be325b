-- Has the owner of the identifier shown to be it? Only who registers by e-mail where mails are sent
-- begins without.
ALTER TABLE account ADD COLUMN confirmed $BOOL NOT NULL DEFAULT TRUE;
