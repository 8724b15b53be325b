/* SPDX-License-Identifier: Apache-2.0 */
/* logic.js: rules of JSONLogic, exactly as src/core/logic.h describes them; tests/logic/ holds the
 * two together. logicApply(rule, data) returns what the rule gives and throws on a wrong rule. Only
 * the ceilings are the server's alone: it has checked a rule before it sends it here. */

const logicApply = (() => {
	const { isArray } = Array;
	const { hasOwnProperty } = Object.prototype;

	const isNothing = (v) => v === undefined || v === null;
	const truth = (v) => isArray(v) ? v.length > 0 : Boolean(v);
	const elements = (v) => isArray(v) ? v : [];
	/* No half of a surrogate pair. */
	const whole = (text) => text.replace(/\p{Cs}/gu, '\ufffd');

	const look = (data, [name, other = null]) => {
		if (isNothing(name) || name === '') return data;
		for (const key of String(name).split('.')) {
			if (isNothing(data) || !hasOwnProperty.call(data, key)) return other;
			data = typeof data === 'string' && key !== 'length' ? whole(data[key]) : data[key];
		}
		return data === undefined ? other : data;
	};

	const missing = (data, names) => (isArray(names[0]) ? names[0] : names).filter((name) => {
		const found = look(data, isArray(name) ? name : [name]);
		return found === null || found === '';
	});

	const day = (v) => {
		const [text, year] = typeof v === 'string' && /^(\d{4})-\d\d-\d\d$/.exec(v) || [];
		const time = text && year > 1799 && year < 2200 ? Date.parse(text) : NaN;
		return new Date(time).toJSON()?.startsWith(text) ? time / 864e5 : NaN;
	};
	const years = (a, b) => {
		if (a > b) return -years(b, a);
		const [from, to] = [a, b].map((days) => new Date(days * 864e5).toJSON());
		return to.slice(0, 4) - from.slice(0, 4) - (to.slice(4, 10) < from.slice(4, 10));
	};
	const between = (count) => (a, b) => {
		const [from, to] = [day(a), day(b)];
		return Number.isNaN(from + to) ? null : count(from, to);
	};

	const choose = (rules, data) => {
		const [test, then, ...rest] = rules;
		if (rules.length < 2) return rules.length ? apply(test, data) : null;
		return truth(apply(test, data)) ? apply(then, data) : choose(rest, data);
	};
	const until = (wanted) => (rules, data) => {
		let value;
		rules.some((rule) => truth(value = apply(rule, data)) === wanted);
		return value;
	};
	const each = (run) => ([list, rule], data) =>
		run(elements(apply(list, data)), (item) => truth(apply(rule, item)));

	/* These take rules and data, and evaluate what they need. */
	const choices = {
		__proto__: null,
		if: choose,
		'?:': choose,
		and: until(false),
		or: until(true),
		map: ([list, rule], data) => elements(apply(list, data)).map((item) => apply(rule, item)),
		reduce: ([list, rule, first = null], data) => elements(apply(list, data)).reduce(
			(accumulator, current) => apply(rule, { current, accumulator }), apply(first, data)),
		filter: each((list, holds) => list.filter(holds)),
		all: each((list, holds) => list.length > 0 && list.every(holds)),
		some: each((list, holds) => list.some(holds)),
		none: each((list, holds) => !list.some(holds)),
		var: (rules, data) => look(data, apply(rules, data)),
		missing: (rules, data) => missing(data, apply(rules, data)),
		missing_some: (rules, data) => {
			const [least, names] = apply(rules, data);
			const lacking = missing(data, isArray(names) ? names : [names]);
			return names.length - lacking.length >= least ? [] : lacking;
		},
	};

	const operations = {
		__proto__: null,
		'==': (a, b) => a == b,
		'!=': (a, b) => a != b,
		'===': (a, b) => a === b,
		'!==': (a, b) => a !== b,
		'!': (a) => !truth(a),
		'!!': truth,
		'<': (a, b, c) => a < b && (c === undefined || b < c),
		'<=': (a, b, c) => a <= b && (c === undefined || b <= c),
		'>': (a, b) => a > b,
		'>=': (a, b) => a >= b,
		'+': (...all) => all.reduce((sum, n) => sum + parseFloat(n), 0),
		'*': (...all) => all.reduce((product, n) => parseFloat(product) * parseFloat(n)),
		'-': (a, b) => b === undefined ? -a : a - b,
		'/': (a, b) => a / b,
		'%': (a, b) => a % b,
		min: Math.min,
		max: Math.max,
		merge: (...all) => [].concat(...all),
		cat: (...all) => all.join(''),
		in: (a, b) => (isArray(b) || typeof b === 'string' && b !== '') && b.indexOf(a) >= 0,
		substr: (text, from, length) => {
			const rest = String(text).substr(from);
			return whole(length < 0 ? rest.substr(0, rest.length + length)
				: String(text).substr(from, length));
		},
		log: (a) => a,
		years_between: between(years),
		days_between: between((a, b) => b - a),
	};

	function apply(rule, data) {
		if (isArray(rule)) return rule.map((one) => apply(one, data));
		if (typeof rule !== 'object' || rule === null) return rule;
		const words = Object.keys(rule);
		if (words.length !== 1) return rule;
		const [word] = words;
		const args = isArray(rule[word]) ? rule[word] : [rule[word]];
		if (choices[word]) return choices[word](args, data);
		if (operations[word]) return operations[word](...apply(args, data));
		throw new Error(`no operation "${word}"`);
	}

	return apply;
})();
