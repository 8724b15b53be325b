// SPDX-License-Identifier: Apache-2.0
// Two ways to work a page, with the same words: with a mouse, and with the keyboard alone. A job is
// told once and done with either. Fields go by name; a choice goes by the value of its option.
import { Keyboard } from "./keyboard.mjs";

const onlyIn = (scope) => (scope ? `${scope} ` : "");

export class Mouse {
	constructor(visitor) {
		this.visitor = visitor;
		this.page = visitor.page;
	}

	async fill(field, text, scope = "main") {
		await this.page.locator(`${scope} [name="${field}"]`).fill(text);
	}

	// Types and presses Enter, as in a search box.
	async enter(field, text, scope) {
		await this.fill(field, text, scope);
		await this.visitor.turn(() => this.page.keyboard.press("Enter"));
	}

	// A radio button or a box; a box is ticked.
	async choose(field, value) {
		await this.page.locator(`main [name="${field}"][value="${value}"]`).check();
	}

	async select(field, value) {
		await this.page.locator(`main select[name="${field}"]`).selectOption(value);
	}

	async attach(field, file) {
		await this.page.locator(`main input[type=file][name="${field}"]`).setInputFiles(file);
	}

	// Presses the button so named that a person sees; scope is a CSS selector around it.
	async press(name, scope = "main") {
		await this.leave(
			this.page.locator(`${scope} button:not([tabindex="-1"])`, { hasText: name }).first(),
		);
	}

	// Follows the link whose address matches.
	async follow(address, scope = "main") {
		const links = this.page.locator(`${onlyIn(scope)}a[href]`);
		const at = await links.evaluateAll(
			(all, [source, flags]) =>
				all.findIndex((link) =>
					new RegExp(source, flags).test(link.getAttribute("href")) &&
					link.checkVisibility()),
			[address.source, address.flags],
		);
		if (at < 0) throw new Error(`no link to ${address} on ${this.page.url()}`);
		await this.leave(links.nth(at));
	}

	async leave(control) {
		await this.visitor.turn(() => control.click());
	}

	async unfold(name) {
		await this.page.locator("main summary", { hasText: name }).click();
	}

	// What a person with these hands could not see; nothing to say for a mouse.
	complaints() {
		return [];
	}
}

export class Keys {
	constructor(visitor) {
		this.visitor = visitor;
		this.page = visitor.page;
		this.keyboard = new Keyboard(visitor.page);
		// From now on choosers are caught: told only when the first one is waited for, a busy
		// browser opens it before it has heard.
		this.page.on("filechooser", () => {});
	}

	async fill(field, text) {
		await this.keyboard.type(field, text);
	}

	async enter(field, text) {
		await this.fill(field, text);
		await this.visitor.turn(() => this.page.keyboard.press("Enter"));
	}

	async choose(field, value) {
		await this.keyboard.choose(field, value);
	}

	async select(field, value) {
		await this.keyboard.select(field, value);
	}

	async attach(field, file) {
		await this.keyboard.tabTo({ field });
		const chooser = this.page.waitForEvent("filechooser");
		await this.page.keyboard.press("Space");
		await (await chooser).setFiles(file);
	}

	async press(name) {
		await this.keyboard.tabTo({ tag: "button", name: new RegExp(name) });
		await this.visitor.turn(() => this.page.keyboard.press("Enter"));
	}

	async follow(address) {
		await this.keyboard.tabTo({ href: address });
		await this.visitor.turn(() => this.page.keyboard.press("Enter"));
	}

	async unfold(name) {
		await this.keyboard.tabTo({ tag: "summary", name: new RegExp(name) });
		await this.page.keyboard.press("Enter");
	}

	complaints() {
		return this.keyboard.unseen.splice(0);
	}
}
