/* SPDX-License-Identifier: Apache-2.0 */
/* zip.h - what can be told of a Word document (DOCX), which is a ZIP archive, without opening it in
 * a word processor. A pure function over bytes, run in the inspecting child and by a fuzz target.
 * Every entry is unpacked once, to nowhere, within the ceilings of unpack.h. */
#pragma once
#include "core/core.h"

struct docx_facts {
	bool broken;    /* no archive, cut off, damaged, no document, or names that lead out */
	bool encrypted; /* needs a password */
	bool bomb;      /* unpacks to far more than it says or should */
	bool macros;
	bool attached; /* has objects of other programs in it (OLE) */
};
struct docx_facts docx_look(struct arena *a, str bytes);
