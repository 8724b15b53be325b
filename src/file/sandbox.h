/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox.h - what the inspecting child gives up before it looks at a byte: time, memory, files,
 * programs, the network. What the kernel does not have is left out, and said. */
#pragma once
#include "core/base.h"

struct sandbox {
	bool landlock, seccomp;
};
/* First thing in the process, before libraries are set up. False when a limit cannot be set. */
MUST_USE bool sandbox_limit(void);
/* Last thing before the work: from here on only what is open already can be read or written. */
struct sandbox sandbox_lock(void);
