/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/paper.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static str file_text(struct arena *a, const char *path)
{
	struct buf text = buf_in(a, 16 * MIB);
	char piece[4096];
	FILE *f = fopen(path, "rb");

	if (!f)
		return S("");
	for (size_t n; (n = fread(piece, 1, sizeof piece, f));)
		buf_add(&text, (str){ piece, n });
	fclose(f);
	return buf_str(&text);
}

/* What a program prints of the paper, whose path stands where "" is among the words. */
static str printed(struct arena *a, str pdf, const char **words)
{
	const char *in = str_z(a, arena_printf(a, "%s/paper.pdf", tap_folder()));
	const char *out = str_z(a, arena_printf(a, "%s/paper.txt", tap_folder()));
	FILE *f = fopen(in, "wb");
	int status = 0;

	if (!f || fwrite(pdf.p, 1, pdf.n, f) != pdf.n || fclose(f))
		return S("");
	for (size_t i = 0; words[i]; i++)
		words[i] = *words[i] ? words[i] : in;
	pid_t child = fork();
	if (child == 0) {
		int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		if (fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0)
			execvp(words[0], (char **)words);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status)
		return S("");
	return file_text(a, out);
}

str paper_text(struct arena *a, str pdf)
{
	const char *words[] = { "pdftotext", "-raw", "-enc", "UTF-8", "", "-", NULL };

	return printed(a, pdf, words);
}

str paper_words(struct arena *a, str pdf)
{
	str text = paper_text(a, pdf);
	struct buf b = buf_in(a, 16 * MIB);
	bool space = false;

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == ' ' || text.p[i] == '\n') {
			space = true;
			continue;
		}
		if (space)
			buf_char(&b, ' ');
		buf_char(&b, text.p[i]);
		space = false;
	}
	return buf_str(&b);
}

str paper_info(struct arena *a, str pdf)
{
	const char *words[] = { "pdfinfo", "", NULL };

	return printed(a, pdf, words);
}
