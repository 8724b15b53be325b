// SPDX-License-Identifier: Apache-2.0
// The one scenario of "make check": the program starts, a citizen without JavaScript finds a
// procedure, an officer signs in, and the program stops in order.
import { Program } from "./lib/program.mjs";
import { run, test } from "./lib/tap.mjs";
import { launch, Visitor } from "./lib/visitor.mjs";

let program, browser;

test("a citizen without JavaScript finds birth registration from the home page", async (t) => {
	const citizen = await Visitor.arrive(browser, program.origin, { width: 390, javascript: false });
	await citizen.open("/");
	await citizen.page.locator("main [name=q]").first().fill("dang ky khai sinh");
	await citizen.page.keyboard.press("Enter");
	await citizen.page.waitForURL(/\/tim\?/);
	await citizen.page.locator('main a[href*="/thu-tuc/1.001193"]').first().click();
	await citizen.page.waitForURL(/\/thu-tuc\/1\.001193-/);
	t.check(/khai sinh/i.test(await citizen.page.title()), "the title names the procedure");
	t.none(citizen.complaints(), "console");
	await citizen.leave();
});

test("each demonstration account signs in and reaches its own desk", async (t) => {
	const desks = {
		nguoidan: "/ca-nhan",
		motcua: "/can-bo",
		chuyenvien: "/can-bo",
		lanhdao: "/can-bo",
		quantri: "/quan-tri",
	};
	for (const [person, desk] of Object.entries(desks)) {
		const visitor = await Visitor.arrive(browser, program.origin);
		await visitor.signIn(person);
		const response = await visitor.open(desk);
		t.equal(response.status(), 200, `${person} at ${desk}`);
		t.none(visitor.complaints(), person);
		await visitor.leave();
	}
});

test("the program stops in order when asked to", async (t) => {
	await browser.close();
	t.none(await program.stop(), "stop");
});

await run({
	before: async () => {
		program = await Program.demonstration();
		[browser] = await Promise.all([launch(), program.serve()]);
	},
	after: async () => {
		await browser?.close();
		await program?.remove();
	},
});
