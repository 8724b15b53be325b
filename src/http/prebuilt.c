/* SPDX-License-Identifier: Apache-2.0 */
#include "http/prebuilt.h"

#include <stdatomic.h>

enum form { FORM_PLAIN, FORM_GZIP, FORM_NOT_MODIFIED, FORMS };

struct prebuilt {
	atomic_int users;
	size_t size;
	char etag[24];             /* "" when it has none */
	struct prebuilt_spec spec; /* what it points to is our own copy, unless it is static */
	str bytes[FORMS];
	struct MHD_Response *NULLABLE forms[FORMS];
	/* The same with "Connection: close", each made when a server that stops first needs it. */
	_Atomic(struct MHD_Response *) last[FORMS];
};

static str own(const void *p, size_t n)
{
	char *copy = malloc(n + 1);
	if (!copy)
		abort();
	memcpy(copy, p, n);
	copy[n] = 0;
	return (str){ copy, n };
}

static struct MHD_Response *build(const struct prebuilt *p, enum form form, bool close)
{
	const struct prebuilt_spec *spec = &p->spec;
	char seconds[16];
	/* The bytes live as long as p, and p as long as anybody sends them. */
	struct MHD_Response *response = MHD_create_response_from_buffer(
		p->bytes[form].n, (void *)p->bytes[form].p, MHD_RESPMEM_PERSISTENT);
	if (!response)
		abort();
	add_security_headers(response, CSP_PAGE, spec->https);
	add_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, spec->mime.p);
	if (spec->language)
		add_header(response, MHD_HTTP_HEADER_CONTENT_LANGUAGE, spec->language);
	if (p->etag[0])
		add_header(response, MHD_HTTP_HEADER_ETAG, p->etag);
	if (spec->lasting)
		add_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
			"public, max-age=31536000, immutable");
	else
		add_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
			spec->etag ? "no-cache" : "no-store");
	add_header(response, MHD_HTTP_HEADER_VARY,
		spec->lasting ? "Accept-Encoding" : "Accept-Encoding, Cookie");
	if (spec->retry_after) {
		snprintf(seconds, sizeof seconds, "%d", spec->retry_after);
		add_header(response, MHD_HTTP_HEADER_RETRY_AFTER, seconds);
	}
	if (form == FORM_GZIP)
		add_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
	if (close)
		add_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	return response;
}

/* Ready compressed, compressed here, or nothing when it does not pay. */
static str packed(const struct prebuilt_spec *spec)
{
	if (spec->gzip) {
		str ready = { (const char *)spec->gzip, spec->n_gzip };
		return spec->is_static ? ready : own(ready.p, ready.n);
	}
	if (!gzip_pays(spec->mime, spec->body.n))
		return S("");
	size_t room = gzip_room(spec->body.n);
	char *bytes = malloc(room);
	if (!bytes)
		abort();
	size_t n = gzip_into(spec->body, 9, bytes, room);
	str ret = n > 0 ? own(bytes, n) : S("");
	free(bytes);
	return ret;
}

struct prebuilt *prebuilt_new(const struct prebuilt_spec *spec)
{
	struct prebuilt *p = calloc(1, sizeof *p);
	if (!p)
		abort();
	atomic_init(&p->users, 1);
	p->spec = *spec;
	p->spec.mime = own(spec->mime.p, spec->mime.n);
	p->bytes[FORM_PLAIN] = spec->is_static ? spec->body : own(spec->body.p, spec->body.n);
	p->bytes[FORM_GZIP] = packed(spec);
	p->bytes[FORM_NOT_MODIFIED] = S("");
	/* Three responses with a dozen headers each come to about 4 kB. */
	p->size = spec->body.n + (spec->gzip ? 0 : p->bytes[FORM_GZIP].n) + 4 * KIB;
	if (spec->etag || spec->lasting)
		/* Weak, as the plain and the gzip form share it. */
		snprintf(p->etag, sizeof p->etag, "W/\"%016llx\"",
			(unsigned long long)str_hash(spec->body));
	p->forms[FORM_PLAIN] = build(p, FORM_PLAIN, spec->close);
	if (p->bytes[FORM_GZIP].n)
		p->forms[FORM_GZIP] = build(p, FORM_GZIP, spec->close);
	if (p->etag[0])
		p->forms[FORM_NOT_MODIFIED] = build(p, FORM_NOT_MODIFIED, spec->close);
	return p;
}

struct prebuilt *prebuilt_keep(struct prebuilt *p)
{
	atomic_fetch_add(&p->users, 1);
	return p;
}

void prebuilt_release(struct prebuilt *NULLABLE p)
{
	if (!p || atomic_fetch_sub(&p->users, 1) > 1)
		return;
	for (int i = 0; i < FORMS; i++) {
		struct MHD_Response *last = atomic_load(&p->last[i]);
		if (p->forms[i])
			MHD_destroy_response(p->forms[i]);
		if (last)
			MHD_destroy_response(last);
	}
	free((void *)p->spec.mime.p);
	if (!p->spec.is_static)
		free((void *)p->bytes[FORM_PLAIN].p);
	if (p->bytes[FORM_GZIP].n && !(p->spec.is_static && p->spec.gzip))
		free((void *)p->bytes[FORM_GZIP].p);
	free(p);
}

size_t prebuilt_size(const struct prebuilt *p) { return p->size; }

/* Several loops may make it at once: the first one's is kept. */
static struct MHD_Response *closing(struct prebuilt *p, enum form form)
{
	struct MHD_Response *there = atomic_load(&p->last[form]);
	if (there)
		return there;
	struct MHD_Response *made = build(p, form, true);
	if (atomic_compare_exchange_strong(&p->last[form], &there, made))
		return made;
	MHD_destroy_response(made);
	return there;
}

struct MHD_Response *prebuilt_pick(
	struct prebuilt *p, const struct raw_header *headers, size_t n, bool last, int *ret_status)
{
	str tags = p->etag[0] ? header_value(headers, n, S("If-None-Match")) : S("");
	enum form form = FORM_PLAIN;
	*ret_status = p->spec.status;
	if (tags.n > 0 && etag_matches(tags, str_from(p->etag))) {
		*ret_status = MHD_HTTP_NOT_MODIFIED;
		form = FORM_NOT_MODIFIED;
	} else if (p->forms[FORM_GZIP] &&
		accepts_gzip(header_value(headers, n, S("Accept-Encoding")))) {
		form = FORM_GZIP;
	}
	return last && !p->spec.close ? closing(p, form) : p->forms[form];
}

str header_value(const struct raw_header *headers, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(headers[i].name, name))
			return headers[i].value;
	return S("");
}

bool accepts_gzip(str accept_encoding)
{
	while (accept_encoding.n > 0) {
		str item, coding, weight;
		if (!str_cut(accept_encoding, ',', &item, &accept_encoding))
			accept_encoding = S("");
		if (!str_cut(item, ';', &coding, &weight))
			weight = S("");
		if (!str_eq_nocase(str_trim(coding), S("gzip")))
			continue;
		/* q=0, q=0.0 … mean no */
		weight = str_trim(weight);
		if (!str_starts(weight, S("q=0")))
			return true;
		for (size_t i = 3; i < weight.n; i++)
			if (weight.p[i] >= '1' && weight.p[i] <= '9')
				return true;
		return false;
	}
	return false;
}

static str without_weak(str tag) { return str_from_at(tag, str_starts(tag, S("W/")) ? 2 : 0); }

bool etag_matches(str if_none_match, str etag)
{
	while (if_none_match.n > 0) {
		str tag;
		if (!str_cut(if_none_match, ',', &tag, &if_none_match))
			if_none_match = S("");
		tag = str_trim(tag);
		if (str_eq(tag, S("*")) || str_eq(without_weak(tag), without_weak(etag)))
			return true;
	}
	return false;
}

void add_header(struct MHD_Response *response, const char *name, const char *value)
{
	/* Names are ours and values are checked: only the end of memory is left. */
	if (MHD_add_response_header(response, name, value) != MHD_YES)
		abort();
}

void add_security_headers(struct MHD_Response *response, enum csp csp, bool https)
{
	static const char *const policies[] = {
		[CSP_PAGE] = "default-src 'none'; style-src 'self'; script-src 'self'; "
			     "img-src 'self'; font-src 'self'; connect-src 'self'; "
			     "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		[CSP_FILE] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; "
			     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
		/* Drawn by the program itself; no PDF viewer starts in a sandbox. */
		[CSP_DOCUMENT] = "default-src 'none'; base-uri 'none'; form-action 'none'; "
				 "frame-ancestors 'none'",
	};
	add_header(response, "Content-Security-Policy", policies[csp]);
	add_header(response, "X-Content-Type-Options", "nosniff");
	add_header(response, "Referrer-Policy", "same-origin");
	add_header(response, "Cross-Origin-Opener-Policy", "same-origin");
	add_header(response, "Cross-Origin-Resource-Policy", "same-origin");
	add_header(response, "Permissions-Policy",
		"camera=(), geolocation=(), microphone=(), payment=(), usb=()");
	if (https)
		add_header(response, "Strict-Transport-Security", "max-age=31536000");
}
