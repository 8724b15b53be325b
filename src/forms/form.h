/* SPDX-License-Identifier: Apache-2.0 */
/* form.h - an interactive form (biểu mẫu điện tử tương tác) as data: pages of fields, conditions,
 * checks. The definition is the "form" member of a procedure's text; docs/forms.md describes it.
 *
 * One road for everything: a posted page becomes answers (form_read), answers are checked
 * (form_check), shown (form_page_view) and summed up (form_summary) from the same definition on the
 * server. Questions of several parts (person, address, …) and repeated pages become plain fields
 * when they are read, so that all of these know fields only. Hidden means absent: a field whose
 * condition does not hold is in no check, no summary, no rule and no stored dossier. Pure but for
 * code lists, which come through struct form_source. */
#pragma once
#include "forms/answers.h"
#include "forms/fill.h"
#include "forms/model.h"
