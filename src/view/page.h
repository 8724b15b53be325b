/* SPDX-License-Identifier: Apache-2.0 */
/* page.h - the frame around every page: head, skip link, masthead, navigation, breadcrumb, footer
 * [C32-16.x]. A handler renders its own part with its template and hands it here. */
#pragma once
#include "http/req.h"
#include "view/out.h"

struct link {
	str text;
	url to;
};

/* What the frame must know of the visitor; filled by the admit hook's owner (identity). */
struct visitor {
	bool signed_in;
	bool officer;   /* the officer bar instead of the masthead, officer.css */
	str name;       /* shown beside the sign-out button */
	str agency;     /* officer's agency */
	int64_t unread; /* notices */
	bool admin;     /* may open /quan-tri */
};

/* The site as configured: whose portal this is [C32-16.5]. One per process. */
struct site {
	str name; /* "Cổng Dịch vụ công tỉnh Lam Giang" */
	str name_en;
	str owner; /* unit that runs it */
	str owner_en;
	str address, hours, responsible, phone, email;
	str address_en, hours_en, responsible_en;
	bool demo;  /* "Bản thử nghiệm" on every page */
	str origin; /* https://… of this site for mails and QR; "" = from the request */
};

/* The cookie of the display page: any of "lon" or "rat-lon" (size of text), "tuong-phan" (high
 * contrast) and "khong-anh" (no images), joined by dots [C32-18.1, C32-18.6]. */
#define DISPLAY_COOKIE S("hien-thi")

enum page_kind { PAGE_PUBLIC, PAGE_OFFICER, PAGE_PRINT };
enum nav_item {
	NAV_NONE,
	NAV_HOME,
	NAV_ABOUT,
	NAV_SERVICES,
	NAV_TRACK,
	NAV_STATISTICS,
	NAV_SITEMAP,
	NAV_MINE
};

struct page {
	str title; /* of the document, without the site's name */
	enum page_kind kind;
	enum nav_item here; /* marked in the navigation */
	/* Between the home page, which the frame adds, and this page. */
	LIST(struct link) crumbs;
	html main;       /* content of <main> */
	html side;       /* officer: queue list of the sidebar */
	str side_title;  /* officer: what the sidebar is; "": Hộp việc */
	bool error;      /* title starts with "Lỗi:" */
	str description; /* meta description of public pages [ND43-14.1] */
	str date;        /* ISO day of its last change, for the metadata; "": today */
	bool no_index;   /* not for search engines */
	bool wide;       /* main without the page's own column (home) */
	/* "ui.js" where there is a form to fill in, "form.js" where its questions have rules (see
	 * web/meson.build); NULL: none. Officers' pages have their own. */
	const char *NULLABLE script;
};

/* Renders page in its frame and answers. visitor and site come from the hooks below. */
err page_reply(struct req *r, int status, const struct page *p);

/* Set once at start by app: where the frame gets visitor and site. */
struct page_source {
	struct visitor (*visitor)(struct req *r);
	const struct site *site;
};
void page_source_set(const struct page_source *source);
const struct site *page_site(void);
/* Scheme and host that links outside the portal begin with: the configured ones, else those that
 * this visitor uses. */
str page_origin(struct req *r);

/* Output for a page's own template: struct out o = page_out(r); home_html(&o, &m);
 * page.main = out_html(&o); */
struct out page_out(struct req *r);
enum language req_language(const struct req *r);
/* "tel:" with the digits of a number; "mailto:". */
url phone_url(struct arena *a, str phone);
url mail_url(struct arena *a, str email);
/* The error page of an err in the visitor's language, whatever went wrong. [A 500 shows the
 * request id, never a detail.] */
void page_error(struct req *r, err e);
