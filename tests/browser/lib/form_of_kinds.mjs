// SPDX-License-Identifier: Apache-2.0
// A procedure made for these tests: one page with many kinds of questions that depend on each other,
// one that is repeated, one with a paper. It is published as the next version of starter
// procedures.
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./program.mjs";

export const CODE = "2.000635";
export const CODE_ASKING_AHEAD = "1.001612"; // the same form, some of it asked before one starts

const options = (...values) => values.map((value) => ({ value, label: `Lựa chọn ${value}` }));
const is = (name, value) => ({ "==": [{ var: name }, value] });
const age = { years_between: [{ var: "ngay-sinh" }, { var: "hom-nay" }] };

const many = [
	{ id: "ho-ten", kind: "text", label: "Họ và tên", required: true },
	{ id: "so-ban", kind: "integer", label: "Số bản sao", least: 1, most: 50000 },
	{ id: "so-tien", kind: "computed", label: "Số tiền", as: "money", value: { "*": [8000, { var: "so-ban" }] } },
	{ id: "nhieu-ban", kind: "text", label: "Vì sao nhiều bản", when: { ">": [{ var: "so-ban" }, 10] } },
	{ id: "dien-tich", kind: "number", label: "Diện tích", decimals: 2, unit: "m²" },
	{ id: "mot-phan-ba", kind: "computed", label: "Một phần ba", as: "number", value: { "/": [{ var: "dien-tich" }, 3] } },
	{ id: "ngay-sinh", kind: "date", label: "Ngày sinh", partial: true },
	{ id: "tuoi", kind: "computed", label: "Tuổi", as: "integer", value: age },
	{ id: "giam-ho", kind: "person", label: "Người giám hộ", parts: ["ho-ten", "giay-to"], when: { and: [{ "!!": [{ var: "tuoi" }] }, { "<": [{ var: "tuoi" }, 18] }] } },
	{ id: "co-con", kind: "yes_no", label: "Có con không?" },
	{ id: "so-con", kind: "integer", label: "Bao nhiêu con?", when: is("co-con", "yes") },
	{ id: "dong-con", kind: "note", label: "Đông con", text: "Được miễn phí.", when: { ">=": [{ var: "so-con" }, 3] } },
	{ id: "muc-dich", kind: "many", label: "Mục đích", options: options("a", "b", "c") },
	{ id: "muc-dich-khac", kind: "long_text", label: "Mục đích khác", most: 300, when: { in: ["c", { var: "muc-dich" }] } },
	{ id: "noi-o", kind: "commune", label: "Nơi ở" },
	{ id: "o-day", kind: "note", label: "Bạn ở tỉnh này", text: "Không cần giấy xác nhận.", when: { "!!": [{ var: "noi-o" }] } },
	{ id: "nganh", kind: "one", label: "Ngành", options: options("A", "B") },
	{ id: "nghe", kind: "one", label: "Nghề", linked: "nganh", options: [
		{ value: "lua", label: "Trồng lúa", of: ["A"] }, { value: "ca", label: "Nuôi cá", of: ["A"] },
		{ value: "det", label: "Dệt vải", of: ["B"] }] },
	{ id: "mo-ta-dai", kind: "text", label: "Ruộng ở đâu", when: is("nghe", "lua") },
	{ id: "gio", kind: "time", label: "Giờ hẹn" },
	{ id: "sang", kind: "text", label: "Buổi sáng", when: { "<": [{ var: "gio" }, "12:00"] } },
	{ id: "dt", kind: "phone", label: "Điện thoại" },
	{ id: "cung-so", kind: "declaration", label: "Số này là của tôi", when: is("dt", "0912345678") },
];
const members = [
	{ id: "ten", kind: "text", label: "Tên thành viên", required: true },
	{ id: "di-lam", kind: "yes_no", label: "Có đi làm không?" },
	{ id: "viec", kind: "text", label: "Làm việc gì?", when: is("di-lam", "yes") },
	{ id: "nhieu", kind: "note", label: "Nhiều bản", text: "Đã biết.", when: { and: [is("di-lam", "yes"), { ">": [{ var: "so-ban" }, 10] }] } },
];

export const form = {
	title: "Tờ khai thử", declaration: "Tôi cam đoan.",
	pages: [
		{ id: "nhieu-loai", title: "Nhiều loại câu hỏi", fields: many },
		{ id: "thanh-vien", title: "Thành viên", fields: members, repeat: { least: 0, most: 3, item: "Thành viên" } },
		{ id: "giay", title: "Giấy tờ", fields: [{ id: "tep", kind: "paper", component: "giay", label: "Giấy" }] },
	],
};
const answers = { "ho-ten": "Trần An" };
const samples = [
	{ name: "Một", answers, expect: {} },
	{ name: "Hai", answers: { ...answers, "so-ban": 2 }, expect: {} },
	{ name: "Thiếu tên", answers: {}, expect: { errors: ["ho-ten"] } },
];

async function write(folder, code, whole) {
	const file = join(folder, `procedures/${code}.json`);
	const { cases, ...rest } = JSON.parse(await readFile(file, "utf8"));
	const plain = {
		...rest, form: whole, samples,
		components: [{ id: "giay", name: "Giấy", originals: 1, copies: 0, required: false }],
		channels: rest.channels.map(({ channel, time, time_text }) => ({ channel, time, time_text })),
	};
	await writeFile(file, JSON.stringify(plain));
}

export async function publish(program) {
	const folder = join(program.folder, "catalogue");
	await cp(join(root, "data"), folder, { recursive: true });
	await write(folder, CODE, form);
	await write(folder, CODE_ASKING_AHEAD, { ...form, start: ["so-ban", "co-con", "so-con"] });
	await program.command("import", "starter", folder);
}
