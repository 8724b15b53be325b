// SPDX-License-Identifier: Apache-2.0
// The program under test, on a data folder and a port of its own.
import { spawn, execFile } from "node:child_process";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const shared = process.env.MOTCUA_SHARED ?? resolve(root, "../shared");
const executable = process.env.MOTCUA ?? join(root, "build/motcua");
const patience = Number(process.env.MOTCUA_TEST_PATIENCE ?? 1);
const startSeconds = 20 * patience;
const stopSeconds = 12 * patience;

export function freePort() {
	return new Promise((found, failed) => {
		const server = createServer();
		server.once("error", failed);
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => found(port));
		});
	});
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export class Program {
	// Makes a demonstration in a new folder; serve() starts the server on it.
	static async demonstration() {
		const program = new Program();
		program.folder = await mkdtemp(join(tmpdir(), "motcua-browser-"));
		program.data = join(program.folder, "data");
		await program.command("init", "--demo");
		return program;
	}

	// All the people of a test come from one address, faster than people are.
	async withoutRateLimits() {
		await appendFile(join(this.data, "motcua.conf"), "\n[http]\nno_rate_limits = yes\n");
	}

	// Runs a command of the program on this data and returns what it printed.
	async command(name, ...words) {
		const { stdout } = await promisify(execFile)(
			executable,
			[name, ...words, "--data", this.data],
			{ maxBuffer: 64 << 20 },
		);
		return stdout;
	}

	// port: where it was before, for pages that are still open.
	async serve(port = null) {
		port ??= await freePort();
		this.origin = `http://127.0.0.1:${port}`;
		this.log = "";
		this.process = spawn(
			executable,
			["serve", "--data", this.data, "--listen", `127.0.0.1:${port}`],
			{ stdio: ["ignore", "pipe", "pipe"] },
		);
		const keep = (chunk) => {
			this.log = (this.log + chunk).slice(-20000);
		};
		this.process.stdout.on("data", keep);
		this.process.stderr.on("data", keep);
		this.ended = new Promise((done) =>
			this.process.once("exit", (status, signal) => done({ status, signal })),
		);
		await this.ready();
		return this;
	}

	async ready() {
		const until = Date.now() + startSeconds * 1000;
		while (Date.now() < until && this.process.exitCode === null) {
			try {
				const answer = await fetch(`${this.origin}/readyz`);
				if (answer.ok) return;
			} catch {
				// Not listening yet.
			}
			await pause(50);
		}
		throw new Error(`the program does not answer /readyz:\n${this.log}`);
	}

	// Asks the server to stop and returns what went wrong with that: nothing, if all is well. A
	// sanitizer's report ends up here, as an exit status that is not 0.
	async stop() {
		if (!this.process) return [];
		this.process.kill("SIGTERM");
		let timer;
		const late = new Promise((done) => {
			timer = setTimeout(done, stopSeconds * 1000, null);
		});
		const end = await Promise.race([this.ended, late]);
		clearTimeout(timer); // else it keeps this process
		if (!end) {
			this.process.kill("SIGKILL");
			return [`the server did not stop within ${stopSeconds} seconds\n${this.log}`];
		}
		this.process = null;
		return end.status === 0 ? [] : [`the server ended with ${JSON.stringify(end)}\n${this.log}`];
	}

	async remove() {
		const complaints = await this.stop();
		await rm(this.folder, { recursive: true, force: true });
		return complaints;
	}
}
