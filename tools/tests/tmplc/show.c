/* SPDX-License-Identifier: Apache-2.0 */
/* show.c - prints page.html, compiled. */
#include "page.h"
#include "test_page.h"
#include "view/out.h"

int main(void)
{
	static const struct test_step steps[] = {
		{ "khai-sinh", "Khai sinh", false },
		{ "ket-hon", "Kết hôn", true },
		{ "khai-tu", "Khai tử", false },
	};
	struct test_page page = { "vi", "Lam Giang", true, { steps, 3 } };
	struct out o = { stdout };
	page_html(&o, &page);
	return 0;
}
