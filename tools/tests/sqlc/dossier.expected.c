/* Made by sqlc from dossier.sql. */
#include "dossier.h"
#include <stddef.h>

const struct sql dossier_by_code = {
	.name = "dossier_by_code",
	.text = {
		[DB_SQLITE] =
			"SELECT id, code FROM dossier WHERE code = $1 AND owner_id = $2 AND \"odd:name\" "
			"<> 'a:b -- it''s; \"so\"' AND parent = $1",
		[DB_POSTGRES] =
			"SELECT id, code FROM dossier WHERE code = $1 AND owner_id = $2 AND \"odd:name\" "
			"<> 'a:b -- it''s; \"so\"' AND parent = $1",
	},
	.n_params = 2,
	.params = (const char *const[]){ "code", "owner" },
};

const struct sql job_take = {
	.name = "job_take",
	.text = {
		[DB_SQLITE] = "SELECT id FROM job WHERE at <= $2 AND queue = $1 ORDER BY id LIMIT 1",
		[DB_POSTGRES] =
			"SELECT id FROM job WHERE queue = $1 AND at <= $2 ORDER BY id LIMIT 1 FOR "
			"UPDATE SKIP LOCKED",
	},
	.n_params = 2,
	.params = (const char *const[]){ "queue", "now" },
};

const struct sql everything = {
	.name = "everything",
	.text = {
		[DB_SQLITE] = "SELECT 1",
		[DB_POSTGRES] = "SELECT 1",
	},
};

const struct sql *const dossier_statements[] = {
	&dossier_by_code,
	&job_take,
	&everything,
	NULL,
};
