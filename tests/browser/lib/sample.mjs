// SPDX-License-Identifier: Apache-2.0
// Fills in the form of any procedure with one of its own sample cases, as somebody without scripts
// does: whatever input is on the page in front gets the answer that the sample has for it. Answers
// are looked up by the names of inputs: "cha.ngay-sinh-nam" is the year of "cha.ngay-sinh", and
// "thanh-vien/3f9k/ho-ten" the name of the item that was added last.
const MOST_PAGES = 120;

export function goodSample(definition) {
	return definition.samples.find(({ expect }) => !expect.errors?.length);
}

// What a sample has for its own day or one to come is as far from the day of the test.
export function dayNow(value, sample) {
	const own = sample.today ?? "2026-11-23"; // the day of docs/forms.md
	if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || value < own) return value;
	const ahead = Date.parse(value) - Date.parse(own);
	const now = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" });
	return new Date(Date.parse(now) + ahead).toISOString().slice(0, 10);
}

function lookUp(answers, name) {
	return name.split(".").reduce((found, part) => found?.[part], answers);
}

// What to put into an input of that name; undefined when the sample has nothing for it.
function answerFor(sample, answers, name) {
	const whole = lookUp(answers, name);
	if (whole !== undefined) return whole;
	const date = name.match(/^(.*)-(ngay|thang|nam)$/);
	if (date) {
		const value = lookUp(answers, date[1]);
		if (typeof value !== "string") return undefined;
		const [year, month = "", day = ""] = dayNow(value, sample).split("-");
		return { ngay: day, thang: month, nam: year }[date[2]].replace(/^0/, "");
	}
	const province = name.match(/^(.*)-tinh$/);
	const commune = province && lookUp(answers, province[1]);
	return typeof commune === "string" ? commune.slice(0, 2) : undefined;
}

export class SampleFiller {
	constructor(visitor, definition, papers) {
		Object.assign(this, { visitor, definition, papers, page: visitor.page });
		this.sample = goodSample(definition);
		this.added = {}; // page → items added so far
	}

	get place() {
		return new URL(this.page.url()).pathname.split("/").slice(3);
	}

	async press(value) {
		const button = this.page.locator(
			`main form[method=post] button[name="lam"][value="${value}"]:not([tabindex="-1"])`);
		await this.visitor.turn(() => button.click());
	}

	async begin() {
		await this.visitor.open(`/nop/${this.definition.code}`);
		const list = this.page.locator('main select[name="co-quan"]');
		if (await list.count()) await list.selectOption({ index: 1 });
		else await this.page.locator('main [name="co-quan"]').first().check();
		await this.visitor.turn(() =>
			this.page.locator('main form[method=post] button[type=submit]').last().click());
		const first = this.page.locator('main .task-list a').first();
		await this.visitor.turn(() => first.click());
	}

	// The answers of the item whose page is in front; of the form elsewhere.
	answersHere() {
		const [page, row] = this.place;
		return row ? this.sample.answers[page][this.added[page] - 1] : this.sample.answers;
	}

	async inputs() {
		return this.page.locator("main form[method=post]").first().evaluate((form) =>
			[...form.elements].filter(({ name }) => name).map((element) => ({
				name: element.name,
				kind: element.tagName === "SELECT" ? "select" : element.type,
				value: element.value,
			})));
	}

	async put(form, { name, kind, value }, wanted) {
		const input = form.locator(`[name="${name}"]`);
		if (kind === "file") {
			const list = this.page.locator(`.field:has([name="${name}"]) .file-list li`);
			for (let n = await list.count(); n < wanted; n++)
				await input.setInputFiles(this.papers.next(name));
		} else if (kind === "select") {
			await input.selectOption(String(wanted));
		} else if (kind === "radio" || kind === "checkbox") {
			const on = [wanted].flat().map(String).includes(value);
			const box = form.locator(`[name="${name}"][value="${value}"]`);
			if (on !== (await box.isChecked())) await box.setChecked(on);
		} else if (["text", "tel", "email", "textarea"].includes(kind)) {
			await input.fill(String(wanted).replace(/^(\d+)\.(\d+)$/, "$1,$2"));
		}
	}

	async answerPage() {
		const form = this.page.locator("main form[method=post]").first();
		const answers = this.answersHere();
		for (const input of await this.inputs()) {
			const wanted = answerFor(this.sample, answers, input.name.split("/").at(-1));
			if (wanted !== undefined && !["hidden", "submit"].includes(input.kind))
				await this.put(form, input, wanted);
		}
	}

	// Of a repeated page: the next item of the sample, or on.
	async nextItem() {
		const [page] = this.place;
		const wanted = this.sample.answers[page]?.length ?? 0;
		this.added[page] ??= 0;
		if (this.added[page] >= wanted) return this.press("tiep");
		this.added[page]++;
		return this.press("them");
	}

	// A province brings its communes, an answer its questions: the same page, until it lets go.
	async finishPage() {
		const before = this.page.url();
		await this.answerPage();
		for (const button of await this.page.locator('main button[name="chon-tinh"]').all()) {
			const id = await button.getAttribute("value");
			if (await this.page.locator(`main select[name="${id}"]`).count()) continue;
			if (lookUp(this.answersHere(), id.split("/").at(-1)) === undefined) continue;
			await this.visitor.turn(() => button.click());
			return;
		}
		await this.press("tiep");
		const stuck = this.page.url().split("#")[0] === before.split("#")[0] &&
			(await this.page.locator(".error-summary").count());
		if (stuck)
			throw new Error(`${before}: ${await this.page.locator(".error-summary").innerText()}`);
	}

	// To the answers that are to be checked; each(place) is called on every page once.
	async finish(each) {
		const seen = new Set();
		for (let n = 0; this.place[0] !== "xem-lai"; n++) {
			if (n > MOST_PAGES) throw new Error(`no end at ${this.page.url()}`);
			const [page, row] = this.place;
			const kind = row ? `${page}, an item` : page;
			if (!seen.has(kind)) await each(kind);
			seen.add(kind);
			const repeated = await this.page.locator('main button[name="lam"][value="them"]').count();
			const open = await this.page.locator('main button[name="xoa"][value]:not([value=""])').count();
			if (!row && (repeated || (open && !(await this.page.locator("main .question").count()))))
				await this.nextItem();
			else await this.finishPage();
		}
	}
}
