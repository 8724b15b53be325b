/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/commands.h"

#include <getopt.h>
#include <stdio.h>

#define LEAST_YEAR 1900
#define MOST_YEAR 2199
#define MOST_RECEIVED_YEAR 2150

/* --- deadline ------------------------------------------------------------- */

struct question {
	bool has_received, has_limit, explain, help;
	instant received;
	struct time_limit limit;
	struct deadline_rules rules;
	str agency;
};

static int deadline_usage(FILE *to, int status)
{
	fputs("usage: motcua deadline --received DATETIME --limit LIMIT [options]\n"
	      "  --received 2026-11-23T09:00  moment of receipt, local (UTC+7)\n"
	      "  --limit N                    8wh working hours, 3wd working days (0wd: the same\n"
	      "                               day), 30d days, 2w weeks, 1m months\n"
	      "  --explain                    print every step of the count\n"
	      "  --cut-off HH:MM              in-day procedures received later count from the\n"
	      "                               next working day (15:00)\n"
	      "  --last-hour                  received in the last hour of office time: as if on\n"
	      "                               the next working day\n"
	      "  --agency CODE                with --data: the days and hours of this agency\n",
		to);
	return status;
}

static bool parse_received(str text, instant *ret)
{
	instant at;

	if (!instant_parse(text, &at))
		return false;
	int year = date_of(day_of(at)).year;
	*ret = at;
	return year >= LEAST_YEAR && year <= MOST_RECEIVED_YEAR;
}

static bool take_option(struct question *q, int option, str value)
{
	switch (option) {
	case 'r': return q->has_received = parse_received(value, &q->received);
	case 'l': return q->has_limit = limit_parse(value, &q->limit);
	case 'c': return hour_parse(value, &q->rules.cut_off);
	case 'a': q->agency = value; return true;
	case 'e': return q->explain = true;
	case 'h': return q->rules.last_hour = true;
	default: return false;
	}
}

static bool read_question(struct question *q, int argc, char **argv)
{
	static const struct option options[] = {
		{ "received", required_argument, NULL, 'r' },
		{ "limit", required_argument, NULL, 'l' },
		{ "cut-off", required_argument, NULL, 'c' },
		{ "agency", required_argument, NULL, 'a' },
		{ "explain", no_argument, NULL, 'e' },
		{ "last-hour", no_argument, NULL, 'h' },
		{ "help", no_argument, NULL, 'H' },
		{ 0 },
	};
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'H') {
			q->help = true;
			return true;
		}
		if (option == '?')
			return false;
		if (!take_option(q, option, str_from(optarg))) {
			fprintf(stderr, "motcua: '%s' is not understood\n", optarg);
			return false;
		}
	}
	return optind == argc && q->has_received && q->has_limit;
}

static err load(struct arena *a, const struct database_door *NULLABLE door, agency_known known,
	const struct question *q, struct calendar **ret)
{
	day on = day_of(q->received);
	struct day_rule *rules;
	struct conn *c;
	struct db *db;
	str agency = q->agency;
	bool found = true;
	size_t n;

	if (door) {
		TRY(door_open(door, &db));
		TRY(db_reader(db, a, &c));
		if (agency.n)
			TRY(known(c, a, agency, &agency, &found));
		if (!found)
			return FAIL(a, NOT_FOUND, "there is no agency " STR_FMT, STR_ARG(agency));
		return calendar_load(c, a, agency, on, ret);
	}
	TRY(calendar_starter_rules(a, starter_files, &rules, &n));
	*ret = calendar_new(a, on, on, rules, n, office_hours_usual);
	return NULL;
}

int deadline_command(struct arena *a, const struct database_door *NULLABLE door, agency_known known,
	int argc, char **argv)
{
	struct question q = { .rules = deadline_rules_usual, .agency = S("") };
	struct calendar *calendar;

	if (!read_question(&q, argc, argv))
		return deadline_usage(stderr, USAGE);
	if (q.help)
		return deadline_usage(stdout, DONE);
	if (q.agency.n && !door) {
		fputs("motcua: --agency needs --data: agencies stand in a database\n", stderr);
		return deadline_usage(stderr, USAGE);
	}
	err e = load(a, door, known, &q, &calendar);
	if (e) {
		fprintf(stderr, "motcua: " STR_FMT "\n", STR_ARG(e->detail));
		return REFUSED;
	}
	struct deadline d = deadline_compute(a, calendar, q.received, q.limit, &q.rules);
	printf(STR_FMT "\n", STR_ARG(instant_iso(a, d.due)));
	for (size_t i = 0; q.explain && i < d.steps.n; i++) {
		str text = deadline_step_text(a, VIETNAMESE, &d.steps.items[i]);
		printf(STR_FMT "\n", STR_ARG(text));
	}
	if (q.explain && d.uses_draft)
		puts("Có ngày nghỉ mới là dự kiến, chưa được xác nhận.");
	return DONE;
}

/* --- lunar ---------------------------------------------------------------- */

static int lunar_usage(FILE *to, int status)
{
	fprintf(to, "usage: motcua lunar YEAR   (%d to %d)\n", LEAST_YEAR, MOST_YEAR);
	return status;
}

static void print_lunar_day(struct arena *a, int64_t year, int month, int day_of_month, str title)
{
	struct lunar_date l = { .year = (int)year, .month = month, .day = day_of_month };
	day on = 0;

	lunar_to_day(l, &on);
	printf(STR_FMT "  " STR_FMT "  (" STR_FMT ")\n", STR_ARG(day_iso(a, on)), STR_ARG(title),
		STR_ARG(day_long_text(a, VIETNAMESE, on)));
}

int lunar_command(struct arena *a, int argc, char **argv)
{
	int64_t year;

	if (argc == 2 && str_eq(str_from(argv[1]), S("--help")))
		return lunar_usage(stdout, DONE);
	if (argc != 2 || !str_to_int(str_from(argv[1]), LEAST_YEAR, MOST_YEAR, &year))
		return lunar_usage(stderr, USAGE);
	print_lunar_day(a, year, 1, 1, S("Tết Nguyên đán"));
	print_lunar_day(a, year, 3, 10, S("Giỗ Tổ Hùng Vương"));
	return DONE;
}
