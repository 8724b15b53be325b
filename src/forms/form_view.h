/* SPDX-License-Identifier: Apache-2.0 */
/* form_view.h - what the templates of fields are given. */
#pragma once
#include "forms/form.h"

/* A province, a button that shows its communes, a commune: works without script. */
struct commune_input {
	str id, label, hint, error, described;
	bool optional, bad_province, bad_commune;
	str province, commune; /* chosen */
	LIST(struct unit) provinces;
	LIST(struct unit) communes; /* none until a province is chosen */
};
