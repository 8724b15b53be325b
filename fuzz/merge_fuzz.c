/* SPDX-License-Identifier: Apache-2.0 */
/* A file that comes into the builder: read, compared, merged three ways with what is there, written,
 * read again. Pieces of the input are taken for base, ours and theirs, divided by a NUL. */
#include "builder/compare.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct tree *piece_of(struct arena *a, str *rest)
{
	struct tree *t = tree_new(a, JSON_MAP);
	str piece;

	str_cut(*rest, '\0', &piece, rest);
	if (tree_parse(a, piece, &t) || t->type != JSON_MAP)
		t = tree_new(a, JSON_MAP);
	return t;
}

/* What is written is read as the same, whatever it says. */
static void must_return(struct arena *a, const struct tree *t)
{
	struct tree *again;
	str text;

	if (tree_text(a, t, &text))
		return;
	if (tree_parse(a, text, &again) || !tree_equal(t, again))
		abort();
}

/* Merged with itself a text stays what it is, without conflicts. */
static void must_stay(struct arena *a, const struct tree *base, const struct tree *t)
{
	struct merge m = { 0 };

	if (!tree_equal(merge_trees(a, VIETNAMESE, base, t, t, &m), t) || m.conflicts.n)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str rest = { (const char *)data, size }, text;
	struct tree *base = piece_of(a, &rest), *ours = piece_of(a, &rest);
	struct tree *theirs = piece_of(a, &rest);
	struct merge m = { 0 };
	change_list changes = { 0 };
	struct reading_of read;

	struct tree *merged = merge_trees(a, VIETNAMESE, base, ours, theirs, &m);
	must_return(a, merged);
	must_stay(a, base, theirs);
	compare(a, VIETNAMESE, (struct side){ ours, NULL }, (struct side){ merged, NULL },
		&changes);
	if (!tree_text(a, merged, &text) && edit_check(a, text, &read))
		return 0; /* refused as a whole: what the builder does with it */
	return 0;
}
