/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes are looked at within bounds; a PDF that is not broken has pages or a lock, and looking
 * twice tells the same. */
#include "fuzz/fuzz.h"

#include "file/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str bytes = { (const char *)data, size };
	struct pdf_facts one = pdf_look(a, bytes), two = pdf_look(a, bytes);

	HOLDS(one.broken || one.encrypted || one.pages > 0);
	HOLDS(one.pages >= 0 && one.pages <= 1000 * 1000);
	HOLDS(one.broken == two.broken && one.encrypted == two.encrypted &&
		one.script == two.script && one.launches == two.launches &&
		one.attached == two.attached && one.pages == two.pages);
	return 0;
}
