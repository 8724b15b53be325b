// SPDX-License-Identifier: Apache-2.0
// Every form of the starter catalogue, filled in with its own sample case in a browser without
// scripts, and sent: each page is valid HTML, accessible and fits 320 px (which is 400 % of a desk).
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { definitionOf } from "./lib/form.mjs";
import { root } from "./lib/program.mjs";
import { SampleFiller } from "./lib/sample.mjs";
import { Stage } from "./lib/stage.mjs";
import { run, test } from "./lib/tap.mjs";

// All of them take minutes: MOTCUA_TEST_ALL=1, as .ci/run does once; else every third.
const EVERY = process.env.MOTCUA_TEST_ALL ? 1 : 3;
const stage = new Stage();
const codes = readdirSync(join(root, "data/procedures"))
	.filter((name) => name.endsWith(".json"))
	.map((name) => name.slice(0, -5))
	.filter((_, i) => i % EVERY === 0);
let visitor;

async function look(t, name) {
	t.none(visitor.complaints(), name);
	await visitor.checkFrame(t, name);
	await visitor.checkHtml(t, name);
	await visitor.checkAccessibility(t, name);
	const over = await visitor.page.evaluate(() =>
		document.documentElement.scrollWidth - document.documentElement.clientWidth);
	t.check(over <= 0, `${name}: ${over} px too wide at 320 px`);
}

for (const code of codes)
	test(`${code}: every page takes its sample without scripts, and the dossier is sent [C32-8.1]`, async (t) => {
		const filler = new SampleFiller(visitor, definitionOf(code), stage.papers);
		await filler.begin();
		await filler.finish((page) => look(t, `${code} ${page}`));
		await look(t, `${code} check answers`);
		const missing = await visitor.page.locator("main .notice-warn").allInnerTexts();
		t.equal(missing.length, 0, `what is missing (${missing.join(" ").slice(0, 400)})`);
		if (await visitor.page.locator("[name=cam-doan]").count())
			await visitor.page.locator("[name=cam-doan]").check();
		await visitor.turn(() =>
			visitor.page.locator('main form[action$="/nop"] button[type=submit]').click());
		t.equal(await visitor.page.locator(".panel-code").count(), 1, "receipts");
	});

await run({
	before: async () => {
		await stage.open();
		visitor = await stage.visitor({ width: 320, javascript: false });
		await visitor.signIn("nguoidan");
	},
	after: () => stage.close(),
});
