/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/builder_test.h"

const struct migration *const builder_folders[] = { job_migrations, file_migrations,
	identity_migrations, catalogue_migrations, builder_migrations, NULL };

static const char definition[] =
	"{'code':'1.000001','name':'Xin cấp giấy thử','sector':'G15-TP07',"
	"'levels':['xa'],'executing':['H99.*'],"
	"'deciding':'UBND xã','steps':['Nộp','Nhận'],"
	"'channels':[{'channel':'online','time':'3wd','fees':["
	"{'name':'Phí','amount':8000,"
	"'count':{'var':'so-ban'},'free':[{'why':'Hộ nghèo',"
	"'when':{'==':[{'var':'ho-ngheo'},'yes']}}]}]}],"
	"'components':[{'id':'don','name':'Đơn','required':true,'originals':1},"
	"{'id':'giay-ngheo','name':'Giấy hộ nghèo','required':true,"
	"'when':{'==':[{'var':'ho-ngheo'},'yes']}}],"
	"'sets':1,'limit':'3wd','subjects':['Cá nhân'],'results':[{'code':'KQ','name':'Giấy'}],"
	"'legal':[{'number':'1/2026','title':'Luật'}],'decision':'QĐ 1',"
	"'form':{'title':'Tờ khai','declaration':'Tôi cam đoan','pages':["
	"{'id':'ban','title':'Về bạn','fields':["
	"{'id':'ten','kind':'text','label':'Tên','required':true,'error':'Nhập tên'},"
	"{'id':'ho-ngheo','kind':'yes_no','label':'Hộ nghèo?','required':true},"
	"{'id':'so-the','kind':'text','label':'Số thẻ','when':{'==':[{'var':'ho-ngheo'},'yes']}},"
	"{'id':'so-ban','kind':'integer','label':'Số bản','least':1,'most':9,'required':true}]},"
	"{'id':'con','title':'Con','repeat':{'least':0,'most':3,'item':'Con'},'fields':["
	"{'id':'ten-con','kind':'text','label':'Tên con'},"
	"{'id':'tuoi','kind':'integer','label':'Tuổi','when':{'!=':[{'var':'ten-con'},null]}}]},"
	"{'id':'giay','title':'Giấy tờ','fields':["
	"{'id':'tep-don','kind':'paper','component':'don','label':'Đơn'},"
	"{'id':'tep-ngheo','kind':'paper','component':'giay-ngheo','label':'Giấy hộ nghèo'}]}]},"
	"'samples':["
	"{'name':'Một','answers':{'ten':'An','ho-ngheo':'no','so-ban':2,'tep-don':1},"
	"'expect':{'pages':['ban','con','giay'],'papers':['don'],'fee':16000}},"
	"{'name':'Hai','answers':{'ten':'An','ho-ngheo':'yes','so-the':'1','so-ban':2,"
	"'tep-don':1,'tep-ngheo':1},"
	"'expect':{'papers':['don','giay-ngheo'],'fee':0}},"
	"{'name':'Ba','answers':{'ho-ngheo':'no','so-ban':1,'tep-don':1},"
	"'expect':{'errors':['ten']}}]}";

struct tree *tree_said(struct arena *a, const char *text)
{
	struct tree *t = tree_new(a, JSON_MAP);
	str s = str_copy(a, str_from(text));

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\'')
			((char *)s.p)[i] = '"';
	CHECK_OK(tree_parse(a, s, &t));
	return t;
}

struct tree *test_tree(struct arena *a) { return tree_said(a, definition); }

str test_definition(struct arena *a)
{
	str text = S("");

	CHECK_OK(tree_text(a, test_tree(a), &text));
	return text;
}

str why_not(struct arena *a, struct tree *root)
{
	struct reading_of read;
	str text;
	err e = tree_text(a, root, &text);

	if (!e)
		e = edit_check(a, text, &read);
	return e ? e->detail : S("");
}

struct spot_of test_spot(struct arena *a, struct tree *root, const struct thing *t, const char *key)
{
	struct spot_of s = { 0 };

	CHECK(thing_find(a, root, t, str_from(key), &s));
	return s;
}

static err begin(struct conn *c, struct arena *a, void *unused)
{
	struct keeping k = { .code = S(TEST_CODE),
		.name = S("Xin cấp giấy thử"),
		.definition = test_definition(a),
		.by = { 0, S("an@example.vn"), ROLE_ADMIN },
		.now = TEST_NOW,
		.act = S("form.begin") };
	bool changed;

	(void)unused;
	TRY(procedure_put(c, a, k.definition, TEST_NOW, &changed));
	TRY(procedure_newest_id(c, a, k.code, &k.base));
	return copy_keep(c, a, &k);
}

void test_begin(struct services *s, struct arena *a) { CHECK_OK(db_write(s->db, a, begin, NULL)); }

struct working_copy test_copy(struct services *s, struct arena *a)
{
	struct working_copy w = { 0 };
	bool found = false;

	CHECK_OK(copy_find(test_reader(s, a), a, S(TEST_CODE), &w, &found));
	CHECK(found);
	return w;
}
