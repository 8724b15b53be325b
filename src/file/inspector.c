/* SPDX-License-Identifier: Apache-2.0 */
/* inspector.c - motcua-inspect KIND: a process that looks at one file of a stranger and says in a
 * line of JSON what it is. The file is open as descriptor 3, the thumbnail goes to descriptor 4.
 * The server starts one for each file (child.c); when a parser fails, only this process does. */
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/json.h"
#include "file/image.h"
#include "file/inspector.h"
#include "file/pdf.h"
#include "file/sandbox.h"
#include "file/zip.h"

struct answer {
	const char *state;
	int64_t pages, width, height, sharpness;
};

static bool map_file(str *ret)
{
	struct stat info;

	if (fstat(INSPECTOR_FILE, &info) != 0 || info.st_size <= 0)
		return false;
	void *p = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, INSPECTOR_FILE, 0);
	if (p == MAP_FAILED)
		return false;
	*ret = (str){ p, (size_t)info.st_size };
	return true;
}

static struct answer look_at_pdf(struct arena *a)
{
	str bytes;

	if (!map_file(&bytes))
		return (struct answer){ "failed" };
	struct pdf_facts f = pdf_look(a, bytes);
	return (struct answer){
		.state = f.encrypted             ? "locked"
			: f.script || f.launches ? "script"
			: f.attached             ? "attached"
			: f.broken               ? "broken"
						 : "good",
		.pages = f.pages,
	};
}

static struct answer look_at_docx(struct arena *a)
{
	str bytes;

	if (!map_file(&bytes))
		return (struct answer){ "failed" };
	struct docx_facts f = docx_look(a, bytes);
	return (struct answer){ .state = f.encrypted ? "locked"
			: f.bomb                     ? "bomb"
			: f.macros                   ? "macros"
			: f.broken                   ? "broken"
			: f.attached                 ? "attached"
						     : "good" };
}

static struct answer look_at_image(enum image_kind kind)
{
	static const char *const states[] = {
		[IMAGE_GOOD] = "good", [IMAGE_BROKEN] = "broken", [IMAGE_TOO_LARGE] = "pixels"
	};
	struct image_facts f = image_look(kind, INSPECTOR_FILE, INSPECTOR_THUMBNAIL);

	return (struct answer){
		.state = states[f.state],
		.width = f.width,
		.height = f.height,
		.sharpness = f.sharpness,
	};
}

static void print(struct arena *a, const struct answer *x, struct sandbox s)
{
	struct buf b = buf_in(a, INSPECTOR_ANSWER);
	struct json_out o = { .b = &b };

	json_open(&o, '{');
	json_pair(&o, S("state"), str_from(x->state));
	json_key(&o, S("pages"));
	json_put_int(&o, x->pages);
	json_key(&o, S("width"));
	json_put_int(&o, x->width);
	json_key(&o, S("height"));
	json_put_int(&o, x->height);
	json_key(&o, S("sharpness"));
	json_put_int(&o, x->sharpness);
	json_key(&o, S("landlock"));
	json_put_bool(&o, s.landlock);
	json_key(&o, S("seccomp"));
	json_put_bool(&o, s.seccomp);
	json_close(&o, '}');
	buf_char(&b, '\n');
	if (write(STDOUT_FILENO, b.p, b.n) != (ssize_t)b.n)
		_exit(1);
}

int main(int argc, char **argv)
{
	const char *kind = argc == 2 ? argv[1] : "";
	bool jpg = strcmp(kind, "jpg") == 0, png = strcmp(kind, "png") == 0;
	bool pdf = strcmp(kind, "pdf") == 0, docx = strcmp(kind, "docx") == 0;

	if (!jpg && !png && !pdf && !docx) {
		fputs("usage: motcua-inspect pdf|docx|jpg|png 3<FILE 4>THUMBNAIL\n", stderr);
		return 2;
	}
	if (!sandbox_limit() || ((jpg || png) && !image_begin(argv[0])))
		return 1;
	struct arena *a = arena_new();
	struct sandbox s = sandbox_lock();
	struct answer x = pdf ? look_at_pdf(a)
		: docx        ? look_at_docx(a)
			      : look_at_image(jpg ? IMAGE_JPG : IMAGE_PNG);
	print(a, &x, s);
	_exit(0); /* nothing to tidy up, and libraries may want what they may not have any more */
}
