-- The scanner asks whose a file is.
CREATE INDEX draft_file_file ON draft_file (file_id);
