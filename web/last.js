/* SPDX-License-Identifier: Apache-2.0 */
/* last.js: the last part of every script. */

'use strict';

function start() {
	atStart.forEach((begin) => begin());
	document.querySelector('.error-summary')?.focus();
}

start();
