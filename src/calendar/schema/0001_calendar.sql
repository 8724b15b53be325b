-- Days that are decreed, or on which a unit is closed. What the law fixes by itself is computed.
CREATE TABLE calendar_day (
	id $ID,
	on_day $INT NOT NULL, -- days since 1970-01-01
	kind $TEXT NOT NULL
		CHECK (kind IN ('statutory', 'compensation', 'swap-off', 'closure', 'swap-work')),
	title $TEXT NOT NULL,
	source $TEXT NOT NULL, -- the document it rests on
	agency $TEXT NOT NULL, -- code; '' is all of them
	draft $BOOL NOT NULL,
	version $INT NOT NULL,
	changed_by $TEXT NOT NULL,
	changed_at $TIME NOT NULL,
	UNIQUE (on_day, kind, agency)
) $STRICT;

-- The week of an agency ('' is the common one) from a day on: one row for each span of a weekday,
-- none when it is closed. All rows of one agency and one effective_from are one week.
CREATE TABLE office_hours (
	id $ID,
	agency $TEXT NOT NULL,
	effective_from $INT NOT NULL, -- day
	weekday $INT NOT NULL CHECK (weekday BETWEEN 0 AND 6), -- 0 is Monday
	from_second $INT NOT NULL CHECK (from_second >= 0),
	to_second $INT NOT NULL CHECK (to_second > from_second AND to_second <= 86400),
	changed_by $TEXT NOT NULL,
	changed_at $TIME NOT NULL,
	UNIQUE (agency, effective_from, weekday, from_second)
) $STRICT;
