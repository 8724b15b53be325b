// SPDX-License-Identifier: Apache-2.0
// The turns a dossier can take: the clerk or the officer asks for more, the clerk refuses, the
// citizen withdraws, both write to each other, and two people act on the same page.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AGENCY, Job } from "./lib/job.mjs";
import { Stage } from "./lib/stage.mjs";
import { run, test } from "./lib/tap.mjs";

const PROCEDURE = "1.001612";
const stage = new Stage();
const jobs = [];

function job(how = {}) {
	const one = new Job(stage, PROCEDURE, { how });
	jobs.push(one);
	return one;
}

const text = (hands) => hands.page.locator("main").innerText();

// A colleague with the password of the demonstration.
async function addOfficer(role, name, person) {
	const file = join(stage.program.folder, "password");
	await writeFile(file, "Lam-Giang-2026\n", { mode: 0o600 });
	await stage.program.command("user", "add", "--role", role, "--agency", AGENCY,
		"--full-name", name, "--password-file", file, `${person}@lamgiang.test`);
}

// t: looks at the page that says what is missing, too.
async function ask(one, person, items, t = null) {
	return one.act(person, "bo-sung", "Yêu cầu bổ sung", async (hands) => {
		await hands.press("Yêu cầu bổ sung");
		if (t) await hands.visitor.inspect(t, "supplement without a list");
		await hands.fill("can-bo-sung", items.join("\n"));
		await hands.fill("ly-do", "Ảnh bị mờ, không đọc được.");
	});
}

// The citizen first answers with nothing, then with a paper and a word.
async function answer(t, one, hands) {
	await hands.page.goto("/ca-nhan");
	await hands.follow(new RegExp(`${one.address}$`));
	await hands.follow(/\/bo-sung$/);
	await hands.press("Gửi phần bổ sung");
	t.equal(hands.visitor.document.status(), 422, "status of an empty answer");
	await hands.visitor.inspect(t, "answer to a supplement, empty");
	await hands.attach("giay-to", stage.papers.next("giay-to-ro-hon"));
	await hands.fill("loi-nhan", "Tôi gửi lại ảnh rõ hơn.");
	await hands.press("Gửi phần bổ sung");
	t.equal(hands.visitor.document.status(), 200, "status of an answer");
}

test("the clerk asks for what is missing, all at once; the citizen sends it; the clerk receives [ND61-15.3]", async (t) => {
	const one = job();
	const citizen = await one.apply();
	const items = ["Ảnh trụ sở nhìn từ ngoài", "Danh sách thành viên có chữ ký"];
	const clerk = await ask(one, "motcua", items, t);
	t.check((await text(clerk)).includes("Chờ bổ sung"), "the clerk's page does not say so");
	await clerk.visitor.inspect(t, "waiting for a supplement");
	await citizen.page.goto(one.address);
	for (const item of items) t.check((await text(citizen)).includes(item), `"${item}" is not shown`);
	await citizen.visitor.inspect(t, "citizen asked for more");
	await answer(t, one, citizen);
	await one.receive();
	t.check((await text(clerk)).includes("giay-to-ro-hon"), "the clerk does not see the paper");
	const again = await clerk.page.goto(`/can-bo/ho-so/${one.code}/bo-sung`);
	t.equal(again.status(), 409, "asking a second time");
});

test("the officer asks, the citizen answers, the officer goes on; the time limit waits", async (t) => {
	const one = job({ width: 390 });
	const citizen = await one.apply();
	await one.receive();
	await one.forward();
	await ask(one, "chuyenvien", ["Hợp đồng thuê trụ sở"]);
	await citizen.page.goto(one.address);
	t.check(/tạm dừng/i.test(await text(citizen)), "the clock does not say that it waits");
	await citizen.visitor.inspect(t, "clock stopped");
	await answer(t, one, citizen);
	const officer = await one.act("chuyenvien", "tiep-tuc", "Đã đủ, xử lý tiếp");
	t.check((await text(officer)).includes("Đang xử lý"), "the officer does not go on");
	await one.propose();
	const leader = await one.act("lanhdao", "tra-lai", "Trả lại để sửa", (hands) =>
		hands.fill("ly-do", "Ghi lại tên hộ kinh doanh."));
	t.check((await text(leader)).includes("Đang xử lý"), "it did not go back to the officer");
	await one.propose("refused");
	await one.approve();
	await citizen.page.goto(one.address);
	t.check(/kết quả/i.test(await text(citizen)), "the citizen sees no written refusal");
});

test("a refused dossier says why, and is rated too [ND61-17.2]", async (t) => {
	const one = job();
	const citizen = await one.apply();
	const reason = "Hồ sơ thuộc thẩm quyền của Sở Tài chính.";
	const clerk = await one.act("motcua", "tu-choi", "Từ chối tiếp nhận", async (hands) => {
		await hands.press("Từ chối tiếp nhận");
		t.equal(hands.visitor.document.status(), 422, "status without a reason");
		await hands.visitor.inspect(t, "refusal without a reason");
		await hands.fill("ly-do", reason);
	});
	t.check((await text(clerk)).includes("Không tiếp nhận"), "the clerk's page does not say so");
	await citizen.page.goto(one.address);
	t.check((await text(citizen)).includes(reason), "the citizen does not read the reason");
	await citizen.visitor.inspect(t, "refused");
	await citizen.follow(/\/danh-gia$/);
	await citizen.choose("chung", "1");
	await citizen.choose("thai-do", "2");
	await citizen.fill("gop-y", "Xin báo sớm hơn.");
	await citizen.press("Gửi đánh giá");
	t.check((await text(citizen)).includes("cảm ơn bạn"), "no thanks");
});

test("the citizen withdraws before anything is decided [ND118-21.1]", async (t) => {
	const one = job();
	const citizen = await one.apply();
	await citizen.page.goto(one.address);
	await citizen.follow(/\/rut$/);
	await citizen.press("Rút hồ sơ");
	t.equal(citizen.visitor.document.status(), 422, "status without a reason");
	await citizen.visitor.inspect(t, "withdrawal without a reason");
	await citizen.fill("ly-do", "Tôi đổi ý.");
	await citizen.press("Rút hồ sơ");
	t.check((await text(citizen)).includes("Đã rút"), "it is not withdrawn");
	await citizen.visitor.inspect(t, "withdrawn");
	const clerk = await one.as("motcua");
	await clerk.page.goto(`/can-bo/ho-so/${one.code}`);
	t.equal(await clerk.page.locator(".action-bar a").count(), 0, "acts left to the clerk");
	const late = await citizen.page.goto(`${one.address}/rut`);
	t.equal(new URL(late.url()).pathname, one.address, "where withdrawing a second time leads");
});

test("citizen and officer write to each other, and each is told", async (t) => {
	const one = job();
	const citizen = await one.apply();
	await one.receive();
	await one.forward();
	await citizen.page.goto(one.address);
	await citizen.press("Gửi");
	t.equal(citizen.visitor.document.status(), 422, "status of an empty message");
	await citizen.visitor.inspect(t, "empty message");
	await citizen.fill("tin-nhan", "Bao giờ tôi nhận được kết quả?");
	await citizen.press("Gửi");
	const officer = await one.as("chuyenvien");
	await officer.page.goto(`/can-bo/ho-so/${one.code}`);
	t.check((await text(officer)).includes("Bao giờ tôi nhận được"), "the officer reads nothing");
	await officer.fill("tin-nhan", "Chiều mai, thưa bà <b>Hạnh</b>.");
	await officer.press("Gửi");
	await officer.visitor.inspect(t, "officer's dossier with messages");
	await citizen.page.goto(one.address);
	t.check((await text(citizen)).includes("thưa bà <b>Hạnh</b>"), "the citizen reads nothing");
	await citizen.visitor.inspect(t, "citizen's dossier with messages");
	await citizen.page.goto("/ca-nhan/thong-bao");
	t.check((await text(citizen)).includes(one.code), "no notice names the dossier");
	await citizen.visitor.inspect(t, "notices");
});

test("the second of two clerks is shown what the first one did", async (t) => {
	const one = job();
	await one.apply();
	await addOfficer("clerk", "Hoàng Thị Lan", "motcua2");
	const late = await one.as("motcua2");
	await late.page.goto(`/can-bo/ho-so/${one.code}/tiep-nhan`);
	await one.receive();
	await late.press("Tiếp nhận");
	t.equal(late.visitor.document.status(), 409, "status");
	const said = await text(late);
	for (const word of ["Trần Văn Minh", "Mới nộp", "Đã tiếp nhận"])
		t.check(said.includes(word), `it does not say "${word}"`);
	await late.visitor.inspect(t, "error 409, a dossier that changed");
	await late.follow(new RegExp(`/can-bo/ho-so/${one.code}$`));
	t.equal(late.visitor.document.status(), 200, "the way back");
});

test("an officer cannot act on a dossier that was given to a colleague", async (t) => {
	const one = job();
	await one.apply();
	await one.receive();
	await addOfficer("officer", "Cao Văn Bình", "chuyenvien2");
	await one.act("motcua", "chuyen", "Chuyển xử lý", async (hands) => {
		await hands.press("Chuyển xử lý");
		t.equal(hands.visitor.document.status(), 422, "status without an officer");
		await hands.visitor.inspect(t, "forwarding without an officer");
		const choice = hands.page.locator(".choice", { hasText: "Lê Thu Trang" }).locator("input");
		await hands.choose("nguoi-xu-ly", await choice.getAttribute("value"));
	});
	const other = await one.as("chuyenvien2");
	const answer = await other.page.goto(`/can-bo/ho-so/${one.code}/trinh`);
	t.equal(answer.status(), 409, "the page of an act that is not open");
	const leader = await one.act("lanhdao", "phan-cong", "Phân công lại", async (hands) => {
		const choice = hands.page.locator(".choice", { hasText: "Cao Văn Bình" }).locator("input");
		await hands.choose("nguoi-xu-ly", await choice.getAttribute("value"));
	});
	t.check((await text(leader)).includes("Cao Văn Bình"), "it is not given to the other");
	const now = await other.page.goto(`/can-bo/ho-so/${one.code}/trinh`);
	t.equal(now.status(), 200, "the page of the act that is open now");
});

await run({
	before: () => stage.open(),
	after: async () => {
		for (const one of jobs) await one.leave();
		await stage.close();
	},
});
