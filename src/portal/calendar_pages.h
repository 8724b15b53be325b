/* SPDX-License-Identifier: Apache-2.0 */
/* calendar_pages.h - the working calendar: as everybody reads it, and as an administrator keeps
 * it. */
#pragma once
#include "portal/pages.h"

struct holiday_row {
	str iso, date, kind, title, source;
	bool draft, vietnamese; /* vietnamese: the source, on an English page */
};
struct holidays_page {
	int64_t year;
	url before, after; /* "" at the ends */
	LIST(struct holiday_row) rows;
	bool any_draft;
	/* the calculator */
	field_errors errors;
	struct date_input received;
	struct input time, amount;
	struct choice_input unit;
	bool answered, uses_draft;
	str due, due_iso;
	LIST(str) steps;
};
/* The name of a kind of day, a message. */
str day_kind_title(enum day_kind kind);

struct rule_row {
	str iso, date, kind, title, source, agency;
	url confirm;  /* "" when it is confirmed */
	url withdraw; /* "" when it is only computed */
};
struct calendar_page {
	int64_t year;
	url before, after, post, hours;
	LIST(struct rule_row) rows, unit_rows;
	field_errors errors;
	struct date_input on, to;
	struct choice_input kind;
	struct input title, source, agency;
};
/* Days of one holiday are confirmed together: those of Tết take the place of the computed ones
 * [CAL-1]. */
struct confirm_page {
	str title, kind_word, name; /* name: the title as it is kept */
	int64_t year;
	LIST(str) days;
	field_errors errors;
	struct input source;
	url post, back;
};
struct withdraw_day_page {
	struct rule_row row;
	field_errors errors;
	struct input reason;
	url post, back;
};
/* The weeks that are kept, and one to add. */
struct week_view {
	str agency; /* name, "" for all */
	str from;
	LIST(str) days; /* Monday first; "" closed */
};
struct hours_page {
	LIST(struct week_view) weeks;
	field_errors errors;
	struct input agency;
	struct date_input from;
	LIST(struct input) days;
	url post;
};

err show_holidays(struct req *r);
err show_calendar(struct req *r);
err take_day(struct req *r);
err show_confirm(struct req *r);
err take_confirm(struct req *r);
err show_withdraw_day(struct req *r);
err take_withdraw_day(struct req *r);
err show_hours(struct req *r);
err take_hours(struct req *r);
