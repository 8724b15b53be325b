/* SPDX-License-Identifier: Apache-2.0 */
/* ui.js: comfort where scripts run. Every page works without it; README.md lists the hooks. */

'use strict';

/* --- Officer's keys --- */

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

/* --- Characters left --- */

const SPOKEN_PAUSE_MS = 1000;

function makeCounter(area) {
	const shown = document.createElement('p');
	const spoken = document.createElement('p');
	const left = () => (area.maxLength - area.value.length).toLocaleString(document.documentElement.lang);
	const words = () => area.dataset.count.replace('%d', left());
	let timer = 0;

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

/* --- Upload in percent --- */

let uploading = false;

function hasFiles(form) {
	const choosers = [...form.querySelectorAll('input[type="file"]')];
	return choosers.some((chooser) => chooser.files.length > 0);
}

function makeProgress(form) {
	const label = document.createElement('label');
	const words = document.createElement('span');
	const bar = document.createElement('progress');
	const show = (percent) => {
		words.textContent = form.dataset.uploadProgress.replace('%d', String(percent));
		bar.value = percent;
	};

	bar.max = 100;
	label.append(words, bar);
	form.append(label);
	show(0);
	return { label, show };
}

function withoutFragment(address) {
	return address.split('#')[0];
}

/* The window follows a redirection; a page sent back in answer (errors) is shown in place. */
function showAnswer(request, action) {
	if (withoutFragment(request.responseURL) !== withoutFragment(action)) {
		location.assign(request.responseURL);
		return;
	}
	const page = new DOMParser().parseFromString(request.responseText, 'text/html');
	document.title = page.title;
	document.body.replaceWith(document.adoptNode(page.body));
	scrollTo(0, 0);
	start();
}

function addressOf(form, submitter) {
	const action = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
	return new URL(action, location.href).href;
}

function upload(form, submitter) {
	const action = addressOf(form, submitter);
	const request = new XMLHttpRequest();
	const progress = makeProgress(form);

	request.upload.addEventListener('progress', (event) => {
		if (event.lengthComputable) {
			progress.show(Math.floor(100 * event.loaded / event.total));
		}
	});
	request.addEventListener('load', () => showAnswer(request, action));
	request.addEventListener('error', () => {
		/* The browser's own way says better what is wrong with the connection. */
		delete form.dataset.uploadProgress;
		form.requestSubmit(submitter);
	});
	request.addEventListener('loadend', () => {
		uploading = false;
		progress.label.remove();
	});
	request.open('POST', action);
	request.send(new FormData(form, submitter));
}

function onSubmit(event) {
	const form = event.target;
	if (!('uploadProgress' in form.dataset) || !hasFiles(form)) {
		return;
	}
	event.preventDefault();
	if (!uploading) {
		uploading = true;
		upload(form, event.submitter);
	}
}

/* --- Back to a form, as the browser still holds it --- */

function onClick(event) {
	if (event.target.closest?.('[data-back]') && history.length > 1) {
		event.preventDefault();
		history.back();
	}
}

/* --- Start --- */

function start() {
	document.querySelectorAll('textarea[maxlength][data-count]').forEach(makeCounter);
	document.querySelector('.error-summary')?.focus();
}

document.addEventListener('keydown', onKey);
document.addEventListener('submit', onSubmit);
document.addEventListener('click', onClick);
start();
