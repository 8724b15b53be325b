// SPDX-License-Identifier: Apache-2.0
// Rules and data of chance, the same for the same seed. Small values that collide often: what is
// equal, missing or between is then met as often as what is not.

const TEXTS = ["", "0", "1", "-1", "2.5", "a", "b", "abc", "đường phố", "true", "null", " 7 ", "0x10", "1e3",
	"1e400", "x1", "3x", "Infinity", "NaN", "a.b", "list.1", "length", "10", "9", "\t", "𠮷", "a𠮷b", ".5",
	"2026-11-23", "2008-02-29", "1999-12-31", "2026-02-30", "1,2", "[object Object]", "undefined", "\uffff"];
const NUMBERS = [0, 1, 2, 3, 4, 7, 10, -1, -2, -7, 0.5, 0.1, 0.2, 2.5, -0.5, 1e21, 1e-7, 123456789, 1e300, 5e-324,
	9007199254740993, 1e15];
const NAMES = ["", "a", "b", "c", "list", "list.0", "list.1", "list.2.a", "list.length", "m", "m.a", "m.b.a",
	"a.b", "current", "accumulator", "current.a", "none", "0", "1", "a.0", "a.length", ".", "m."];
const MEMBERS = ["a", "b", "c", "list", "m", "0", "1", "current", ""];

const ANY = ["var", "==", "===", "!=", "!==", "!", "!!", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "min", "max",
	"merge", "cat", "substr", "in", "log", "if", "?:", "and", "or", "years_between", "days_between"];
const OF_LISTS = ["map", "filter", "reduce", "all", "some", "none"];

// mulberry32
export class Random {
	constructor(seed) {
		this.state = seed >>> 0;
	}

	next() {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = this.state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	below(n) {
		return Math.floor(this.next() * n);
	}

	of(list) {
		return list[this.below(list.length)];
	}

	chance(p) {
		return this.next() < p;
	}

	many(most, make) {
		return Array.from({ length: this.below(most + 1) }, make);
	}
}

// A double with any bits, within what both readers of JSON take for a number.
function anyDouble(random) {
	const bits = new DataView(new ArrayBuffer(8));
	bits.setUint32(0, random.below(2 ** 32));
	bits.setUint32(4, random.below(2 ** 32));
	const n = bits.getFloat64(0);
	return Number.isFinite(n) && (Math.abs(n) < 2 ** 63 || Math.abs(n) >= 1e21) ? n : 0;
}

function scalar(random) {
	const kind = random.below(10);
	if (kind < 4) return random.of(TEXTS);
	if (kind < 8) return random.of(NUMBERS);
	if (kind === 8 && random.chance(0.3)) return anyDouble(random);
	return random.of([null, true, false]);
}

// A map has none or several members: one of one member would be a rule, and missing of the
// reference takes data for rules.
function map(random, depth) {
	const names = random.chance(0.2) ? [] : [...new Set([random.of(MEMBERS), random.of(MEMBERS), "z"])];
	return Object.fromEntries(names.length > 1 ? names.map((name) => [name, value(random, depth)]) : []);
}

function value(random, depth) {
	if (depth <= 0 || random.chance(0.5)) return scalar(random);
	return random.chance(0.6) ? random.many(4, () => value(random, depth - 1)) : map(random, depth - 1);
}

function data(random) {
	if (random.chance(0.15)) return value(random, 2);
	const all = { a: value(random, 1), b: value(random, 2), c: scalar(random) };
	all.list = random.many(5, () => value(random, 2));
	all.m = map(random, 2);
	return all;
}

function names(random) {
	return random.many(4, () => random.of(NAMES));
}

function list(random, depth) {
	const kind = random.below(4);
	if (kind === 0) return { var: random.of(["list", "", "m.list", "b"]) };
	if (kind === 1) return rule(random, depth - 1);
	return random.many(4, () => rule(random, depth - 2));
}

function operation(random, depth) {
	const kind = random.next();
	const part = () => rule(random, depth - 1);
	if (kind < 0.2) return { var: random.of(NAMES) };
	if (kind < 0.23) return { var: [random.of(NAMES), part()] };
	if (kind < 0.27) return { missing: random.chance(0.5) ? names(random) : [names(random), random.of(NAMES)] };
	if (kind < 0.3) return { missing_some: [random.of([0, 1, 2, "1", null]), names(random)] };
	if (kind < 0.45) {
		const word = random.of(OF_LISTS);
		const first = word === "reduce" && random.chance(0.7) ? [part()] : [];
		return { [word]: [list(random, depth), part(), ...first] };
	}
	if (kind < 0.5) return { substr: [part(), random.below(9) - 4, ...random.many(1, () => random.below(9) - 4)] };
	if (kind < 0.505) return { [random.of(["nonsense", "", "var.a", "constructor", "toString"])]: part() };
	const args = random.many(3, part);
	return { [random.of(ANY)]: args.length === 1 && random.chance(0.5) ? args[0] : args };
}

function rule(random, depth) {
	if (depth <= 0 || random.chance(0.2)) return random.chance(0.3) ? { var: random.of(NAMES) } : scalar(random);
	const kind = random.next();
	if (kind < 0.05) return random.many(3, () => rule(random, depth - 1));
	if (kind < 0.07) return map(random, 1);
	return operation(random, depth);
}

export function makeCase(random) {
	return { rule: operation(random, 4), data: data(random) };
}
