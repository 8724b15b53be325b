// SPDX-License-Identifier: Apache-2.0
// Walks the portal the way a tireless person would: from a page along its links, one example of
// each kind of page, and hands every page to the caller. Downloads are fetched, not opened.

const FILE = /\.(pdf|csv|json|xml|txt)$|\/tep\/\d+$/;

// What kind of page an address is: codes, numbers and slugs differ, the page does not. Of a query
// only the names count.
export function kindOf(address) {
	const { pathname, searchParams } = new URL(address, "http://x");
	const path = pathname
		.replace(/H99[\d.]+-\d{6}-\d{4,}/, ":code")
		.replace(/\/(thu-tuc|linh-vuc|co-quan|su-kien)\/[^/]+$/, "/$1/:slug")
		.replace(/\/nop\/[\d.]+(?=\/|$)/, "/nop/:procedure")
		.replace(/\/nop\/[a-z2-9]{10}(?=\/|$)/, "/nop/:draft")
		.replace(/\/\d+(?=\/|$)/, "/:id");
	const names = [...new Set(searchParams.keys())].sort();
	return names.length ? `${path}?${names.join("&")}` : path;
}

export class Walk {
	// within: the addresses that belong to this walk; known: kinds that another walk has seen;
	// sources: addresses that are all opened, for their links, though they are of one kind.
	constructor(visitors, { within, known = new Set(), sources = null }) {
		Object.assign(this, { visitors, within, known, sources });
		this.opened = new Set();
		this.waiting = [];
	}

	add(address) {
		const { pathname, search } = new URL(address, "http://x");
		const kind = kindOf(address);
		const fresh = !this.known.has(kind);
		if (!this.within.test(pathname) || this.opened.has(pathname + search)) return;
		if (!fresh && !this.sources?.test(pathname)) return;
		this.known.add(kind);
		this.opened.add(pathname + search);
		this.waiting.push({ address: pathname + search, kind, fresh });
	}

	async linksOf(page) {
		return page.locator("a[href]").evaluateAll((links) =>
			links.map((link) => link.href).filter((one) => one.startsWith(location.origin)));
	}

	async fetch(t, address) {
		const { status, body } = await this.visitors[0].fetch(address);
		t.check(status === 200 && body.length > 0, `${address}: ${status}`);
	}

	// Every visitor opens every kind of page; each(visitor, kind) judges it.
	async go(t, starts, each) {
		starts.forEach((one) => this.add(one));
		for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
			const { address, kind, fresh } = next;
			if (FILE.test(address.split("?")[0])) {
				await this.fetch(t, address);
				continue;
			}
			for (const visitor of fresh ? this.visitors : this.visitors.slice(0, 1)) {
				const response = await visitor.open(address);
				t.equal(response.status(), 200, `status of ${address}`);
				if (fresh) await each(visitor, kind);
			}
			for (const link of await this.linksOf(this.visitors[0].page)) this.add(link);
		}
		t.note(`${this.known.size} kinds of pages seen so far`);
	}
}
