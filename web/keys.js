/* SPDX-License-Identifier: Apache-2.0 */
/* keys.js: letters that an officer presses instead of buttons. */

'use strict';

const SEQUENCE_PAUSE_MS = 1200;
const NOT_TYPED_IN = ['checkbox', 'radio', 'button', 'submit'];

let prefix = '';
let prefixTimer = 0;

function isField(element) {
	return element.matches('textarea, select, [contenteditable]') ||
		(element.matches('input') && !NOT_TYPED_IN.includes(element.type));
}

function keysAreOn() {
	const { classList, dataset } = document.body;
	return classList.contains('officer') && dataset.shortcuts !== 'off';
}

function setPrefix(key) {
	clearTimeout(prefixTimer);
	prefix = key;
	prefixTimer = setTimeout(() => { prefix = ''; }, SEQUENCE_PAUSE_MS);
}

/* operator "" finds the element of these keys, "^" one whose keys begin so. */
function declared(keys, operator = '') {
	return document.querySelector(`[data-key${operator}="${CSS.escape(keys)}"]`);
}

function press(element) {
	if (isField(element)) {
		element.focus();
	} else {
		element.click();
	}
}

/* The current row is the one that holds the focus, so Enter opens it without help from here. */
function currentRow() {
	return document.activeElement.closest('table.queue tbody tr');
}

function focusRow(row) {
	row?.querySelector('a')?.focus();
}

function nextRow() {
	const row = currentRow();
	return row ? row.nextElementSibling : document.querySelector('table.queue tbody tr');
}

const rowKeys = {
	j: () => focusRow(nextRow()),
	k: () => focusRow(currentRow()?.previousElementSibling),
	x: () => currentRow()?.querySelector('input[type="checkbox"]')?.click(),
	o: () => currentRow()?.querySelector('a')?.click(),
};

/* Returns whether the key meant something here. */
function act(key) {
	const inSequence = prefix !== '';
	const element = declared(inSequence ? `${prefix} ${key}` : key);

	setPrefix('');
	if (element) {
		press(element);
		return true;
	}
	if (inSequence) {
		return false;
	}
	if (declared(`${key} `, '^')) {
		setPrefix(key);
		return true;
	}
	if (Object.hasOwn(rowKeys, key) && document.querySelector('table.queue')) {
		rowKeys[key]();
		return true;
	}
	return false;
}

function onKey(event) {
	if (!keysAreOn() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) {
		return;
	}
	if (isField(event.target)) {
		if (event.key === 'Escape') {
			event.target.blur();
		}
	} else if (event.key.trim().length === 1 && act(event.key.toLowerCase())) {
		event.preventDefault();
	}
}

document.addEventListener('keydown', onKey);
