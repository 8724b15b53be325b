// SPDX-License-Identifier: Apache-2.0
// A person without a mouse: Tab, Shift+Tab, Enter, Space, arrows and letters, nothing else. Wherever
// the focus goes it must be seen: an outline or a ring, inside the window, and not covered.

const MOST_STOPS = 200;

// Runs in the page: who has the focus, by what name, and whether a person could see it.
function describeFocus() {
	const element = document.activeElement;
	if (!element || element === document.body) return null;
	const style = getComputedStyle(element);
	const box = element.getBoundingClientRect();
	const labels = [...(element.labels ?? [])].map((label) => label.textContent);
	const name =
		element.getAttribute("aria-label") ??
		(labels.length ? labels.join(" ") : element.textContent || element.value || "");
	const ringed =
		(style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) ||
		style.boxShadow !== "none";
	const inside =
		box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight &&
		box.right > 0 && box.left < innerWidth;
	const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 12), 0), innerWidth - 1);
	const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
	const top = document.elementFromPoint(x, y);
	const label = top?.closest("label");
	const uncovered =
		element.contains(top) || top?.contains(element) || (label && label.control === element);
	return {
		tag: element.tagName.toLowerCase(),
		type: element.type ?? "",
		field: element.name ?? "",
		value: element.value ?? "",
		checked: Boolean(element.checked),
		id: element.id,
		href: element.getAttribute("href") ?? "",
		name: name.replace(/\s+/g, " ").trim(),
		html: element.outerHTML.slice(0, 120),
		seen: Boolean(ringed && inside && uncovered),
		why: `ring ${ringed}, in the window ${inside}, uncovered ${Boolean(uncovered)}`,
	};
}

export class Keyboard {
	constructor(page) {
		this.page = page;
		this.unseen = [];
	}

	async press(key) {
		await this.page.keyboard.press(key);
		const focus = await this.page.evaluate(describeFocus);
		if (focus && !focus.seen) this.unseen.push(`${focus.html} (${focus.why})`);
		return focus;
	}

	// Presses Tab until the focus answers to wanted: { name: /…/, field: "…", href: "…" }, any of them.
	async tabTo(wanted) {
		for (let stops = 0; stops < MOST_STOPS; stops++) {
			const focus = await this.press("Tab");
			if (focus && matches(focus, wanted)) return focus;
		}
		throw new Error(`Tab never reaches ${describe(wanted)} on ${this.page.url()}`);
	}

	// Fills the field by typing over what it holds.
	async type(field, text) {
		await this.tabTo({ field });
		await this.page.keyboard.press("Control+a");
		await this.page.keyboard.insertText(text);
	}

	// Ticks the box, or moves by arrows to the radio button, that has the value.
	async choose(field, value) {
		let focus = await this.tabTo({ field });
		for (let turns = 0; focus.value !== value && turns < MOST_STOPS; turns++)
			focus = await this.press(focus.type === "radio" ? "ArrowDown" : "Tab");
		if (focus.field !== field || focus.value !== value)
			throw new Error(`${field} has no choice ${value}`);
		if (!focus.checked) await this.press("Space");
	}

	// Moves by arrows to the line of the list that has the value.
	async select(field, value) {
		await this.tabTo({ field });
		let focus = await this.press("Home");
		for (let turns = 0; focus.value !== value && turns < MOST_STOPS; turns++)
			focus = await this.press("ArrowDown");
		if (focus.value !== value) throw new Error(`${field} has no line ${value}`);
	}
}

function matches(focus, wanted) {
	return Object.entries(wanted).every(([key, value]) =>
		value instanceof RegExp ? value.test(focus[key]) : focus[key] === value,
	);
}

function describe(wanted) {
	return Object.entries(wanted).map(([key, value]) => `${key} ${value}`).join(", ");
}
