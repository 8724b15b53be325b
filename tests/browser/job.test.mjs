// SPDX-License-Identifier: Apache-2.0
// The whole job, for each procedure of the starter catalogue: a citizen finds it, applies and holds
// a receipt; the clerk receives, the officer proposes, the leader approves; the citizen downloads
// the result and rates; a stranger with the code learns no name. Done with a mouse at a desk and on a
// telephone; without JavaScript and by keyboard alone, each at both widths.
import { CODE, Job } from "./lib/job.mjs";
import { Stage } from "./lib/stage.mjs";
import { run, test } from "./lib/tap.mjs";

const stage = new Stage();
const NAMES = ["Nguyễn Thị Hạnh", "0912", "099192000042", "Số 12, tổ 3"];

const ways = [
	{
		procedure: "2.000635",
		words: "ban sao trich luc ho tich",
		title: "with a mouse at 1280 px",
		how: { width: 1280 },
		choices: { "loai-giay-to": "ho-chieu", "quan-he": "uy-quyen", "nhan-ket-qua": "post" },
	},
	{
		procedure: "1.001193",
		words: "dang ky khai sinh",
		title: "with a finger at 390 px",
		how: { width: 390 },
		choices: { "quan-he": "cha", "ban-sao": "yes" },
	},
	{
		procedure: "1.001612",
		words: "hộ kinh doanh",
		title: "without JavaScript at 390 px",
		how: { width: 390, javascript: false },
		choices: { "o-noi-khac": "yes", "chu-the": "thanh-vien", "nop-thay": "yes" },
	},
	{
		procedure: "2.002409",
		words: "khieu nai lan dau cap xa",
		title: "by keyboard alone at 1280 px",
		how: { width: 1280, keys: true },
		choices: { "tu-cach": "dai-dien" },
	},
	{
		procedure: "2.002409",
		words: "khiếu nại lần đầu tại cấp xã",
		title: "without JavaScript at 1280 px",
		how: { width: 1280, javascript: false },
	},
	{
		procedure: "2.000635",
		words: "trích lục hộ tịch",
		title: "by keyboard alone at 390 px",
		how: { width: 390, keys: true },
		choices: { "loai-giay-to": "ho-chieu", "quan-he": "uy-quyen" },
	},
];

// The steps of one job stand on each other: when one fails, those after it say only that.
function step(job, sentence, body) {
	test(`${job.procedure} ${job.title}: ${sentence}`, async (t) => {
		if (!t.check(!job.stuck, `"${job.stuck}" failed before`)) return;
		job.stuck = sentence;
		await body(t);
		job.stuck = null;
	});
}

async function checkErrors(t, hands, spoilt) {
	const { page } = hands;
	t.equal(hands.visitor.document.status(), 422, "status");
	t.check((await page.title()).startsWith("Lỗi:"), `the title "${await page.title()}"`);
	t.equal(await page.evaluate(() => document.activeElement.id), "loi", "what has the focus");
	const links = page.locator(".error-summary a");
	t.check((await links.count()) > 0, "the summary has no link");
	for (const link of await links.all()) {
		const target = page.locator(await link.getAttribute("href"));
		t.equal(await target.count(), 1, `what ${await link.getAttribute("href")} leads to`);
		if ((await target.getAttribute("type")) !== "radio")
			t.equal(await target.getAttribute("aria-invalid"), "true", "aria-invalid");
	}
	for (const [name, text] of Object.entries(spoilt))
		t.equal(await page.locator(`[name="${name}"]`).inputValue(), text, name);
}

// Two POSTs at the same moment, as an impatient person or a bad line would send.
async function submitTwice(t, job, { page, visitor }) {
	const form = await page.locator('main form[action$="/nop"]').evaluate((element) => ({
		action: element.action,
		fields: Object.fromEntries(new FormData(element)),
	}));
	const fields = { ...form.fields, "cam-doan": "1" };
	const send = () => visitor.fetch(form.action, fields);
	for (const answer of await Promise.all([send(), send()])) {
		t.equal(answer.status, 200, "status of a submission");
		t.equal(new URL(answer.url).pathname, `/nop/${job.draft}/xong`, "where it leads");
	}
}

async function checkFile(t, hands, selector, expected) {
	const address = await hands.page.locator(selector).first().getAttribute("href");
	const { status, headers, body } = await hands.visitor.fetch(address);
	t.equal(status, 200, `status of ${address}`);
	t.equal(headers["content-type"], "application/pdf", "type");
	t.equal(headers["x-content-type-options"], "nosniff", "nosniff");
	t.check(/default-src 'none'/.test(headers["content-security-policy"]), "the file may load others");
	t.check(body.subarray(0, 5).toString() === "%PDF-", "it does not begin as a PDF");
	if (expected) t.check(body.equals(expected), "it is not the file that was put in");
}

for (const { procedure, words, title, ...options } of ways) {
	const job = new Job(stage, procedure, options);
	job.title = title;

	step(job, "the citizen signs in and finds the procedure from the home page", async (t) => {
		const hands = await job.as("nguoidan");
		t.equal(new URL(hands.page.url()).pathname, "/ca-nhan", "where a citizen comes in");
		await job.lookOnce(t, hands, "citizen's desk");
		await job.find(hands, words);
		await job.look(t, hands, "start");
		await job.begin(hands);
		t.equal(job.filler.where().step, job.definition.form.pages[0].id, "first page");
	});

	step(job, "mistakes on the first page are named, linked to and kept", async (t) => {
		const hands = await job.as("nguoidan");
		const spoilt = await job.filler.spoilPage();
		await hands.press("Lưu và tiếp tục");
		await checkErrors(t, hands, spoilt);
		await job.look(t, hands, "first page with mistakes");
		job.mend(spoilt);
	});

	step(job, "every page takes its answers, and papers as PDF, JPG and PNG [C32-7.5]", async (t) => {
		const hands = await job.as("nguoidan");
		await job.filler.finish((page) => job.look(t, hands, `page ${page}`));
		await job.look(t, hands, "check answers");
		const kept = await hands.page.locator("main").innerText();
		t.check(kept.includes(NAMES[0]), "the applicant's name is not among the answers");
	});

	step(job, "one answer is changed from the summary, straight back", async (t) => {
		const hands = await job.as("nguoidan");
		await hands.follow(/\?ve=xem-lai#dien-thoai$/);
		t.equal(await hands.page.evaluate(() => document.activeElement.id), "dien-thoai", "focus");
		await hands.fill("dien-thoai", "0987654321");
		await hands.press("Lưu và tiếp tục");
		t.equal(job.filler.where().step, "xem-lai", "where the change leads");
		const rows = await hands.page.locator("main").innerText();
		t.check(rows.includes("0987 654 321"), "the new answer is not shown");
	});

	step(job, "it is not sent without the declaration", async (t) => {
		const hands = await job.as("nguoidan");
		await hands.press("Nộp hồ sơ");
		t.equal(hands.visitor.document.status(), 422, "status");
		t.check((await hands.page.title()).startsWith("Lỗi:"), "the title begins with Lỗi:");
		t.equal(await hands.page.locator('.error-summary a[href="#cam-doan"]').count(), 1, "links");
		await job.look(t, hands, "declaration missing");
	});

	step(job, "sent three times, twice at once, it is one dossier with one receipt", async (t) => {
		const hands = await job.as("nguoidan");
		await submitTwice(t, job, hands);
		await job.submit(hands);
		t.check(new RegExp(`^${CODE.source}$`).test(job.code), `the code ${job.code}`);
		t.equal(await hands.page.locator("main svg path").count() > 0, true, "a QR code");
		await job.look(t, hands, "receipt");
		await hands.page.goBack();
		if (await hands.page.locator("[name=cam-doan]").count()) await hands.press("Nộp hồ sơ");
		t.equal((await hands.page.locator(".panel-code").innerText()).trim(), job.code, "code");
		await hands.page.goto("/ca-nhan/ho-so");
		t.equal(await hands.page.locator(`a[href="${job.address}"]`).count(), 1, "dossiers");
	});

	step(job, "the clerk finds it, receives it with a slip and forwards it [ND61-17.4]", async (t) => {
		const hands = await job.as("motcua");
		t.equal(new URL(hands.page.url()).pathname, "/can-bo", "where a clerk comes in");
		await job.lookOnce(t, hands, "clerk's inbox");
		await hands.enter("q", job.code, "header");
		await hands.follow(new RegExp(`/can-bo/ho-so/${job.code}$`));
		await job.look(t, hands, "clerk's dossier");
		await job.receive();
		await job.lookOnce(t, hands, "received");
		await checkFile(t, hands, 'a[href$="/phieu.pdf"]');
		await job.forward();
	});

	step(job, "the officer proposes a result and the leader approves it", async (t) => {
		const officer = await job.propose();
		await job.look(t, officer, "officer's dossier");
		const leader = await job.approve();
		await job.lookOnce(t, leader, "approved");
	});

	step(job, "the citizen sees what happened and why it was due then [C32-9.1]", async (t) => {
		const hands = await job.as("nguoidan");
		await hands.page.goto(job.address);
		await hands.unfold("Vì sao là ngày này");
		const steps = await hands.page.locator(".explanation li").allInnerTexts();
		t.check(steps.length > 1, `the clock explains itself in ${steps.length} steps`);
		const timeline = await hands.page.locator(".timeline h3").allInnerTexts();
		const acts = ["Đã nộp", "Đã tiếp nhận", "Đã chuyển xử lý", "Đã trình ký", "Đã phê duyệt kết quả"];
		t.equal(timeline.join(", "), acts.join(", "), "timeline");
		await job.look(t, hands, "citizen's dossier");
		await checkFile(t, hands, 'a[href$="/phieu.pdf"]');
		const result = job.stage.papers.pdf("ket-qua").buffer;
		await checkFile(t, hands, '.file-list a[href*="/tep/"]', result);
	});

	step(job, "the citizen rates it; only the overall grade is needed [C32-12.3]", async (t) => {
		const hands = await job.as("nguoidan");
		await hands.follow(/\/danh-gia$/);
		await hands.press("Gửi đánh giá");
		await checkErrors(t, hands, {});
		await job.lookOnce(t, hands, "rating");
		await hands.choose("chung", "3");
		await hands.press("Gửi đánh giá");
		t.check(/cảm ơn bạn/.test(await hands.page.locator("main").innerText()), "no thanks");
	});

	step(job, "who has only the code learns how far it is, and no name [VPCP01-16.2]", async (t) => {
		const hands = await job.as("");
		await hands.page.goto("/");
		await hands.enter("ma", job.code);
		t.check((await hands.page.locator("main").innerText()).includes(job.code), "the code");
		await job.lookOnce(t, hands, "tracking");
		const tracked = await hands.visitor.document.text();
		await hands.page.goto(`/tra-cuu/${job.code}`);
		t.check((await hands.page.locator("main").innerText()).includes(job.code), "by address");
		await job.lookOnce(t, hands, "tracking by address");
		await hands.page.goto(`/xac-minh/${job.code}`);
		await job.lookOnce(t, hands, "verification");
		const verified = await hands.visitor.document.text();
		t.check(/Cơ quan đã cấp giấy hẹn/.test(verified), "the slip is not verified");
		for (const name of NAMES) {
			t.check(!tracked.includes(name), `/tra-cuu says ${name}`);
			t.check(!verified.includes(name), `/xac-minh says ${name}`);
		}
		t.check(!tracked.includes(job.definition.name), "/tra-cuu names the procedure");
		await job.leave();
	});
}

await run({ before: () => stage.open(), after: () => stage.close() });
