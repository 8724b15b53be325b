// SPDX-License-Identifier: Apache-2.0
// Papers as people give them: large ones over a line that breaks, from a tab that is closed, from a
// telephone, replaced and taken back; with script and without.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Job } from "./lib/job.mjs";
import { Mouse } from "./lib/hands.mjs";
import { pause } from "./lib/program.mjs";
import { Stage } from "./lib/stage.mjs";
import { run, test } from "./lib/tap.mjs";

const PROCEDURE = "2.002409";
const FIELD = "tep-chung-cu";
const MIB = 1 << 20;
const stage = new Stage();
let job, citizen, papers;

const rowOf = (hands, field = FIELD) =>
	hands.page.locator(`.field:has([name="${field}"]) .file-list li`);

// A good PDF of that size; what fills it is a comment.
function large(name, mib, letter) {
	const { buffer } = stage.papers.pdf("x");
	const filling = Buffer.alloc(mib * MIB, letter);
	const end = Buffer.from("\n%%EOF\n");
	const whole = Buffer.concat([buffer, Buffer.from("\n%"), filling, end]);
	return { name, mimeType: "application/pdf", buffer: whole };
}

async function draftAtPapers(hands) {
	await hands.page.goto(`/nop/${PROCEDURE}`);
	await job.begin(hands);
	while (job.filler.where().step !== "giay-to") await job.filler.finishPage();
	return `/nop/${job.draft}/giay-to`;
}

// Presses the button and does not wait for what follows.
const save = (hands) => hands.page.locator('main button[value="nhap"]').click({ noWaitAfter: true });

async function saved(hands) {
	await hands.page.waitForURL(/luu=1/, { timeout: 60000 });
}

test("a large paper goes up in pieces, with its percentage [C32-11.7]", async (t) => {
	papers = await draftAtPapers(citizen);
	const asked = [], shown = new Set();
	citizen.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
	await citizen.page.exposeFunction("showed", (words) => shown.add(words));
	await citizen.page.evaluate(() => {
		new MutationObserver(() => {
			const label = document.querySelector("label:has(progress)");
			if (label) window.showed(label.textContent);
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
	await citizen.attach(FIELD, large("lon.pdf", 5, "a"));
	await save(citizen);
	await saved(citizen);
	t.check(asked.filter((path) => path.endsWith("/tep/manh")).length >= 5, `pieces: ${asked}`);
	t.check([...shown].some((words) => /Đang gửi [1-9]\d?%/.test(words)), `shown: ${[...shown]}`);
	await citizen.page.goto(papers);
	const row = await rowOf(citizen).innerText();
	t.check(/lon\.pdf.*MB · 1 trang/s.test(row), `the list says: ${row}`);
	await citizen.visitor.inspect(t, "papers, a large one given");
});

test("a large paper that is there already, by another name, is said with the page", async (t) => {
	await citizen.page.goto(papers);
	await citizen.attach(FIELD, large("lon-nua.pdf", 5, "a"));
	await save(citizen);
	const said = citizen.page.locator(".error-message", { hasText: "lon-nua.pdf" });
	await said.waitFor({ timeout: 60000 });
	t.check(/đã có ở mục này/.test(await said.innerText()), await said.innerText());
	t.equal(await rowOf(citizen).count(), 1, "papers");
});

test("a lost connection is waited for, and the upload goes on where it stopped", async (t) => {
	await citizen.page.goto(papers);
	let pieces = 0, lost = 0;
	await citizen.page.route("**/tep/manh", (route) => {
		pieces++;
		if (pieces === 2 || pieces === 3) {
			lost++;
			return route.abort("connectionreset");
		}
		return route.continue();
	});
	await citizen.attach(FIELD, large("duong-truyen.pdf", 4, "b"));
	await save(citizen);
	await saved(citizen);
	await citizen.page.unroute("**/tep/manh");
	citizen.visitor.complaints(); // of the connection: that is what was to happen
	t.equal(lost, 2, "lost pieces");
	t.check(pieces <= 7, `${pieces} pieces were sent`);
	await citizen.page.goto(papers);
	t.check((await rowOf(citizen).allInnerTexts()).join().includes("duong-truyen.pdf"), "it is not there");
});

test("the same file chosen again after the tab was closed goes on where it stopped", async (t) => {
	const tab = new Mouse(await citizen.visitor.beside());
	const file = join(await mkdtemp(join(tmpdir(), "motcua-papers-")), "dong-cua-so.pdf");
	await writeFile(file, large("", 4, "c").buffer); // on a disk: a day of change of its own
	let held = 0;
	await tab.page.goto(papers);
	await tab.page.route("**/tep/manh", (route) => (held++ < 2 ? route.continue() : undefined));
	await tab.attach(FIELD, file);
	await save(tab);
	for (let turns = 0; held < 3 && turns < 300; turns++) await pause(100);
	await tab.page.close();
	await citizen.page.goto(papers);
	let pieces = 0;
	citizen.page.on("request", (request) => { pieces += request.url().endsWith("/tep/manh"); });
	await citizen.attach(FIELD, file);
	await save(citizen);
	await saved(citizen);
	await rm(dirname(file), { recursive: true });
	// The third may still have arrived when the tab was closed.
	t.check(pieces === 2 || pieces === 3, `${pieces} pieces of five were left to send`);
	await citizen.page.goto(papers);
	t.check((await rowOf(citizen).allInnerTexts()).join().includes("dong-cua-so.pdf"), "it is not there");
});

test("a large file that cannot be taken is refused beside its field, with what to do", async (t) => {
	await citizen.page.goto(papers);
	const file = large("ma-lenh.pdf", 1, "d");
	file.buffer = Buffer.concat([file.buffer, Buffer.from("<</S/JavaScript/JS(x)>>\n%%EOF\n")]);
	await citizen.attach(FIELD, file);
	await citizen.page.locator('main button.button[value="nhap"]').click();
	await citizen.page.locator(`[id="${FIELD}-loi"]`).waitFor({ timeout: 60000 });
	const error = await citizen.page.locator(`[id="${FIELD}-loi"]`).innerText();
	t.check(/ma-lenh\.pdf.*mã lệnh.*in lại thành PDF/.test(error), error);
	await citizen.visitor.inspect(t, "paper with a script refused");
});

test("a photograph is shown small, with its size; hard to read, it is taken with advice [C32-7.4]", async (t) => {
	await citizen.page.goto(papers);
	const [, mimeType, buffer] = stage.papers.kinds[1];
	await citizen.attach("tep-quyet-dinh", { name: "anh.jpg", mimeType, buffer });
	await citizen.attach("tep-dai-dien", { name: "anh-nua.jpg", mimeType, buffer });
	await save(citizen);
	await saved(citizen);
	await citizen.page.goto(papers);
	const row = rowOf(citizen, "tep-quyet-dinh");
	t.check(/320 × 200.*khó đọc/s.test(await row.innerText()), await row.innerText());
	const drawn = await row.locator("img").evaluate(async (image) => {
		await image.decode();
		return image.naturalWidth;
	});
	t.check(drawn > 100 && drawn <= 320, `the thumbnail is ${drawn} wide`);
	const second = await rowOf(citizen, "tep-dai-dien").innerText();
	t.check(second.includes("giống tệp “anh.jpg” ở mục"), `the double: ${second}`);
	await citizen.visitor.inspect(t, "papers with pictures");
});

test("without script a paper is given, replaced and taken back; a telephone offers its camera", async (t) => {
	const visitor = await stage.visitor({ javascript: false, width: 390, phone: true });
	const plain = new Mouse(visitor);
	await job.signIn(plain, "nguoidan");
	await plain.page.goto(papers);
	const field = plain.page.locator(`.field:has([name="${FIELD}"])`);
	const hidden = citizen.page.locator(`.field:has([name="${FIELD}"]) [capture]`);
	t.check(!(await hidden.isVisible()), "a camera where there is none");
	t.check(await field.locator('[capture="environment"]').isVisible(), "no camera on a telephone");
	await rowOf(plain).first().locator("summary").click();
	const replacing = rowOf(plain).first().locator('input[type="file"]');
	await replacing.setInputFiles(stage.papers.pdf("thay-the"));
	await plain.press("Lưu, làm tiếp sau");
	await plain.page.goto(papers);
	const names = (await rowOf(plain).allInnerTexts()).join();
	t.check(names.includes("thay-the.pdf") && !names.includes("lon.pdf"), names);
	const photograph = { name: "chup.png", mimeType: "image/png", buffer: stage.papers.kinds[2][2] };
	await plain.page.locator(`[name="chup.${FIELD}"]`).setInputFiles(photograph);
	await plain.press("Lưu, làm tiếp sau");
	await plain.page.goto(papers);
	t.check((await rowOf(plain).allInnerTexts()).join().includes("chup.png"), "the photograph is not there");
	const before = await rowOf(plain).count();
	await plain.press("Xóa", `.field:has([name="${FIELD}"])`);
	t.equal(await rowOf(plain).count(), before - 1, "files after one was taken back");
	await plain.visitor.inspect(t, "papers on a telephone");
	await plain.visitor.leave();
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
