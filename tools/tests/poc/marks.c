/* SPDX-License-Identifier: Apache-2.0 */
/* marks.c - read by `poc --messages`, never compiled. TR("not this one") */
// TR("nor this")
static const char *text = "TR(\"nor this\")", quote = '"';
#define TR
str home = TR("Trang " /* in two */
	      "chủ");
put(TRN("Còn {n} ngày"), '\'', MY_TR("no"));
put(TR("Chưa dịch"), TR("Mới"), TRN("Trang chủ"));
