/* Made by poc from en.po. */
#include "view/tr.h"
#include <stddef.h>

/* Sorted by id. */
const struct message po_en[] = {
	{ "Còn {n} ngày",
	  "One day left", "{n} days left" },
	{ "Cũ",
	  "Old", NULL },
	{ "Trang chủ",
	  "Home \"page\"", NULL },
};
const size_t po_en_count = 3;
