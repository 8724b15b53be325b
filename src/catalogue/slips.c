/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/slips.h"

#define FEW_LETTERS 4
#define MANY_LETTERS 8

int slips_allowed(size_t letters)
{
	return letters < FEW_LETTERS ? 0 : letters < MANY_LETTERS ? 1 : 2;
}

static int least(int a, int b) { return a < b ? a : b; }

/* Optimal string alignment, three rows at a time. */
static int distance(str a, str b)
{
	int rows[3][SLIPS_WORD_MOST + 1];

	for (size_t k = 0; k <= b.n; k++)
		rows[0][k] = (int)k;
	for (size_t i = 1; i <= a.n; i++) {
		int *now = rows[i % 3], *before = rows[(i - 1) % 3], *earlier = rows[(i + 1) % 3];
		now[0] = (int)i;
		for (size_t k = 1; k <= b.n; k++) {
			int change = before[k - 1] + (a.p[i - 1] != b.p[k - 1]);
			now[k] = least(change, least(before[k], now[k - 1]) + 1);
			if (i > 1 && k > 1 && a.p[i - 1] == b.p[k - 2] && a.p[i - 2] == b.p[k - 1])
				now[k] = least(now[k], earlier[k - 2] + 1);
		}
	}
	return rows[a.n % 3][b.n];
}

static bool same_letters(str a, str b)
{
	int count[256] = { 0 };

	for (size_t i = 0; i < a.n; i++)
		count[(unsigned char)a.p[i]]++;
	for (size_t i = 0; i < b.n; i++)
		if (--count[(unsigned char)b.p[i]] < 0)
			return false;
	return a.n == b.n;
}

int slips_between(str a, str b, int most)
{
	size_t longer = a.n > b.n ? a.n : b.n, shorter = a.n + b.n - longer;

	if (longer > SLIPS_WORD_MOST || longer - shorter > (size_t)most)
		return most + 1;
	int n = distance(a, b);
	if (n == 2 && same_letters(a, b))
		n = 1;
	return n > most ? most + 1 : n;
}

uint32_t slips_letters(str word)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < word.n; i++)
		bits |= word.p[i] >= 'a' && word.p[i] <= 'z' ? 1u << (word.p[i] - 'a') : 1u << 26;
	return bits;
}
