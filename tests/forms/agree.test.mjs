// SPDX-License-Identifier: Apache-2.0
// For forms and answers of chance, scripts in a browser (web/values.js) and the server (asked through
// "motcua form apply") agree on which questions apply and on what rules see of the answers.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

import { run, test } from "../browser/lib/tap.mjs";
import { Random } from "../logic/rules.mjs";
import { makeAnswers, makeProcedure } from "./generate.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.MOTCUA ?? path.join(ROOT, "build/motcua");
const SEED = Number(process.env.MOTCUA_FORM_SEED ?? 20261123);
const FORMS = 300;
const ANSWERS = 20; // of each form
const SHOWN = 10;

const source = ["logic.js", "values.js"].map((file) => readFileSync(path.join(ROOT, "web", file), "utf8")).join("\n");
const { follow, factOf, computedText, computedFact, ruleGives } = new Function(
	`${source}\nreturn { follow, factOf, computedText, computedFact, ruleGives };`)();

const folder = mkdtempSync(path.join(tmpdir(), "motcua-forms-"));

function form(verb, procedure, input = "") {
	const file = path.join(folder, "form.json");
	writeFileSync(file, JSON.stringify(procedure));
	const { status, stdout, stderr } = spawnSync(PROGRAM, ["form", verb, file],
		{ input, encoding: "utf8", maxBuffer: 1 << 28 });
	if (status !== 0) throw new Error(`form ${verb}: ${status} ${stderr}${JSON.stringify(procedure.form)}`);
	return stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

// --- the browser's side ------------------------------------------------------------------------------

function textsOf(posted, id, kind) {
	if (kind === "date") return ["-ngay", "-thang", "-nam"].map((box) => posted[id + box] ?? "");
	return [posted[id] ?? []].flat();
}

function asQuestion(one, row, posted, shown) {
	const id = row + one.name;
	return {
		name: one.kind === "note" ? "" : one.name,
		when: one.when,
		turn: (applies) => applies && shown.push(one.name),
		parts: () => [],
		fact: (facts) => {
			if (one.kind === "paper") return Number(posted[id] ?? 0);
			if (one.kind !== "computed") return factOf(one.kind, textsOf(posted, id, one.kind), one.decimals, one.partial);
			return computedFact(computedText(ruleGives(one.value, facts), one.as, one.decimals), one.as);
		},
	};
}

// Parts of one group stand in it, as in the page.
function arrange(questions, row, posted, shown) {
	const arranged = [];
	let group = null;
	for (const one of questions) {
		const part = asQuestion(one, row, posted, shown);
		if (!one.group) arranged.push(part);
		else if (group?.id === one.group) group.all.push(part);
		else {
			const all = [part];
			group = { id: one.group, all };
			arranged.push({ when: one.group_when, turn() {}, parts: () => all });
		}
		if (!one.group) group = null;
	}
	return arranged;
}

const plain = (value) => JSON.parse(JSON.stringify(value ?? null));

// What differs on a page that the server asks, or nothing.
function differenceOn(page, questions, posted) {
	const row = page.row && `${page.id}/${page.row}/`;
	const shown = [], facts = { __proto__: null, ...page.given };
	follow(arrange(questions.filter((one) => one.page === page.id), row, posted, shown), facts);
	if (!isDeepStrictEqual(shown, page.applying)) return { shown, expected: page.applying };
	const found = plain(facts);
	const heads = Object.keys(found).filter((head) => !(head in page.given));
	const wrong = heads.find((head) => !isDeepStrictEqual(found[head], plain(page.facts[head])));
	return wrong && { name: wrong, found: found[wrong], expected: page.facts[wrong] };
}

function describe(i, page, difference, { posted }, { form: { pages } }) {
	const { fields } = pages.find(({ id }) => id === page.id);
	return JSON.stringify({ form: i, page: page.id, difference, given: page.given, posted, fields });
}

test(`browser and server agree on ${FORMS} forms of chance, each answered ${ANSWERS} times`, (t) => {
	const random = new Random(SEED);
	let different = 0, pages = 0, hidden = 0, asked = 0;
	for (let i = 0; i < FORMS; i++) {
		const procedure = makeProcedure(random);
		const questions = form("questions", procedure);
		const answers = Array.from({ length: ANSWERS }, () => makeAnswers(random, procedure, questions));
		const results = form("apply", procedure, answers.map((one) => `${JSON.stringify(one)}\n`).join(""));
		t.equal(results.length, ANSWERS, "lines");
		for (const [k, result] of results.entries()) {
			if (result.error) throw new Error(result.error);
			for (const page of result) {
				pages++;
				const all = questions.filter((one) => one.page === page.id).length;
				asked += page.applying.length;
				hidden += all - page.applying.length;
				const difference = differenceOn(page, questions, answers[k].posted);
				if (difference && ++different <= SHOWN)
					t.fail(describe(i, page, difference, answers[k], procedure));
			}
		}
	}
	t.equal(different, 0, "pages that differ");
	t.check(hidden > asked / 10 && asked > hidden / 10, `${asked} questions asked, ${hidden} hidden`);
	t.note(`seed ${SEED}: ${pages} pages, ${asked} questions asked, ${hidden} hidden`);
});

test("motcua form apply answers a line that is wrong with an error, and the next one too", (t) => {
	const procedure = makeProcedure(new Random(1));
	const [wrong, right] = form("apply", procedure, '{"posted"\n{}\n');
	t.check(typeof wrong.error === "string", "an error");
	t.check(Array.isArray(right), "an answer");
});

await run({ after: () => rmSync(folder, { recursive: true, force: true }) });
