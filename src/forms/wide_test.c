/* SPDX-License-Identifier: Apache-2.0 */
/* Questions before one starts, repeated pages, saving while somebody types, remembered answers,
 * newer versions of a form. */
#include "forms/forms_test.h"
#include "forms/memory.h"
#include "forms/moving.h"
#include "forms/visit_test.h"

#define PROCEDURE "9.000001"
/* more: further fields of the second page. */
#define DEFINITION(from, more)                                                                     \
	"{'code':'9.000001','name':'Việc thử','sector':'G15-TP07','effective_from':'" from "',"    \
	"'levels':['xa'],'executing':['H99.001.01'],'steps':['Nộp'],'sets':1,'limit':'3wd',"     \
	"'channels':[{'channel':'online','fees':[{'name':'Phí','amount':8000,"                    \
	"'count':{'var':'so-ban'},"                                                                \
	"'free':[{'when':{'==':[{'var':'loai'},'b']},'why':'loại B'}]}]}],"                      \
	"'cases':[{'code':'1','name':'B','limit':'5wd','when':{'==':[{'var':'loai'},'b']}}],"      \
	"'components':[{'id':'giay-a','name':'Giấy A','required':true,'originals':1,"            \
	"'when':{'==':[{'var':'loai'},'a']},'case':'Loại A'}],"                                  \
	"'form':{'title':'T','declaration':'C','start':['loai','so-ban'],"                         \
	"'purposes':[{'id':'lam','why':'Để làm thử.'}],"                                     \
	"'checks':[{'id':'nhieu','when':{'>':[{'var':'so-ban'},20]},'field':'so-ban',"             \
	"'message':'Nhiều bản quá','stops':true}],"                                           \
	"'pages':[{'id':'mot','title':'Một','fields':["                                          \
	"{'id':'loai','kind':'one','label':'Loại','required':true,'options':["                   \
	"{'value':'a','label':'A'},{'value':'b','label':'B'}]},"                                   \
	"{'id':'so-ban','kind':'integer','label':'Số bản','purpose':'lam','required':true}]}," \
	"{'id':'hai','title':'Hai','fields':["                                                     \
	"{'id':'cha','kind':'person','label':'Cha',"                                               \
	"'parts':['ho-ten','ngay-sinh','so-dinh-danh']}" more "]},"                                \
	"{'id':'con','title':'Con','repeat':{'least':1,'most':3,'item':'Người con'},'fields':[" \
	"{'id':'ten','kind':'text','label':'Tên','required':true,'remember':'ten-con'}]}]}}"
#define NOTE_FIELD ",{'id':'ghi-them','kind':'text','label':'Ghi thêm'}"

static err put(struct conn *c, struct arena *a, void *definition)
{
	bool changed;

	return procedure_put(c, a, json_of(a, definition), TEST_NOW, &changed);
}

static struct visit *NULLABLE visitor_of(struct arena *a, const char *definition)
{
	struct visit *v = visitor(a, true);

	if (v && CHECK_OK(db_write(v->services->db, a, put, (void *)definition)))
		return v;
	return NULL;
}

TEST("questions ahead tell one's own papers, fee and time, and are not asked again [C32-11.5]")
{
	ARENA a = arena_new();
	struct visit *v = visitor_of(a, DEFINITION("2026-01-01", ""));
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/nop/" PROCEDURE), 200);
	CHECK(visit_shows(v, "Có thể cần thêm") && visit_shows(v, "Trường hợp của bạn"));
	CHECK_INT(visit_get(v, "/nop/" PROCEDURE "?loai=a&so-ban=3"), 200);
	CHECK(visit_shows(v, "Giấy tờ bạn cần") && visit_shows(v, "Giấy A"));
	CHECK(visit_shows(v, "8.000 đồng × 3 = 24.000 đồng"));
	CHECK_INT(visit_get(v, "/nop/" PROCEDURE "?loai=b&so-ban=3"), 200);
	CHECK(!visit_shows(v, "Giấy A") && visit_shows(v, "miễn (loại B)"));
	CHECK(visit_shows(v, "5 ngày làm việc") && visit_shows(v, "Không phải nộp giấy tờ nào"));
	CHECK_INT(visit_post(v, "/nop/" PROCEDURE "/bat-dau", "co-quan=H99.001.01&loai=b&so-ban=3"),
		303);
	str code = str_from_at(visit_location(v), strlen("/nop/"));
	CHECK_INT(visit_get(v, at(v, code, "mot")), 200);
	CHECK(visit_shows(v, "checked><label for=\"loai-2\"") && visit_shows(v, "value=\"3\""));
	CHECK(visit_shows(v, "Để làm thử."));
	visit_done(v);
}

TEST("items of a repeated page are added, filled in, removed; too few are asked for")
{
	ARENA a = arena_new();
	struct visit *v = visitor_of(a, DEFINITION("2026-01-01", ""));
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/nop/" PROCEDURE), 200);
	CHECK_INT(visit_post(v, "/nop/" PROCEDURE "/bat-dau", "co-quan=H99.001.01"), 303);
	str code = str_from_at(visit_location(v), strlen("/nop/"));
	CHECK_INT(visit_get(v, at(v, code, "con")), 200);
	CHECK_INT(post_step(v, code, "con", "lam=tiep"), 422);
	CHECK(visit_shows(v, "Thêm ít nhất 1 mục: Người con") && visit_shows(v, "href=\"#con\""));
	CHECK_INT(post_step(v, code, "con", "lam=them"), 303);
	str item = visit_location(v);
	const char *path = str_z(a, item);
	CHECK_INT(visit_get(v, path), 200);
	str id = str_from_at(item, strlen(at(v, code, "con")) + 1);
	CHECK(visit_shows(v, arena_printf(a, "name=\"con/" STR_FMT "/ten\"", STR_ARG(id)).p));
	const char *place = arena_printf(a, "con/" STR_FMT, STR_ARG(id)).p;
	CHECK_INT(post_step(v, code, place, "lam=tiep"), 422);
	CHECK(visit_shows(
		v, arena_printf(a, "href=\"#con%%2F" STR_FMT "%%2Ften\"", STR_ARG(id)).p));
	CHECK_INT(post_step(v, code, place,
			  arena_printf(a, "con/" STR_FMT "/ten=Trần+An&lam=tiep", STR_ARG(id)).p),
		303);
	CHECK_STR(visit_location(v), at(v, code, "con"));
	CHECK_INT(visit_get(v, at(v, code, "con")), 200);
	CHECK(visit_shows(v, "Người con 1") && visit_shows(v, "Trần An"));
	CHECK_INT(visit_get(v, at(v, code, "xem-lai")), 200);
	CHECK(visit_shows(v, arena_printf(a, "/con/" STR_FMT "?ve=xem-lai", STR_ARG(id)).p));
	CHECK_INT(visit_get(v, at(v, code, "con/khong-co")), 404);
	CHECK_INT(visit_get(v, at(v, code, "mot/khong-co")), 404);
	CHECK_INT(visit_get(v, at(v, code, "con")), 200);
	CHECK_INT(post_step(v, code, "con", arena_printf(a, "xoa=" STR_FMT, STR_ARG(id)).p), 303);
	CHECK_INT(visit_get(v, at(v, code, "con")), 200);
	CHECK(visit_shows(v, "Chưa có mục nào") && !visit_shows(v, "Trần An"));
	visit_done(v);
}

TEST("what is typed is saved on the way; a stale window is told and overwrites nothing [C32-11.5]")
{
	ARENA a = arena_new();
	struct visit *v = visitor_of(a, DEFINITION("2026-01-01", NOTE_FIELD));
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/nop/" PROCEDURE), 200);
	CHECK_INT(visit_post(v, "/nop/" PROCEDURE "/bat-dau", "co-quan=H99.001.01"), 303);
	str code = str_from_at(visit_location(v), strlen("/nop/"));
	CHECK_INT(visit_get(v, at(v, code, "hai")), 200);
	str drawn = str_copy(a, v->page);
	CHECK_INT(post_step(v, code, "hai", "ghi-them=mot&lam=tu-luu"), 200);
	CHECK(visit_shows(v, "\"luc\":\"") && visit_shows(v, "\"phien-ban\":\""));
	v->page = drawn;
	CHECK_INT(post_step(v, code, "hai", "ghi-them=hai&lam=tu-luu"), 409);
	CHECK_INT(visit_get(v, at(v, code, "hai")), 200);
	CHECK(visit_shows(v, "value=\"mot\""));
	/* The page anew, with what was typed. */
	CHECK_INT(post_step(v, code, "hai", "ghi-them=ba&lam=lam-moi"), 200);
	CHECK(visit_shows(v, "value=\"ba\""));
	visit_done(v);
}

TEST("answers that disagree are said before sending, and stop what must be mended")
{
	ARENA a = arena_new();
	struct visit *v = visitor_of(a, DEFINITION("2026-01-01", ""));
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/nop/" PROCEDURE), 200);
	CHECK_INT(
		visit_post(v, "/nop/" PROCEDURE "/bat-dau", "co-quan=H99.001.01&loai=b&so-ban=21"),
		303);
	str code = str_from_at(visit_location(v), strlen("/nop/"));
	CHECK_INT(visit_get(v, at(v, code, "hai")), 200);
	CHECK_INT(post_step(v, code, "hai",
			  "cha.ho-ten=Tr%E1%BA%A7n+An&cha.ngay-sinh-ngay=1&cha.ngay-sinh-thang=2"
			  "&cha.ngay-sinh-nam=1980&cha.so-dinh-danh=036185004212&lam=tiep"),
		303);
	CHECK_INT(visit_get(v, at(v, code, "xem-lai")), 200);
	CHECK(visit_shows(v, "Sửa những chỗ này trước khi nộp") && visit_shows(v, "Nhiều bản quá"));
	CHECK(visit_shows(v, "số định danh cho biết sinh năm 1985"));
	CHECK(!visit_shows(v, "name=\"cam-doan\""));
	visit_done(v);
}

struct sending {
	const struct form *form;
	const struct answers *answers;
	int64_t owner;
};

static err remember(struct conn *c, struct arena *a, void *arg)
{
	const struct sending *x = arg;

	return memory_keep(c, a, x->form, x->answers, x->owner, TEST_NOW);
}

static const struct form *NULLABLE parsed(struct arena *a, const char *definition)
{
	struct procedure *p = arena_make(a, struct procedure);
	struct form *f = arena_make(a, struct form);

	return CHECK_OK(procedure_parse(a, json_of(a, definition), p)) &&
			CHECK_OK(form_parse(a, p, f))
		? f
		: NULL;
}

TEST("persons and answers of before are offered, the newest first and no more than fit [C32-8.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_site(a, engine);
		int64_t owner = test_account(s, a, "hanh@example.vn", ROLE_CITIZEN);
		const struct form *f = parsed(a, DEFINITION("2026-01-01", ""));
		struct answers *given = answers_new(a);
		struct memory *found;
		size_t n;
		REQUIRE(f);
		answer_set(given, S("cha.ho-ten"), S("Trần An"));
		answer_set(given, S("cha.ngay-sinh"), S("1980-02-01"));
		answer_set(given, S("con"), S("x"));
		for (int i = 0; i < LIMIT_MEMORY_OF_WORD + 3; i++) {
			answer_set(given, S("con/x/ten"), arena_printf(a, "Tên %d", i));
			struct sending x = { f, form_applying(a, f, given, day_of(TEST_NOW)),
				owner };
			REQUIRE(CHECK_OK(db_write(s->db, a, remember, &x)));
		}
		REQUIRE(CHECK_OK(memory_list(test_reader(s, a), a, owner, &found, &n)));
		CHECK_INT((int64_t)n, LIMIT_MEMORY_OF_WORD + 1);
		const struct memory *person = NULL;
		for (size_t i = 0; i < n; i++)
			if (str_eq(found[i].word, MEMORY_PERSON))
				person = &found[i];
		REQUIRE(person);
		CHECK_STR(person->label, "Trần An, 01/02/1980");
		struct answers *filled = answers_new(a);
		CHECK(memory_fill_person(a, &f->pages.items[1], S("cha"), person, filled));
		CHECK_STR(answer(filled, S("cha.ho-ten")), "Trần An");
		CHECK(!memory_fill_person(a, &f->pages.items[1], S("me"), person, filled));
	}
}

TEST("a draft moves to a newer form by itself when nothing is lost, else its owner is told [ERA-1]")
{
	ARENA a = arena_new();
	struct visit *v = visitor_of(a, DEFINITION("2026-01-01", NOTE_FIELD));
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/nop/" PROCEDURE), 200);
	CHECK_INT(visit_post(v, "/nop/" PROCEDURE "/bat-dau", "co-quan=H99.001.01&loai=a&so-ban=3"),
		303);
	str code = str_from_at(visit_location(v), strlen("/nop/"));
	CHECK_INT(visit_get(v, at(v, code, "hai")), 200);
	/* A question more: nothing is lost. */
	REQUIRE(CHECK_OK(db_write(v->services->db, a, put,
		(void *)DEFINITION("2026-02-01",
			NOTE_FIELD ",{'id':'moi','kind':'text','label':'Câu mới'}"))));
	CHECK_INT(post_step(v, code, "hai", "ghi-them=c%C3%B2n+l%E1%BA%A1i&lam=nhap"), 303);
	CHECK_INT(visit_get(v, at(v, code, "hai")), 200);
	CHECK(visit_shows(v, "Câu mới") && visit_shows(v, "value=\"còn lại\""));
	/* A question less, which was answered. */
	REQUIRE(CHECK_OK(db_write(v->services->db, a, put, (void *)DEFINITION("2026-03-01", ""))));
	CHECK_INT(visit_get(v, at(v, code, "hai")), 303);
	CHECK_STR(visit_location(v), at(v, code, "chuyen-mau"));
	CHECK_INT(visit_get(v, at(v, code, "chuyen-mau")), 200);
	CHECK(visit_shows(v, "Ghi thêm") && visit_shows(v, "còn lại"));
	CHECK(visit_shows(v, "không còn hỏi") && !visit_shows(v, "hỏi theo cách khác"));
	CHECK_INT(visit_post(v, at(v, code, "chuyen-mau"), ""), 303);
	CHECK_INT(visit_get(v, at(v, code, "")), 200);
	CHECK(visit_shows(v, "bản trước của biểu mẫu") && visit_shows(v, "còn lại"));
	CHECK_INT(visit_get(v, at(v, code, "mot")), 200);
	CHECK(visit_shows(v, "value=\"3\""));
	visit_done(v);
}

#define ASKED(kind) ",{'id':'ghi-them','kind':'" kind "','label':'Ghi thêm'}"

TEST("an answer moves to another way of asking; what cannot is asked again, not said to be gone")
{
	ARENA a = arena_new();
	struct visit *v = visitor_of(a, DEFINITION("2026-01-01", ASKED("integer")));
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/nop/" PROCEDURE), 200);
	CHECK_INT(visit_post(v, "/nop/" PROCEDURE "/bat-dau", "co-quan=H99.001.01&loai=a&so-ban=3"),
		303);
	str code = str_from_at(visit_location(v), strlen("/nop/"));
	CHECK_INT(visit_get(v, at(v, code, "hai")), 200);
	CHECK_INT(post_step(v, code, "hai", "ghi-them=12&lam=nhap"), 303);
	REQUIRE(CHECK_OK(db_write(
		v->services->db, a, put, (void *)DEFINITION("2026-02-01", ASKED("text")))));
	CHECK_INT(visit_get(v, at(v, code, "hai")), 200);
	CHECK(visit_shows(v, "value=\"12\""));
	CHECK_INT(post_step(v, code, "hai", "ghi-them=khoảng+12&lam=nhap"), 303);
	REQUIRE(CHECK_OK(db_write(
		v->services->db, a, put, (void *)DEFINITION("2026-03-01", ASKED("integer")))));
	CHECK_INT(visit_get(v, at(v, code, "hai")), 303);
	CHECK_INT(visit_get(v, at(v, code, "chuyen-mau")), 200);
	CHECK(visit_shows(v, "hỏi theo cách khác") && !visit_shows(v, "không còn hỏi"));
	CHECK(visit_shows(v, "khoảng 12"));
	CHECK_INT(visit_post(v, at(v, code, "chuyen-mau"), ""), 303);
	CHECK_INT(visit_get(v, at(v, code, "hai")), 200);
	CHECK(!visit_shows(v, "khoảng 12"));
	CHECK_INT(visit_get(v, at(v, code, "")), 200);
	CHECK(visit_shows(v, "bản trước của biểu mẫu") && visit_shows(v, "khoảng 12"));
	visit_done(v);
}
