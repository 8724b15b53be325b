/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes are looked at within bounds, and looking twice tells the same. */
#include "fuzz/fuzz.h"

#include "file/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str bytes = { (const char *)data, size };
	struct docx_facts one = docx_look(a, bytes), two = docx_look(a, bytes);

	HOLDS(!one.broken || !one.bomb);
	HOLDS(one.broken == two.broken && one.encrypted == two.encrypted && one.bomb == two.bomb &&
		one.macros == two.macros && one.attached == two.attached);
	return 0;
}
