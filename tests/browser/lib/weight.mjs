// SPDX-License-Identifier: Apache-2.0
// What a first visit costs, as bytes on the wire, against the budget of its kind of page.

const kB = 1000;
export const BUDGETS = {
	home: { html: 8 * kB, total: 20 * kB, requests: 4 },
	list: { html: 10 * kB, total: 22 * kB, requests: 5 },
	form: { html: 8 * kB, total: 20 * kB, requests: 5 },
	inbox: { html: 16 * kB, total: 28 * kB, requests: 6 },
	slip: { html: 3 * kB, total: 6 * kB, requests: 3 },
};

// Opens the path with an empty cache and returns { html, total, requests, each }.
export async function weigh(browser, origin, path) {
	const context = await browser.newContext({ baseURL: origin });
	const page = await context.newPage();
	const requests = [];
	page.on("requestfinished", (request) => requests.push(request));
	await page.goto(path, { waitUntil: "networkidle" });
	const each = [];
	const seen = new Set();
	for (const request of requests) {
		// What stands twice on a page (the mark is also its icon) comes from the cache then.
		if (seen.has(request.url())) continue;
		seen.add(request.url());
		const sizes = await request.sizes();
		each.push({ path: new URL(request.url()).pathname, bytes: sizes.responseBodySize });
	}
	await context.close();
	return {
		html: each.find((one) => !one.path.startsWith("/a/")).bytes,
		total: each.reduce((sum, one) => sum + one.bytes, 0),
		requests: each.length,
		each,
	};
}

export async function checkWeight(t, browser, origin, path, kind) {
	const weight = await weigh(browser, origin, path);
	const parts = weight.each.map((one) => `${one.path} ${one.bytes}`).join(", ");
	for (const [what, limit] of Object.entries(BUDGETS[kind]))
		t.check(weight[what] <= limit, `${path}: ${what} ${weight[what]} > ${limit} (${parts})`);
	t.note(`${path}: ${weight.total} bytes in ${weight.requests} requests, page ${weight.html}`);
}
