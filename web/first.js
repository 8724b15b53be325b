/* SPDX-License-Identifier: Apache-2.0 */
/* first.js: the first part of every script. Comfort where scripts run: every page works without.
 * README.md lists the hooks, and meson.build which files are served together. */

'use strict';

/* Run when the page is there, and again when another one is shown in its place. */
const atStart = [];
