/* SPDX-License-Identifier: Apache-2.0 */
/* filled.h - a form that was filled in, to be kept: as a paper equal in content to the one at the
 * counter [C32-7.2], as a page to print and as data [C32-8.4]; before it is sent and after. All
 * three are the summary of form.h, with what stands around it on paper. Same answers, same
 * bytes. */
#pragma once
#include "forms/form.h"

struct filled_form {
	const struct form *form;
	const struct answers *answers; /* as kept */
	const struct filled_file *files;
	size_t n_files;
	str agency; /* name of the one that receives it */
	str code;   /* of the draft, or of the dossier once it was sent */
	bool sent;
	/* Of one that was sent: */
	instant sent_at;
	str applicant, place;
	str verify; /* address that its QR code opens */
};

MUST_USE err form_pdf(
	struct arena *a, const struct form_source *x, const struct filled_form *f, str *ret_bytes);
/* Answers with their questions, as JSON; docs/forms.md describes it. */
MUST_USE err form_file(
	struct arena *a, const struct form_source *x, const struct filled_form *f, str *ret_json);
/* "to-khai-CODE.pdf", "ban-nhap-CODE.json": nothing of the person. */
str filled_name(struct arena *a, const struct filled_form *f, const char *ending);

/* --- what they show ----------------------------------------------------------------- */
struct filled_part {
	str section, page, title;      /* headings before it, "" none; title: of an item */
	str id, row;                   /* of the page, of the item or "" */
	LIST(struct summary_row) rows; /* but papers */
};
struct filled_paper {
	str label, files;
};
/* Also the model of print.html. */
struct filled_view {
	str state, country, motto, title, procedure, to, declaration, signer, how, applicant, day;
	LIST(struct filled_part) parts;
	LIST(struct filled_paper) papers;
	str none; /* stands where nothing was answered */
	str code_label, code, sent_label, sent, verify;
	url back;
};
MUST_USE err filled_view_of(struct arena *a, const struct form_source *x,
	const struct filled_form *f, struct filled_view *ret);
/* The page to print, the PDF and the data as answers to a request. back: where it was opened. */
struct req;
MUST_USE err filled_print(
	struct req *r, const struct form_source *x, const struct filled_form *f, url back);
MUST_USE err filled_pdf(struct req *r, const struct form_source *x, const struct filled_form *f);
MUST_USE err filled_data(struct req *r, const struct form_source *x, const struct filled_form *f);
