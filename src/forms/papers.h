/* SPDX-License-Identifier: Apache-2.0 */
/* papers.h - files given for the papers of a draft: with a page, or in pieces before it. */
#pragma once
#include "forms/draft.h"

struct work;

struct given_paper {
	str field;
	int64_t replaces;        /* a draft's file; 0 none */
	struct stored_file file; /* none when the paper has it already */
};
typedef struct given_papers {
	struct given_paper *items;
	size_t n;
	LIST(int64_t) told; /* uploads in pieces whose refusal is said now */
} given_papers;
/* The field of a paper, wherever it stands in the form; NULL when there is none. */
const struct form_field *NULLABLE work_paper(const struct work *w, str id);
/* The files that would be sent: none in which a virus was found. ret: room for w->n_files. */
size_t work_sent_files(const struct work *w, struct filled_file *ret);
/* "thay.12" replaces the draft's file 12, "chup.x" is the camera of paper x. False when no paper of
 * this draft is meant. */
#define PAPER_REPLACE "thay."
#define PAPER_CAMERA "chup."
bool paper_target(const struct work *w, str input, const struct form_field **ret_field,
	int64_t *ret_replaces);
/* Takes one file that was given into ret, which has room. *ret_finding: what is wrong with it, if
 * anything is, also that the paper has it already; *ret_fault: the same in words. */
MUST_USE err paper_take(struct req *r, const struct work *w, str input, const struct upload *u,
	given_papers *ret, struct file_finding *ret_finding, str *ret_fault);
/* Makes the good uploads of a page durable; appends what is wrong with others, on their fields. */
MUST_USE err papers_take(struct req *r, const struct work *w, const struct form_page *p,
	given_papers *ret, field_errors *errors);
/* In the saving transaction: their rows, and the answers that name them. */
MUST_USE err papers_record(struct conn *c, struct arena *a, const struct draft *d,
	const given_papers *papers, instant now);
/* The files of a field that count: not those in which something was found. */
str paper_answer(struct arena *a, const struct draft_file *files, size_t n, str field);
MUST_USE err papers_answer(struct conn *c, struct arena *a, const struct draft *d,
	const struct form *f, struct answers *s);
/* Where the pages show a draft's files, and which were given twice. */
void papers_describe(struct req *r, struct work *w);
err show_paper(struct req *r);
err show_thumbnail(struct req *r);
/* Uploads in pieces. */
err begin_upload(struct req *r);
err add_piece(struct req *r);
err show_upload(struct req *r);
err finish_upload(struct req *r);
