// SPDX-License-Identifier: Apache-2.0
// Somebody who has never seen the builder makes a form of ten questions with a condition, a repeated
// page and two papers, tries it out, publishes it, and a citizen begins it: once without script,
// every page looked at by axe and Nu, and once by keyboard alone.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Keys, Mouse } from "./lib/hands.mjs";
import { Stage } from "./lib/stage.mjs";
import { run, test } from "./lib/tap.mjs";
import { checkWeight } from "./lib/weight.mjs";

const stage = new Stage();
const FORMS = "/quan-tri/bieu-mau";

// A procedure that is published, but that nobody can apply for yet.
const bare = (code) => ({
	code, name: `Cấp giấy xác nhận hộ gia đình ${code}`, sector: "G15-TP07", levels: ["xa"],
	promulgator: "G15", executing: ["H99.*"], deciding: "Ủy ban nhân dân cấp xã",
	steps: ["Bạn khai trên cổng.", "Phường trả giấy xác nhận."],
	channels: [{ channel: "online", time: "3wd", fees: [] }], components: [], sets: 1,
	limit: "3wd", limit_text: "3 ngày làm việc", subjects: ["Cá nhân"],
	results: [{ code: "KQ1", name: "Giấy xác nhận" }], legal: [{ number: "68/2020/QH14", title: "Luật Cư trú" }],
	decision: "1/QĐ-BTP", effective_from: "2026-01-01",
});

class Builder {
	constructor(t, hands, code, { look }) {
		Object.assign(this, { t, hands, code, looks: look, seen: new Set() });
		this.page = hands.page;
	}

	at(rest) {
		return `${FORMS}/${this.code}${rest}`;
	}

	async look(name) {
		this.t.none(this.hands.complaints(), `${name}: focus not seen`);
		if (!this.looks || this.seen.has(name)) return;
		this.seen.add(name);
		const { visitor } = this.hands;
		await visitor.checkFrame(this.t, name);
		await visitor.checkHtml(this.t, name);
		await visitor.checkOverflow(this.t, name);
		await visitor.checkAccessibility(this.t, name);
		for (const width of [390, 1280]) {
			await visitor.page.setViewportSize({ width, height: 844 });
			await visitor.picture(`builder ${name}`);
		}
		this.t.none(visitor.complaints(), name);
	}

	async open(rest) {
		await this.page.goto(this.at(rest));
	}

	path() {
		return decodeURIComponent(new URL(this.page.url()).pathname).slice(this.at("").length);
	}

	ends(pattern) {
		return new RegExp(`^${this.at("").replaceAll(".", "\\.")}${pattern}$`);
	}

	async begin() {
		await this.page.goto(FORMS);
		await this.look("list");
		await this.hands.fill("ma", this.code, "main form.card");
		await this.hands.press("Mở bản nháp");
		await this.look("overview");
	}

	async addPaper(name) {
		await this.hands.follow(this.ends("/giay-to/[^/]+/them"));
		await this.hands.fill("m_words", name);
		await this.hands.press("Thêm");
		await this.look("paper");
		await this.open("");
	}

	async addPage(title, question, kind) {
		await this.hands.follow(this.ends("/trang/[^/]+/them"));
		await this.look("new page");
		await this.hands.fill("m_words", title);
		await this.hands.fill("m_question", question);
		await this.hands.select("m_kind", kind);
		await this.hands.press("Thêm");
		await this.look("page");
	}

	// After the question whose page is open.
	async addQuestion(words, kind) {
		await this.hands.follow(/\/cau\/[^/]+\/them$/);
		await this.look("new question");
		await this.hands.fill("m_words", words);
		await this.hands.select("m_kind", kind);
		await this.hands.press("Thêm");
		await this.look(`question ${kind}`);
		return this.path();
	}

	async say(fields) {
		for (const [name, value] of Object.entries(fields)) await this.hands.fill(name, value);
		await this.hands.press("Lưu");
		this.t.equal(new URL(this.page.url()).search, "?luu=1", `kept ${this.path()}`);
	}

	async when(thing, question, value) {
		await this.open(`${thing}/dieu-kien/when`);
		await this.hands.select("cau", question);
		await this.hands.press("Chọn câu này");
		await this.look("condition");
		const boxes = this.page.locator('main [name="m_value"][type="checkbox"]');
		if (await boxes.count()) await this.hands.choose("m_value", value);
		else await this.hands.select("m_value", value);
		await this.hands.press("Thêm điều kiện");
	}

	// One page of the trial after another.
	async fillIn(answers, name) {
		await this.open("/thu");
		while (!this.path().endsWith("/xem-lai")) {
			await this.look(`trial ${this.path()}`);
			for (const [field, value] of Object.entries(answers)) {
				const boxes = this.page.locator(`main [name="${field}"]`);
				if (!(await boxes.count())) continue;
				const type = await boxes.first().getAttribute("type");
				if (type === "radio") await boxes.and(this.page.locator(`[value="${value}"]`)).check();
				else if (type === "file") await boxes.setInputFiles(stage.papers.next(field));
				else await boxes.fill(value);
			}
			await this.hands.press("Đi tiếp dù còn lỗi");
		}
		await this.look("trial end");
		await this.hands.fill("m_name", name);
		await this.hands.press("Lưu làm mẫu thử");
	}

	async publish() {
		await this.open("/xuat-ban");
		await this.look("publish");
		const { "so": number, ...rest } = {
			"so": "12/2026/TT-BTP", "ky-ngay": "2", "ky-thang": "11", "ky-nam": "2026",
			"ten": "Thông tư về giấy xác nhận hộ gia đình",
		};
		await this.hands.fill("so", number);
		for (const [name, value] of Object.entries(rest)) await this.hands.fill(name, value);
		await this.hands.press("Công bố", "main form");
		this.t.equal(this.path(), "/phien-ban", "after publishing");
		await this.look("versions");
	}
}

const ANSWERS = {
	"ban.ho-ten": "Nguyễn Thị Hạnh", "ban.ngay-sinh-ngay": "27", "ban.ngay-sinh-thang": "3",
	"ban.ngay-sinh-nam": "1992", "ban.loai-giay-to": "can-cuoc", "ban.so-dinh-danh": "036192004212",
	"xin-lan-dau": "no", "so-giay-da-cap": "12/2020", "so-ban-can-cap": "2", "cach-nhan": "tai-quay",
	"ngay-can-giay-ngay": "1", "ngay-can-giay-thang": "12", "ngay-can-giay-nam": "2026",
	"so-ho-khau": "1", "giay-cu-tru": "file", "giay-to-cu": "file",
};

async function build(t, hands, code, options) {
	const b = new Builder(t, hands, code, options);
	await b.begin();
	await b.addPaper("Giấy cư trú");
	await b.addPaper("Giấy xác nhận cũ");
	await b.open("/cau/thong-tin-cua-ban.ban");
	await b.look("question person");
	const firstTime = await b.addQuestion("Xin lần đầu?", "yes_no");
	const old = await b.addQuestion("Số giấy đã cấp", "text");
	await b.say({ m_hint: "Ví dụ 12/2020", m_error: "Nhập số giấy đã cấp" });
	const copies = await b.addQuestion("Số bản cần cấp", "integer");
	await b.say({ m_hint: "Mỗi người nhiều nhất 5 bản" });
	const way = await b.addQuestion("Cách nhận", "one");
	await b.say({ m_options: "qua-mang | Qua mạng | Online\ntai-quay | Tại quầy | At the counter" });
	await b.addQuestion("Ngày cần giấy", "date");
	await b.when(old, firstTime.split(".").pop(), "no");
	await b.open("");
	await b.addPage("Người trong hộ", "Tên thành viên", "text");
	await hands.unfold("Trang lặp lại");
	await b.say({ "m_repeat.item": "Thành viên", "m_repeat.most": "9" });
	await b.open("/cau/nguoi-trong-ho.ten-thanh-vien");
	await b.addQuestion("Năm sinh", "integer");
	await b.open("");
	await b.addPage("Giấy tờ kèm theo", "Giấy cư trú", "paper");
	const [paper] = (await b.page.locator("main .things a").first().getAttribute("href")).split("/").slice(-1);
	await b.open(`/cau/${decodeURIComponent(paper)}`);
	const second = await b.addQuestion("Giấy tờ cũ", "paper");
	await hands.select("m_component", "giay-xac-nhan-cu");
	await hands.press("Lưu");
	await b.when("/giay-to/giay-xac-nhan-cu", firstTime.split(".").pop(), "no");
	await b.open("");
	t.check(/Cần ít nhất ba mẫu thử/.test(await b.page.locator("main").innerText()), "tasks name the samples");
	await b.fillIn(ANSWERS, "Xin lại, hai bản");
	await b.fillIn({ "xin-lan-dau": "yes" }, "Xin lần đầu");
	await b.fillIn({ "ban.ho-ten": "" }, "Quên tên");
	await b.look("overview with tasks");
	await b.publish();
	t.check(second && copies && way, "ten questions");
	await b.open("/so-sanh");
	await b.look("comparison");
	return b;
}

async function official(options, hands) {
	const visitor = await stage.visitor(options);
	await visitor.signIn("quantri");
	return new hands(visitor);
}

async function citizenBegins(t, code) {
	const hands = new Mouse(await stage.visitor({ width: 390 }));
	await hands.visitor.signIn("nguoidan");
	await hands.page.goto(`/nop/${code}`);
	t.equal(hands.visitor.document.status(), 200, "the page before the form");
	t.check((await hands.page.locator("main").innerText()).includes("Giấy cư trú"), "its papers");
	await hands.visitor.leave();
}

let scriptless;

test("a form of ten questions is built without script, tried, published and begun [C32-3.1]", async (t) => {
	scriptless = await official({ javascript: false }, Mouse);
	const b = await build(t, scriptless, "9.000001", { look: true });
	await citizenBegins(t, "9.000001");
	for (const rest of ["/trao-doi", "/xem-truoc", "/thoi-ap-dung", "/chung/tat-ca", "/mau-thu/0",
		"/cau/thong-tin-cua-ban.xin-lan-dau/xoa"]) {
		await b.open(rest);
		await b.look(rest);
	}
});

test("a file that was changed elsewhere is put together with what was changed here [C32-3.1]", async (t) => {
	const b = new Builder(t, scriptless, "9.000001", { look: true });
	await b.open("/trao-doi");
	const [download] = await Promise.all([
		b.page.waitForEvent("download"),
		b.page.locator("main a", { hasText: "Tải bản nháp về" }).click(),
	]);
	const file = JSON.parse(await readFile(await download.path(), "utf8"));
	file.form.pages[0].title = "Về bạn";
	file.form.pages[0].fields[1].label = "Đây là lần đầu?";
	const path = join(stage.program.folder, "9.000001.json");
	await writeFile(path, JSON.stringify(file));
	await b.open("/cau/thong-tin-cua-ban.xin-lan-dau");
	await b.say({ m_label: "Bạn xin lần đầu?" });
	await b.open("/trao-doi");
	await b.page.locator("[name=tep]").setInputFiles(path);
	await b.hands.press("Nhập tệp");
	t.equal(b.path(), "/ghep", "both sides changed the same question");
	await b.look("merge");
	await b.hands.press("Ghép");
	t.equal(b.hands.visitor.document.status(), 422, "without a choice");
	await b.look("merge without a choice");
	await b.hands.choose("chon-1", "tep");
	await b.hands.press("Ghép");
	t.equal(b.path(), "/so-sanh", "after the merge");
	const text = await b.page.locator("main").innerText();
	t.check(text.includes("Đây là lần đầu?") && text.includes("Về bạn"), "both are there");
	await b.look("comparison after the merge");
	file.form.pages[0].fields[1].kind = "khong-co";
	await writeFile(path, JSON.stringify(file));
	await b.open("/trao-doi");
	await b.page.locator("[name=tep]").setInputFiles(path);
	await b.hands.press("Nhập tệp");
	t.equal(b.hands.visitor.document.status(), 422, "a wrong file");
	t.check(/form\.pages\[0\]\.fields\[1\]\.kind: Không có loại câu hỏi/.test(
		await b.page.locator("main .error-summary").innerText()), "its path and reason");
	await b.look("wrong file");
});

test("the second of two editors sees what changed and loses nothing", async (t) => {
	const b = new Builder(t, scriptless, "9.000001", { look: true });
	await b.open("/trang/thong-tin-cua-ban");
	const other = new Mouse(await scriptless.visitor.beside());
	const c = new Builder(t, other, "9.000001", { look: true });
	await c.open("/cau/thong-tin-cua-ban.cach-nhan");
	await c.say({ m_label: "Bạn nhận giấy ở đâu?" });
	await b.hands.fill("m_title", "Thông tin người khai");
	await b.hands.press("Lưu");
	t.equal(b.hands.visitor.document.status(), 409, "status");
	await b.look("overtaken");
	await b.hands.press("Ghi phần tôi vừa nhập lên bản mới");
	t.equal(new URL(b.page.url()).search, "?luu=1", "kept after all");
});

test("the pages of the builder weigh no more than an officer's page may", async (t) => {
	for (const path of [FORMS, `${FORMS}/9.000001`, `${FORMS}/9.000001/cau/thong-tin-cua-ban.cach-nhan`])
		await checkWeight(t, stage.browser, scriptless.visitor, path, "inbox");
});

test("the same form is built by keyboard alone [C32-18.1]", async (t) => {
	const hands = await official({ width: 1280 }, Keys);
	await build(t, hands, "9.000002", { look: false });
	await citizenBegins(t, "9.000002");
});

await run({
	before: async () => {
		await stage.open();
		const folder = join(stage.program.folder, "bare/procedures");
		await mkdir(folder, { recursive: true });
		for (const code of ["9.000001", "9.000002"])
			await writeFile(join(folder, `${code}.json`), JSON.stringify(bare(code)));
		await stage.program.command("import", "starter", join(stage.program.folder, "bare"));
	},
	after: () => stage.close(),
});
