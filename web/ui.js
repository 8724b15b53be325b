/* SPDX-License-Identifier: Apache-2.0 */
/* ui.js: uploads in percent. */

'use strict';

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

document.addEventListener('submit', onSubmit);
