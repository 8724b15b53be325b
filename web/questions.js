/* SPDX-License-Identifier: Apache-2.0 */
/* questions.js: questions come and go while somebody answers, and computed values follow. A question
 * that does not apply waits in a <template>, with what was typed. */

'use strict';

function questionAt(place) {
	return place.content ? place.content.querySelector('.question') : place;
}

function computedShown(text, fact, { as, unit }) {
	const { lang } = document.documentElement;
	if (as === 'date') return text.split('-').reverse().join('/');
	if (typeof fact !== 'number' || as === 'integer' && Math.abs(fact) < 1e4) return text;
	return fact.toLocaleString(lang, { maximumFractionDigits: 6 }) + (unit ? ` ${unit}` : '');
}

function compute(output, decimals, facts) {
	const { value, as } = output.dataset;
	const text = computedText(ruleGives(JSON.parse(value), facts), as, decimals);
	const fact = computedFact(text, as);
	const shown = computedShown(text, fact, output.dataset) || '–';
	if (output.textContent !== shown) output.textContent = shown;
	return fact;
}

function factIn(question, facts) {
	const { question: id, kind, decimals = 0, partial } = question.dataset;
	if (kind === 'computed') return compute(question.querySelector('output'), decimals, facts);
	if (kind === 'paper') return question.querySelectorAll('.file-list > li').length;
	/* Of radio buttons and check boxes those that are chosen; of a date all three boxes. */
	const texts = [...question.querySelectorAll('input, select, textarea')]
		.filter(({ name, type, checked }) => (kind === 'date' || name === id) && (checked || !/^[rc]/.test(type)))
		.map((box) => box.value);
	return factOf(kind, texts, decimals, partial !== undefined);
}

/* As follow() wants it. */
function asQuestion(place, shown) {
	const question = questionAt(place);
	const { name, kind, when } = question.dataset;
	return {
		name: kind === 'note' ? '' : name,
		when: when && JSON.parse(when),
		turn(applies) {
			if (applies && place.content) {
				place.replaceWith(place.content);
				shown.push(question);
			} else if (!applies && !place.content) {
				const waiting = document.createElement('template');
				question.replaceWith(waiting);
				waiting.content.append(question);
			}
		},
		parts: () => questionsIn(question, question, shown),
		fact: (facts) => factIn(question, facts),
	};
}

/* Of the form those without the parts of groups; of a group its parts. */
function questionsIn(root, owner, shown) {
	return [...root.querySelectorAll('.question, template')]
		.filter((place) => questionAt(place) && place.parentElement.closest('.question') === owner)
		.map((place) => asQuestion(place, shown));
}

function settle(form) {
	const shown = [];
	follow(questionsIn(form, null, shown), { __proto__: null, ...JSON.parse(form.dataset.facts) });
	if (!shown.length) return;
	makeCounters();
	const label = shown[0].querySelector('legend, label, h2, .field-label').textContent.trim();
	form.querySelector('[data-announce]').textContent = form.dataset.announce.replace('%s', () => label);
}

function settleAll() {
	document.querySelectorAll('form[data-facts]').forEach(settle);
}

function onAnswer({ target }) {
	const form = target.form ?? target;
	if ('facts' in form.dataset) settle(form);
}

atStart.push(settleAll);
document.addEventListener('input', onAnswer);
document.addEventListener('renewed', onAnswer);
/* What the browser put back into the boxes. */
addEventListener('pageshow', settleAll);
