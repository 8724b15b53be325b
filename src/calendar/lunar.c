/* SPDX-License-Identifier: Apache-2.0 */
/* lunar.c - the Vietnamese lunar year, from the movements of sun and moon alone.
 *
 * A month begins on the local day (UTC+7) of a new moon; month 11 is the one with the winter
 * solstice; a year of thirteen months repeats the first in which the sun enters no new sign of 30
 * degrees. Decided at +7, the year now and then differs from the Chinese one (1985, 2007, 2030).
 *
 * New moons: Meeus, Astronomical Algorithms, 2nd ed., chapter 49, right within half a minute. The
 * sun: chapter 25 with the larger terms of VSOP87, right within two seconds of arc, that is one
 * minute of time. What nobody knows is how the rotation of the earth will slow down: a new moon
 * within some minutes of midnight after 2100 may still fall on the other day. */
#include "calendar/calendar.h"

#include <math.h>
#include <stdatomic.h>

#define PI 3.14159265358979323846
#define DEGREE (PI / 180)
#define ARC_SECOND (DEGREE / 3600)
#define JULIAN_1970 2440587.5 /* 1970-01-01T00:00 UT */
#define JULIAN_2000 2451545.0
#define UTC_OFFSET (7.0 / 24)
#define MONTH_DAYS 29.530588861
#define SOLSTICE_SIGN 9 /* the sun stands at 270 degrees or just after */

static double line(double x, double x0, double y0, double x1, double y1)
{
	return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}

/* Seconds by which even (ephemeris) time is ahead of the earth's clock: measured until 2020, then
 * the forecast of Espenak and Meeus. */
static double clock_lag(double julian_day)
{
	/* clang-format off */
	static const struct {
		double year, seconds;
	} known[] = {
		{ 1900, -2.8 }, { 1910, 10.4 }, { 1920, 21.2 }, { 1930, 24.0 }, { 1940, 24.3 },
		{ 1950, 29.1 }, { 1960, 33.2 }, { 1970, 40.2 }, { 1980, 50.5 }, { 1990, 56.9 },
		{ 2000, 63.8 }, { 2010, 66.1 }, { 2020, 69.4 }, { 2050, 93.0 }, { 2100, 202.7 },
		{ 2150, 328.5 }, { 2200, 442.1 },
	};
	/* clang-format on */
	double year = 2000 + (julian_day - JULIAN_2000) / 365.25;
	size_t i = 1;
	while (i < COUNT(known) - 1 && year > known[i].year)
		i++;
	return line(year, known[i - 1].year, known[i - 1].seconds, known[i].year, known[i].seconds);
}

/* --- the moon ------------------------------------------------------------- */

/* clang-format off */
/* Multiples of the moon's anomaly, the sun's anomaly, the moon's latitude; days; power of the
 * eccentricity of the earth's orbit. */
static const struct {
	signed char moon, sun, latitude, power;
	double days;
} moon_terms[] = {
	{ 1, 0, 0, 0, -0.40720 },  { 0, 1, 0, 1, 0.17241 },   { 2, 0, 0, 0, 0.01608 },
	{ 0, 0, 2, 0, 0.01039 },   { 1, -1, 0, 1, 0.00739 },  { 1, 1, 0, 1, -0.00514 },
	{ 0, 2, 0, 2, 0.00208 },   { 1, 0, -2, 0, -0.00111 }, { 1, 0, 2, 0, -0.00057 },
	{ 2, 1, 0, 1, 0.00056 },   { 3, 0, 0, 0, -0.00042 },  { 0, 1, 2, 1, 0.00042 },
	{ 0, 1, -2, 1, 0.00038 },  { 2, -1, 0, 1, -0.00024 }, { 1, 2, 0, 0, -0.00007 },
	{ 2, 0, -2, 0, 0.00004 },  { 0, 3, 0, 0, 0.00004 },   { 1, 1, -2, 0, 0.00003 },
	{ 2, 0, 2, 0, 0.00003 },   { 1, 1, 2, 0, -0.00003 },  { 1, -1, 2, 0, 0.00003 },
	{ 1, -1, -2, 0, -0.00002 }, { 3, 1, 0, 0, -0.00002 }, { 4, 0, 0, 0, 0.00002 },
};

/* What the planets add: degrees at k = 0, degrees a month, millionths of a day. */
static const struct {
	double start, speed, millionths;
} planet_terms[] = {
	{ 299.77, 0.107408, 325 },  { 251.88, 0.016321, 165 },  { 251.83, 26.651886, 164 },
	{ 349.42, 36.412478, 126 }, { 84.66, 18.206239, 110 },  { 141.74, 53.303771, 62 },
	{ 207.14, 2.453732, 60 },   { 154.84, 7.306860, 56 },   { 34.52, 27.261239, 47 },
	{ 207.19, 0.121824, 42 },   { 291.34, 1.844379, 40 },   { 161.72, 24.198154, 37 },
	{ 239.56, 25.513099, 35 },  { 331.55, 3.592518, 23 },
};
/* clang-format on */

/* The k-th new moon after the one of 2000-01-06, as a Julian day of even time. */
static double new_moon(int k)
{
	double t = k / 1236.85, t2 = t * t, t3 = t2 * t, t4 = t3 * t;
	double moon =
		201.5643 + 385.81693528 * k + 0.0107582 * t2 + 0.00001238 * t3 - 0.000000058 * t4;
	double sun = 2.5534 + 29.10535670 * k - 0.0000014 * t2 - 0.00000011 * t3;
	double latitude =
		160.7108 + 390.67050284 * k - 0.0016118 * t2 - 0.00000227 * t3 + 0.000000011 * t4;
	double node = 124.7746 - 1.56375588 * k + 0.0020672 * t2 + 0.00000215 * t3;
	double eccentricity = 1 - 0.002516 * t - 0.0000074 * t2;
	double power[] = { 1, eccentricity, eccentricity * eccentricity };
	double ret = 2451550.09766 + MONTH_DAYS * k + 0.00015437 * t2 - 0.000000150 * t3 +
		0.00000000073 * t4 - 0.00017 * sin(node * DEGREE);

	for (size_t i = 0; i < COUNT(moon_terms); i++)
		ret += moon_terms[i].days * power[moon_terms[i].power] *
			sin((moon_terms[i].moon * moon + moon_terms[i].sun * sun +
				    moon_terms[i].latitude * latitude) *
				DEGREE);
	for (size_t i = 0; i < COUNT(planet_terms); i++)
		ret += planet_terms[i].millionths * 1e-6 *
			sin((planet_terms[i].start + planet_terms[i].speed * k) * DEGREE);
	return ret;
}

static day compute_start(int k)
{
	double moon = new_moon(k);
	return (day)floor(moon - clock_lag(moon) / 86400 - JULIAN_1970 + UTC_OFFSET);
}

/* First day of the k-th month. Every calendar asks for the same few: each is computed once. */
static day month_start(int k)
{
	enum { FIRST = -1250, LAST = 2500 };       /* 1898 to 2202 */
	static atomic_int known[LAST - FIRST + 1]; /* 0 is the one day that is not remembered */
	if (k < FIRST || k > LAST)
		return compute_start(k);
	day start = atomic_load_explicit(&known[k - FIRST], memory_order_relaxed);
	if (!start) {
		start = compute_start(k);
		atomic_store_explicit(&known[k - FIRST], start, memory_order_relaxed);
	}
	return start;
}

/* The month that holds d. */
static int month_of(day d)
{
	int k = (int)floor((d + JULIAN_1970 - 2451550.09766) / MONTH_DAYS) + 1;
	while (month_start(k) > d)
		k--;
	return k;
}

/* --- the sun -------------------------------------------------------------- */

/* Longitude of the earth: size * cos(phase + speed * millennia), size in 1e-8 radians. */
struct wave {
	double size, phase, speed;
};
/* clang-format off */
static const struct wave earth_waves[] = {
	{ 3341656, 4.6692568, 6283.0758500 }, { 34894, 4.62610, 12566.15170 },
	{ 3497, 2.7441, 5753.3849 },          { 3418, 2.8289, 3.5231 },
	{ 3136, 3.6277, 77713.7715 },         { 2676, 4.4181, 7860.4194 },
	{ 2343, 6.1352, 3930.2097 },          { 1324, 0.7425, 11506.7698 },
	{ 1273, 2.0371, 529.6910 },           { 1199, 1.1096, 1577.3435 },
	{ 990, 5.233, 5884.927 },             { 902, 2.045, 26.298 },
	{ 857, 3.508, 398.149 },              { 780, 1.179, 5223.694 },
	{ 753, 2.533, 5507.553 },             { 505, 4.583, 18849.228 },
	{ 492, 4.205, 775.523 },              { 357, 2.920, 0.067 },
	{ 317, 5.849, 11790.629 },            { 284, 1.899, 796.298 },
	{ 271, 0.315, 10977.079 },            { 243, 0.345, 5486.778 },
	{ 206, 4.806, 2544.314 },             { 205, 1.869, 5573.143 },
	{ 202, 2.458, 6069.777 },             { 156, 0.833, 213.299 },
	{ 132, 3.411, 2942.463 },             { 126, 1.083, 20.775 },
	{ 115, 0.645, 0.980 },                { 103, 0.636, 4694.003 },
	{ 102, 0.976, 15720.839 },            { 102, 4.267, 7.114 },
};
/* The same, growing with each millennium, and with its square. */
static const struct wave earth_drift[] = {
	{ 206059, 2.678235, 6283.075850 }, { 4303, 2.6351, 12566.1517 }, { 425, 1.590, 3.523 },
	{ 119, 5.796, 26.298 },            { 109, 2.966, 1577.344 },
};
static const struct wave earth_curve[] = {
	{ 52919, 0, 0 }, { 8720, 1.0721, 6283.0758 }, { 309, 0.867, 12566.152 },
};
/* clang-format on */

static double waves_sum(const struct wave *w, size_t n, double millennia)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += w[i].size * cos(w[i].phase + w[i].speed * millennia);
	return sum * 1e-8;
}

/* Wobble of the axis, by which the seen longitude differs, in radians. */
static double nutation(double century)
{
	double node = (125.04452 - 1934.136261 * century) * DEGREE;
	double sun = (280.4665 + 36000.7698 * century) * DEGREE;
	double moon = (218.3165 + 481267.8813 * century) * DEGREE;
	return (-17.20 * sin(node) - 1.32 * sin(2 * sun) - 0.23 * sin(2 * moon) +
		       0.21 * sin(2 * node)) *
		ARC_SECOND;
}

/* Longitude of the sun as it is seen from the earth, in degrees from 0 to 360. */
static double sun_longitude(double julian_day)
{
	double millennia = (julian_day - JULIAN_2000) / 365250;
	double earth = 1.75347046 + 6283.31966747 * millennia +
		waves_sum(earth_waves, COUNT(earth_waves), millennia) +
		waves_sum(earth_drift, COUNT(earth_drift), millennia) * millennia +
		waves_sum(earth_curve, COUNT(earth_curve), millennia) * millennia * millennia;
	double distance = 1.00014 - 0.01671 * cos((357.52911 + 359990.5029 * millennia) * DEGREE);
	double seen =
		earth + PI + nutation(millennia * 10) - (20.4898 / distance + 0.0903) * ARC_SECOND;
	double degrees = fmod(seen / DEGREE, 360);
	return degrees < 0 ? degrees + 360 : degrees;
}

/* The sign (0 to 11) in which the sun stands when month k begins: at midnight, before the new
 * moon, so that a sign entered on the first day counts for the month. */
static int sun_sign(int k)
{
	double julian_day = month_start(k) + JULIAN_1970 - UTC_OFFSET;
	return (int)(sun_longitude(julian_day + clock_lag(julian_day) / 86400) / 30);
}

/* --- the year ------------------------------------------------------------- */

/* Month 11 of a year: the one with the winter solstice. */
static int solstice_month(int year)
{
	int k = month_of(day_from(year, 12, 31));
	return sun_sign(k) >= SOLSTICE_SIGN ? k - 1 : k;
}

/* From month 11 of a year to month 11 of the next. */
struct span {
	int first;
	int leap; /* which month after the first is the leap one; 0 when there are twelve */
};

static struct span compute_span(int year)
{
	struct span s = { .first = solstice_month(year) };

	/* Twelve months on, the sun has passed the solstice when the next one begins. */
	if (sun_sign(s.first + 13) >= SOLSTICE_SIGN)
		return s;
	for (s.leap = 1; sun_sign(s.first + s.leap) != sun_sign(s.first + s.leap + 1);)
		s.leap++;
	return s;
}

static struct span span_from(int year)
{
	enum { FIRST = 1898, LAST = 2201 };
	static _Atomic struct span known[LAST - FIRST + 1]; /* all zero: not yet; no year is */
	struct span s = { 0 };
	if (year < FIRST || year > LAST)
		return compute_span(year);
	s = atomic_load_explicit(&known[year - FIRST], memory_order_relaxed);
	if (!s.first && !s.leap) {
		s = compute_span(year);
		atomic_store_explicit(&known[year - FIRST], s, memory_order_relaxed);
	}
	return s;
}

struct lunar_date lunar_of(day d)
{
	int k = month_of(d), year = date_of(d).year;
	struct span s = span_from(year);
	if (k < s.first)
		s = span_from(--year);
	int at = k - s.first;
	bool leap = s.leap && at == s.leap;
	if (s.leap && at >= s.leap)
		at--;
	return (struct lunar_date){
		.year = at < 2 ? year : year + 1,
		.month = (at + 10) % 12 + 1,
		.day = d - month_start(k) + 1,
		.leap = leap,
	};
}

bool lunar_to_day(struct lunar_date l, day *ret)
{
	if (l.month < 1 || l.month > 12 || l.day < 1)
		return false;
	struct span s = span_from(l.month >= 11 ? l.year : l.year - 1);
	int at = (l.month + 1) % 12;
	if (l.leap && (!s.leap || at + 1 != s.leap))
		return false;
	if (s.leap && (l.leap || at >= s.leap))
		at++;
	day start = month_start(s.first + at);
	if (l.day > month_start(s.first + at + 1) - start)
		return false;
	*ret = start + l.day - 1;
	return true;
}
