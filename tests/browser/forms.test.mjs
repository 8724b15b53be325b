// SPDX-License-Identifier: Apache-2.0
// Filling in a form where scripts run: questions that come and go, values that follow, what is saved
// on the way, choices that depend on others. And the same form where they do not run.
import { Random } from "../logic/rules.mjs";
import { CODE, CODE_ASKING_AHEAD, form, publish } from "./lib/form_of_kinds.mjs";
import { Mouse } from "./lib/hands.mjs";
import { pause } from "./lib/program.mjs";
import { Stage } from "./lib/stage.mjs";
import { run, test } from "./lib/tap.mjs";
import { checkWeight } from "./lib/weight.mjs";

const SLOW = Number(process.env.MOTCUA_TEST_PATIENCE ?? 1);
const stage = new Stage();
const people = [];

// --- hands ---------------------------------------------------------------------------------------------

async function citizen({ width = 1280, javascript = true } = {}) {
	const hands = new Mouse(await stage.visitor({ width, javascript }));
	await hands.visitor.signIn("nguoidan");
	people.push(hands);
	return hands;
}

// A new draft; returns the address of its page with many kinds.
async function begin(hands) {
	const { page } = hands;
	await page.goto(`/nop/${CODE}`);
	const list = await page.locator("select[name=co-quan]").count();
	await (list ? hands.select("co-quan", "H99.001.01") : hands.choose("co-quan", "H99.001.01"));
	await hands.press("Bắt đầu");
	const [, draft] = new URL(page.url()).pathname.match(/^\/nop\/([^/]+)/);
	await page.goto(`/nop/${draft}/nhieu-loai`);
	return `/nop/${draft}/nhieu-loai`;
}

const box = ({ page }, name) => page.locator(`main [name="${name}"]`);
const status = ({ page }) => page.locator("[data-save='']");
const announced = ({ page }) => page.locator("main [data-announce='']");
const typed = ({ page }, name) => page.locator(`main [name="${name}"]`).inputValue();

async function says(t, locator, words, what) {
	const until = Date.now() + 15000 * SLOW;
	let text = "";
	while (Date.now() < until) {
		text = await locator.innerText().catch(() => "");
		if (words.test(text)) return t.check(true, what);
		await pause(50);
	}
	return t.fail(`${what}: "${text}", not ${words}`);
}

const step = ({ page }) => new URL(page.url()).pathname.split("/").pop();
const saved = (t, hands, what = "it is saved") => says(t, status(hands), /^Đã lưu lúc \d+ giờ \d\d/, what);

// Statuses that a test provokes are reported by the browser, as they must.
function forgive({ visitor }, words) {
	return visitor.complaints().filter((one) => !words.test(one));
}

// --- questions that come and go ------------------------------------------------------------------------------

for (const width of [390, 1280])
	test(`questions come and go without a reload, keep what was typed, and say so at ${width} px [C32-11.5]`, async (t) => {
		const hands = await citizen({ width });
		await begin(hands);
		if (width === 390) await hands.visitor.inspect(t, "form of kinds");
		t.equal(await box(hands, "so-con").count(), 0, "asked before");
		await hands.choose("co-con", "yes");
		await says(t, announced(hands), /^Câu hỏi mới bên dưới: Bao nhiêu con\?/, "it says so");
		await hands.fill("so-con", "3");
		await says(t, hands.page.locator("main"), /Được miễn phí/, "a note that rests on the new one");
		await hands.visitor.checkAccessibility(t, `questions shown at ${width}`);
		await hands.choose("co-con", "no");
		t.equal(await box(hands, "so-con").count(), 0, "asked when it does not apply");
		t.check(!(await hands.page.locator("main").innerText()).includes("Được miễn phí"), "the note stays");
		await hands.choose("co-con", "yes");
		t.equal(await typed(hands, "so-con"), "3", "what was typed");
		await hands.choose("muc-dich", "c");
		await hands.fill("muc-dich-khac", "abc");
		await says(t, hands.page.locator("main"), /Còn 297 ký tự/, "a question that came counts its characters");
		await hands.visitor.checkAccessibility(t, `questions hidden at ${width}`);
		await hands.visitor.picture(`form of kinds ${width}`);
		t.none(hands.visitor.complaints(), "console");
		await hands.visitor.leave();
	});

test("a person is asked for while a date says so; its own parts come and go too", async (t) => {
	const hands = await citizen({ width: 390 });
	await begin(hands);
	for (const [part, text] of [["ngay", "1"], ["thang", "2"], ["nam", "2020"]]) await hands.fill(`ngay-sinh-${part}`, text);
	await says(t, announced(hands), /Người giám hộ/, "it says so");
	t.equal(await hands.page.locator("output").nth(2).innerText(), "6", "age");
	t.equal(await box(hands, "giam-ho.so-giay-to").count(), 0, "number of a passport, unasked");
	await hands.choose("giam-ho.loai-giay-to", "ho-chieu");
	t.equal(await box(hands, "giam-ho.so-giay-to").count(), 1, "number of a passport");
	await hands.fill("giam-ho.so-giay-to", "C1234567");
	await hands.fill("ngay-sinh-nam", "1990");
	t.equal(await hands.page.locator('main [name^="giam-ho."]').count(), 0, "of who is grown up");
	await hands.fill("ngay-sinh-nam", "2020");
	t.equal(await typed(hands, "giam-ho.so-giay-to"), "C1234567", "what was typed");
	await hands.visitor.checkAccessibility(t, "a person came");
	await hands.visitor.leave();
});

test("computed values follow in the language of the page", async (t) => {
	const hands = await citizen();
	const path = await begin(hands);
	const shown = (i) => hands.page.locator("output").nth(i).innerText();
	await hands.fill("so-ban", "1.200");
	await hands.fill("dien-tich", "10,5");
	t.equal(await shown(0), "9.600.000 đồng", "money");
	t.equal(await shown(1), "3,5", "number");
	t.equal(await box(hands, "nhieu-ban").count(), 1, "more than ten");
	await hands.fill("so-ban", "mười");
	t.equal(await shown(0), "–", "of what is no number");
	await hands.fill("so-ban", "1 200");
	await saved(t, hands);
	await hands.page.goto(`/en${path}`);
	t.equal(await shown(0), "9,600,000 dong", "money as the server shows it in English");
	await hands.fill("so-ban", "2");
	t.equal(await shown(0), "16,000 dong", "money in English");
	await hands.visitor.leave();
});

test("questions before one starts come and go, too", async (t) => {
	const visitor = await stage.visitor({ width: 390 });
	const hands = new Mouse(visitor);
	await hands.page.goto(`/nop/${CODE_ASKING_AHEAD}`);
	t.equal(await box(hands, "so-con").count(), 0, "asked before");
	await hands.choose("co-con", "yes");
	await says(t, announced(hands), /Bao nhiêu con\?/, "it says so");
	await visitor.inspect(t, "questions before one starts");
	await hands.choose("co-con", "no");
	t.equal(await box(hands, "so-con").count(), 0, "asked when it does not apply");
	await visitor.leave();
});

test("by keyboard alone: what is shown is the next stop, and the focus stays", async (t) => {
	const hands = await citizen();
	await begin(hands);
	const { page } = hands;
	await box(hands, "co-con").last().focus();
	await page.keyboard.press("ArrowUp");
	t.equal(await page.evaluate(() => document.activeElement.value), "yes", "focus");
	await page.keyboard.press("Tab");
	t.equal(await page.evaluate(() => document.activeElement.name), "so-con", "next stop");
	await hands.visitor.leave();
});

// --- the same as the server ------------------------------------------------------------------------------------

const TYPED = {
	text: ["", "a"], long_text: ["", "a\nb"], integer: ["", "3", "11", "1.200", "x", "0"], number: ["", "1,5", "1.234,25", "2,345"],
	time: ["", "7h30", "0730", "13:00", "sáng"], phone: ["", "+84 912 345 678", "0912.345.678", "12"],
	day: ["", "1", "29", "x"], month: ["", "2", "12"], year: ["", "1990", "2015", "2020", "1700"],
};

function chance(random, { id, kind, options: choices }) {
	const one = (list) => [random.of(list)];
	if (kind === "date") return [[`${id}-ngay`, one(TYPED.day)], [`${id}-thang`, one(TYPED.month)], [`${id}-nam`, one(TYPED.year)]];
	if (kind === "yes_no") return [[id, one(["yes", "no"])]];
	if (kind === "declaration") return [[id, random.chance(0.5) ? ["yes"] : []]];
	if (kind === "many") return [[id, choices.map(({ value }) => value).filter(() => random.chance(0.5))]];
	if (kind === "one") return [[id, one(choices.map(({ value }) => value))]];
	return TYPED[kind] ? [[id, one(TYPED[kind])]] : [];
}

// Runs in the page: answers what is asked, in any order, then returns what is shown.
async function answerAndLook(answers) {
	for (const [name, values] of answers)
		for (const field of document.querySelectorAll(`main [name="${CSS.escape(name)}"]`)) {
			if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
			else [field.value] = values;
			field.dispatchEvent(new Event("input", { bubbles: true }));
		}
	const look = (page) => ({
		shown: [...page.querySelectorAll("main .question")].map((question) => question.dataset.question),
		outputs: [...page.querySelectorAll("main output")].map((output) => output.textContent),
	});
	const here = look(document);
	const sent = document.querySelector("form[data-autosave]");
	const body = new URLSearchParams([...new FormData(sent)].filter(([, value]) => typeof value === "string"));
	body.set("lam", "lam-moi");
	body.set("so-sanh", "1");
	const answer = await fetch(location.pathname, { method: "POST", body });
	const there = new DOMParser().parseFromString(await answer.text(), "text/html");
	sent.elements["phien-ban"].value = there.querySelector("[name=phien-ban]").value;
	return { status: answer.status, here, there: look(there) };
}

test("in a browser the very questions and values are shown that the server shows for the same answers", async (t) => {
	const hands = await citizen();
	const path = await begin(hands);
	// Only what the test itself sends is saved.
	await hands.page.route(`**${path}`, (route) =>
		route.request().postData()?.includes("so-sanh=1") ? route.continue() : route.abort());
	const random = new Random(20261123);
	const { fields } = form.pages[0];
	const asked = fields.filter(({ linked }) => !linked);
	const seen = new Set();
	for (let i = 0; i < 40; i++) {
		const answers = asked.flatMap((field) => chance(random, field));
		const { status: code, here, there } = await hands.page.evaluate(answerAndLook, answers);
		t.equal(code, 200, "status");
		const same = here.shown.join(" ") === there.shown.join(" ") && here.outputs.join("|") === there.outputs.join("|");
		if (!t.check(same, `${JSON.stringify({ answers, here, there })}`)) break;
		seen.add(here.shown.join());
	}
	t.check(seen.size > 15, `${seen.size} different pages were seen`);
	await hands.visitor.leave();
});

// --- saving on the way -------------------------------------------------------------------------------------------

test("what is typed is saved, and is there after a reload [C32-11.5]", async (t) => {
	const hands = await citizen({ width: 390 });
	const path = await begin(hands);
	t.equal(await status(hands).innerText(), "", "before anything is typed");
	await hands.page.locator("[name=ho-ten]").pressSequentially("Võ Thị Sáu");
	await saved(t, hands);
	await hands.visitor.checkAccessibility(t, "saved");
	await hands.page.goto(path);
	t.equal(await typed(hands, "ho-ten"), "Võ Thị Sáu", "after a reload");
	t.none(hands.visitor.complaints(), "console");
	await hands.visitor.leave();
});

test("leaving the page at once loses nothing", async (t) => {
	const hands = await citizen();
	const path = await begin(hands);
	await hands.fill("ho-ten", "Gõ rồi đi ngay");
	await hands.page.goto("/ca-nhan");
	await pause(500 * SLOW);
	await hands.page.goto(path);
	t.equal(await typed(hands, "ho-ten"), "Gõ rồi đi ngay", "what was typed");
	await hands.visitor.leave();
});

test("one request at a time; a real submit waits for it and is no conflict", async (t) => {
	const hands = await citizen();
	const path = await begin(hands);
	let open = 0, most = 0;
	await hands.page.route(`**${path}`, async (route) => {
		if (!route.request().postData()?.includes("lam=tu-luu")) return route.continue();
		most = Math.max(most, ++open);
		const answer = await route.fetch();
		await pause(1500);
		open--;
		return route.fulfill({ response: answer });
	});
	await hands.fill("ho-ten", "Một");
	await says(t, status(hands), /^Đang lưu…/, "it says that it saves");
	await hands.fill("ho-ten", "Hai");
	await hands.press("Lưu và tiếp tục");
	t.equal(hands.visitor.document.status(), 200, "status");
	t.check(step(hands) === "thanh-vien", `it goes on, to ${hands.page.url()}`);
	t.equal(most, 1, "requests at once");
	await hands.page.unroute(`**${path}`);
	await hands.page.goto(path);
	t.equal(await typed(hands, "ho-ten"), "Hai", "what is kept");
	await hands.visitor.leave();
});

test("while the server is away it says so, tries again, and saves when it is back", async (t) => {
	const hands = await citizen({ width: 390 });
	const path = await begin(hands);
	const port = new URL(stage.origin).port;
	t.none(await stage.program.stop(), "stop");
	await hands.fill("ho-ten", "Khi máy chủ vắng");
	await says(t, status(hands), /^Chưa lưu được, đang thử lại/, "it says so");
	await hands.visitor.checkAccessibility(t, "not saved");
	t.equal(await typed(hands, "ho-ten"), "Khi máy chủ vắng", "what was typed");
	await stage.program.serve(port);
	await saved(t, hands, "it is saved at last");
	await hands.page.goto(path);
	t.equal(await typed(hands, "ho-ten"), "Khi máy chủ vắng", "what is kept");
	t.none(forgive(hands, /ERR_CONNECTION|Failed to load/), "console");
	await hands.visitor.leave();
});

test("of two windows, the second is told that the page was changed elsewhere, and may choose", async (t) => {
	const hands = await citizen();
	const path = await begin(hands);
	const second = new Mouse(await hands.visitor.beside());
	await second.page.goto(path);
	await hands.fill("ho-ten", "Cửa sổ một");
	await saved(t, hands);
	await second.fill("ho-ten", "Cửa sổ hai");
	await says(t, status(second), /^Phần này đã được sửa ở nơi khác/, "it says so");
	await second.visitor.checkAccessibility(t, "changed elsewhere");
	t.equal(await status(second).locator("a").getAttribute("href"), path, "link");
	await second.press("Lưu và tiếp tục");
	t.equal(second.visitor.document.status(), 409, "status");
	await second.press("Giữ những gì tôi vừa nhập");
	await hands.page.goto(path);
	t.equal(await typed(hands, "ho-ten"), "Cửa sổ hai", "what is kept");
	t.none(second.visitor.complaints(), "console");
	await hands.visitor.leave();
});

test("when the session has ended it says so, and goes on when one has signed in elsewhere", async (t) => {
	const hands = await citizen({ width: 390 });
	const path = await begin(hands);
	await hands.visitor.context.clearCookies({ name: /phien$/ });
	await hands.fill("ho-ten", "Phiên đã hết");
	await says(t, status(hands), /^Phiên làm việc đã hết/, "it says so");
	await hands.visitor.checkAccessibility(t, "signed out");
	const [other] = await Promise.all([hands.visitor.context.waitForEvent("page"), status(hands).locator("a").click()]);
	await other.locator("[name=tai-khoan]").fill("nguoidan@lamgiang.test");
	await other.locator("[name=mat-khau]").fill("Lam-Giang-2026");
	await other.locator("form:has([name=mat-khau]) button[type=submit]").first().click();
	await other.waitForURL(/ca-nhan/);
	await other.close();
	await saved(t, hands, "it is saved after signing in");
	await hands.page.goto(path);
	t.equal(await typed(hands, "ho-ten"), "Phiên đã hết", "what is kept");
	t.none(hands.visitor.complaints(), "console");
	await hands.visitor.leave();
});

// --- choices that depend on others --------------------------------------------------------------------------------

for (const width of [390, 1280])
	test(`communes follow their province without a button at ${width} px; the focus stays`, async (t) => {
		const hands = await citizen({ width });
		const path = await begin(hands);
		const { page } = hands;
		await hands.fill("dt", "chưa xong");
		await page.locator('[name="noi-o-tinh"]').selectOption("");
		await page.locator('[name="noi-o-tinh"]').focus();
		await page.locator('[name="noi-o-tinh"]').selectOption("99");
		await page.locator('select[name="noi-o"]').waitFor();
		t.equal(await page.evaluate(() => document.activeElement.name), "noi-o-tinh", "focus");
		t.equal(await typed(hands, "dt"), "chưa xong", "what was typed elsewhere");
		await hands.select("noi-o", "99001");
		await says(t, page.locator("main"), /Không cần giấy xác nhận/, "what rests on it");
		await hands.visitor.checkAccessibility(t, `communes at ${width}`);
		await saved(t, hands);
		await page.locator('[name="noi-o-tinh"]').selectOption("");
		t.check(!(await page.locator("main").innerText()).includes("Không cần giấy xác nhận"), "the commune of before");
		await page.locator('[name="noi-o-tinh"]').selectOption("99");
		await page.locator('select[name="noi-o"]').waitFor();
		await hands.select("noi-o", "99001");
		await saved(t, hands);
		await pause(2500);
		await page.goto(path);
		t.equal(await typed(hands, "noi-o"), "99001", "what is kept");
		t.none(hands.visitor.complaints(), "console");
		await hands.visitor.leave();
	});

test("choices that depend on another answer are those of the new answer", async (t) => {
	const hands = await citizen();
	await begin(hands);
	const { page } = hands;
	await hands.choose("nganh", "A");
	await page.locator('[name="nghe"][value="lua"]').waitFor();
	await hands.choose("nghe", "lua");
	t.equal(await box(hands, "mo-ta-dai").count(), 1, "what rests on the choice");
	await hands.choose("nganh", "B");
	await page.locator('[name="nghe"][value="det"]').waitFor();
	t.equal(await page.locator('[name="nghe"][value="lua"]').count(), 0, "choices of before");
	t.equal(await box(hands, "mo-ta-dai").count(), 0, "what rested on a choice that is gone");
	t.equal(await page.locator("main [name=nganh]:checked").inputValue(), "B", "the answer");
	await hands.visitor.checkAccessibility(t, "linked choices");
	t.none(hands.visitor.complaints(), "console");
	await hands.visitor.leave();
});

// --- items of a repeated page -----------------------------------------------------------------------------------------

test("an item of a repeated page has its own questions, values of other pages, and is saved", async (t) => {
	const hands = await citizen({ width: 390 });
	await begin(hands);
	await hands.fill("ho-ten", "Trần An");
	await hands.fill("so-ban", "20");
	await hands.press("Lưu và tiếp tục");
	t.equal(step(hands), "thanh-vien", "where it leads: what a script has shown was seen");
	await hands.press("Thêm");
	const item = new URL(hands.page.url()).pathname;
	const [, prefix] = item.match(/(thanh-vien\/[^/]+)$/);
	await hands.fill(`${prefix}/ten`, "Trần Bình");
	t.equal(await box(hands, `${prefix}/viec`).count(), 0, "asked before");
	await hands.choose(`${prefix}/di-lam`, "yes");
	t.equal(await box(hands, `${prefix}/viec`).count(), 1, "asked");
	await says(t, hands.page.locator("main"), /Đã biết\./, "what rests on another page");
	await hands.fill(`${prefix}/viec`, "Dạy học");
	await saved(t, hands);
	await hands.visitor.checkAccessibility(t, "item");
	await hands.page.goto(item);
	t.equal(await typed(hands, `${prefix}/viec`), "Dạy học", "what is kept");
	t.none(hands.visitor.complaints(), "console");
	await hands.visitor.leave();
});

// --- without scripts --------------------------------------------------------------------------------------------------

async function fillWithoutScript(t, hands) {
	const path = await begin(hands);
	await hands.fill("ho-ten", "Không cần mã lệnh");
	await hands.fill("so-ban", "12");
	await hands.choose("co-con", "yes");
	await hands.choose("nganh", "A");
	t.equal(await box(hands, "so-con").count(), 0, "asked before it was sent");
	await hands.press("Lưu và tiếp tục");
	t.check(new URL(hands.page.url()).pathname === path, "questions that came up are asked first");
	t.equal(await hands.page.locator("output").first().innerText(), "96.000 đồng", "computed");
	t.equal(await box(hands, "so-con").count(), 1, "the question that came up");
	t.equal(await hands.page.locator('[name="nghe"][value="lua"]').count(), 1, "the choices of the answer");
	await hands.select("noi-o-tinh", "99");
	await hands.press("Chọn", 'main fieldset:has([name="noi-o-tinh"])');
	await hands.select("noi-o", "99001");
	await hands.press("Lưu và tiếp tục");
	if (hands.page.url().includes("nhieu-loai")) await hands.press("Lưu và tiếp tục");
	t.check(step(hands) === "thanh-vien", `it goes on, to ${hands.page.url()}`);
	t.none(forgive(hands, /ERR_FAILED/), "console");
}

test("without scripts the same form is filled in by its buttons", async (t) => {
	const hands = await citizen({ width: 390, javascript: false });
	await begin(hands);
	await fillWithoutScript(t, hands);
	await hands.visitor.leave();
});

test("where the script's file is blocked, too", async (t) => {
	const hands = await citizen({ width: 390 });
	await hands.visitor.context.route(/\/a\/.*\.js$/, (route) => route.abort());
	await fillWithoutScript(t, hands);
	await hands.visitor.leave();
});

// --- weight -------------------------------------------------------------------------------------------------------------

test("scripts and pages of a form stay within their budgets", async (t) => {
	const hands = await citizen();
	const sizes = { ui: 3000, form: 6000 };
	await hands.page.goto("/nop/2.002409");
	const list = await hands.page.locator("select[name=co-quan]").count();
	await (list ? hands.select("co-quan", "H99.001.01") : hands.choose("co-quan", "H99.001.01"));
	await hands.press("Bắt đầu");
	const [, draft] = new URL(hands.page.url()).pathname.match(/^\/nop\/([^/]+)/);
	for (const [step, script] of [["lien-he", "ui"], ["nguoi-khieu-nai", "form"]]) {
		await hands.page.goto(`/nop/${draft}/${step}`);
		const address = await hands.page.locator("script").getAttribute("src");
		t.check(address.startsWith(`/a/${script}.`), `${step} gets ${address}`);
		const [{ encodedBodySize: bytes }] = await hands.page.evaluate(
			(name) => performance.getEntriesByName(new URL(name, location.href).href), address);
		t.check(bytes <= sizes[script], `${address}: ${bytes} > ${sizes[script]}`);
		t.note(`${address}: ${bytes} bytes`);
		await checkWeight(t, stage.browser, hands.visitor, `/nop/${draft}/${step}`, "form");
	}
	await hands.visitor.leave();
});

await run({
	before: async () => {
		await stage.open();
		await publish(stage.program);
	},
	after: () => stage.close(),
});
