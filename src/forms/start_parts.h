/* SPDX-License-Identifier: Apache-2.0 */
/* start_parts.h - what the page before one starts is given. */
#pragma once
#include "forms/page_parts.h"

struct paper_line {
	str name, quantity, when;
	bool optional;
};
struct start_page {
	str code, name, time, fee, levels, level;
	enum tone tone;
	url post, detail;
	field_errors errors;
	LIST(struct draft_row) drafts; /* begun before */
	LIST(str) subjects;
	LIST(struct paper_line) papers;  /* needed for what was answered */
	LIST(struct paper_line) perhaps; /* in some cases, or when one has them */
	str kept;                        /* how long a draft is kept */
	bool asks, answered;             /* there are questions before one starts */
	html questions;
	str facts;
	LIST(struct field) carried;
	url ask;
	bool many; /* agencies: a list that opens */
	struct choice_input agencies;
};
