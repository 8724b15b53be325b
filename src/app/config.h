/* SPDX-License-Identifier: Apache-2.0 */
/* config.h - DATA/motcua.conf: one small file, every line optional. docs/operating.md lists the
 * keys. An unknown key or a value that does not fit is refused at start, with its line. */
#pragma once
#include "notify/notify.h"
#include "view/page.h"

struct config {
	str database; /* "sqlite:motcua.db" (relative to DATA) or a libpq URL */
	str listen;
	str clamd;         /* where the virus scanner listens; "": none */
	str trusted_proxy; /* header that names the client, when a proxy of ours stands in front */
	int64_t workers, loops, jobs, draft_days;
	bool plain_cookies;  /* networks without HTTPS */
	bool no_rate_limits; /* benchmarks and tests: everybody comes from one address */
	struct site site;
	struct mail_config mail;
};
#define CONFIG_FILE S("motcua.conf")
/* folder: DATA. INVALID with file, line and reason; NOT_FOUND when there is no such file: that
 * folder is none of ours, and the defaults would make a second, empty database in it. */
MUST_USE err config_load(struct arena *a, str folder, struct config *ret);
/* The same of a text that is not in its file yet. */
MUST_USE err config_parse(struct arena *a, str folder, str text, struct config *ret);
/* The text `motcua init` writes: the keys with their defaults, explained. database: "" for SQLite
 * in the folder. */
str config_template(struct arena *a, str database, bool demo);
