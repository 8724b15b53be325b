// SPDX-License-Identifier: Apache-2.0
// Forms and answers of chance, the same for the same seed: pages of questions of every kind, whose
// rules name earlier ones; and what people type into them, readable or not.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BASE = JSON.parse(readFileSync(path.join(ROOT, "data/procedures/2.000635.json"), "utf8"));

const KINDS = ["text", "long_text", "integer", "number", "money", "date", "time", "yes_no", "one", "many", "person_id",
	"tax_code", "phone", "email", "paper", "computed", "declaration", "note", "person", "organisation", "quantity"];
const PARTS = ["ho-ten", "ngay-sinh", "gioi-tinh", "giay-to", "so-dinh-danh", "dien-thoai"];
const VALUES = ["a", "b", "c"];

// --- what is typed ---------------------------------------------------------------------------------

const TYPED = {
	text: ["", "a", " a ", "b", "Trần\u00a0An", "Nguyê\u0303n", "\u200ea", "  ", "12", "null"],
	long_text: ["", "a", "a\nb", "\ta\t", "\n"],
	integer: ["", "0", "7", "18", "-3", " 12 ", "1.200", "1,200", "1.20", "007", "1e3", "0x1F", "abc", "1 200", "-0",
		"1.200.000", "1.200,000", "1234.567", "9".repeat(70), "12 345", "--1", "+1"],
	number: ["", "0", "1,5", "1.5", "1.234,5", "1,234.5", "1.234", "1234.567", "0,001", "-2,25", "1,", ",5", "1..2", "x",
		"1,5,5", "12345678901234", "922337203685,47", "922337203686", "1e3", "-0,0", "1 234,50", "--5,2", "3,10"],
	time: ["", "7:30", "7 giờ 30", "7h30", "0730", "24:00", "7", "7:", "7:99", "sáng", "23:59", "07:05", "730", "0960"],
	person_id: ["", "036188004212", "036 188 004 212", "036.188.004.212", "12a"],
	tax_code: ["", "0100109106", "0100109106-001", "0100109106 001", "01001", "x"],
	phone: ["", "0912 345 678", "+84 912.345.678", "84912345678", "0084912345678", "84 0912345678", "(024) 38", "ab",
		"+84"],
	email: ["", "a@B.VN", "A@b.vn", "x", "a@B@C"],
	paper: ["0", "1", "3"],
	day: ["", "1", "05", "29", "31", "0", "x", " 7 "],
	month: ["", "1", "02", "12", "13", "-1"],
	year: ["", "1990", "2008", "2026", "1799", "2200", "90", "x"],
};
TYPED.money = TYPED.integer;

const likely = (random, list) => (random.chance(0.25) ? list[0] : random.of(list));

// --- questions --------------------------------------------------------------------------------------

// What rules may say of a question: { name, type } of each of its parts.
function partsOf(random, id, question) {
	if (question.kind === "person")
		return question.parts.flatMap((part) => ({
			"ho-ten": [{ name: `${id}.ho-ten`, type: "text" }],
			"ngay-sinh": [{ name: `${id}.ngay-sinh`, type: "date" }],
			"gioi-tinh": [],
			"giay-to": [],
			"so-dinh-danh": [{ name: `${id}.so-dinh-danh`, type: "text" }],
			"dien-thoai": [{ name: `${id}.dien-thoai`, type: "text" }],
		})[part]);
	if (question.kind === "organisation") return [{ name: `${id}.ten`, type: "text" }];
	if (question.kind === "quantity") return [{ name: `${id}.so`, type: "number" }];
	const types = { integer: "number", number: "number", money: "number", paper: "number", date: "date", yes_no: "yes_no",
		one: "one", many: "many", declaration: "yes", time: "time", computed: question.as === "text" ? "text" : "number" };
	return question.kind === "note" ? [] : [{ name: id, type: types[question.kind] ?? "text" }];
}

function comparison(random, { name, type }) {
	const it = { var: name };
	switch (type) {
	case "number": return { [random.of(["<", ">", "<=", ">=", "==", "!="])]: [it, random.of([0, 1, 3, 7, 18, 1200, 1.5])] };
	case "date": return random.chance(0.5)
		? { [random.of(["<", ">", "=="])]: [it, random.of(["2000-01-01", "2008-02-29", "2026-11-23"])] }
		: { "<": [{ years_between: [it, { var: "hom-nay" }] }, random.of([18, 36])] };
	case "yes_no": return { "==": [it, random.of(["yes", "no"])] };
	case "one": return random.chance(0.5) ? { "==": [it, random.of(VALUES)] } : { in: [it, ["a", "b"]] };
	case "many": return random.of([{ in: ["a", it] }, { some: [it, { "==": [{ var: "" }, "b"] }] }, { "!": [it] }]);
	case "time": return random.of([{ "<": [it, "12:00"] }, { "==": [it, "07:30"] }, { "!": [it] }]);
	case "yes": return { "==": [it, "yes"] };
	default: return random.of([{ "!!": [it] }, { "!": [it] }, { "==": [it, "a"] }, { in: ["a", it] },
		{ missing: [name] }]);
	}
}

function rule(random, known, depth = 2) {
	const [a, b] = [random.of(known), random.of(known)];
	if (!depth || random.chance(0.5)) return comparison(random, a);
	return random.of([
		() => ({ and: [rule(random, known, depth - 1), rule(random, known, depth - 1)] }),
		() => ({ or: [rule(random, known, depth - 1), rule(random, known, depth - 1)] }),
		() => ({ "!": [rule(random, known, depth - 1)] }),
		() => ({ "!!": [{ missing: [a.name, b.name] }] }),
		() => ({ "!": [{ missing_some: [1, [a.name, b.name]] }] }),
	])();
}

function computed(random, known) {
	const numbers = known.filter(({ type }) => type === "number");
	const texts = known.filter(({ type }) => type === "text");
	if (texts.length && random.chance(0.3)) return { as: "text", value: { cat: [{ var: random.of(texts).name }, "-x"] } };
	if (!numbers.length) return { as: "integer", value: { "+": [1, 2] } };
	const [a, b] = [{ var: random.of(numbers).name }, { var: random.of(numbers).name }];
	return {
		as: random.of(["integer", "number", "money"]),
		value: random.of([{ "+": [a, b] }, { "*": [a, 8000] }, { "/": [a, 3] }, { "-": [a, b] }, { max: [a, b, 2] },
			{ if: [{ ">": [a, 3] }, { "*": [a, -0.125] }, b] }]),
	};
}

function question(random, id, known, inItem) {
	let kind = random.of(KINDS);
	if (inItem && kind === "paper") kind = "text";
	const one = { id, kind, label: `Câu ${id}` };
	if (known.length && random.chance(0.6)) one.when = rule(random, known);
	if (kind === "one" || kind === "many") one.options = VALUES.map((value) => ({ value, label: value }));
	if (kind === "quantity") one.options = [{ value: "kg", label: "kg" }, { value: "ta", label: "tạ" }];
	if (kind === "number") one.decimals = 1 + random.below(3);
	if (kind === "date") one.partial = random.chance(0.4);
	if (kind === "person") {
		const own = PARTS.filter((part) => random.chance(0.5));
		one.parts = own.length ? own : ["ho-ten"];
		if (one.parts.includes("giay-to")) one.parts = one.parts.filter((part) => part !== "so-dinh-danh");
	}
	if (kind === "organisation") one.parts = ["ten", "ma-so-thue", "dien-thoai"];
	if (kind === "paper") one.component = "giay";
	if (kind === "computed") Object.assign(one, computed(random, known));
	if (kind === "note") one.text = "Lời nhắn";
	return one;
}

export function makeProcedure(random, { kinds = 7 } = {}) {
	const known = [];
	let n = 0, paper = false;
	const pages = Array.from({ length: 1 + random.below(3) }, (_, at) => {
		const repeated = at > 0 && random.chance(0.3);
		const before = [...known], inside = [...known];
		const fields = [];
		for (let i = 0; i < 2 + random.below(kinds); i++) {
			let one = question(random, `c${++n}`, inside, repeated);
			if (one.kind === "paper" && paper) one = { id: one.id, kind: "text", label: "Chữ" };
			paper ||= one.kind === "paper";
			fields.push(one);
			const parts = partsOf(random, one.id, one);
			inside.push(...parts);
			if (!repeated) known.push(...parts);
		}
		const page = { id: `trang-${at}`, title: `Trang ${at}`, fields };
		if (repeated) page.repeat = { least: 0, most: 5, item: "Mục" };
		if (before.length && random.chance(0.3)) page.when = rule(random, before.slice(0, 3));
		return page;
	});
	const { cases, samples, ...rest } = BASE;
	return {
		...rest,
		components: [{ id: "giay", name: "Giấy", originals: 1, copies: 0, required: false }],
		channels: rest.channels.map(({ channel, time, time_text }) => ({ channel, time, time_text })),
		form: { title: "Tờ khai", declaration: "Tôi cam đoan.", pages },
	};
}

// --- answers ------------------------------------------------------------------------------------------

// As a browser sends it: names of boxes, what stands in them.
function typeInto(random, id, { kind }) {
	switch (kind) {
	case "date": return { [`${id}-ngay`]: likely(random, TYPED.day), [`${id}-thang`]: likely(random, TYPED.month),
		[`${id}-nam`]: likely(random, TYPED.year) };
	case "yes_no": return random.chance(0.2) ? {} : { [id]: random.of(["yes", "no"]) };
	case "declaration": return random.chance(0.4) ? {} : { [id]: "yes" };
	case "one": return random.chance(0.2) ? {} : { [id]: random.of([...VALUES, "can-cuoc", "ho-chieu"]) };
	case "many": return { [id]: VALUES.filter(() => random.chance(0.4)) };
	case "computed":
	case "note":
	case "commune": return {};
	default: return { [id]: likely(random, TYPED[kind] ?? TYPED.text) };
	}
}

// questions: the lines of "motcua form questions".
export function makeAnswers(random, procedure, questions) {
	const items = {}, posted = {};
	for (const { id, repeat } of procedure.form.pages) if (repeat) items[id] = random.below(3);
	for (const one of questions) {
		const rows = one.page in items ? Array.from({ length: items[one.page] }, (_, i) => `${one.page}/${i + 1}/`) : [""];
		for (const row of rows) Object.assign(posted, typeInto(random, row + one.name, one));
	}
	return { posted, items };
}
