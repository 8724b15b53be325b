// SPDX-License-Identifier: Apache-2.0
// One dossier and the people around it: the applicant, the clerk, the officer, the leader, and
// somebody who only has its code. Each has a browser of their own and works it with the same hands.
import { FormFiller, definitionOf } from "./form.mjs";
import { Keys, Mouse } from "./hands.mjs";

export const CODE = /H99\.\d{3}(\.\d{2})?-\d{6}-\d{4,}/;
export const AGENCY = "H99.001.01";
const judged = new Set();

export class Job {
	// how: { width, javascript, keys } of everybody.
	constructor(stage, procedure, { how = {}, choices = {} } = {}) {
		this.stage = stage;
		this.definition = definitionOf(procedure);
		this.procedure = procedure;
		this.how = how;
		this.choices = choices;
		this.people = new Map();
	}

	// The hands of a person who has signed in; of a visitor without a name for "".
	async as(person) {
		if (!this.people.has(person)) {
			const visitor = await this.stage.visitor(this.how);
			const hands = this.how.keys ? new Keys(visitor) : new Mouse(visitor);
			this.people.set(person, hands);
			if (person) await this.signIn(hands, person);
		}
		return this.people.get(person);
	}

	async signIn(hands, person) {
		await hands.page.goto("/dang-nhap");
		await hands.fill("tai-khoan", `${person}@lamgiang.test`);
		await hands.fill("mat-khau", "Lam-Giang-2026");
		await hands.press("Đăng nhập");
	}

	// Judges the page in front of the hands.
	async look(t, hands, name) {
		const full = `${this.procedure} ${name}`;
		await hands.visitor.inspect(t, full);
		t.none(hands.complaints(), `${full}: focus not seen`);
	}

	// Judges a page that is the same for every procedure, once at each width.
	async lookOnce(t, hands, name) {
		const here = `${name} ${hands.page.viewportSize().width}`;
		if (!judged.has(here)) return this.look(t, hands, name).then(() => judged.add(here));
		t.none([...hands.visitor.complaints(), ...hands.complaints()], `${this.procedure} ${name}`);
	}

	// --- the applicant ---------------------------------------------------------------------------

	get address() {
		return `/ca-nhan/ho-so/${this.code}`;
	}

	async find(hands, words) {
		await hands.page.goto("/");
		await hands.enter("q", words);
		await hands.follow(new RegExp(`^/thu-tuc/${this.procedure.replace(".", "\\.")}-`), "main");
		await hands.follow(new RegExp(`^/nop/${this.procedure}$`), "main");
	}

	// From the page before the form to its first page.
	async begin(hands) {
		const form = await hands.page.locator('main select[name="co-quan"]').count();
		await (form ? hands.select("co-quan", AGENCY) : hands.choose("co-quan", AGENCY));
		await hands.press("Bắt đầu");
		this.filler = new FormFiller(hands, this.definition, {
			choices: this.choices,
			papers: this.stage.papers,
		});
		if (!this.filler.where().step) await hands.follow(/^\/nop\/[^/]+\/[^/]+$/, "main");
		this.draft = this.filler.where().draft;
	}

	// What was spoilt on purpose is answered anew: it is there, so it would be kept.
	mend(spoilt) {
		for (const name of Object.keys(spoilt)) {
			const id = name.replace(/-(ngay|thang|nam)$/, "");
			this.choices[id] ??= this.filler.usual(id);
		}
	}

	// The id of the first page that asks for something of this kind.
	pageWith(kind) {
		const { pages } = this.definition.form;
		return pages.find((page) => page.fields.some((field) => field.kind === kind)).id;
	}

	// From the answers to be checked to the receipt.
	async submit(hands) {
		if (await hands.page.locator("[name=cam-doan]").count()) await hands.choose("cam-doan", "1");
		await hands.press("Nộp hồ sơ");
		this.code = (await hands.page.locator(".panel-code").innerText()).trim();
	}

	// The quickest way to a dossier that waits at the counter.
	async apply() {
		const hands = await this.as("nguoidan");
		await hands.page.goto(`/nop/${this.procedure}`);
		await this.begin(hands);
		await this.filler.finish();
		await this.submit(hands);
		return hands;
	}

	// --- those who work on it ----------------------------------------------------------------------

	// An officer opens the dossier and takes the decision; fill answers what its page asks.
	async act(person, act, button, fill = async () => {}) {
		const hands = await this.as(person);
		await hands.page.goto(`/can-bo/ho-so/${this.code}`);
		await hands.follow(new RegExp(`/can-bo/ho-so/${this.code}/${act}$`), "main");
		await fill(hands);
		await hands.press(button);
		return hands;
	}

	async receive() {
		return this.act("motcua", "tiep-nhan", "Tiếp nhận");
	}

	async forward() {
		return this.act("motcua", "chuyen", "Chuyển xử lý", async (hands) => {
			const officers = hands.page.locator('main [name="nguoi-xu-ly"]');
			await hands.choose("nguoi-xu-ly", await officers.first().getAttribute("value"));
		});
	}

	async propose(outcome = "granted") {
		return this.act("chuyenvien", "trinh", "Trình ký", async (hands) => {
			await hands.choose("ket-luan", outcome);
			await hands.attach("ket-qua", this.stage.papers.pdf("ket-qua"));
		});
	}

	async approve() {
		return this.act("lanhdao", "phe-duyet", "Phê duyệt");
	}

	async leave() {
		for (const hands of this.people.values()) await hands.visitor.leave();
	}
}
