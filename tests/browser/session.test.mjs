// SPDX-License-Identifier: Apache-2.0
// What goes wrong around a form: the session ends in the middle, two windows save the same page, a
// file is too large or not what it says, and strangers try the addresses of others.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Job } from "./lib/job.mjs";
import { Mouse } from "./lib/hands.mjs";
import { pause } from "./lib/program.mjs";
import { Stage } from "./lib/stage.mjs";
import { run, test } from "./lib/tap.mjs";

const PROCEDURE = "2.002409";
const MIB = 1 << 20;
const stage = new Stage();
let job, citizen;

const text = ({ page }) => page.locator("main").innerText();

async function endSession({ visitor }) {
	await visitor.context.clearCookies({ name: /phien$/ });
}

async function signInAgain(hands, person, password = "Lam-Giang-2026") {
	await hands.fill("tai-khoan", `${person}@lamgiang.test`);
	await hands.fill("mat-khau", password);
	await hands.press("Đăng nhập");
}

// A new citizen, signed in.
async function register(person) {
	const hands = new Mouse(await stage.visitor({ width: 390 }));
	await hands.page.goto("/dang-ky");
	await hands.fill("ho-ten", "Ngô Văn Lạ");
	await hands.fill("tai-khoan", `${person}@lamgiang.test`);
	await hands.fill("mat-khau", "Mot-Cau-Rat-Dai-2026");
	await hands.page.locator("[name=dong-y]").first().check();
	await hands.press("Tạo tài khoản");
	await signInAgain(hands, person, "Mot-Cau-Rat-Dai-2026");
	return hands;
}

// The text of the newest mail to the person, once it has been sent.
async function mailTo(person) {
	const folder = join(stage.program.data, "mail");
	for (let turns = 0; turns < 100; turns++) {
		for (const file of await readdir(folder).catch(() => [])) {
			const mail = await readFile(join(folder, file), "utf8");
			const [head, body] = mail.split(/\r?\n\r?\n/);
			if (file.endsWith(".eml") && head.includes(`To: <${person}@`))
				return Buffer.from(body, "base64").toString();
		}
		await pause(100);
	}
	throw new Error(`no mail to ${person}`);
}

// Begins a new draft and stops before the named page.
async function draftBefore(step) {
	await citizen.page.goto(`/nop/${PROCEDURE}`);
	await job.begin(citizen);
	while (job.filler.where().step !== step) await job.filler.finishPage();
	return `/nop/${job.draft}/${step}`;
}

test("who must sign in first comes to the page that was asked for", async (t) => {
	const hands = new Mouse(await stage.visitor());
	await hands.page.goto("/ca-nhan/thong-bao");
	t.equal(new URL(hands.page.url()).pathname, "/dang-nhap", "where a stranger is sent");
	await signInAgain(hands, "nguoidan");
	t.equal(new URL(hands.page.url()).pathname, "/ca-nhan/thong-bao", "where it leads");
	await hands.visitor.leave();
});

test("a session that ends in a form loses nothing that was typed", async (t) => {
	await draftBefore("trinh-bay");
	await job.filler.answerPage();
	await citizen.fill("khieu-nai-ve", "Về việc “cấp giấy” & <thu hồi>\nhai dòng");
	await endSession(citizen);
	await citizen.press("Lưu và tiếp tục");
	t.equal(citizen.visitor.document.status(), 401, "status");
	t.check((await text(citizen)).includes("Phiên làm việc đã hết"), "it does not say so");
	await citizen.visitor.inspect(t, "error 401, sign in again");
	await citizen.fill("tai-khoan", "nguoidan@lamgiang.test");
	await citizen.fill("mat-khau", "sai-mat-khau");
	await citizen.press("Đăng nhập");
	t.equal(citizen.visitor.document.status(), 422, "status of a wrong password");
	await signInAgain(citizen, "nguoidan");
	await citizen.visitor.inspect(t, "signed in again");
	await citizen.press("Gửi tiếp");
	t.equal(job.filler.where().step, "ket-qua", "where it goes on");
	await citizen.page.goto(`/nop/${job.draft}/trinh-bay`);
	const kept = await citizen.page.locator("[name=khieu-nai-ve]").inputValue();
	t.equal(kept, "Về việc “cấp giấy” & <thu hồi>\nhai dòng", "what was typed");
});

test("a session that ends in an upload leads back to the papers, everything else kept", async (t) => {
	const papers = await draftBefore("giay-to");
	await citizen.attach("tep-quyet-dinh", stage.papers.next("quyet-dinh"));
	await endSession(citizen);
	await citizen.press("Lưu và tiếp tục");
	t.equal(citizen.visitor.document.status(), 401, "status");
	await citizen.visitor.inspect(t, "error 401 in an upload");
	await signInAgain(citizen, "nguoidan");
	await citizen.press("Gửi tiếp");
	t.check(citizen.page.url().includes(papers), `it goes on at ${citizen.page.url()}`);
	await job.filler.finishPage();
	t.equal(job.filler.where().step, "xem-lai", "where it goes on");
});

test("an officer's reason survives the end of the session", async (t) => {
	const one = new Job(stage, PROCEDURE);
	await one.apply();
	const clerk = await one.as("motcua");
	await clerk.page.goto(`/can-bo/ho-so/${one.code}/tu-choi`);
	await clerk.fill("ly-do", "Không thuộc thẩm quyền.");
	await endSession(clerk);
	await clerk.press("Từ chối tiếp nhận");
	t.equal(clerk.visitor.document.status(), 401, "status");
	await signInAgain(clerk, "motcua");
	await clerk.press("Gửi tiếp");
	t.check((await text(clerk)).includes("Không thuộc thẩm quyền."), "the reason is lost");
	await one.leave();
});

test("of two windows on one draft, the second is asked which answer holds", async (t) => {
	const path = await draftBefore("trinh-bay");
	const second = new Mouse(await citizen.visitor.beside());
	await second.page.goto(path);
	await job.filler.answerPage();
	await citizen.press("Lưu và tiếp tục");
	for (const name of ["khieu-nai-ve", "noi-dung-khieu-nai", "yeu-cau"])
		await second.fill(name, `Cửa sổ thứ hai: ${name}`);
	await second.press("Lưu và tiếp tục");
	t.equal(second.visitor.document.status(), 409, "status");
	await second.visitor.inspect(t, "error 409, a draft saved elsewhere");
	await citizen.page.goto(path);
	t.check(await job.filler.holds("yeu-cau"), "the first answer is lost");
	t.check(!(await citizen.page.content()).includes("Cửa sổ thứ hai"), "it was overwritten unasked");
	await second.press("Giữ những gì tôi vừa nhập");
	t.equal(new URL(second.page.url()).pathname, `/nop/${job.draft}/ket-qua`, "where it goes on");
	await second.page.close();
	await citizen.page.goto(path);
	const kept = await citizen.page.locator("[name=yeu-cau]").inputValue();
	t.equal(kept, "Cửa sổ thứ hai: yeu-cau", "what is kept");
});

test("a file too large is refused beside its field, and the good ones stay [C32-7.6]", async (t) => {
	await draftBefore("giay-to");
	await citizen.attach("tep-quyet-dinh", stage.papers.pdf("quyet-dinh"));
	await citizen.attach("tep-dai-dien", stage.papers.next("dai-dien"));
	const large = Buffer.concat([stage.papers.pdf("x").buffer, Buffer.alloc(10 * MIB)]);
	const file = { name: "to lớn.pdf", mimeType: "application/pdf", buffer: large };
	await citizen.attach("tep-chung-cu", file);
	await citizen.press("Lưu và tiếp tục");
	t.equal(citizen.visitor.document.status(), 422, "status");
	const error = citizen.page.locator("#tep-chung-cu-loi");
	t.check(/to lớn\.pdf.*tối đa/.test(await error.innerText()), "the error names file and limit");
	t.equal(await citizen.page.locator('.error-summary a[href="#tep-chung-cu"]').count(), 1, "link");
	const list = citizen.page.locator(".field:has([name=tep-quyet-dinh]) .file-list");
	t.check((await list.innerText()).includes("quyet-dinh.pdf"), "the good file is gone");
	await citizen.visitor.inspect(t, "upload too large");
});

test("a file that is not what its name says, or empty, is refused by name [C32-7.5]", async (t) => {
	const upload = async (name, buffer) => {
		await citizen.attach("tep-chung-cu", { name, mimeType: "application/pdf", buffer });
		await citizen.press("Lưu và tiếp tục");
		t.equal(citizen.visitor.document.status(), 422, `status of ${name}`);
		const error = await citizen.page.locator("#tep-chung-cu-loi").innerText();
		t.check(error.includes(name), `the error does not name ${name}: ${error}`);
	};
	await upload("gia.pdf", Buffer.from("MZ chương trình"));
	await upload("anh.pdf", stage.papers.kinds[2][2]);
	await upload("rong.pdf", Buffer.alloc(0));
	await citizen.attach("tep-chung-cu", stage.papers.next("that"));
	await citizen.press("Lưu và tiếp tục");
	t.equal(job.filler.where().step, "xem-lai", "a good file goes on");
});

test("a paper is taken back by name", async (t) => {
	await citizen.page.goto(`/nop/${job.draft}/giay-to`);
	await citizen.press("Xóa", ".field:has([name=tep-chung-cu])");
	const list = citizen.page.locator(".field:has([name=tep-chung-cu]) .file-list");
	t.equal(await list.count(), 0, "lists of files");
});

test("drafts, dossiers and files of others are not there", async (t) => {
	const one = new Job(stage, PROCEDURE);
	const owner = await one.apply();
	await owner.page.goto(one.address);
	const file = await owner.page.locator('a[href*="/tep/"]').first().getAttribute("href");
	const stranger = await register("nguoila");
	t.equal(new URL(stranger.page.url()).pathname, "/ca-nhan", "a new citizen comes in");
	await stranger.visitor.inspect(t, "desk of a new citizen");
	const draft = [`/nop/${job.draft}`, `/nop/${job.draft}/trinh-bay`, `/nop/${job.draft}/xem-lai`,
		`/nop/${job.draft}/to-khai.pdf`, `/nop/${job.draft}/to-khai.json`, `/nop/${job.draft}/in`];
	const sent = ["", "/bo-sung", "/rut", "/danh-gia", "/phieu.pdf", "/to-khai.pdf", "/to-khai.json", "/in"].map((end) => one.address + end);
	for (const path of [...draft, `/nop/${job.draft}/xong`, ...sent, file, "/nop/khong-co-ma-nay"]) {
		const { status, body } = await stranger.visitor.fetch(path);
		t.equal(status, 404, path);
		t.check(!body.includes("Nguyễn Thị Hạnh"), `${path} tells whose it is`);
	}
	for (const path of ["/can-bo", `/can-bo/ho-so/${one.code}`, "/quan-tri", "/quan-tri/nguoi-dung"])
		t.equal((await stranger.visitor.fetch(path)).status, 403, path);
	t.none(stranger.visitor.complaints().filter((one) => !/status of 40[34]|: 40[34]$/.test(one)), "console");
	await stranger.visitor.leave();
	await one.leave();
});

test("a forgotten password is replaced by a mailed code, and only by it", async (t) => {
	const hands = await register("nguoiquen");
	await endSession(hands);
	await hands.page.goto("/quen-mat-khau");
	await hands.fill("tai-khoan", "nguoiquen@lamgiang.test");
	await hands.press("Gửi mã");
	await hands.visitor.inspect(t, "code from the mail");
	const [code] = (await mailTo("nguoiquen")).match(/\b\d{6,8}\b/);
	await hands.fill("ma", code === "123456" ? "123457" : "123456");
	await hands.fill("mat-khau", "Mot-Cau-Moi-Hon-2026");
	await hands.press("Đổi mật khẩu");
	t.equal(hands.visitor.document.status(), 422, "status of a wrong code");
	await hands.visitor.inspect(t, "wrong code from the mail");
	await hands.fill("ma", code);
	await hands.fill("mat-khau", "Mot-Cau-Moi-Hon-2026");
	await hands.press("Đổi mật khẩu");
	await signInAgain(hands, "nguoiquen", "Mot-Cau-Rat-Dai-2026");
	t.equal(hands.visitor.document.status(), 422, "status of the old password");
	await signInAgain(hands, "nguoiquen", "Mot-Cau-Moi-Hon-2026");
	t.equal(new URL(hands.page.url()).pathname, "/ca-nhan", "where the new one leads");
	await hands.visitor.leave();
});

await run({
	before: async () => {
		await stage.open();
		job = new Job(stage, PROCEDURE, { choices: { "tu-cach": "dai-dien" } });
		citizen = await job.as("nguoidan");
	},
	after: async () => {
		await job?.leave();
		await stage.close();
	},
});
