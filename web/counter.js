/* SPDX-License-Identifier: Apache-2.0 */
/* counter.js: how many characters are left. */

'use strict';

const SPOKEN_PAUSE_MS = 1000;

function makeCounter(area) {
	const shown = document.createElement('p');
	const spoken = document.createElement('p');
	const left = () => (area.maxLength - area.value.length).toLocaleString(document.documentElement.lang);
	const { count } = area.dataset;
	const words = () => count.replace('%d', left());
	let timer = 0;

	delete area.dataset.count; /* it has its counter */

	shown.className = 'hint';
	shown.setAttribute('aria-hidden', 'true');
	spoken.className = 'visually-hidden';
	spoken.setAttribute('role', 'status');
	area.after(shown, spoken);

	shown.textContent = words();
	area.addEventListener('input', () => {
		shown.textContent = words();
		clearTimeout(timer);
		timer = setTimeout(() => { spoken.textContent = words(); }, SPOKEN_PAUSE_MS);
	});
}

function makeCounters() {
	document.querySelectorAll('textarea[maxlength][data-count]').forEach(makeCounter);
}

atStart.push(makeCounters);
