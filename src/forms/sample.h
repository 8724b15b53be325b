/* SPDX-License-Identifier: Apache-2.0 */
/* sample.h - sample cases of a procedure (forms.md, "Sample cases"): answers and what must come
 * out. What does not come out as it says cannot be published. And advice on a definition that is
 * right but could be better. */
#pragma once
#include "db/command.h"
#include "forms/form.h"

struct form_sample {
	str name;
	day today;
	struct answers *answers;
	const struct json *NULLABLE expect;
};
/* The i-th sample; INVALID with the path when its answers fit no question. */
MUST_USE err form_sample_read(
	struct arena *a, const struct form *f, size_t i, struct form_sample *ret);
size_t form_sample_count(const struct form *f);
/* INVALID with the path of the first that cannot be read. */
MUST_USE err form_samples_check(struct arena *a, const struct form *f);

typedef LIST(str) form_remarks;
/* What comes of a sample: in the words that expectations are written in. */
struct form_outcome {
	form_remarks pages, papers, errors, checks;
	int64_t fee;
	str limit;
};
MUST_USE err form_sample_outcome(struct conn *c, struct arena *a, const struct form *f,
	const struct form_sample *s, struct form_outcome *ret);
/* Runs all; a remark for each thing that came out otherwise: "samples[1] (name): fee is 8000, …".
 * conn: code lists and communes. */
MUST_USE err form_samples_run(
	struct conn *c, struct arena *a, const struct form *f, form_remarks *ret);
/* Do the code lists exist that questions offer? INVALID: the path of the first that does not. */
MUST_USE err form_lists_check(struct conn *c, struct arena *a, const struct form *f);
bool form_asks_lists(const struct form *f);
/* Is each component that is required asked for? INVALID with its path. */
MUST_USE err form_papers_check(struct arena *a, const struct form *f);
/* At least three, one of them with errors? INVALID. */
MUST_USE err form_samples_enough(struct arena *a, const struct form *f);
/* May it be published? INVALID with the first reason: a definition that is wrong, samples that are
 * missing or do not come out. Without a form: always. */
MUST_USE err form_publishable(struct conn *c, struct arena *a, str definition);
/* More than seven questions a page, no hint, no error sentence, no English, asked twice or known
 * already, never reached, without purpose: "form.pages[1].fields[2] (so-ban): no hint". */
void form_lint(struct arena *a, const struct form *f, form_remarks *ret);
/* What a form asks, a line of JSON for each question. */
int form_questions_print(struct arena *a, const struct form *f);
/* Reads lines {"posted": {"so-ban": "2", "muc-dich": ["a", "b"]}, "items": {"thanh-vien": 1}} and
 * prints for each the pages that are asked, with the names of the questions that apply and what
 * rules see. conn: may be NULL when no commune is asked for. */
bool form_asks_communes(const struct form *f);
int form_apply_lines(struct conn *NULLABLE c, const struct form *f);
/* `motcua form check|test|questions|apply FILE` */
int forms_command(struct arena *a, const struct database_door *door, int argc, char **argv);
