/* Made by sqlc from dossier.sql. */
#pragma once
#include "db/db.h"

extern const struct sql dossier_by_code;
struct dossier_by_code_args {
	struct value code;
	struct value owner;
};

extern const struct sql job_take;
struct job_take_args {
	struct value queue;
	struct value now;
};

extern const struct sql everything;
struct everything_args {
	struct value none_;
};

extern const struct sql *const dossier_statements[];     /* ends with NULL */
