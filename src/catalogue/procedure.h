/* SPDX-License-Identifier: Apache-2.0 */
/* procedure.h - one procedure (thủ tục hành chính) as the law wants it published: the eleven items
 * of C32-5.1. Its definition is one JSON text, the same in the starter catalogue, in imports, in
 * exports and in the database; docs/procedures.md describes it. A version never changes once
 * published; a dossier keeps the version of its receipt day for life [ERA-1]. */
#pragma once
#include "calendar/calendar.h"
#include "core/json.h"

enum channel { CHANNEL_COUNTER = 1, CHANNEL_ONLINE = 2, CHANNEL_POST = 3 }; /* portal codes */
/* Who pays nothing, and why. */
struct fee_exemption {
	const struct json *NULLABLE when;
	str why, why_en;
};
struct fee {
	str name, name_en, note, note_en;
	int64_t amount; /* in units of currency; 0 may mean "set by the province" */
	str currency;   /* "VND", "USD" */
	/* Rules on the form's answers, read by forms/: does it apply; how many times. */
	const struct json *NULLABLE when;
	const struct json *NULLABLE count;
	LIST(struct fee_exemption) free;
};
struct procedure_channel {
	enum channel channel;
	str time; /* "3wd" or "" when only prose tells */
	str time_text, time_text_en;
	LIST(struct fee) fees;
};
struct component {
	str id;                       /* stable within the procedure */
	str code;                     /* national code of the paper */
	str name, name_en, when_text; /* the case it belongs to, in words */
	int64_t originals, copies;
	bool note; /* a remark in the list of papers, not a paper */
	bool required;
	const struct json *NULLABLE when; /* condition on the form's answers */
	int64_t most_mb;                  /* of one file given for it [C32-7.3] */
	LIST(str) templates;              /* file names of forms to fill in */
};
struct procedure_case {
	str code, name, name_en, limit;
	const struct json *NULLABLE when; /* rule on the form's answers: is it this case? */
};
struct legal_document {
	str number, title;
};
struct procedure_result {
	str code, name, name_en;
};

/* Level of service, computed from evidence [C32-5.x, ND42-11]. */
enum service_level {
	LEVEL_INCOMPLETE, /* an item of C32-5.1 is missing: not yet published as a service */
	LEVEL_INFORMATION,
	LEVEL_PARTIAL, /* một phần */
	LEVEL_WHOLE    /* toàn trình */
};
struct procedure {
	int64_t version_id, version;
	int64_t valid_from; /* day */
	struct opt_int valid_to;
	str code, slug, name, name_en;
	str sector, sector_name;
	LIST(str) levels;          /* "bo", "tinh", "xa", "doc" */
	str promulgator;           /* agency that publishes it */
	str deciding;              /* who decides, in words */
	LIST(str) executing;       /* agency codes that offer it here; empty: none yet */
	LIST(str) steps, steps_en; /* trình tự */
	LIST(struct procedure_channel) channels;
	LIST(struct component) components;
	int64_t sets;
	LIST(struct procedure_case) cases;
	str limit; /* statutory: "3wd"; "" unknown */
	str limit_text, limit_text_en;
	bool restart; /* the clock restarts after a supplement [DL-6]; else it pauses */
	struct deadline_rules deadline_rules;
	LIST(str) subjects;
	LIST(struct procedure_result) results;
	LIST(str) conditions;
	LIST(struct legal_document) legal;
	str decision;       /* that announced it */
	str partial_reason; /* why not toàn trình [ND224-14.1] */
	bool pays_online, returns_online;
	bool declared_whole; /* what the official source claims; shown, never believed */
	const struct json *NULLABLE form; /* e-form, read by forms/ */
	const struct json
		*NULLABLE samples;        /* cases that must come out as they say, read by forms/ */
	struct derived *NULLABLE derived; /* see procedure_derived; of published texts only */
	bool verified;
	LIST(str) doubts;
};
/* INVALID with the path of what is wrong: a definition is taken whole or not at all. */
MUST_USE err procedure_parse(struct arena *a, str definition, struct procedure *ret);

/* What another room makes of a published definition, once for all who read the same text: make runs
 * in memory that lives as long as the definition. Of a definition that is not published it is made
 * in a. One room only may do so. */
MUST_USE err procedure_derived(struct arena *a, const struct procedure *p,
	err (*make)(struct arena *a, const struct procedure *p, const void **ret),
	const void **ret);

struct service_evidence {
	enum service_level level;
	LIST(str) missing; /* items, in Vietnamese (TR), for the next level */
};
struct service_evidence procedure_evidence(struct arena *a, const struct procedure *p);
str service_level_name(enum service_level l); /* TR("Toàn trình") … */
