// SPDX-License-Identifier: Apache-2.0
// Sentences in, TAP out. A file declares its tests and then awaits run(): they run one after
// another, in order, since a scenario's later steps stand on its earlier ones.
//
//   test("an anonymous visitor sees no name [C32-9.2]", async (t) => {
//     t.equal(await page.title(), "Tra cứu hồ sơ", "title");
//   });
//   await run({ before: async () => {…}, after: async () => {…} });
//
// node FILE WORDS runs only the tests whose sentence contains WORDS.

const tests = [];

export function test(sentence, body) {
	tests.push({ sentence, body });
}

class Skipped extends Error {}

class Checks {
	constructor() {
		this.failures = [];
	}

	fail(text) {
		this.failures.push(text);
	}

	check(held, text) {
		if (!held) this.fail(text);
		return Boolean(held);
	}

	equal(actual, expected, what) {
		const held = Object.is(actual, expected);
		return this.check(held, `${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
	}

	// A list of complaints, each a failure; what names where they come from.
	none(complaints, what) {
		for (const complaint of complaints) this.fail(`${what}: ${complaint}`);
		return complaints.length === 0;
	}

	note(text) {
		comment(text);
	}

	skip(why) {
		throw new Skipped(why);
	}
}

export function comment(text) {
	for (const line of String(text).split("\n")) console.log(`# ${line}`);
}

async function runOne({ sentence, body }, number) {
	const checks = new Checks();
	let skipped = null;
	try {
		await body(checks);
	} catch (error) {
		if (error instanceof Skipped) skipped = error.message;
		else checks.fail(error.stack ?? String(error));
	}
	for (const failure of checks.failures) comment(failure);
	const passed = checks.failures.length === 0;
	const directive = skipped ? ` # SKIP ${skipped}` : "";
	console.log(`${passed ? "" : "not "}ok ${number} - ${sentence}${directive}`);
	return passed;
}

// Runs what was declared, calls after() whatever happened, and sets the exit status.
export async function run({ before = async () => {}, after = async () => {} } = {}) {
	const wanted = process.argv[2] ?? "";
	const chosen = tests.filter(({ sentence }) => sentence.includes(wanted));
	console.log(`TAP version 14\n1..${chosen.length}`);
	let failed = 0;
	try {
		await before();
		for (const [index, one] of chosen.entries()) failed += !(await runOne(one, index + 1));
	} catch (error) {
		comment(error.stack ?? error);
		failed++;
	} finally {
		await after();
	}
	process.exitCode = failed ? 1 : 0;
}
