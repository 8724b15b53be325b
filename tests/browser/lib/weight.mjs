// SPDX-License-Identifier: Apache-2.0
// What a first visit costs, as bytes on the wire, against the budget of its kind of page.

const kB = 1000;
export const BUDGETS = {
	home: { html: 8 * kB, total: 20 * kB, requests: 4 },
	list: { html: 10 * kB, total: 22 * kB, requests: 5 },
	form: { html: 8 * kB, total: 20 * kB, requests: 5 },
	inbox: { html: 16 * kB, total: 28 * kB, requests: 6 },
	statistics: { html: 14 * kB, total: 24 * kB, requests: 4 },
	slip: { html: 3 * kB, total: 6 * kB, requests: 3 },
};

// Opens the path as the visitor, with an empty cache: { html, total, requests, each }. What the
// browser then takes out of its cache, the icon that is also in the page, costs nothing.
async function weigh(browser, visitor, path) {
	const storageState = await visitor.context.storageState();
	const context = await browser.newContext({ baseURL: visitor.origin, storageState });
	const page = await context.newPage();
	const requests = [];
	page.on("requestfinished", (request) => requests.push(request));
	const response = await page.goto(path, { waitUntil: "networkidle" });
	const each = [];
	for (const request of requests) {
		const { responseBodySize: bytes } = await request.sizes();
		if (bytes > 0) each.push({ path: new URL(request.url()).pathname, bytes });
	}
	const { responseBodySize: html } = await response.request().sizes();
	await context.close();
	const total = each.reduce((sum, one) => sum + one.bytes, 0);
	return { html, total, requests: each.length, each };
}

export async function checkWeight(t, browser, visitor, path, kind) {
	const weight = await weigh(browser, visitor, path);
	const parts = weight.each.map((one) => `${one.path} ${one.bytes}`).join(", ");
	for (const [what, limit] of Object.entries(BUDGETS[kind]))
		t.check(weight[what] <= limit, `${path}: ${what} ${weight[what]} > ${limit} (${parts})`);
	t.note(`${path}: ${weight.total} bytes in ${weight.requests} requests, page ${weight.html}`);
}
