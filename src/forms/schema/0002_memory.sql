-- What a person answered before, offered again [C32-8.2]: the word that a question remembers
-- by, and the answer in canonical form; of a person (word "nguoi") all parts as JSON.
CREATE TABLE form_memory (
	id $ID,
	owner_id $INT NOT NULL,
	word $TEXT NOT NULL,
	value $TEXT NOT NULL,
	label $TEXT NOT NULL,
	used_at $TIME NOT NULL,
	UNIQUE (owner_id, word, value)
) $STRICT;
CREATE INDEX form_memory_of ON form_memory (owner_id, used_at);

-- Answers to questions that the form no longer has when a draft moved to a newer version: label and
-- value, as JSON, so that nothing typed is lost.
ALTER TABLE draft ADD COLUMN left_over $TEXT NOT NULL DEFAULT '';
-- When its owner was told that it will be forgotten.
ALTER TABLE draft ADD COLUMN warned $BOOL NOT NULL DEFAULT FALSE;
