/* SPDX-License-Identifier: Apache-2.0 */
/* slips.h - how far one typed word is from another. */
#pragma once
#include "core/core.h"

#define SLIPS_WORD_MOST 32

/* Slips of the finger that make one word of the other: a letter too many, missing, wrong, or two
 * neighbours exchanged (Damerau-Levenshtein). The same letters in another order are one slip
 * ("shin", "sinh"), if they are two by that count. most + 1 when there are more than `most`, or
 * for words longer than SLIPS_WORD_MOST. */
int slips_between(str a, str b, int most);
/* How many we forgive in a word of that length: none below 4 letters, 1, from 8 letters 2. */
int slips_allowed(size_t letters);
/* Bit set of the letters of a word: those of two words a slip apart differ in at most two. */
uint32_t slips_letters(str word);
