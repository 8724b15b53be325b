// SPDX-License-Identifier: Apache-2.0
// From the home page every service is three clicks away or fewer, and no link on the way is dead;
// over the starter catalogue, and over the official one where it is at hand. No browser: a link in
// the page that was sent is a link.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Program, root, shared } from "./lib/program.mjs";
import { run, test } from "./lib/tap.mjs";

const CLICKS = 3;
const AT_ONCE = 8;
const PROCEDURE = /^\/thu-tuc\/([\d.]+)-/;
let program;

// Addresses of the links in a page, within the portal; downloads and the English mirror are not on
// the way.
function linksOf(html) {
	const links = html.matchAll(/<a\s[^>]*?href="(\/[^"#]*)/g);
	const addresses = [...links].map(([, address]) => address.replaceAll("&amp;", "&"));
	return addresses.filter((one) => !/^\/(a|en)\/|\.(csv|xml)$/.test(one));
}

async function fetchAll(addresses) {
	const answers = new Map();
	const waiting = [...addresses];
	const work = async () => {
		for (let address = waiting.pop(); address; address = waiting.pop()) {
			const response = await fetch(program.origin + address);
			answers.set(address, { status: response.status, html: await response.text() });
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return answers;
}

// Breadth first. A procedure's page is where the way ends, so it is not read.
async function crawl() {
	const clicks = new Map([["/", 0]]);
	const dead = [];
	let front = ["/"];
	for (let depth = 1; depth <= CLICKS; depth++) {
		const found = [];
		for (const [from, { status, html }] of await fetchAll(front)) {
			if (status >= 400) dead.push(`${from}: ${status}`);
			for (const address of linksOf(html)) {
				if (clicks.has(address)) continue;
				clicks.set(address, depth);
				if (!PROCEDURE.test(address)) found.push(address);
			}
		}
		front = found;
	}
	return { clicks, dead };
}

async function checkReach(t, codes) {
	const { clicks, dead } = await crawl();
	const reached = new Map();
	for (const [address, depth] of clicks) {
		const [, code] = address.match(PROCEDURE) ?? [];
		if (code) reached.set(code, { address, depth });
	}
	t.none(dead, "a dead link");
	const missing = codes.filter((code) => !reached.has(code));
	t.equal(missing.length, 0, `procedures beyond ${CLICKS} clicks, such as ${missing.slice(0, 5)}`);
	const some = codes.filter((code, i) => reached.has(code) && i % Math.ceil(codes.length / 100) === 0);
	const pages = await fetchAll(some.map((code) => reached.get(code).address));
	t.none([...pages].filter(([, { status }]) => status !== 200).map(([one]) => one), "a dead end");
	const depths = [1, 2, 3].map((n) => [...reached.values()].filter(({ depth }) => depth === n).length);
	t.note(`${codes.length} procedures, in 1, 2, 3 clicks: ${depths}; ${clicks.size} addresses seen`);
}

const starterCodes = () =>
	readdirSync(join(root, "data/procedures")).map((file) => file.replace(/\.json$/, ""));

test("every service of the starter catalogue is within 3 clicks of the home page [C32-11.3]", async (t) => {
	await checkReach(t, starterCodes());
});

test("every one of the official catalogue is within 3 clicks of the home page [C32-11.3]", async (t) => {
	const folder = join(shared, "data/procedures");
	if (!existsSync(folder)) t.skip(`no official catalogue at ${folder}`);
	t.none(await program.stop(), "stop");
	await program.command("import", "units", join(shared, "data/admin"));
	await program.command("import", "catalogue", folder);
	await program.serve();
	const lines = gunzipSync(readFileSync(join(folder, "catalog.jsonl.gz"))).toString().trim();
	// As they are published: one begins with a space, one ends with a remark.
	const codes = lines.split("\n").map((line) => JSON.parse(line).code.match(/[\d.]+/)[0]);
	await checkReach(t, codes);
});

await run({
	before: async () => {
		program = await Program.demonstration();
		await program.withoutRateLimits();
		await program.serve();
	},
	after: () => program?.remove(),
});
