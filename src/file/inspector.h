/* SPDX-License-Identifier: Apache-2.0 */
/* inspector.h - what the server and its child agree on. The answer is a line of JSON: state, one of
 * good, broken, locked, script, attached, bomb, pixels, macros, failed; pages, width, height,
 * sharpness; landlock, seccomp: whether the kernel had them. */
#pragma once

enum { INSPECTOR_FILE = 3, INSPECTOR_THUMBNAIL = 4, INSPECTOR_ANSWER = 1024 };
