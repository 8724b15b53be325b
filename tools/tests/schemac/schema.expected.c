/* Made by schemac. */
#include "db/migrate.h"

const struct migration dossier_migrations[] = {
	{ .folder = "dossier", .number = 1, .name = "0001_dossier", .text =
		"-- An application, from draft to archive.\n"
		"CREATE TABLE dossier (\n"
		"\tid   $ID,\n"
		"\tcode $TEXT UNIQUE CHECK (code <> '\\')\n"
		");\n" },
	{ .folder = "dossier", .number = 2, .name = "0002_owner_index", .text = "CREATE INDEX dossier_owner ON dossier (owner_id);\n" },
	{ 0 },
};
