/* SPDX-License-Identifier: Apache-2.0 */
/* program.h - what every command shares: the data folder, its configuration, its database. */
#pragma once
#include "app/config.h"
#include "db/db.h"

/* Exit statuses others' scripts rely on. */
enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

struct program {
	struct arena *arena;
	str data;      /* folder, absolute */
	bool has_data; /* --data */
	struct config config;
	struct db *NULLABLE db;
	bool demo;    /* --demo */
	str listen;   /* --listen */
	str database; /* --database, of init */
	int argc;     /* words left for the command, argv[0] is its name */
	char **argv;
};
/* Opens the database of the data folder and refuses one whose schema is not this program's, unless
 * told to migrate it. */
MUST_USE err program_open(struct program *p, bool migrate);
/* The 32 bytes of DATA/secret.key, made at first use, mode 0600. */
MUST_USE err program_key(struct program *p, unsigned char key[32]);

int init_command(struct program *p);
int serve_command(struct program *p);
int migrate_command(struct program *p);
int routes_command(struct program *p);
int logic_command(struct program *p);
