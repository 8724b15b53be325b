/* SPDX-License-Identifier: Apache-2.0 */
/* flow.h - names and looks of stages and acts; finding a step of the table. */
#pragma once
#include "dossier/dossier.h"

str stage_code(enum dossier_stage s);
bool stage_of_code(str code, enum dossier_stage *ret);
/* Short word people read (Vietnamese message), icon and tone of its tag. */
str stage_word(enum dossier_stage s);
const char *stage_icon(enum dossier_stage s);
enum tone stage_tone(enum dossier_stage s);
/* Status of the National Portal, 1 to 10. */
int stage_status(enum dossier_stage s);
/* No step leads out of it. */
bool stage_closed(enum dossier_stage s);

str act_code(enum dossier_act a);
bool act_of_code(str code, enum dossier_act *ret);
str act_label(enum dossier_act a);
/* What the timeline says once it was done. */
str act_done(enum dossier_act a);
bool act_needs_reason(enum dossier_act a);
/* Between officers: the applicant sees neither it nor its reason. */
bool act_internal(enum dossier_act a);

/* From any stage at all. */
bool act_of_role(enum dossier_act act, enum role by);

/* The step of a role; NULL when there is none, and whether another role has it. */
const struct dossier_step *NULLABLE step_find(
	enum dossier_stage from, enum dossier_act act, enum role by, bool *ret_other_role);
