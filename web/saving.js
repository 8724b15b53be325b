/* SPDX-License-Identifier: Apache-2.0 */
/* saving.js: what is typed is kept on the way, one request at a time. The same request fetches
 * choices that depend on an answer that has changed. */

'use strict';

const TYPING_PAUSE_MS = 1500;
const CHOICE_PAUSE_MS = 200;
const RETRY_LEAST_MS = 2000;
const RETRY_MOST_MS = 60000;
const ANSWER_MOST_MS = 30000;
/* A browser sends no more than 64 KiB after its page is gone. */
const PARTING_MOST = 60000;

/* edits counts what was typed; sent and kept say how far that was sent and kept. */
let saving = {};

function startSaving() {
	clearTimeout(saving.timer);
	saving = { form: document.querySelector('form[data-autosave]'), edits: 0, sent: 0, kept: 0, wait: RETRY_LEAST_MS,
		stale: new Set() };
}

/* Those that wait in templates, too. */
function everyQuestion(root) {
	return [...root.querySelectorAll('.question[data-name], template')].flatMap(
		(place) => place.content ? everyQuestion(place.content) : [place]);
}

function statusOf(page) {
	return page.querySelector('[data-save=""]');
}

function say(state, time = '') {
	const words = document.querySelector(`template[data-save="${state}"]`).content.cloneNode(true);
	words.querySelector('span')?.append(time);
	statusOf(document).replaceChildren(words);
}

function saveIn(pause) {
	clearTimeout(saving.timer);
	saving.timer = setTimeout(save, pause);
}

/* Puts the question of the answer in place of ours, the focus where it was. */
function renew(form, page, id) {
	const [ours, theirs] = [form, page].map((root) => everyQuestion(root).find((one) => one.dataset.question === id));
	if (!ours || !theirs) return;
	const { name, value } = ours.contains(document.activeElement) ? document.activeElement : {};
	const boxes = [...theirs.querySelectorAll('[name]')].filter((box) => box.name === name);
	ours.replaceWith(document.adoptNode(theirs));
	(boxes.find((box) => box.value === value) ?? boxes[0])?.focus();
}

/* A question that has changed again since is fetched again. */
function takePage({ form, stale }, text, ids) {
	const page = new DOMParser().parseFromString(text, 'text/html');
	ids.filter((id) => !stale.has(id)).forEach((id) => renew(form, page, id));
	form.dispatchEvent(new Event('renewed', { bubbles: true }));
	statusOf(document).textContent = statusOf(page).textContent;
	return page.querySelector('[name="phien-ban"]').value;
}

function takeWord(text) {
	const answer = JSON.parse(text);
	say('saved', answer.luc);
	return answer['phien-ban'];
}

function retry(state) {
	saving.failing = true;
	say(state);
	saveIn(saving.wait);
	saving.wait = Math.min(2 * saving.wait, RETRY_MOST_MS);
}

function bodyOf(form, deed) {
	const texts = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
	return new URLSearchParams([...texts, ['lam', deed]]);
}

async function send(me, ids) {
	const body = bodyOf(me.form, ids.length ? 'lam-moi' : 'tu-luu');
	const answer = await fetch(me.form.getAttribute('action'), {
		method: 'POST',
		body,
		keepalive: String(body).length < PARTING_MOST,
		signal: AbortSignal.timeout?.(ANSWER_MOST_MS),
	});
	const text = await answer.text();
	if (me !== saving) return;
	const { status } = answer;
	if (answer.redirected || status === 404 || status === 409) {
		me.over = true;
		say('changed');
	} else if (status === 401 || status === 403) {
		retry('signed-out');
	} else {
		if (status !== 200) throw new Error(status);
		me.form.elements['phien-ban'].value = ids.length ? takePage(me, text, ids) : takeWord(text);
		Object.assign(me, { kept: me.sent, failing: false, wait: RETRY_LEAST_MS });
	}
}

async function trySending(me) {
	const ids = [...me.stale];
	me.sent = me.edits;
	me.stale.clear();
	say('saving');
	await send(me, ids).catch(() => me === saving && retry('retrying'));
	me.busy = null;
	if (me.failing) ids.forEach((id) => me.stale.add(id));
	else if (me.edits !== me.kept) saveIn(TYPING_PAUSE_MS);
}

function save() {
	const me = saving;
	if (!me.form || me.busy || me.over || me.submitting || me.edits === me.kept) return;
	clearTimeout(me.timer);
	me.busy = trySending(me);
}

/* Choices that depend on this answer; communes of another province are none of this one. */
function markStale(box) {
	const { question: id, name } = box.closest('.question')?.dataset ?? {};
	if ('refresh' in box.dataset) {
		saving.stale.add(id);
		const commune = document.getElementById(id);
		if (commune) commune.value = '';
	}
	for (const { dataset } of everyQuestion(saving.form))
		if (name && dataset.linked === name) saving.stale.add(dataset.question);
}

function onTyped({ target }) {
	const { form, failing, stale } = saving;
	if (!form || target.form !== form || target.type === 'file') return;
	saving.edits++;
	markStale(target);
	if (!failing) saveIn(stale.size ? CHOICE_PAUSE_MS : TYPING_PAUSE_MS);
}

/* What is under way is waited for: the page would be taken for that of another window. */
function holdSubmit(event) {
	const me = saving;
	if (!me.form || event.target !== me.form) return;
	const held = me.submitting;
	clearTimeout(me.timer);
	me.submitting = true;
	if (!me.busy) return;
	event.preventDefault();
	event.stopImmediatePropagation();
	const { submitter } = event;
	if (!held) me.busy.then(() => me.form.requestSubmit(submitter));
}

/* Only what can be lost is asked about; the rest is sent while the page goes. */
function onLeaving(event) {
	const { edits, sent, kept, busy, failing, over, submitting } = saving;
	if (edits !== kept && (failing || busy && edits !== sent) && !over && !submitting) event.preventDefault();
}

atStart.push(startSaving);
document.addEventListener('input', onTyped, true);
document.addEventListener('submit', holdSubmit, true);
document.addEventListener('visibilitychange', save);
addEventListener('pagehide', save);
addEventListener('online', save);
addEventListener('beforeunload', onLeaving);
addEventListener('pageshow', () => { saving.submitting = false; });
