/* SPDX-License-Identifier: Apache-2.0 */
/* back.js: back to a form, as the browser still holds it. */

'use strict';

function onBack(event) {
	if (event.target.closest?.('[data-back]') && history.length > 1) {
		event.preventDefault();
		history.back();
	}
}

document.addEventListener('click', onBack);
