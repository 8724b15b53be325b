/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over every file of the folders it is given, without libFuzzer, and prints
 * TAP: one point a folder. A crash ends the process; the last "# file" says on what. */
#include "fuzz/fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

/* Into memory of exactly its size, so that AddressSanitizer sees the first byte read beyond. */
static bool run_file(const char *path)
{
	struct stat info;
	FILE *file = fopen(path, "rb");
	if (!file || fstat(fileno(file), &info) != 0) {
		perror(path);
		if (file)
			fclose(file);
		return false;
	}
	size_t size = (size_t)info.st_size;
	uint8_t *data = malloc(size ? size : 1);
	bool whole = data && fread(data, 1, size, file) == size;
	if (whole)
		LLVMFuzzerTestOneInput(data, size);
	free(data);
	fclose(file);
	return whole;
}

static int is_file(const struct dirent *entry) { return entry->d_type == DT_REG; }

/* False for a folder that cannot be read or has no files, for it proves nothing. */
static bool run_folder(const char *folder)
{
	struct dirent **entries = NULL;
	int n = scandir(folder, &entries, is_file, alphasort);
	bool passed = n > 0;

	for (int i = 0; i < n; i++) {
		ARENA a = arena_new();
		const char *path = arena_printf(a, "%s/%s", folder, entries[i]->d_name).p;
		printf("# %s\n", path);
		passed = run_file(path) && passed;
		free(entries[i]);
	}
	free(entries);
	return passed;
}

int main(int argc, char **argv)
{
	int failures = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("TAP version 14\n1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		bool passed = run_folder(argv[i]);
		failures += !passed;
		printf("%sok %d - %s\n", passed ? "" : "not ", i, argv[i]);
	}
	return failures != 0;
}
