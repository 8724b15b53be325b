/* SPDX-License-Identifier: Apache-2.0 */
/* program.h - what every command shares: the data folder, its configuration, its database. */
#pragma once
#include "app/config.h"
#include "core/crypto.h"
#include "db/command.h"

struct program {
	struct arena *arena;
	str data;      /* folder */
	bool has_data; /* --data */
	struct config config;
	struct db *NULLABLE db;
	bool demo;    /* --demo */
	str listen;   /* --listen */
	str database; /* --database, of init */
	int argc;     /* words left for the command, argv[0] is its name */
	char **argv;
};
/* Each worker and each job thread reads on a connection of its own; two are for the main thread,
 * which watches the catalogue, and for whoever takes a second one: since nobody takes a third, one
 * of all who hold one and want another always gets it. */
int program_readers(const struct config *c);
/* Opens the database that p->config names. */
MUST_USE err program_connect(struct program *p);
/* Reads the configuration of the data folder, opens its database, and refuses one whose schema is
 * not this program's. */
MUST_USE err program_open(struct program *p);
/* The 32 bytes of DATA/secret.key, made at first use, mode 0600. */
MUST_USE err program_key(struct program *p, unsigned char key[KEY_BYTES]);
/* A new file of the data folder, mode 0600, whole or not there. CONFLICT when it exists. */
MUST_USE err program_write_new(struct program *p, str name, str bytes);
/* A path within the data folder. */
const char *program_path(struct program *p, str name);
/* Says on standard error why a command could not be done; its exit status. */
int program_refuse(err e);

int init_command(struct program *p);
int serve_command(struct program *p);
int migrate_command(struct program *p);
int routes_command(struct program *p);
int logic_command(struct program *p);
int form_command(struct program *p);
