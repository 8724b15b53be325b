// SPDX-License-Identifier: Apache-2.0
// Every page that anyone can reach without signing in, errors included, in both languages: valid
// HTML, no WCAG 2.2 AA violation, no sideways scrolling from 320 px up, nothing on the console, and
// within its weight.
import { Stage } from "./lib/stage.mjs";
import { run, test } from "./lib/tap.mjs";
import { checkWeight } from "./lib/weight.mjs";

const stage = new Stage();
let wide, narrow;

const pages = [
	{ name: "home", path: "/" },
	{ name: "home in English", path: "/en" },
	{ name: "catalogue", path: "/thu-tuc" },
	{ name: "catalogue in English", path: "/en/thu-tuc" },
	{ name: "search with results", path: "/tim?q=dang+ky+khai+sinh" },
	{ name: "search in English", path: "/en/tim?q=khai+sinh" },
	{ name: "search without a result", path: "/tim?q=zzqqxx" },
	{ name: "search for nothing", path: "/tim" },
	{ name: "agencies", path: "/co-quan" },
	{ name: "tracking", path: "/tra-cuu" },
	{ name: "sign-in", path: "/dang-nhap" },
	{ name: "sign-in in English", path: "/en/dang-nhap" },
	{ name: "registration", path: "/dang-ky" },
	{ name: "forgotten password", path: "/quen-mat-khau" },
];

const errors = [
	{ name: "error 404", path: "/khong-co-trang-nay", status: 404 },
	{ name: "error 404 in English", path: "/en/khong-co-trang-nay", status: 404 },
	{ name: "tracking an unknown code", path: "/tra-cuu?ma=H99.001.01-260101-9999", status: 404 },
	{ name: "tracking no code at all", path: "/tra-cuu?ma=xyz", status: 422 },
	{ name: "verifying an unknown code", path: "/xac-minh/H99.001.01-260101-9999", status: 404 },
	{ name: "error 404 for an unknown procedure", path: "/thu-tuc/9.999999-khong-co", status: 404 },
	{ name: "error 400 for text that is not UTF-8", path: "/tim?q=%ff%fe", status: 400 },
	{ name: "error 403 without a token", path: "/dang-nhap", status: 403, post: "tai-khoan=a" },
	{ name: "error 405", path: "/tra-cuu", status: 405, post: "x=1" },
	{ name: "error 413", path: "/dang-nhap", status: 413, post: "x=".padEnd(32 << 20, "1") },
];

for (const { name, path } of pages)
	test(`the page "${name}" is valid, accessible and fits at every width`, async (t) => {
		for (const visitor of [wide, narrow]) {
			const response = await visitor.open(path);
			t.equal(response.status(), 200, `status of ${path}`);
			await visitor.inspect(t, name);
		}
	});

for (const { name, path, status, post } of errors)
	test(`the page "${name}" is as good as any other page`, async (t) => {
		const response = post ? await narrow.post(path, post) : await narrow.open(path);
		t.equal(response.status(), status, `status of ${path}`);
		await narrow.inspect(t, name);
	});

test("a procedure, its sector and its agency are reached by links from the catalogue", async (t) => {
	await narrow.open("/thu-tuc");
	await narrow.page.locator('main a[href^="/thu-tuc/"]').first().click();
	await narrow.page.waitForURL(/\/thu-tuc\/[\d.]+-/);
	await narrow.inspect(t, "procedure");
	const procedure = narrow.page.url();
	for (const kind of ["linh-vuc", "co-quan"]) {
		await narrow.page.goto(procedure);
		await narrow.page.locator(`main a[href^="/${kind}/"]`).first().click();
		await narrow.page.waitForURL(new RegExp(`/${kind}/`));
		await narrow.inspect(t, kind);
	}
});

test("a procedure reads the same way in English", async (t) => {
	await narrow.open("/en/thu-tuc");
	await narrow.page.locator('main a[href^="/en/thu-tuc/"]').first().click();
	await narrow.page.waitForURL(/\/en\/thu-tuc\/[\d.]+-/);
	t.equal(await narrow.page.evaluate(() => document.documentElement.lang), "en", "lang");
	await narrow.inspect(t, "procedure in English");
});

test("a wrong password is answered beside the form, with the name kept", async (t) => {
	await narrow.open("/dang-nhap");
	await narrow.page.locator("[name=tai-khoan]").fill("nguoidan@lamgiang.test");
	await narrow.page.locator("[name=mat-khau]").fill("sai-mat-khau");
	await narrow.page.locator("form:has([name=mat-khau]) button[type=submit]").first().click();
	await narrow.page.waitForLoadState("load");
	t.equal(narrow.document.status(), 422, "status");
	t.equal(await narrow.page.locator("[name=tai-khoan]").inputValue(), "nguoidan@lamgiang.test", "name");
	t.equal(await narrow.page.locator("[name=mat-khau]").inputValue(), "", "password");
	t.check((await narrow.page.title()).startsWith("Lỗi:"), "the title begins with Lỗi:");
	await narrow.inspect(t, "sign-in refused");
});

test("a demonstration says so on every page", async (t) => {
	for (const { path } of [...pages, errors[0]]) {
		await narrow.open(path);
		const text = await narrow.page.locator("body").innerText();
		t.check(/thử nghiệm|demonstration/i.test(text), `${path} does not say so`);
	}
	narrow.complaints();
});

test("first visits stay within their budgets", async (t) => {
	await checkWeight(t, stage.browser, stage.origin, "/", "home");
	await checkWeight(t, stage.browser, stage.origin, "/thu-tuc", "list");
	await checkWeight(t, stage.browser, stage.origin, "/tim?q=khai+sinh", "list");
	await checkWeight(t, stage.browser, stage.origin, "/tra-cuu", "form");
	await checkWeight(t, stage.browser, stage.origin, "/dang-nhap", "form");
});

await run({
	before: async () => {
		await stage.open();
		wide = await stage.visitor({ width: 1280 });
		narrow = await stage.visitor({ width: 390 });
	},
	after: () => stage.close(),
});
