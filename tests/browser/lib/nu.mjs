// SPDX-License-Identifier: Apache-2.0
// The Nu HTML checker as a server on loopback, fed with the bytes that the program sent. Its start
// costs more than a hundred pages: the tests of one run share one, at MOTCUA_NU (nu_server.mjs).
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { freePort, pause } from "./program.mjs";

const jar = join(
	dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")),
	"build/dist/vnu.jar",
);

export class NuChecker {
	static async start() {
		const checker = new NuChecker();
		if (process.env.MOTCUA_NU) {
			checker.address = process.env.MOTCUA_NU;
			return checker;
		}
		const port = await freePort();
		checker.address = `http://127.0.0.1:${port}/?out=json`;
		checker.process = spawn(
			"java",
			[
				"-Xss1m",
				"-Xmx512m",
				"-Dnu.validator.servlet.bind-address=127.0.0.1",
				"-cp",
				jar,
				"nu.validator.servlet.Main",
				String(port),
			],
			{ stdio: "ignore" },
		);
		try {
			await checker.answer("<!doctype html><html lang=\"vi\"><title>x</title></html>", 60000);
		} catch (error) {
			checker.stop();
			throw error;
		}
		return checker;
	}

	async answer(html, milliseconds) {
		for (const until = Date.now() + milliseconds; ; await pause(100)) {
			try {
				const response = await fetch(this.address, {
					method: "POST",
					headers: { "content-type": "text/html; charset=utf-8" },
					body: html,
					signal: AbortSignal.timeout(10000),
				});
				return (await response.json()).messages;
			} catch (error) {
				if (Date.now() > until || (this.process?.exitCode ?? null) !== null) throw error;
			}
		}
	}

	// { errors, warnings }: each a line of text with the place in the page.
	async check(html) {
		const messages = await this.answer(html, 30000);
		const say = (m) => `line ${m.lastLine}: ${m.message} | ${(m.extract ?? "").trim()}`;
		return {
			errors: messages.filter((m) => m.type !== "info").map(say),
			warnings: messages.filter((m) => m.subType === "warning").map(say),
		};
	}

	stop() {
		this.process?.kill("SIGKILL");
	}
}
