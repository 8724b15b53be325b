// SPDX-License-Identifier: Apache-2.0
// Every page that every kind of person can reach, error pages included: valid HTML, no WCAG 2.2 AA
// violation, no sideways scrolling from 320 px up, nothing on the console, and within its weight.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { Job } from "./lib/job.mjs";
import { Stage } from "./lib/stage.mjs";
import { run, test } from "./lib/tap.mjs";
import { Walk, kindOf } from "./lib/walk.mjs";
import { checkWeight } from "./lib/weight.mjs";

const stage = new Stage();
const seen = new Set();
let wide, narrow;

// --- what is reached by links --------------------------------------------------------------------

// At a desk every page is inspected; on a telephone it is looked at again.
async function walkAs(t, person, { from, within, sources, widths = [1280, 390] }) {
	const visitors = [];
	for (const width of widths) visitors.push(await stage.visitor({ width }));
	for (const visitor of person ? visitors : []) await visitor.signIn(person);
	const walk = new Walk(visitors, { within, known: seen, sources });
	await walk.go(t, from, async (visitor, kind) => {
		const name = `${person} ${kind}`.trim();
		await (visitor === visitors[0] ? visitor.inspect(t, name) : visitor.glance(t, name));
	});
	for (const visitor of visitors) await visitor.leave();
}

test("all that anyone can reach is valid, accessible and fits", async (t) => {
	const from = [
		"/", "/tim?q=dang+ky+khai+sinh", "/tim?q=zzqqxx", "/tim?q=", "/tra-cuu", "/sitemap.xml",
		"/thu-tuc/1.001193-khai-sinh?in=1", "/robots.txt", "/nop/2.000635", "/quen-mat-khau/ma",
	];
	await walkAs(t, "", { from, within: /^\/(?!en\/|en$|a\/|ca-nhan|can-bo|quan-tri)/ });
});

test("all that anyone can reach in English is as good", async (t) => {
	const from = ["/en", "/en/tim?q=khai+sinh", "/en/tim?q=zzqqxx", "/en/tra-cuu"];
	const within = /^\/en(\/(?!a\/|ca-nhan|can-bo|quan-tri)|$)/;
	await walkAs(t, "", { from, within, widths: [390] });
});

test("all that an applicant can reach is valid, accessible and fits", async (t) => {
	const job = new Job(stage, "1.001612", { choices: { "nop-thay": "yes" } });
	const citizen = await job.as("nguoidan");
	await citizen.page.goto("/nop/1.001612");
	await job.begin(citizen);
	const draft = `/nop/${job.draft}`;
	const early = await citizen.page.goto(`${draft}/xem-lai`);
	t.equal(early.status(), 200, "check answers, too early");
	await citizen.visitor.inspect(t, "check answers, too early");
	await citizen.page.goto(`${draft}/chu-ho`);
	await job.filler.finish();
	await job.leave();
	const from = ["/ca-nhan", "/ca-nhan/ho-so", "/ca-nhan/ban-nhap", "/ca-nhan/bao-mat",
		"/ca-nhan/ho-so-ca-nhan", "/ca-nhan/thong-bao", `${draft}/huy`, draft, `${draft}?luu=1`];
	const sources = /^\/ca-nhan\/ho-so\/H99[^/]*$/;
	await walkAs(t, "nguoidan", { from, within: /^\/(ca-nhan|nop)(\/|$)/, sources });
});

for (const [person, title] of [
	["motcua", "a clerk"],
	["chuyenvien", "an officer"],
	["lanhdao", "a leader"],
])
	test(`all that ${title} can reach is valid, accessible and fits`, async (t) => {
		for (const kind of ["/can-bo", "/can-bo/ho-so/:code"]) seen.delete(kind);
		const from = ["/can-bo", "/can-bo/tim", "/can-bo/tim?q=H99.001.01-200101-0001", "/ca-nhan/bao-mat"];
		const sources = /^\/can-bo\/ho-so\/H99[^/]*$/;
		const within = /^\/(can-bo|ca-nhan\/bao-mat)/;
		await walkAs(t, person, { from, within, sources });
	});

for (const [person, title, from, within] of [
	["nguoidan", "an applicant", ["/en/ca-nhan", "/en/ca-nhan/bao-mat"], /^\/en\/(ca-nhan|nop)(\/|$)/],
	["chuyenvien", "an officer", ["/en/can-bo"], /^\/en\/can-bo/],
	["quantri", "an administrator", ["/en/quan-tri"], /^\/en\/quan-tri/],
])
	test(`all that ${title} can reach in English is as good`, async (t) => {
		const sources = /^\/en\/(ca-nhan|can-bo)\/ho-so\/H99[^/]*$/;
		await walkAs(t, person, { from, within, sources, widths: [390] });
	});

test("all that an administrator can reach is valid, accessible and fits", async (t) => {
	const from = ["/quan-tri", "/quan-tri/nhat-ky"];
	await walkAs(t, "quantri", { from, within: /^\/quan-tri/ });
});

// Reached after an act, not by a link; other scenarios look at them.
const elsewhere = ["/healthz", "/readyz", "/metrics", "/nop/:code/xong", "/tra-cuu/:code",
	"/xac-minh/:code", "/du-lieu/thu-tuc.schema.json", "/nop/:code/chuyen-mau",
	"/nop/:code/tep/:id/anh-nho", "/nop/:code/tep/dang-gui"];
// builder.test.mjs walks those.
const inBuilder = (path) => path.startsWith("/quan-tri/bieu-mau/:ma");

test("no address of the program was left out", async (t) => {
	const routes = (await stage.program.command("routes")).split("\n");
	const all = [...seen].map((kind) => kind.split("?")[0]);
	const missed = routes
		.map((line) => line.trim().split(/\s+/))
		.filter(([method, path]) => method === "GET" && !elsewhere.includes(path) && !inBuilder(path))
		.map(([, path]) => path)
		.filter((path) => {
			const pattern = new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}$`);
			return !all.some((kind) => pattern.test(kind));
		});
	t.none(missed, "never opened");
});

// --- what is reached otherwise --------------------------------------------------------------------

const others = [
	{ name: "tracking an unknown code", path: "/tra-cuu?ma=H99.001.01-260101-9999", status: 404 },
	{ name: "tracking what is no code", path: "/tra-cuu?ma=abc", status: 422 },
	{ name: "verifying an unknown code", path: "/xac-minh/H99.001.01-260101-9999", status: 404 },
	{ name: "error 404", path: "/khong-co-trang-nay", status: 404 },
	{ name: "error 404 in English", path: "/en/khong-co-trang-nay", status: 404 },
	{ name: "error 404 for an unknown procedure", path: "/thu-tuc/9.999999-khong-co", status: 404 },
	{ name: "error 400 for text that is not UTF-8", path: "/tim?q=%ff%fe", status: 400 },
	{ name: "error 403 without a token", path: "/dang-nhap", status: 403, post: "tai-khoan=a" },
	{ name: "error 405", path: "/tra-cuu", status: 405, post: "x=1" },
	{ name: "error 413", path: "/dang-nhap", status: 413, post: "x=".padEnd(1 << 20, "1") },
	{ name: "error 414", path: `/tim?q=${"a".repeat(6000)}`, status: 414 },
];

for (const { name, path, status, post } of others)
	test(`the page "${name}" is as good as any other page`, async (t) => {
		const response = post ? await narrow.post(path, post) : await narrow.open(path);
		t.equal(response.status(), status, `status of ${path}`);
		await narrow.inspect(t, name);
	});

test("who may not be there is told so, as well as any other page", async (t) => {
	const officer = await stage.visitor({ width: 390 });
	await officer.signIn("chuyenvien");
	for (const path of ["/quan-tri", "/ca-nhan/ho-so"]) {
		t.equal((await officer.open(path)).status(), 403, path);
		await officer.inspect(t, `error 403 at ${path}`);
	}
	t.equal((await officer.open("/can-bo/ho-so/H99.001.01-260101-9999")).status(), 404, "status");
	await officer.inspect(t, "error 404 for an officer");
	await officer.leave();
});

test("a wrong password is answered beside the form, with the name kept", async (t) => {
	await narrow.open("/dang-nhap");
	await narrow.page.locator("[name=tai-khoan]").fill("nguoidan@lamgiang.test");
	await narrow.page.locator("[name=mat-khau]").fill("sai-mat-khau");
	await narrow.turn(() => narrow.page.keyboard.press("Enter"));
	t.equal(narrow.document.status(), 422, "status");
	t.equal(await narrow.page.locator("[name=tai-khoan]").inputValue(), "nguoidan@lamgiang.test", "name");
	t.equal(await narrow.page.locator("[name=mat-khau]").inputValue(), "", "password");
	t.check((await narrow.page.title()).startsWith("Lỗi:"), "the title begins with Lỗi:");
	await narrow.inspect(t, "sign-in refused");
});

test("who asks too fast is told to wait, on a page like any other", async (t) => {
	const patient = new Stage();
	await patient.open({ patient: true });
	const visitor = await patient.visitor({ width: 390 });
	// Codes are sent rarely enough that a slow machine cannot wait the limit away: three, then no.
	for (let i = 0; i < 4; i++) {
		await visitor.open("/quen-mat-khau");
		await visitor.page.locator("main form input:not([type=hidden])").first()
			.fill("khong-co@lamgiang.test");
		await visitor.turn(() => visitor.page.locator("main form button").last().click());
	}
	visitor.complaints();
	const answer = visitor.document;
	t.equal(answer.status(), 429, "status");
	t.check(Number(answer.headers()["retry-after"]) > 0, "Retry-After");
	await visitor.inspect(t, "error 429");
	await visitor.leave();
	await patient.close();
});

test("when the database takes nothing, nothing is pretended", async (t) => {
	const citizen = await stage.visitor({ width: 390 });
	await citizen.signIn("nguoidan");
	await citizen.open("/ca-nhan/ho-so-ca-nhan");
	const hold = "import sqlite3, sys, time\nc = sqlite3.connect(sys.argv[1])\n" +
		"c.execute('begin immediate')\nprint('held', flush=True)\ntime.sleep(120)";
	const holder = spawn("python3", ["-c", hold, join(stage.program.data, "motcua.db")]);
	await once(holder.stdout, "data");
	await citizen.turn(() => citizen.page.locator("main form button").last().click());
	holder.kill("SIGKILL");
	t.equal(citizen.document.status(), 503, "status");
	citizen.complaints(); // the browser reports the status, as it must
	await citizen.inspect(t, "error 503");
	await citizen.leave();
});

test("our own fault is a 500 with an incident number and nothing else", async (t) => {
	const job = new Job(stage, "2.002409");
	const citizen = await job.as("nguoidan");
	await citizen.page.goto("/nop/2.002409");
	await job.begin(citizen);
	await job.filler.finish();
	await citizen.page.goto(`/nop/${job.draft}/${job.pageWith("paper")}`);
	const address = await citizen.page.locator(".file-list a").first().getAttribute("href");
	const files = join(stage.program.data, "files");
	const move = async (from, to) => {
		await mkdir(to, { recursive: true });
		for (const name of await readdir(from)) await rename(join(from, name), join(to, name));
	};
	await move(files, `${files}-away`);
	const answer = await citizen.visitor.open(address);
	await move(`${files}-away`, files);
	t.equal(answer.status(), 500, "status");
	citizen.visitor.complaints(); // the browser reports the status, as it must
	const said = await citizen.page.locator("main").innerText();
	t.check(/Mã sự cố: [0-9a-z]{10}/.test(said), "no incident number");
	t.check(!/files|sha256|INTERNAL/.test(said), "it tells a detail");
	await citizen.visitor.inspect(t, "error 500");
	await job.leave();
});

test("large letters, strong contrast and no pictures change no page for the worse [C32-18.1]", async (t) => {
	const visitor = await stage.visitor({ width: 390 });
	await visitor.open("/hien-thi?ve=/");
	for (const group of await visitor.page.locator("main fieldset").all())
		for (const box of (await group.locator("input[type=checkbox], input[type=radio]").all()).slice(-2))
			await box.check();
	await visitor.turn(() => visitor.page.locator("main form button").click());
	t.equal(new URL(visitor.page.url()).pathname, "/", "where it leads");
	await visitor.signIn("nguoidan");
	for (const path of ["/", "/thu-tuc/1.001193-khai-sinh", "/ca-nhan", "/tra-cuu", "/thong-ke"]) {
		await visitor.open(path);
		await visitor.inspect(t, `large ${kindOf(path)}`);
	}
	await visitor.leave();
});

// --- weight -----------------------------------------------------------------------------------------

test("a demonstration says so on every page", async (t) => {
	for (const path of ["/", "/en", "/thu-tuc", "/dang-nhap", "/khong-co-trang-nay", "/thong-ke"]) {
		await narrow.open(path);
		const text = await narrow.page.locator("body").innerText();
		t.check(/thử nghiệm|demonstration/i.test(text), `${path} does not say so`);
	}
	narrow.complaints();
});

test("first visits stay within their budgets", async (t) => {
	const officer = await stage.visitor();
	await officer.signIn("motcua");
	const citizen = await stage.visitor();
	await citizen.signIn("nguoidan");
	const [dossier] = await citizen.page
		.locator('main a[href*="/ca-nhan/ho-so/H99"]')
		.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
	for (const [visitor, path, kind] of [
		[wide, "/", "home"],
		[wide, "/thu-tuc", "list"],
		[wide, "/thu-tuc/1.001193-khai-sinh", "list"],
		[wide, "/tim?q=khai+sinh", "list"],
		[wide, "/tra-cuu", "form"],
		[wide, "/dang-nhap", "form"],
		[wide, "/thong-ke", "statistics"],
		[citizen, "/nop/1.001612", "form"],
		[citizen, dossier, "form"],
		[officer, "/can-bo", "inbox"],
		[officer, "/can-bo/hang-doi/tat-ca", "inbox"],
	])
		await checkWeight(t, stage.browser, visitor, path, kind);
	await officer.leave();
	await citizen.leave();
});

await run({
	before: async () => {
		await stage.open();
		wide = await stage.visitor({ width: 1280 });
		narrow = await stage.visitor({ width: 390 });
	},
	after: () => stage.close(),
});
