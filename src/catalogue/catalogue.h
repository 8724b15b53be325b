/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue.h - what is offered, by whom, where: procedures in dated versions, agencies with their
 * old and new codes, the 34 provinces and their communes with history, sectors and code lists.
 *
 * The current procedures are also kept in memory as an immutable index (some 6,000 entries): lists,
 * filters with counts and search read it without touching the database, the same on both engines.
 * It is rebuilt when the content version, a row bumped by every change, moves. */
#pragma once
#include "catalogue/procedure.h"
#include "catalogue/unit.h"
#include "core/embedded.h"
#include "db/command.h"
#include "db/migrate.h"
#include "identity/services.h"

extern const struct migration catalogue_migrations[];
extern const struct sql *const catalogue_statements[];
extern const struct route catalogue_routes[];

/* --- in memory ------------------------------------------------------------ */
#define FEE_ELSEWHERE (-1)   /* there is one, which the province sets, or in foreign money only */
#define FEE_UNPUBLISHED (-2) /* nothing is said of one */
struct entry {
	str code, slug, name, name_en;
	str sector, sector_en, sector_slug; /* names of the sector, its address */
	str agency_name;                    /* of the agency that published it */
	unsigned levels;                    /* bit set of enum government_level */
	enum service_level level;
	int64_t fee_least; /* in dong, 0 free, or FEE_ELSEWHERE, FEE_UNPUBLISHED */
	bool online;       /* can be applied for here */
	str limit;         /* statutory: "3wd"; "" unknown */
	int64_t version_id;
	str key; /* folded name without "thu tuc" before it, for search */
};
enum government_level {
	GOVERNMENT_CENTRAL,
	GOVERNMENT_PROVINCE,
	GOVERNMENT_COMMUNE,
	GOVERNMENT_OTHER,
	GOVERNMENT_LEVEL_COUNT
};
struct facet {
	str value, label, label_en; /* label_en: "" when there is none */
	int64_t count;
	bool chosen;
};
enum fee_known { FEES_NONE, FEES_SOME, FEES_UNPUBLISHED, FEES_COUNT };
#define FILTER_ANY (-1)
#define FILTER_UNKNOWN (-2) /* a value that there is not: nothing has it */
struct catalogue_filter {
	str sector, agency, words; /* slugs or codes; "" = any */
	int level;                 /* government level, or FILTER_ANY, FILTER_UNKNOWN */
	int service_level;         /* the same */
	int fee;                   /* enum fee_known, or the same */
	int64_t offset, limit;
};
struct catalogue_page {
	LIST(const struct entry *) entries;
	int64_t total;
	LIST(struct facet) sectors, agencies, levels, service_levels, fees;
	str did_you_mean; /* for search without result */
};
struct catalogue;
/* today: whose versions are in force. The catalogue lives in the arena until it is closed. */
MUST_USE err catalogue_open(struct db *db, struct arena *a, day today, struct catalogue **ret);
/* Looks at the content version and rebuilds when it, or the day, moved; *ret_version, another
 * number whenever a page may read otherwise, is for the page cache. */
MUST_USE err catalogue_refresh(
	struct catalogue *k, struct arena *a, day today, int64_t *ret_version);
void catalogue_close(struct catalogue *NULLABLE k);
/* Readers hold a snapshot for the life of an arena: nothing changes under them. */
const struct catalogue_index *catalogue_snapshot(struct catalogue *k, struct arena *a);
const struct entry *NULLABLE catalogue_entry(const struct catalogue_index *x, str code);
/* "" for an agency that has no procedure. */
str catalogue_agency_name(const struct catalogue_index *x, str code);
void catalogue_list(const struct catalogue_index *x, struct arena *a,
	const struct catalogue_filter *f, struct catalogue_page *ret);
/* Ranked: with and without marks, prefixes, one or two slips of the finger. The same ranking
 * everywhere: pages, `motcua search`. */
void catalogue_search(const struct catalogue_index *x, struct arena *a, str words, int64_t offset,
	int64_t limit, struct catalogue_page *ret);
/* How many, and how many that can be applied for here. */
void catalogue_counts(const struct catalogue_index *x, int64_t *ret_all, int64_t *ret_online);

/* --- in the database ------------------------------------------------------ */
/* The version in force on a day; a given version. NOT_FOUND. What its lists point to is shared by
 * all who read it and must not be written. */
MUST_USE err procedure_on(struct conn *c, struct arena *a, str code, day on, struct procedure *ret);
MUST_USE err procedure_version(
	struct conn *c, struct arena *a, int64_t version_id, struct procedure *ret);
/* Puts a definition: a new version when its text differs from the newest one, valid from its
 * effective_from; *ret_changed tells. Bumps the content version. */
MUST_USE err procedure_put(
	struct conn *c, struct arena *a, str definition, instant now, bool *ret_changed);

struct agency {
	str code, old_code, name, name_en, slug, parent, commune, address, phone;
	str level;          /* "bo", "tinh", "xa" */
	int64_t valid_from; /* day */
	struct opt_int valid_to;
	bool receives; /* takes dossiers here */
};
/* By new or old code [CODE-1]. */
MUST_USE err agency_find(
	struct conn *c, struct arena *a, str code, struct agency *ret, bool *ret_found);
/* Agencies that take dossiers for a procedure here, by name. */
MUST_USE err agency_list_for(struct conn *c, struct arena *a, const struct procedure *p,
	struct agency **ret, size_t *ret_n);
MUST_USE err agency_receiving(struct conn *c, struct arena *a, struct agency **ret, size_t *ret_n);
/* Old code of a new one and back: H12.005.02 <-> 000.02.005.H12 in the manner of CODE-1; "" when
 * it is neither. */
str agency_code_old(struct arena *a, str code);
str agency_code_new(struct arena *a, str code);
bool agency_code_valid(str code);

/* Code lists shipped in data/lists: "dan-toc", "quoc-gia", … in the order of the file. */
struct list_item {
	str code, name, name_en;
};
MUST_USE err code_list(
	struct conn *c, struct arena *a, str list, struct list_item **ret, size_t *ret_n);
MUST_USE err code_list_find(struct conn *c, struct arena *a, str list, str code,
	struct list_item *ret, bool *ret_found);
/* --- commands ------------------------------------------------------------- */
/* Asked while writing. INVALID: why not; CONFLICT: over a text of the office, not based on it. */
typedef err (*procedure_gate)(struct conn *c, struct arena *a, str definition);
/* `motcua import catalogue|units|starter --data DIR FOLDER`; `motcua search --data DIR WORDS` */
int catalogue_import_command(struct arena *a, const struct database_door *door,
	procedure_gate NULLABLE gate, int argc, char **argv);
int catalogue_search_command(struct arena *a, const struct database_door *door, int n, char **v);
/* procedures/, lists/, agencies.tsv, units.tsv, sectors.tsv. */
MUST_USE err catalogue_import_starter(struct db *db, struct arena *a, const struct embedded *files,
	procedure_gate NULLABLE gate, instant now);
