/* SPDX-License-Identifier: Apache-2.0 */
/* compose.c - the text of a mail. Everything that comes from outside is base64 or refused, so that
 * nobody can add a header. */
#include "notify/parts.h"

#define LIMIT_MAIL (256 * KIB)
#define ENCODED_WORD_BYTES 39 /* with its frame and in base64 a line stays below 76 characters */

static void put_base64(struct buf *b, str s, size_t line)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0, written = 0; i < s.n; i += 3, written += 4) {
		unsigned v = (unsigned char)s.p[i] << 16;
		v |= i + 1 < s.n ? (unsigned)(unsigned char)s.p[i + 1] << 8 : 0;
		v |= i + 2 < s.n ? (unsigned)(unsigned char)s.p[i + 2] : 0;
		if (line && written && written % line == 0)
			buf_add(b, S("\r\n"));
		buf_char(b, digits[v >> 18]);
		buf_char(b, digits[v >> 12 & 63]);
		buf_char(b, i + 1 < s.n ? digits[v >> 6 & 63] : '=');
		buf_char(b, i + 2 < s.n ? digits[v & 63] : '=');
	}
}

/* Encoded words of whole characters [RFC 2047], a line each. */
static void put_words(struct buf *b, str text)
{
	while (text.n) {
		size_t n = text.n < ENCODED_WORD_BYTES ? text.n : ENCODED_WORD_BYTES;
		while (n < text.n && n > 1 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
			n--;
		buf_add(b, S(" =?UTF-8?B?"));
		put_base64(b, str_part(text, 0, n), 0);
		buf_add(b, S("?=\r\n"));
		text = str_from_at(text, n);
	}
}

static void put_date(struct buf *b, instant now)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
		"Aug", "Sep", "Oct", "Nov", "Dec" };
	struct date d = date_of(day_of(now));
	int s = second_of_day(now);
	buf_printf(b, "Date: %s, %d %s %d %02d:%02d:%02d +0700\r\n", days[weekday_of(day_of(now))],
		d.day, months[d.month - 1], d.year, s / 3600, s / 60 % 60, s % 60);
}

/* local@domain of plain characters: what may stand in a header and in an SMTP command. */
static bool address_plain(str s)
{
	str local, domain;
	if (!str_cut(s, '@', &local, &domain) || !local.n || !domain.n || s.n > 254)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && (!c || !strchr("!#$%&'*+-/=?^_`{|}~.@", c)))
			return false;
	}
	return !str_has(domain, S("@"));
}

str mail_address(str from)
{
	str name, rest, address;
	if (!str_cut(from, '<', &name, &rest))
		return str_trim(from);
	str_cut(rest, '>', &address, &name);
	return str_trim(address);
}

static void put_from(struct buf *b, str from)
{
	str name, rest, address = mail_address(from);
	buf_add(b, S("From:"));
	if (str_cut(from, '<', &name, &rest))
		put_words(b, str_trim(name));
	buf_printf(b, " <" STR_FMT ">\r\n", STR_ARG(address));
}

err mail_compose(struct arena *a, str from, const struct mail *m, str *ret)
{
	str local, domain;
	if (!address_plain(m->to))
		return FAIL(a, INVALID, "the receiver is not a plain mail address");
	if (!address_plain(mail_address(from)))
		return FAIL(a, UNAVAILABLE, "the configured sender is not a plain mail address");
	str_cut(mail_address(from), '@', &local, &domain);
	struct buf b = buf_in(a, LIMIT_MAIL);
	put_from(&b, from);
	buf_printf(&b, "To: <" STR_FMT ">\r\nSubject:", STR_ARG(m->to));
	put_words(&b, m->subject.n ? m->subject : S("Một Cửa"));
	put_date(&b, m->at);
	buf_printf(
		&b, "Message-ID: <" STR_FMT "@" STR_FMT ">\r\n", STR_ARG(m->id), STR_ARG(domain));
	buf_add(&b,
		S("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
		  "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n"));
	put_base64(&b, m->text, 76);
	buf_add(&b, S("\r\n"));
	if (b.overflow)
		return FAIL(a, INTERNAL, "a mail over its limit");
	*ret = buf_str(&b);
	return NULL;
}
