// SPDX-License-Identifier: Apache-2.0
// The evaluator of JSONLogic in C (src/core/logic.h, asked through "motcua logic"), the one in
// browsers (web/logic.js) and the reference implementation (json-logic-js) give the same.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

import { run, test } from "../browser/lib/tap.mjs";
import { makeCase, Random } from "./rules.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.MOTCUA ?? path.join(ROOT, "build/motcua");
const SEED = Number(process.env.MOTCUA_LOGIC_SEED ?? 20261123);
const CASES = 30000;
const SHOWN = 20;

const source = readFileSync(path.join(ROOT, "web/logic.js"), "utf8");
const logicApply = new Function(`"use strict";${source}\nreturn logicApply;`)();

const sections = JSON.parse(readFileSync(path.join(ROOT, "tests/logic/vectors.json"), "utf8"));
const vectors = sections.flatMap(({ about, vectors }) => vectors.map((one) => ({ about, ...one })));

const random = new Random(SEED);
const cases = Array.from({ length: CASES }, () => makeCase(random));

// What a rule gives, as JSON has it: undefined, NaN and infinities are null.
function asJson(value) {
	return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function outcome(apply, { rule, data }) {
	try {
		return { result: asJson(apply(rule, data)) };
	} catch {
		return { error: true };
	}
}

// motcua logic prints {"error": text}, which a rule cannot give by chance: its only map of one
// member would be an operation.
function readOutcome(line) {
	const result = JSON.parse(line);
	return typeof result?.error === "string" ? { error: true } : { result };
}

function ask(lines) {
	const { status, stdout } = spawnSync(PROGRAM, ["logic"], {
		input: lines.map((line) => `${line}\n`).join(""),
		maxBuffer: 1 << 28,
		encoding: "utf8",
	});
	return { status, answers: stdout.split("\n").slice(0, -1) };
}

function compare(t, all, actual, expected) {
	let different = 0;
	for (const [i, one] of all.entries()) {
		const [got, wanted] = [actual(one, i), expected(one, i)];
		if (isDeepStrictEqual(got, wanted)) continue;
		if (++different <= SHOWN) {
			t.fail(`${JSON.stringify(one)}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
		}
	}
	t.check(different <= SHOWN, `${different} differ in all`);
}

test("every vector gives in browsers what it says", (t) => {
	t.check(vectors.length >= 1000, "there are vectors");
	compare(t, vectors, (one) => outcome(logicApply, one),
		({ error, result }) => error ? { error } : { result });
});

test("motcua logic answers every line with one line, wrong ones too", (t) => {
	const long = `{"rule":"${"x".repeat(1 << 20)}"}`;
	const wrong = ["", "{", "null", "[]", "{}", '{"data":1}', '{"rule":1,"date":2}', long, '"\\ud800"',
		`${"[".repeat(200)}${"]".repeat(200)}`, '{"rule":{"nonsense":1}}', "\0"];
	const { status, answers } = ask(wrong.flatMap((line) => [line, '{"rule":{"var":""},"data":7}']));
	t.equal(status, 0, "status");
	t.equal(answers.length, 2 * wrong.length, "answers");
	for (const [i, answer] of answers.entries()) {
		if (i % 2) t.equal(answer, "7", `answer ${i}`);
		else t.check(typeof JSON.parse(answer).error === "string", `an error for ${wrong[i / 2].slice(0, 40)}`);
	}
	const unended = spawnSync(PROGRAM, ["logic"], { input: '{"rule":[1]}', encoding: "utf8" });
	t.equal(unended.stdout, "[1]\n", "a last line without its end");
	t.equal(spawnSync(PROGRAM, ["logic"], { input: "" }).stdout.length, 0, "nothing for nothing");
	const marked = spawnSync(PROGRAM, ["logic"], { input: '\ufeff{"rule":1}\n\ufeff{"rule":1}\n', encoding: "utf8" });
	t.equal(marked.stdout.split("\n")[0], "1", "the mark that a file may begin with is passed over");
	t.check(marked.stdout.split("\n")[1].includes("error"), "a mark elsewhere is an error");
});

test("long integers and deep rules are what they are in browsers", (t) => {
	const nested = (n) => n ? { "!": [nested(n - 1)] } : { var: "a" };
	const given = [{ rule: nested(60), data: { a: 1 } }, { rule: { "+": [{ var: "a" }, 1] }, data: { a: "N" } }]
		.map((one) => JSON.stringify(one).replace('"N"', "123456789012345678901234567890"));
	const { answers } = ask(given);
	for (const [i, line] of given.entries()) {
		const { rule, data } = JSON.parse(line);
		t.equal(answers[i], JSON.stringify(logicApply(rule, data)), `answer ${i}`);
	}
});

test("motcua logic says how it is used", (t) => {
	const help = spawnSync(PROGRAM, ["logic", "--help"], { encoding: "utf8" });
	t.equal(help.status, 0, "status of --help");
	t.check(help.stdout.startsWith("usage: motcua logic"), "usage");
	t.equal(spawnSync(PROGRAM, ["logic", "words"]).status, 2, "status of words it does not know");
});

test(`C and JavaScript give the same for ${CASES} rules of chance`, (t) => {
	const { status, answers } = ask(cases.map((one) => JSON.stringify(one)));
	t.equal(status, 0, "status");
	if (!t.equal(answers.length, CASES, "answers")) return;
	compare(t, cases, (_, i) => readOutcome(answers[i]), (one) => outcome(logicApply, one));
	const given = cases.filter((one) => outcome(logicApply, one).error !== true);
	t.check(given.length > CASES * 0.9, `${given.length} rules are right`);
	t.note(`seed ${SEED}`);
});

// It knows no dates, cuts surrogate pairs in half, and finds what every object of JavaScript has.
function isCommon(one) {
	return !/_between|[\ud800-\udfff]|__proto__|constructor/.test(JSON.stringify(one));
}

test("the reference implementation gives the same where it knows an answer", (t) => {
	let reference;
	try {
		const from = createRequire(path.join(ROOT, "tests/browser/package.json"));
		reference = from("json-logic-js");
	} catch {
		t.skip("json-logic-js is not installed");
	}
	const { log } = console;
	console.log = () => {};
	const common = [...vectors.filter(({ error }) => !error), ...cases].filter(isCommon);
	const known = common.map((one) => outcome((rule, data) => reference.apply(rule, data), one));
	console.log = log;
	const answered = common.map((one, i) => ({ one, wanted: known[i] })).filter(({ wanted }) => !wanted.error);
	t.check(answered.length > CASES * 0.6, `it answers ${answered.length}`);
	compare(t, answered, ({ one }) => outcome(logicApply, one), ({ wanted }) => wanted);
});

await run();
