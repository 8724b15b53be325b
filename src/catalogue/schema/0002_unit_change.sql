-- The list of a province's communes asks which of before became them.
CREATE INDEX unit_change_new_code ON unit_change (new_code);
