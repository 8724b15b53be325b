/* SPDX-License-Identifier: Apache-2.0 */
/* pdf.h - what can be told of a PDF without drawing it. A pure function over bytes, run in the
 * inspecting child and by a fuzz target.
 *
 * It believes no structure that a reader might take otherwise: names are looked for in every byte
 * outside of packed streams and inside of packed object streams, with their #-escapes undone, so
 * that neither a broken table nor a comment hides one. */
#pragma once
#include "core/core.h"

struct pdf_facts {
	bool broken;    /* no PDF, cut off, or made so that nobody can look inside */
	bool encrypted; /* needs a password, or has restrictions */
	bool script;    /* JavaScript, XFA forms */
	bool launches;  /* starts a program */
	bool attached;  /* has other files in it */
	int64_t pages;
};
struct pdf_facts pdf_look(struct arena *a, str bytes);
