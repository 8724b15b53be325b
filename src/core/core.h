/* SPDX-License-Identifier: Apache-2.0 */
/* core.h - the five types every other file is written in, and what must not be called. */
#pragma once
#include "core/arena.h"
#include "core/base.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/limits.h"
#include "core/str.h"

#include "core/banned.h"
