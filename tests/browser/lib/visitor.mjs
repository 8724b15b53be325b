// SPDX-License-Identifier: Apache-2.0
// A visitor: one browser context with one page, that remembers everything a good page never does
// (console errors, refusals of the Content-Security-Policy, broken subresources, answers of 500)
// and can look at the page in front of it the way a demanding person would.
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { pause } from "./program.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const screens = process.env.MOTCUA_SCREENS; // where pictures of the pages are put, if anywhere
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PATIENCE = 15000 * Number(process.env.MOTCUA_TEST_PATIENCE ?? 1);
export const WIDTHS = [320, 390, 1280];

export function launch() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
		],
	});
}

// What is saved on the way is told that the session or the page is over; the page says so.
const isSaving = (request, status) =>
	[401, 409].includes(status) && /(^|&)lam=(tu-luu|lam-moi)/.test(request.postData() ?? "");

export class Visitor {
	static async arrive(browser, origin, { width = 1280, javascript = true, nu = null, phone = false } = {}) {
		const visitor = new Visitor();
		Object.assign(visitor, { origin, nu, javascript });
		visitor.context = await browser.newContext({
			viewport: { width, height: width < 600 ? 844 : 800 },
			javaScriptEnabled: javascript,
			hasTouch: phone,
			isMobile: phone,
			locale: "vi-VN",
			timezoneId: "Asia/Ho_Chi_Minh",
			baseURL: origin,
		});
		visitor.context.setDefaultTimeout(PATIENCE);
		return visitor.enter();
	}

	async enter() {
		this.problems = [];
		this.page = await this.context.newPage();
		this.watch();
		return this;
	}

	// The same person with a second window.
	async beside() {
		return Object.assign(new Visitor(), this).enter();
	}

	watch() {
		const { page, problems } = this;
		page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
		page.on("console", (message) => {
			// Chromium also reports a page's own status here, which the tests expect or not.
			const [address] = message.location().url.split("#");
			const own = address === this.document?.url().split("#")[0];
			if (message.type() === "error" && !(own && /status of 4\d\d/.test(message.text())))
				problems.push(`console: ${message.text()} (${message.location().url})`);
		});
		page.on("requestfailed", (request) => {
			if (request.failure()?.errorText !== "net::ERR_ABORTED")
				problems.push(`${request.url()}: ${request.failure()?.errorText}`);
		});
		page.on("response", (response) => {
			const request = response.request();
			const status = response.status();
			if (!response.url().startsWith(this.origin))
				problems.push(`a request left the portal: ${response.url()}`);
			if (status === 500) problems.push(`${request.method()} ${response.url()}: 500`);
			const own = request.isNavigationRequest() && request.frame() === page.mainFrame();
			// Where scripts run, uploads are sent by them and answered in place.
			if (own || request.resourceType() === "xhr") {
				if (status < 300 || status >= 400) this.document = response;
			} else if (status >= 400 && !isSaving(request, status)) problems.push(`${response.url()}: ${status}`);
		});
	}

	// What went wrong since the last call.
	complaints() {
		return this.problems.splice(0);
	}

	// Does what leads to another page, and waits until that page is there.
	async turn(act) {
		const { page } = this;
		await page.evaluate(() => document.body.setAttribute("data-left", ""));
		await act();
		for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(20)) {
			const arrived = await page
				.evaluate(() =>
					!document.body.hasAttribute("data-left") &&
					document.readyState === "complete")
				.catch(() => false); // between two pages
			if (arrived) return;
		}
		throw new Error(`nothing leads away from ${page.url()}`);
	}

	async open(path) {
		return this.page.goto(path, { waitUntil: "load" });
	}

	// Sends a POST with a body of the caller's making, as a page of another site could.
	async post(path, body = "", type = "application/x-www-form-urlencoded") {
		const address = new URL(path, this.origin).href;
		await this.page.route(address, (route) =>
			route.continue({
				method: "POST",
				headers: { ...route.request().headers(), "content-type": type },
				postData: body,
			}), { times: 1 });
		return this.page.goto(address, { waitUntil: "load" });
	}

	// Fetches from within the page, with its cookies: { status, url, headers, body }. A form is sent
	// as a POST.
	async fetch(address, form = null) {
		const answer = await this.page.evaluate(
			async ([to, fields]) => {
				const body = fields && new URLSearchParams(fields);
				const response = await fetch(to, fields ? { method: "POST", body } : {});
				const bytes = new Uint8Array(await response.arrayBuffer());
				return {
					status: response.status,
					url: response.url,
					headers: Object.fromEntries(response.headers),
					body: Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""),
				};
			},
			[address, form],
		);
		return { ...answer, body: Buffer.from(answer.body, "latin1") };
	}

	async signIn(person) {
		await this.open("/dang-nhap");
		const form = this.page.locator("form:has([name=mat-khau])");
		await form.locator("[name=tai-khoan]").fill(`${person}@lamgiang.test`);
		await form.locator("[name=mat-khau]").fill("Lam-Giang-2026");
		await Promise.all([
			this.page.waitForURL((url) => !url.pathname.startsWith("/dang-nhap")),
			form.locator("button[type=submit]").first().click(),
		]);
	}

	// Everything that is to hold for every page, in front of this visitor now.
	async inspect(t, name) {
		t.none(this.complaints(), name);
		await this.checkFrame(t, name);
		await this.checkHtml(t, name);
		await this.checkAccessibility(t, name);
		await this.checkOverflow(t, name);
		await this.picture(name);
		t.none(this.complaints(), name);
	}

	// What depends on the width, for a page that another visitor has inspected.
	async glance(t, name) {
		await this.checkAccessibility(t, name);
		await this.picture(name);
		t.none(this.complaints(), name);
	}

	async checkFrame(t, name) {
		// The page as it was sent: axe leaves marks of its own in the one on the screen.
		const frame = await this.page.evaluate((html) => {
			const sent = new DOMParser().parseFromString(html, "text/html");
			return {
				headings: sent.querySelectorAll("h1").length,
				mains: sent.querySelectorAll("main").length,
				lang: sent.documentElement.lang,
				title: sent.title.trim(),
				inline: sent.querySelectorAll("[style], script:not([src]), style").length,
			};
		}, await this.document.text());
		t.equal(frame.headings, 1, `${name}: number of h1`);
		t.equal(frame.mains, 1, `${name}: number of main`);
		t.check(["vi", "en"].includes(frame.lang), `${name}: lang "${frame.lang}"`);
		t.check(frame.title, `${name}: an empty title`);
		t.equal(frame.inline, 0, `${name}: inline styles and scripts`);
	}

	async checkHtml(t, name) {
		if (!this.nu) return;
		const { errors, warnings } = await this.nu.check(await this.document.text());
		t.none(errors, `${name}: Nu`);
		for (const warning of warnings) t.note(`${name}: Nu warns: ${warning}`);
	}

	// axe waits for timers, which do not run where scripts are off: there the page is looked at in a
	// window where they are on, as it was sent and with none of its own.
	async glass() {
		if (this.javascript) return this.page;
		if (!this.pane) {
			this.pane = await (await this.context.browser().newContext({ baseURL: this.origin })).newPage();
			await this.pane.route("**/*.js", (route) => route.abort());
		}
		const address = this.document.url().split("#")[0];
		const sent = { body: await this.document.text(), contentType: "text/html; charset=utf-8" };
		await this.pane.context().addCookies(await this.context.cookies());
		await this.pane.setViewportSize(this.page.viewportSize());
		await this.pane.route(address, (route) => route.fulfill(sent), { times: 1 });
		await this.pane.goto(address);
		return this.pane;
	}

	async checkAccessibility(t, name) {
		const page = await this.glass();
		await page.evaluate(axe);
		const found = await page.evaluate(async (runOnly) => {
			const resultTypes = ["violations", "incomplete"];
			const { violations, incomplete } = await globalThis.axe.run({ runOnly, resultTypes });
			return { violations, incomplete };
		}, WCAG);
		const say = (rule) =>
			`axe ${rule.id}: ${rule.help}: ` +
			rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ");
		t.none(found.violations.map(say), name);
		for (const rule of found.incomplete)
			t.note(`${name}: axe cannot judge ${rule.id} (${rule.nodes.length} places)`);
	}

	// No page scrolls sideways, from 400 % zoom (320 px) to a desk.
	async checkOverflow(t, name) {
		const before = this.page.viewportSize();
		for (const width of WIDTHS) {
			await this.page.setViewportSize({ width, height: before.height });
			const wide = await this.page.evaluate(() => {
				const room = document.documentElement.clientWidth;
				const over = document.documentElement.scrollWidth - room;
				const culprit = [...document.querySelectorAll("body *")].find(
					(element) => element.getBoundingClientRect().right > room + 1,
				);
				return { over, culprit: culprit?.outerHTML.slice(0, 160) };
			});
			t.check(wide.over <= 0, `${name}: ${wide.over} px too wide at ${width} px: ${wide.culprit}`);
		}
		await this.page.setViewportSize(before);
	}

	async picture(name) {
		if (!screens) return;
		await mkdir(screens, { recursive: true });
		const file = `${name.replace(/[^\p{L}\p{N}]+/gu, "-")}-${this.page.viewportSize().width}.png`;
		await this.page.screenshot({ path: join(screens, file), fullPage: true });
	}

	async leave() {
		await this.pane?.context().close();
		await this.context.close();
	}
}
