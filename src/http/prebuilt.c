/* SPDX-License-Identifier: Apache-2.0 */
#include "http/prebuilt.h"

#include <stdatomic.h>

struct prebuilt {
	atomic_int users;
	int status;
	size_t size;
	char etag[24]; /* "" when it has none */
	struct MHD_Response *plain;
	struct MHD_Response *NULLABLE gzip;
	struct MHD_Response *NULLABLE not_modified;
};

static struct MHD_Response *response_of(const void *bytes, size_t n, bool is_static)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		n, (void *)bytes, is_static ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_COPY);
	if (!response)
		abort();
	return response;
}

static struct MHD_Response *finish(
	struct MHD_Response *response, const struct prebuilt *p, const struct prebuilt_spec *spec)
{
	char text[128];
	add_security_headers(response, CSP_PAGE, spec->https);
	snprintf(text, sizeof text, STR_FMT, STR_ARG(spec->mime));
	add_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, text);
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
		snprintf(text, sizeof text, "%d", spec->retry_after);
		add_header(response, MHD_HTTP_HEADER_RETRY_AFTER, text);
	}
	if (spec->close)
		add_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	return response;
}

/* Ready compressed, compressed here, or nothing when it does not pay. */
static void make_gzip(struct prebuilt *p, const struct prebuilt_spec *spec)
{
	if (spec->gzip) {
		p->gzip = response_of(spec->gzip, spec->n_gzip, spec->is_static);
	} else if (gzip_pays(spec->mime, spec->body.n)) {
		size_t room = gzip_room(spec->body.n);
		char *bytes = malloc(room);
		if (!bytes)
			abort();
		size_t n = gzip_into(spec->body, 9, bytes, room);
		if (n > 0)
			p->gzip = response_of(bytes, n, false);
		p->size += n;
		free(bytes);
	}
	if (!p->gzip)
		return;
	finish(p->gzip, p, spec);
	add_header(p->gzip, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
}

struct prebuilt *prebuilt_new(const struct prebuilt_spec *spec)
{
	struct prebuilt *p = calloc(1, sizeof *p);
	if (!p)
		abort();
	atomic_init(&p->users, 1);
	p->status = spec->status;
	/* Three responses with a dozen headers each come to about 4 kB. */
	p->size = spec->body.n + 4 * KIB;
	if (spec->etag || spec->lasting)
		/* Weak, as the plain and the gzip form share it. */
		snprintf(p->etag, sizeof p->etag, "W/\"%016llx\"",
			(unsigned long long)str_hash(spec->body));
	p->plain = finish(response_of(spec->body.p, spec->body.n, spec->is_static), p, spec);
	make_gzip(p, spec);
	if (p->etag[0])
		p->not_modified = finish(response_of("", 0, true), p, spec);
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
	MHD_destroy_response(p->plain);
	if (p->gzip)
		MHD_destroy_response(p->gzip);
	if (p->not_modified)
		MHD_destroy_response(p->not_modified);
	free(p);
}

size_t prebuilt_size(const struct prebuilt *p) { return p->size; }

struct MHD_Response *prebuilt_pick(
	struct prebuilt *p, const struct raw_header *headers, size_t n, int *ret_status)
{
	str tags = p->etag[0] ? header_value(headers, n, S("If-None-Match")) : S("");
	*ret_status = p->status;
	if (tags.n > 0 && etag_matches(tags, str_from(p->etag))) {
		*ret_status = MHD_HTTP_NOT_MODIFIED;
		return p->not_modified;
	}
	if (p->gzip && accepts_gzip(header_value(headers, n, S("Accept-Encoding"))))
		return p->gzip;
	return p->plain;
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
		/* Browsers do not start their PDF viewer in a sandbox. */
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
