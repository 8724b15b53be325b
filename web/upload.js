/* SPDX-License-Identifier: Apache-2.0 */
/* upload.js: files in pieces, which go on after a lost connection or a closed tab, with the percent
 * done [C32-11.7]. Where this does not run, the browser sends the files with the form.
 *
 * form[data-upload-pieces] names the address; src/forms/upload_pages.c says what is spoken. When all
 * files of a form have arrived, the form is sent without them. */

'use strict';

const SMALL = 256 * 1024; /* files that come to less go with the form, in one request */
const RETRIES = 12;
const PIECE_PAUSE_MOST_MS = 30000;
const AGAIN = [429, 500, 502, 503, 504];

let uploading = false;

function choosersOf(form) {
	return [...form.querySelectorAll('input[type="file"]')].filter((one) => one.files.length > 0);
}

function filesOf(form) {
	return choosersOf(form).flatMap((chooser) =>
		[...chooser.files].map((file) => ({ input: chooser.name, file, chooser })));
}

function sizeOf(files) {
	return files.reduce((sum, { file }) => sum + file.size, 0);
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
	words.setAttribute('role', 'status');
	label.append(words, bar);
	form.append(label);
	show(0);
	return {
		show,
		wait: () => { words.textContent = form.dataset.uploadRetry ?? words.textContent; },
		remove: () => label.remove(),
	};
}

/* --- In pieces --- */

function pause(milliseconds) {
	return new Promise((done) => {
		setTimeout(done, milliseconds);
		addEventListener('online', done, { once: true });
	});
}

/* An answer of the server, however long the connection is away. Returns { status, state }. */
async function ask(form, path, fields, progress) {
	const action = `${form.dataset.uploadPieces}/${path}`;
	for (let tries = 0; ; tries++) {
		try {
			const response = await fetch(action, fields(action));
			if (!AGAIN.includes(response.status) || tries === RETRIES) {
				const json = response.headers.get('Content-Type') === 'application/json';
				return { status: response.status, state: json ? await response.json() : null };
			}
		} catch (error) {
			if (tries === RETRIES) {
				throw error;
			}
		}
		progress.wait();
		await pause(Math.min(500 * 2 ** tries, PIECE_PAUSE_MOST_MS));
	}
}

function postOf(form, values, type = FormData) {
	return () => {
		const body = new type();
		body.append('csrf', form.elements.namedItem('csrf').value);
		Object.entries(values).forEach(([name, value]) => body.append(name, value));
		return { method: 'POST', body };
	};
}

function post(form, path, values, progress) {
	return ask(form, path, postOf(form, values, URLSearchParams), progress);
}

function failed({ status }) {
	return new Error(`upload: ${status}`);
}

/* Sends what the server lacks of the file; it may have most of it from an earlier visit. */
async function sendPieces(form, file, begun, progress, shown) {
	let { ma, 'vi-tri': at, manh: most } = begun;

	while (at < file.size) {
		shown(at);
		const values = { ma, 'vi-tri': String(at), manh: file.slice(at, at + most) };
		const answer = await ask(form, 'manh', postOf(form, values), progress);
		if (!answer.state || ![200, 409].includes(answer.status)) {
			throw failed(answer);
		}
		at = answer.state['vi-tri'];
	}
	shown(at);
}

async function sendFile(form, { input, file }, progress, shown) {
	const values = { muc: input, ten: file.name, co: file.size, sua: file.lastModified };
	const begun = await post(form, 'bat-dau', values, progress);

	if (begun.status !== 200) {
		throw failed(begun);
	}
	if (begun.state['ket-qua'] === 'open') {
		await sendPieces(form, file, begun.state, progress, shown);
		const ended = await post(form, 'xong', { ma: begun.state.ma }, progress);
		if (ended.status !== 200) {
			throw failed(ended);
		}
	}
}

/* What has arrived is not sent again with the form, should another file fail. */
function dropFile({ chooser, file }) {
	const rest = new DataTransfer();
	[...chooser.files].filter((one) => one !== file).forEach((one) => rest.items.add(one));
	chooser.files = rest.files;
}

async function sendInPieces(form, submitter) {
	const files = filesOf(form).filter(({ file }) => file.size > 0);
	const total = sizeOf(files);
	const progress = makeProgress(form);
	let before = 0;

	try {
		for (const one of files) {
			const shown = (at) => progress.show(Math.floor(100 * (before + at) / total));
			await sendFile(form, one, progress, shown);
			before += one.file.size;
			dropFile(one);
		}
		choosersOf(form).forEach((chooser) => { chooser.value = ''; });
	} catch {
		/* The browser's own way says better what is wrong. */
	}
	progress.remove();
	uploading = false;
	delete form.dataset.uploadProgress;
	form.requestSubmit(submitter);
}

/* --- In one request --- */

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

function sendWhole(form, submitter) {
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
		progress.remove();
	});
	request.open('POST', action);
	request.send(new FormData(form, submitter));
}

function onUpload(event) {
	const form = event.target;
	const files = 'uploadProgress' in form.dataset ? filesOf(form) : [];

	if (files.length === 0) {
		return;
	}
	event.preventDefault();
	if (!uploading) {
		uploading = true;
		const inPieces = 'uploadPieces' in form.dataset && sizeOf(files) > SMALL;
		(inPieces ? sendInPieces : sendWhole)(form, event.submitter);
	}
}

document.addEventListener('submit', onUpload);
