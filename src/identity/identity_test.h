/* SPDX-License-Identifier: Apache-2.0 */
/* identity_test.h - what the tests of this folder share. */
#pragma once
#include "identity/identity.h"

extern const struct migration *const identity_folders[];
/* TEST_PASSWORD as a form sends it. */
#define PASSWORD_FIELD "mat-khau=tr%E1%BB%9Di+m%C6%B0a+s%C3%A2n+tr%C6%A1n"
/* A page for officers, one for citizens, and a step of a form that echoes its field. */
extern const struct route test_routes[];
