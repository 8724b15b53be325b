/* SPDX-License-Identifier: Apache-2.0 */
/* values.js: what is typed into a question, as rules see it, and which questions apply: exactly as
 * the server does it (src/forms/form_read.c, form_applying.c). It touches no page, so that
 * tests/forms can hold the two together. */

'use strict';

/* --- texts --- */

const DROPPED = /(?![\t\n\u061c])[\p{Cc}\p{Bidi_C}\ufeff]/gu;

function cleaned(text, hasLines) {
	const kept = text.replace(DROPPED, '').normalize('NFC');
	return (hasLines ? kept : kept.replace(/[\n\t]/g, ' ')).replace(/^[ \t\n]+|[ \t\n]+$/g, '');
}

/* What is left without marks when it is digits, else what was typed. */
function digitsOr(typed, marks = /[ .\-\xa0]/g) {
	const digits = typed.replace(marks, '');
	return /^\d+$/.test(digits) ? digits : typed;
}

function phone(typed) {
	const all = typed.replace(/[ .\-()\xa0]/g, '');
	const national = all.replace(/^(\+84|0084|84(?=.{9}$))/, '');
	if (!/^\d+$/.test(national)) return typed;
	return national !== all && national[0] !== '0' ? `0${national}` : national;
}

/* "7:30", "7 giờ 30", "7h30", "0730", "7" */
function timeOfDay(typed) {
	const [, hour, minute] = /^(\d\d)(\d\d)\D*$/.exec(typed) ?? /^(\d+)(?:\D+(\d+))?\D*$/.exec(typed) ?? [];
	return hour < 24 && !(minute > 59) ? [hour, minute ?? 0].map(twoDigits).join(':') : typed;
}

function twoDigits(number) {
	return String(Number(number)).padStart(2, '0');
}

/* --- numbers --- */

/* Longer ones, and others than 12 and -12.5, are none. */
function numberOf(text) {
	return text.length < 64 && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) || 0 : null;
}

/* "-1.234.567" is written without its points. */
function figures(typed) {
	const text = typed.replace(/[ \xa0]/g, '');
	const plain = /^-?\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(text) ? text.replace(/[.,]/g, '') : text;
	return plain.replace(/^(-?)0+(?=\d)/, '$1');
}

/* "1.234,5" and "1234.5" are one number; "1.234" is a whole one. */
function decimalNumber(typed, decimals) {
	const [, before, after] = /^([^,]*),([^,.]*)$/.exec(typed.replace(/[ \xa0]/g, '')) ?? [];
	const plain = after === undefined ? figures(typed) : `${figures(before)}.${after}`;
	const [, whole, part = ''] = /^-?(\d+)(?:\.(\d*))?$/.exec(plain) ?? [];
	return whole <= 922337203685 && part.length <= decimals ? Number(plain) || 0 : null;
}

/* --- dates --- */

function isBetween(text, least, most) {
	return /^\d+$/.test(text) && text >= least && text <= most;
}

/* A year, or month and year, is enough when it is partial. */
function dateOf([day, month, year], partial) {
	const parts = [year, month, day].slice(0, !partial || day ? 3 : month ? 2 : 1);
	const inRange = isBetween(year, 1800, 2199) && (parts.length < 2 || isBetween(month, 1, 12)) &&
		(parts.length < 3 || isBetween(day, 1, 31));
	const text = parts.map(twoDigits).join('-');
	return inRange && (parts.length < 3 || new Date(text).getUTCDate() === Number(day)) ? text : null;
}

/* --- facts --- */

const readers = {
	__proto__: null,
	integer: (typed) => figures(typed).includes('.') ? null : numberOf(figures(typed)),
	number: decimalNumber,
	time: timeOfDay,
	person_id: (typed) => digitsOr(typed),
	tax_code: (typed) => digitsOr(typed).replace(/^(\d{10})(\d{3})$/, '$1-$2'),
	phone,
	email: (typed) => typed.replace(/@.*/s, (domain) => domain.replace(/[A-Z]/g, (c) => c.toLowerCase())),
};
readers.money = readers.integer;

/* texts: what stands in the question's boxes, in their order; of choices those that are chosen.
 * decimals: of a number; partial: of a date. */
function factOf(kind, texts, decimals, partial) {
	const all = texts.map((text) => cleaned(text, kind === 'long_text'));
	if (kind === 'date') return dateOf(all, partial);
	if (kind === 'many') return [...new Set(all.filter(Boolean))];
	const [typed = ''] = all;
	const fact = readers[kind] ? readers[kind](typed, decimals) : typed;
	return fact === '' ? null : fact;
}

/* What a rule gave, as the text that is kept: rounded, or nothing. */
function computedText(value, as, decimals) {
	if (typeof value === 'string') return value;
	const unit = 10 ** decimals;
	const units = Math.sign(value) * Math.round(Math.abs(value) * unit);
	const fits = typeof value === 'number' && Math.abs(units) <= 1e15;
	return fits && as !== 'text' && as !== 'date' ? String(units / unit || 0) : '';
}

function computedFact(text, as) {
	if (as === 'text') return text || null;
	if (as !== 'date') return numberOf(text);
	const [year = '', month = '', day = '', ...more] = text.split('-');
	return !more.length && dateOf([day, month, year], true) === text ? text : null;
}

/* "cha.noi-cu-tru.xa" is a member of a member of a member. */
function putFact(facts, name, value) {
	const [head, ...rest] = name.split('.');
	if (rest.length) {
		putFact(facts[head] ??= { __proto__: null }, rest.join('.'), value);
	} else {
		facts[head] = value;
	}
}

/* A rule that is wrong holds never. */
function ruleGives(rule, facts) {
	try {
		return logicApply(rule, facts);
	} catch {
		return null;
	}
}

/* Rules look back only, so that one pass in the order of the page settles what applies. A question
 * is { name, when, turn(applies), parts(), fact(facts) }; what a hidden one holds counts for none. */
function follow(questions, facts) {
	for (const question of questions) {
		const applies = !question.when || ruleGives({ '!!': [question.when] }, facts);
		question.turn(applies);
		if (!applies) continue;
		follow(question.parts(), facts);
		if (question.name) putFact(facts, question.name, question.fact(facts));
	}
}
