// SPDX-License-Identifier: Apache-2.0
// Fills in the form of any procedure of the starter catalogue, page by page, the way its definition
// (data/procedures/CODE.json) says: whatever is asked on the page in front of the applicant gets the
// answer of a sample case, or another that passes. Which questions are asked is the program's business: a question that an answer
// brings up is answered when it is seen.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./program.mjs";
import { dayNow } from "./sample.mjs";

const MOST_ROUNDS = 4; // of one page: questions that bring up questions

export const definitionOf = (code) =>
	JSON.parse(readFileSync(join(root, `data/procedures/${code}.json`), "utf8"));

function plausibleNumber(field) {
	if (field.least >= 1900) return "1990";
	return String(Math.max(field.least ?? 1, 1));
}

// What to type where nothing else was chosen, by the kind of the field.
const typed = {
	text: (field) => (/tên/i.test(field.label) ? "Nguyễn Thị Hạnh" : "Số 12, tổ 3, phường Trung Tâm"),
	long_text: () => "Dòng thứ nhất của nội dung.\nDòng thứ hai, có dấu: ắ, ễ, ự, đ.",
	integer: plausibleNumber,
	money: () => "50.000.000",
	person_id: () => "099192000042",
	phone: () => "0912 345 678",
	email: () => "nguoidan@lamgiang.test",
};

// The good sample that is most like what was chosen.
export function sampleLike(definition, choices) {
	const likeness = ({ answers }) =>
		Object.entries(choices).filter(([id, value]) => String(answers[id]) === String(value)).length;
	return definition.samples
		.filter(({ expect }) => !expect.errors?.length)
		.reduce((best, one) => (likeness(one) > likeness(best) ? one : best));
}

export class FormFiller {
	// choices: field id → value, where the first option or the usual text will not do.
	constructor(hands, definition, { choices = {}, papers }) {
		this.hands = hands;
		this.page = hands.page;
		this.definition = definition;
		this.choices = choices;
		this.papers = papers;
		this.case = sampleLike(definition, choices);
		this.sample = this.case.answers;
	}

	// { draft, step } of the address: /nop/DRAFT/STEP.
	where() {
		const [, draft, step] = new URL(this.page.url()).pathname.match(/^\/nop\/([^/]+)\/?([^/]*)/);
		return { draft, step };
	}

	get pageHere() {
		return this.definition.form.pages.find(({ id }) => id === this.where().step);
	}

	has(name) {
		return this.page.locator(`main [name="${name}"]`).count();
	}

	async holds(name) {
		return (await this.page.locator(`main [name="${name}"]`).first().inputValue()) !== "";
	}

	// Answers what the page asks, in its order; what is there already stays, unless chosen otherwise.
	async answerPage() {
		for (const field of this.pageHere.fields) await this.answer(field);
	}

	async answer(field) {
		if (field.kind === "paper") return this.answerPaper(field);
		if (field.kind === "date") return this.answerDate(field);
		if (field.kind === "commune") return this.answerCommune(field);
		if (!(await this.has(field.id))) return;
		if (["one", "many", "yes_no"].includes(field.kind)) return this.answerChoice(field);
		const chosen = this.choices[field.id];
		if (chosen !== undefined || !(await this.holds(field.id)))
			await this.hands.fill(field.id, chosen ?? this.usual(field.id));
	}

	usual(id) {
		const fields = this.definition.form.pages.flatMap((page) => page.fields);
		const field = fields.find((one) => one.id === id);
		if (field.kind === "date") return this.usualDate(id);
		const own = field.prefill === "account.name";
		return String((own ? null : this.sample[id]) ?? typed[field.kind](field));
	}

	usualDate(id) {
		const day = this.sample[id] && dayNow(this.sample[id], this.case);
		return day?.split("-").reverse().join("/") ?? "15/3/2024";
	}

	async answerChoice(field) {
		const { id } = field;
		const lists = await this.page.locator(`main select[name="${id}"]`).count();
		const chosen = this.choices[id] ?? this.sample[id] ?? (field.kind === "yes_no" ? "no" : null);
		if (lists) {
			const lines = this.page.locator(`main select[name="${id}"] option:not([value=""])`);
			const value = chosen ?? (await lines.first().getAttribute("value"));
			return this.hands.select(id, value);
		}
		const buttons = this.page.locator(`main [name="${id}"]`);
		const checked = await this.page.locator(`main [name="${id}"]:checked`).count();
		if (checked && chosen === null) return;
		await this.hands.choose(id, chosen ?? (await buttons.first().getAttribute("value")));
	}

	async answerDate({ id }) {
		if (!(await this.has(`${id}-ngay`))) return;
		if (!this.choices[id] && (await this.holds(`${id}-ngay`))) return;
		const [day, month, year] = (this.choices[id] ?? this.usualDate(id)).split("/");
		await this.hands.fill(`${id}-ngay`, day);
		await this.hands.fill(`${id}-thang`, month);
		await this.hands.fill(`${id}-nam`, year);
	}

	// The province first; the button "Chọn" brings its communes.
	async answerCommune({ id }) {
		if (!(await this.has(`${id}-tinh`))) return;
		if (!(await this.has(id))) {
			await this.hands.select(`${id}-tinh`, "99");
			await this.hands.press("Chọn", `main fieldset:has([name="${id}-tinh"])`);
		}
		if (!(await this.holds(id))) await this.hands.select(id, "99001");
	}

	async answerPaper({ id }) {
		if (!(await this.has(id))) return;
		const list = this.page.locator(`main .field:has([name="${id}"]) .file-list`);
		if (!(await list.count())) await this.hands.attach(id, this.papers.next(id));
	}

	// Answers the page so that nobody could take it, and returns what was typed: name → text.
	async spoilPage() {
		const spoilt = {};
		const spoil = async (name, text) => {
			if (!(await this.has(name))) return;
			await this.hands.fill(name, text);
			spoilt[name] = text;
		};
		for (const { id, kind, required } of this.pageHere.fields) {
			if (kind === "text" && required) await spoil(id, "");
			if (kind === "person_id") await spoil(id, "12345");
			if (kind === "date") {
				await spoil(`${id}-ngay`, "31");
				await spoil(`${id}-thang`, "2");
				await spoil(`${id}-nam`, "2024");
			}
		}
		return spoilt;
	}

	// Answers the page and saves it, again as long as the same page asks more.
	async finishPage() {
		const { step } = this.where();
		for (let rounds = 0; this.where().step === step && rounds < MOST_ROUNDS; rounds++) {
			await this.answerPage();
			await this.hands.press("Lưu và tiếp tục");
		}
		if (this.where().step !== step) return;
		const errors = await this.page.locator(".error-summary").allInnerTexts();
		throw new Error(`${this.page.url()} takes no answer: ${errors.join(" ")}`);
	}

	// From the page in front to the answers that are to be checked; each() is called on every page.
	async finish(each = async () => {}) {
		while (this.where().step !== "xem-lai") {
			await each(this.where().step);
			await this.finishPage();
		}
	}
}
